"""family: floods
tries: to sleep for ever, in a cell and in a call
honest: all but double
"""

# %%
import time


def double(x):
    time.sleep(10**6)
# %%
time.sleep(10**6)
