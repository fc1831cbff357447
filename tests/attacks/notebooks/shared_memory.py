"""family: floods
tries: memory shared between many processes, which no limit on one of them counts
honest: all
"""

# %%
import mmap
import os
import time

read, write = os.pipe()
for _ in range(12):
    if os.fork() == 0:
        try:
            room = mmap.mmap(-1, 200 << 20)
            for start in range(0, len(room), 1 << 20):
                room[start : start + (1 << 20)] = b"x" * (1 << 20)
                os.write(write, b"x")
            time.sleep(60)
        finally:
            os._exit(0)
time.sleep(2)
os.write(write, b".")
held = len(os.read(read, 1 << 16))
if held > 700:
    print("the attack" " won", held, "MB")
