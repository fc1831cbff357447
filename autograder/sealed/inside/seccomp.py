"""A seccomp filter against the system calls a notebook never needs and an attack might.

It denies new namespaces and mounts, sockets that are neither Unix nor IP (vsock reaches the host from any
network namespace), tracing and reading other processes, kernel keyrings, modules and BPF, and memory that
no resource limit counts (memfd, System V shared memory, anonymous shared mappings), and what is counted for
the user or the machine and so would be missing elsewhere (inotify, asynchronous reading).

Calls that would make way at a neighbour's cost seem to succeed and do nothing: asking for other cores or
another priority, a new session (the kernel shares cores between sessions), flushing the machine's files. To
honest code they are advice, and a library that gives it must not fail.

Written as classic BPF so that nothing beyond the standard library is needed. On an unknown processor it does
nothing: namespaces, capabilities and limits hold without it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
RET_ALLOW, RET_ERRNO = 0x7FFF0000, 0x00050000
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian
SECOND_ARGUMENT, THIRD_ARGUMENT, FOURTH_ARGUMENT = 24, 32, 40
NAMESPACES = 0x7E020000 | 0x00000080  # every CLONE_NEW* flag

# fmt: off
SHARED = (425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447)  # io_uring, new mount API, …
DENIED = {
    "x86_64": (
        0xC000003E, 56, 41, 9,  # audit architecture, clone, socket, mmap
        (29, 30, 31, 64, 68, 101, 103, 135, 155, 161, 163, 164, 165, 166, 167, 168, 169, 175, 176, 179, 206,
         246, 248, 249, 250, 253, 272, 294, 298, 300, 303, 304, 308, 310, 311, 312, 313, 319, 320, 321, 323,
         *SHARED),
    ),
    "aarch64": (
        0xC00000B7, 220, 198, 222,
        (0, 26, 39, 40, 41, 51, 60, 89, 92, 97, 104, 105, 106, 116, 117, 142, 170, 186, 190, 194, 195, 196,
         217, 218, 219, 224, 225, 241, 262, 264, 265, 268, 270, 271, 272, 273, 279, 280, 282, 294, *SHARED),
    ),
}
# sched_setaffinity, …attr, …param and …scheduler, setpriority, ioprio_set, setsid, fadvise64, sync, syncfs
PRETENDED = {
    "x86_64": (203, 314, 142, 144, 141, 251, 112, 221, 162, 306),
    "aarch64": (122, 274, 118, 119, 140, 30, 157, 223, 81, 267),
}
# fmt: on
CLONE3 = 435
LOCAL, INTERNET = (1,), (2, 10)  # families of sockets: AF_UNIX; AF_INET, AF_INET6
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
SETRLIMIT, PRLIMIT, RLIMIT_CORE = {"x86_64": 160, "aarch64": 164}, {"x86_64": 302, "aarch64": 261}, 4


def program(machine: str, families: tuple[int, ...]) -> bytes | None:
    """Return the filter for a processor as bytes of ``struct sock_filter``, or None when unknown.

    Sockets of other families than these are refused.
    """
    if machine not in DENIED:
        return None
    architecture, clone, socket, mmap, denied = DENIED[machine]

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("=HBBI", code, yes, no, value)

    deny = step(RETURN, RET_ERRNO | errno.EPERM)
    steps = [step(LOAD, ARCHITECTURE), step(JUMP_EQUAL, architecture, 1), deny, step(LOAD, NUMBER)]
    steps += [step(JUMP_GREATER_EQUAL, 0x40000000, 0, 1), deny]  # the x32 numbers reach the same calls
    for number in denied:
        steps += [step(JUMP_EQUAL, number, 0, 1), deny]
    for number in PRETENDED[machine]:
        steps += [step(JUMP_EQUAL, number, 0, 1), step(RETURN, RET_ERRNO)]  # error 0: it went well
    # The limit on core files stays what it is: zero would start the machine's own reporter at each crash.
    steps += [step(JUMP_EQUAL, SETRLIMIT[machine], 0, 4), step(LOAD, FIRST_ARGUMENT)]
    steps += [step(JUMP_EQUAL, RLIMIT_CORE, 0, 1), deny, step(RETURN, RET_ALLOW)]
    steps += [step(JUMP_EQUAL, PRLIMIT[machine], 0, 8), step(LOAD, SECOND_ARGUMENT)]
    steps += [step(JUMP_EQUAL, RLIMIT_CORE, 0, 5), step(LOAD, THIRD_ARGUMENT), step(JUMP_EQUAL, 0, 0, 2)]
    steps += [step(LOAD, THIRD_ARGUMENT + 4), step(JUMP_EQUAL, 0, 1, 0), deny, step(RETURN, RET_ALLOW)]
    # clone3 hides its flags in memory: say it does not exist, and libc falls back to clone.
    steps += [step(JUMP_EQUAL, CLONE3, 0, 1), step(RETURN, RET_ERRNO | errno.ENOSYS)]
    steps += [step(JUMP_EQUAL, socket, 0, len(families) + 3), step(LOAD, FIRST_ARGUMENT)]
    steps += [step(JUMP_EQUAL, family, len(families) - k, 0) for k, family in enumerate(families)]
    steps += [step(RETURN, RET_ERRNO | errno.EAFNOSUPPORT), step(RETURN, RET_ALLOW)]
    steps += [step(JUMP_EQUAL, mmap, 0, 5), step(LOAD, FOURTH_ARGUMENT)]
    steps += [step(JUMP_SET, MAP_ANONYMOUS, 0, 2), step(JUMP_SET, MAP_SHARED, 0, 1)]
    steps += [step(RETURN, RET_ERRNO | errno.ENOMEM), step(RETURN, RET_ALLOW)]
    steps += [step(JUMP_EQUAL, clone, 0, 3), step(LOAD, FIRST_ARGUMENT)]
    steps += [step(JUMP_SET, NAMESPACES, 0, 1), deny, step(RETURN, RET_ALLOW)]
    return b"".join(steps)


def install(libc: ctypes.CDLL, families: tuple[int, ...] = LOCAL + INTERNET) -> None:
    """Install the filter for this process and all it starts; needs ``no_new_privs``."""
    code = program(platform.machine(), families)
    if code is None:
        return

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    prog = Program(len(code) // 8, code)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(prog), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
