"""family: floods
tries: to fill the disk with one file, and with files of all kinds at once
honest: all
"""

# %%
import os

for place in ("/tmp", "/dev/shm", "/tmp/work"):
    try:
        with open(f"{place}/stray-of-an-attack", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, 60 << 20)
            while True:
                file.write(bytes(1 << 20))
    except OSError:
        pass
