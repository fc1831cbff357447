"""family: wire
tries: to change arguments that the call did not have, to other types and shapes, and many times over
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

from inside.child import Child

CHANGES = itertools.cycle([
    [0, ["nd", "<f8", [1], 0, True]], [-1, 6], [10**9, 6], [0], ["0", 6], [0, ["list"]], [True, ["list", 1]],
    [0, ["nd", "<f4", [50, 3], 0, True]], [0, None, 0, None, 0, None], {"a": 1},
])


def answer(self, frame):
    changes = next(CHANGES)
    buffers = [bytes(8)] if "nd" in str(changes) else []
    self._channel.send(["value", frame[0][1], ["arg", 0], changes if isinstance(changes, list) else 7], buffers)


Child._answer = answer
