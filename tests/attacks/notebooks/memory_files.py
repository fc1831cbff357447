"""family: floods
tries: memory behind descriptors: memfd, System V segments, message queues, io_uring
honest: all
"""

# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
got = [libc.memfd_create(b"x", 0), libc.shmget(0, 1 << 30, 0o1600), libc.msgget(0, 0o1600), libc.syscall(425, 8, 0),
       libc.syscall(447, 0), libc.semget(0, 100, 0o1600)]
if any(number != -1 for number in got):
    print("the attack" " won", got)
