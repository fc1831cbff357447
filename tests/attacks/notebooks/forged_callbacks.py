"""family: wire
tries: calls of the test's functions that no test asked for, with hostile arguments, without end
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
from inside.child import Child


def answer(self, frame):
    number = frame[0][1]
    for which, operands in [(0, ["list", ["list"], ["dict"]]), (0, ["list", ["list", 1, 2, 3], ["dict"]]),
                            (0, ["list", ["list"], ["dict", 1, 2]]), (number % 5 - 1, 6), ("0", None)] * 10_000:
        self._channel.send(["callback", which, operands, []])
    self._channel.send(["value", number, 6, []])


Child._answer = answer
