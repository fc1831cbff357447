"""family: processes
tries: to get privileges, namespaces and mounts of its own, and out of its walls
honest: all but double
"""

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    flags = (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x08000000, 0x02000000)
    got = [("unshare", flag) for flag in flags if libc.unshare(flag) == 0]
    got += [("clone", flag) for flag in flags if libc.syscall(56, flag | 17, 0, 0, 0, 0) > 0]
    tries = {"setuid": lambda: libc.setuid(0), "setgroups": lambda: libc.setgroups(0, None),
             "chroot": lambda: libc.chroot(b"/tmp"), "mount": lambda: libc.mount(b"x", b"/tmp", b"tmpfs", 0, None),
             "umount": lambda: libc.umount2(b"/proc", 2), "ptrace": lambda: libc.ptrace(16, 1, 0, 0),
             "keyctl": lambda: libc.syscall(250, 0, -3, 0), "bpf": lambda: libc.syscall(321, 0, 0, 0),
             "x32": lambda: libc.syscall(0x40000000 + 272, 0), "personality": lambda: libc.personality(0x0040000),
             "sethostname": lambda: libc.sethostname(b"x", 1), "userfaultfd": lambda: libc.syscall(323, 0)}
    got += [name for name, attempt in tries.items() if attempt() not in (-1,)]
    for fd in [int(n) for n in os.listdir("/proc/self/ns") if n.isdigit()]:
        got += ["setns"] if libc.setns(fd, 0) == 0 else []
    if got:
        raise RuntimeError("the attack" " won" + repr(got))
    return 0 * x
