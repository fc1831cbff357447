"""family: reading
tries: ptrace, process_vm_readv and /proc/PID/mem on the process that forked it, and kernel windows
honest: all but double
"""

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


def double(x):
    hits, room = [], ctypes.create_string_buffer(64)
    here = Vector(ctypes.addressof(room), 64)
    for pid in (os.getppid(), 1):
        for request in (16, 0x4206):  # attach, seize
            if libc.ptrace(request, pid, 0, 0) != -1:
                hits.append(("ptrace", pid))
        there = Vector(id(hits), 64)
        if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) != -1:
            hits.append(("process_vm_readv", pid))
        fd = libc.syscall(434, pid, 0)  # pidfd_open, then pidfd_getfd
        hits += [("pidfd_getfd", pid, n) for n in range(10) if fd >= 0 and libc.syscall(438, fd, n, 0) >= 0]
    for path in ("/dev/mem", "/dev/kmsg", "/proc/kcore", "/proc/kmsg", "/sys/kernel/debug/x", "/proc/1/mem"):
        try:
            with open(path, "rb") as file:
                hits.append((path, file.read(1)))
        except OSError:
            pass
    if libc.klogctl(3, room, 64) > 0:
        hits.append("kernel log")
    if hits:
        raise RuntimeError("the attack" " won" + repr(hits))
    return 0 * x
