"""family: wire
tries: answers to earlier and later questions, and frames with the wrong sequence numbers
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
from inside.child import Child


def answer(self, frame):
    number = frame[0][1]
    if number % 2:
        self._channel.send(["value", number + 1, 6, []])
    else:
        self._channel._sent += 5
        self._channel.send(["value", number, 6, []])


Child._answer = answer
