"""family: neighbours
tries: to throw what others read out of the machine's memory, and to make it write what others wrote
honest: all
"""

# %%
import os
import sys


def flush():
    for folder in {os.path.dirname(os.__file__), *sys.path}:
        for top, _, names in os.walk(folder):
            for name in names:
                try:
                    file = os.open(os.path.join(top, name), os.O_RDONLY)
                except OSError:
                    continue
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(file)
    os.sync()


while True:
    flush()
