"""family: processes
tries: a twin that goes on speaking to the grader, and one that outlives its parent
honest: all but double
"""

# %%
import os
import time


def double(x):
    if os.fork():
        time.sleep(0.2)
        os._exit(0)
    os.setsid()
    return 0 * x


os.fork()
