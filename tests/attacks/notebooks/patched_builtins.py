"""family: patching
tries: builtins that lie, in the hope that a test uses the same ones
honest: all but double, size, count
"""

# %%
import builtins

builtins.AssertionError = Exception
for name in ("isinstance", "issubclass", "all", "any", "callable"):
    setattr(builtins, name, lambda *args: True)
for name in ("len", "abs", "sum", "hash", "int", "float"):
    setattr(builtins, name, lambda *args: 6)


def double(x):
    return 7


def output_size(n, k):
    return 7


def count(n):
    return 7
