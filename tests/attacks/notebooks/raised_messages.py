"""family: wire
tries: to raise what the grader itself raises or catches: its own exceptions, exits, interrupts
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

from inside.child import Child

NAMES = itertools.cycle(["SandboxStopped", "CaseTimeout", "StudentError", "KeyboardInterrupt", "SystemExit",
                         "GeneratorExit", "StopIteration", "StopAsyncIteration", "UnicodeDecodeError", "Undefined",
                         "ExceptionGroup", "BaseException", "AssertionError", "Warning", "__class__", ""])


def answer(self, frame):
    self._channel.send(["raise", frame[0][1], [next(NAMES), "Exception"], "6", "trace"])


Child._answer = answer
