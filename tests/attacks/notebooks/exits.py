"""family: processes
tries: SystemExit, KeyboardInterrupt and quit where only exceptions are expected
honest: all but double, size, each, count
"""

# %%
import sys


def double(x):
    sys.exit("the score is 1000")


def output_size(n, k):
    raise KeyboardInterrupt


def each(f, xs):
    raise GeneratorExit


def count(n):
    quit()
    yield
# %%
exit()
# %%
raise KeyboardInterrupt
