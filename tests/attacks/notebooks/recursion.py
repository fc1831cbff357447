"""family: floods
tries: to overflow the stack, Python's and the machine's
honest: all but double
"""

# %%
import sys

sys.setrecursionlimit(10**9)


def double(x):
    return double(x) + double(x)


def deep():
    deep()
# %%
deep()
