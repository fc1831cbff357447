"""family: wire
tries: handles with impossible numbers, hostile names, and one handle for everything
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

from inside.child import Child

HANDLES = itertools.cycle([
    ["handle", 0, "bool", False], ["handle", 0, "ndarray", True], ["handle", -1, "x", True],
    ["handle", 2**62, "<script>alert(1)</script>\x1b[2J" * 1000, False], ["handle", 1.5, "x", True],
    ["handle", 0, None, True], ["handle", 0], ["callback", 0], ["list", *[["handle", 7, "x", True]] * 1000],
])


def answer(self, frame):
    self._channel.send(["value", frame[0][1], next(HANDLES), []])


Child._answer = answer
