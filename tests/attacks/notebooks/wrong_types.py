"""family: wire
tries: answers of every wrong type: maps, texts for numbers, numbers for kinds, trees that are no values
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

import msgpack

from inside.child import Child

BODIES = itertools.cycle([
    {"value": 6}, 6, "value", None, [], ["value"], ["value", "1", 6, []], [["value"], 1, 6, []], [1, 1, 1, 1],
    ["value", 1, {"a": 1}, []], ["raise", 1, "AssertionError", 1, None], ["raise", 1, [], "", ""],
    ["raise", 1, [None], "", ""], ["missing", 1, 1], ["value", 1, ["np", "<f8", "x"], []], ["value", 1, 6, 5],
    ["value", 1, ["tensor", "float32", [1], 0, True], []], ["value", 1, ["dict", 1], []], ["value", True, 6, []],
    ["value", 1, ["named", ["a", "a"], 1, 2], []], ["value", 1, ["type", "os.system"], []],
])


def answer(self, frame):
    body = msgpack.packb(next(BODIES))
    self._channel._sent += 1
    from inside.wire import HEADER, MAGIC
    self._channel._sock.send(HEADER.pack(MAGIC, self._channel._sent, len(body), 0) + body)


Child._answer = answer
