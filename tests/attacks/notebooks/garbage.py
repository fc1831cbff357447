"""family: wire
tries: noise on every descriptor there is, in the middle of the tests
honest: all but double
"""

# %%
import os


def double(x):
    for fd in range(3, 64):
        try:
            os.write(fd, os.urandom(5000))
        except OSError:
            pass
    return 0 * x
