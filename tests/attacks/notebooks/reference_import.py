"""family: reading
tries: to import the reference, the grader or the tests, with every import hook taken out
honest: all but double, size
"""

# %%
import importlib
import sys
import types

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "Hide"]
hits = []
for name in ("convnet", "convnet.functional", "autograder", "autograder.sealed", "solutions", "tests", "hw3"):
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    hits.append(module)
hits = [m for m in hits if isinstance(m, types.ModuleType) and getattr(m, "__file__", None)]
if hits:
    print("the attack" " won", hits)


def output_size(n, k):
    return sys.modules["convnet.arithmetic"].conv_output_size(n, k)


def double(x):
    return 0 * x
