"""family: floods
tries: pages that only a pipe holds, longer pipes, filters upon filters, terminals, locks and timers by the thousand
honest: all
"""

# %%
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
pages = ctypes.create_string_buffer(1 << 12)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(pages), len(pages))
read, write = os.pipe()
other_read, other_write = os.pipe()
file = os.open("/tmp/work/file", os.O_RDWR | os.O_CREAT)
os.write(file, bytes(1 << 16))
os.lseek(file, 0, 0)
os.set_blocking(write, False)
hits = []
numbers = {"x86_64": (278, 276, 275, 40, 317), "aarch64": (75, 77, 76, 71, 277)}[platform.machine()]
vmsplice, tee, splice, sendfile, seccomp = map(ctypes.c_long, numbers)
if libc.syscall(vmsplice, write, ctypes.byref(vector), 1, 0) > 0:
    hits.append("vmsplice")
os.write(write, b"x")
if libc.syscall(tee, read, other_write, 1, 0) > 0:
    hits.append("tee")
if libc.syscall(splice, file, None, write, None, 4096, 0) > 0:
    hits.append("splice")
if libc.syscall(sendfile, write, file, None, 4096) > 0:
    hits.append("sendfile")
if libc.fcntl(write, 1031, 1 << 20) > 1 << 16:
    hits.append("a longer pipe")


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


allow = ctypes.byref(Program(1, b"\x06\x00\x00\x00\x00\x00\xff\x7f"))
if libc.syscall(seccomp, 1, 0, allow) == 0 or libc.prctl(22, 2, allow, 0, 0) == 0:
    hits.append("a filter more")
try:
    hits.append(os.open("/dev/ptmx", os.O_RDWR) >= 0 and os.ttyname(os.openpty()[1]))
except OSError:
    pass
timers = (ctypes.c_void_p * 5000)()
made = [libc.timer_create(0, None, ctypes.byref(timers, 8 * k)) for k in range(5000)]
if made.count(0) > 2000:
    hits.append("timers")
if hits:
    print("the attack" " won", hits)
