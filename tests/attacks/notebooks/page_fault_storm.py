"""family: neighbours
tries: to have the machine hand out and take back memory without end, which it does for all cores at once
honest: all
"""

# %%
import mmap

while True:
    with mmap.mmap(-1, 1 << 26, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE):
        pass
