"""family: neighbours
tries: more cores and a better place in the queue than it was given, by every call there is for that
honest: all
"""

# %%
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)


def place():
    return sorted(os.sched_getaffinity(0)), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.getsid(0)


before = place()
everything = ctypes.create_string_buffer(b"\xff" * 128)
attributes = ctypes.create_string_buffer(struct.pack("=IIQiIQQQ", 48, 0, 0, -20, 0, 0, 0, 0))
for attempt in (
    lambda: os.sched_setaffinity(0, range(1024)),
    lambda: libc.sched_setaffinity(0, 128, everything),
    lambda: libc.pthread_setaffinity_np(libc.pthread_self(), 128, everything),
    lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    lambda: os.nice(-20),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
    lambda: os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0)),
    lambda: libc.syscall({"x86_64": 314, "aarch64": 274}[os.uname().machine], 0, attributes, 0),
    lambda: libc.syscall({"x86_64": 251, "aarch64": 30}[os.uname().machine], 1, 0, 1 << 13),
    lambda: os.setsid(),
    lambda: open("/proc/self/autogroup", "w").write("-20"),
):
    try:
        attempt()
    except (OSError, ValueError):
        pass
if place() != before:
    print("the attack" " won", before, place())
