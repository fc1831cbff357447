"""family: processes
tries: to close the wire and everything else in the middle of a test
honest: all but double
"""

# %%
import os


def double(x):
    os.closerange(0, 1000)
    return 0 * x
