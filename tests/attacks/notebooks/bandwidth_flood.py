"""family: neighbours
tries: to keep the memory that all cores share busy, with arrays that no cache can hold
honest: all
"""

# %%
import numpy as np

source, target = np.ones(1 << 24), np.empty(1 << 24)
while True:
    np.copyto(target, source)
