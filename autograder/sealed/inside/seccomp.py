"""A seccomp filter against the system calls a notebook never needs and an attack might.

What the kernel gained after the tables below were written does not exist: ``ENOSYS``, at which libraries fall
back on what they used before. Of the older calls those are refused that make namespaces and mounts, trace or
read other processes, stack filters, load modules and BPF, and those behind which memory lies that no resource
limit counts: memfd, System V shared memory, anonymous shared mappings, pages lent to a pipe, enlarged pipes
and socket buffers, locks on parts of files; and what is counted for the user or the machine and so would be
missing elsewhere (inotify, asynchronous reading). Sockets are Unix sockets alone: a network namespace holds
no other family back from memory, and some reach the host through it.

Calls that would make way at a neighbour's cost seem to succeed and do nothing: asking for other cores or
another priority, a new session (the kernel shares cores between sessions), flushing the machine's files,
larger socket buffers. To honest code they are advice, and a library that gives it must not fail.

Written as classic BPF so that nothing beyond the standard library is needed. On an unknown processor it does
nothing: namespaces, capabilities and limits hold without it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from dataclasses import dataclass

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
RET_ALLOW, RET_ERRNO = 0x7FFF0000, 0x00050000
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE = 0, 4  # offsets in struct seccomp_data, little-endian
ARGUMENTS = tuple(range(16, 64, 8))
NAMESPACES = 0x7E020000 | 0x00000080  # every CLONE_NEW* flag

REFUSED, PRETENDED = RET_ERRNO | errno.EPERM, RET_ERRNO  # error 0: it went well
UNKNOWN = RET_ERRNO | errno.ENOSYS


@dataclass(frozen=True)
class Processor:
    """The numbers that calls have on one processor.

    ``audit`` is the kernel's name of the processor, ``last`` the last number of the calls it had before all
    processors began to number new ones alike.
    """

    audit: int
    last: int
    clone: int
    sockets: tuple[int, int]
    mmap: int
    setsockopt: int
    fcntl: int
    prctl: int
    setrlimit: int
    prlimit: int
    refused: tuple[int, ...]
    pretended: tuple[int, ...]


# Pretended: sched_setaffinity, …attr, …param and …scheduler, setpriority, ioprio_set, setsid, fadvise64,
# sync, syncfs. Refused ends with sendfile, splice, tee, vmsplice (nothing counts the page that a pipe holds),
# seccomp (filters take memory, and the machine has room for so many), modify_ldt.
# fmt: off
PROCESSORS = {
    "x86_64": Processor(
        0xC000003E, last=334, clone=56, sockets=(41, 53), mmap=9, setsockopt=54, fcntl=72, prctl=157,
        setrlimit=160, prlimit=302,
        refused=(29, 30, 31, 64, 68, 101, 103, 135, 155, 161, 163, 164, 165, 166, 167, 168, 169, 175, 176,
                 179, 206, 246, 248, 249, 250, 253, 272, 294, 298, 300, 303, 304, 308, 310, 311, 312, 313,
                 319, 320, 321, 323, 40, 275, 276, 278, 317, 154),
        pretended=(203, 314, 142, 144, 141, 251, 112, 221, 162, 306),
    ),
    "aarch64": Processor(
        0xC00000B7, last=293, clone=220, sockets=(198, 199), mmap=222, setsockopt=208, fcntl=25, prctl=167,
        setrlimit=164, prlimit=261,
        refused=(0, 26, 39, 40, 41, 51, 60, 89, 92, 97, 104, 105, 106, 116, 117, 142, 170, 186, 190, 194, 195,
                 196, 217, 218, 219, 224, 225, 241, 262, 264, 265, 268, 270, 271, 272, 273, 279, 280, 282,
                 71, 76, 77, 75, 277),
        pretended=(122, 274, 118, 119, 140, 30, 157, 223, 81, 267),
    ),
}
# fmt: on
# Of the calls that all processors number alike: pidfd_send_signal, pidfd_open, close_range, openat2,
# faccessat2, epoll_pwait2, futex_waitv, fchmodat2, mseal. Not clone3, which hides its flags in memory: libc
# falls back to clone. Not io_uring, nor the new calls that mount.
NEWER = (424, 434, 436, 437, 439, 441, 449, 452, 462)
LOCAL = (1,)  # families of sockets: AF_UNIX
MAP_SHARED, MAP_ANONYMOUS, RLIMIT_CORE, SOL_SOCKET, PR_SET_VMA = 0x01, 0x20, 4, 1, 0x53564D41
# SO_REUSEADDR, …TYPE, …ERROR, …BROADCAST, …KEEPALIVE, …LINGER, …PASSCRED, …RCVLOWAT, …RCVTIMEO, …SNDTIMEO
OPTIONS = (2, 3, 4, 6, 9, 13, 16, 18, 20, 21)
BUFFERS = (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF and those that go beyond the machine's limit
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, F_ADD_SEALS and F_GET…
COMMANDS = (0, 1, 2, 3, 4, 5, 1030, 1032, 1033, 1034)
# F_SETLK and F_SETLKW: a file may have a million locks, each is memory of the kernel, and nothing counts
# them. SQLite asks for some, and a notebook is alone with its files.
LOCKS = (6, 7)


def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    """Return one instruction; ``yes`` and ``no`` are how many a jump leaves out."""
    return struct.pack("=HBBI", code, yes, no, value)


def program(machine: str, families: tuple[int, ...] = LOCAL) -> bytes | None:
    """Return the filter for a processor as bytes of ``struct sock_filter``, or None when unknown.

    Sockets of other families than these are refused.
    """
    cpu = PROCESSORS.get(machine)
    if cpu is None:
        return None
    first, second, third, fourth = (step(LOAD, offset) for offset in ARGUMENTS[:4])
    allow, deny = step(RETURN, RET_ALLOW), step(RETURN, REFUSED)
    family = first + _one_of(families, allow) + step(RETURN, RET_ERRNO | errno.EAFNOSUPPORT)
    option = second + step(JUMP_EQUAL, SOL_SOCKET, 1, 0) + step(RETURN, RET_ERRNO | errno.ENOPROTOOPT) + third
    option += _one_of(BUFFERS, step(RETURN, PRETENDED)) + _one_of(OPTIONS, allow)
    option += step(RETURN, RET_ERRNO | errno.ENOPROTOOPT)
    command = second + _one_of(COMMANDS, allow) + _one_of(LOCKS, step(RETURN, PRETENDED)) + deny
    control = first + _one_of((PR_SET_SECCOMP, PR_SET_VMA), step(RETURN, RET_ERRNO | errno.EINVAL)) + allow
    mapping = fourth + step(JUMP_SET, MAP_ANONYMOUS, 0, 2) + step(JUMP_SET, MAP_SHARED, 0, 1)
    mapping += step(RETURN, RET_ERRNO | errno.ENOMEM) + allow
    # The limit on core files stays what it is: zero would start the machine's own reporter at each crash.
    limit = first + step(JUMP_EQUAL, RLIMIT_CORE, 0, 1) + deny + allow
    other = second + step(JUMP_EQUAL, RLIMIT_CORE, 0, 5) + third + step(JUMP_EQUAL, 0, 0, 2)
    other += step(LOAD, ARGUMENTS[2] + 4) + step(JUMP_EQUAL, 0, 1, 0) + deny + allow
    blocks = dict.fromkeys(cpu.sockets, family)
    blocks |= {cpu.setsockopt: option, cpu.fcntl: command, cpu.prctl: control, cpu.mmap: mapping}
    blocks |= {cpu.clone: first + step(JUMP_SET, NAMESPACES, 0, 1) + deny + allow}
    blocks |= {cpu.setrlimit: limit, cpu.prlimit: other}
    code = step(LOAD, ARCHITECTURE) + step(JUMP_EQUAL, cpu.audit, 1, 0) + deny + step(LOAD, NUMBER)
    for number, block in blocks.items():
        code += step(JUMP_EQUAL, number, 0, len(block) // 8) + block
    return code + _search(_verdicts(cpu))


def install(libc: ctypes.CDLL, families: tuple[int, ...] = LOCAL) -> None:
    """Install the filter for this process and all it starts; needs ``no_new_privs``."""
    code = program(platform.machine(), families)
    if code is None:
        return

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    prog = Program(len(code) // 8, code)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(prog), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _one_of(values: tuple[int, ...], then: bytes) -> bytes:
    """Return code that does ``then``, one instruction, when what was loaded is one of ``values``."""
    return b"".join(step(JUMP_EQUAL, value, 0, 1) + then for value in values)


def _verdicts(cpu: Processor) -> list[tuple[int, int]]:
    """Return where the verdict on a call changes as its number grows, and to what."""
    said = dict.fromkeys((*range(cpu.last + 1), *NEWER), RET_ALLOW)
    said |= dict.fromkeys(cpu.refused, REFUSED) | dict.fromkeys(cpu.pretended, PRETENDED)
    changes = [(0, said[0])]
    for number in range(1, max(said) + 2):
        verdict = said.get(number, UNKNOWN)
        if verdict != changes[-1][1]:
            changes.append((number, verdict))
    return changes


def _search(changes: list[tuple[int, int]]) -> bytes:
    """Return code that finds the verdict on a number by halving."""
    if len(changes) == 1:
        return step(RETURN, changes[0][1])
    middle = len(changes) // 2
    low, high = _search(changes[:middle]), _search(changes[middle:])
    return step(JUMP_GREATER_EQUAL, changes[middle][0], len(low) // 8, 0) + low + high
