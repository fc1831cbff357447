"""family: wire
tries: message kinds and value tags that do not exist, or are the grader's own
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

from inside.child import Child

KINDS = itertools.cycle(["ask", "run", "returned", "failed", "score", "", "Value", "value\0", "done", "ready"])
TAGS = itertools.cycle(["score", "handles", "callback", "exec", "", "__class__", "same", "torch.dtype", "LIST"])


def answer(self, frame):
    number = frame[0][1]
    kind = next(KINDS) if number % 2 else "value"
    self._channel.send([kind, number, [next(TAGS), 0], []])


Child._answer = answer
