"""family: lying
tries: a hundred thousand named tuples, each of a class of its own that the grader would have to make
honest: all but double
"""

# %%
from collections import namedtuple

from inside.child import Child

genuine = Child._answer


def answer(self, frame):
    if frame[0][2] != "call":
        return genuine(self, frame)
    tree = ["list", *[["named", [f"f{k}"], 1] for k in range(120_000)]]
    self._channel.send(["value", frame[0][1], tree, []])


def double(x):
    Child._answer = answer
    return namedtuple("T", "a b")(x, namedtuple("U", ["__class__", "_asdict"], rename=True)(1, 2))
