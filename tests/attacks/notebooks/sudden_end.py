"""family: processes
tries: to end itself in the middle of cells and tests, in every way
honest: all but double, size, each, count
"""

# %%
import ctypes
import os
import signal


def double(x):
    os._exit(0)


def output_size(n, k):
    ctypes.string_at(0)


def each(f, xs):
    os.abort()


def count(n):
    yield 0
    os.kill(os.getpid(), signal.SIGKILL)

# %%
def bye(*args):
    os._exit(120)  # the code with which the sandbox says that it could not be set up


get_ipython().events.register("post_run_cell", bye)
