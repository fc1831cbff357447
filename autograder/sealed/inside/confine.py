"""Walls around one notebook: its own namespaces, no privileges, limits on everything it may use up."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypedDict

from . import seccomp

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID = 0x10000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 4, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
CAPABILITY_VERSION = 0x20080522
LINUX = sys.platform == "linux"


class Bounds(TypedDict):
    """What one notebook may use: bytes, except ``processes`` and ``files`` (counts) and ``seconds``."""

    memory: int
    processes: int
    files: int
    file_bytes: int
    disk: int
    seconds: int


_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def _prctl(option: int, value: int = 0) -> None:
    if LINUX:
        _check(_libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ended, so that none gets away."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def mount(kind: str, target: str, flags: int, options: str = "") -> None:
    """Mount a fresh file system of ``kind`` on ``target``."""
    _check(
        _libc.mount(kind.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()),
        f"mount {kind} on {target}",
    )


def mount_proc() -> None:
    """Mount a /proc that shows this process namespace alone."""
    mount("proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)


def leave_root(uid: int) -> None:
    """Become an ordinary user for good.

    The limit on processes does not bind the host's root, and a mapped root still owns root's files.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _prctl(PR_SET_DUMPABLE, 1)  # else /proc/self belongs to root and no user namespace can be mapped


def private_folder(uid: int) -> str:
    """Make a folder for temporary files that nobody but an ordinary user may enter, who is 0 for this one."""
    folder = tempfile.mkdtemp(prefix="notebook-", dir=os.environ["TMPDIR"])
    for path in (folder, f"{folder}/home", f"{folder}/work"):
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103 - the folder is text all the way
        if uid:
            os.chown(path, uid, uid)
    return folder


def move_in(folder: str) -> None:
    """Have this process keep its temporary files in a folder, and take it for its home."""
    before = os.environ["TMPDIR"]
    for name in ("TMPDIR", "HOME", "MPLCONFIGDIR", "IPYTHONDIR"):
        os.environ[name] = os.environ[name].replace(before, folder, 1)
    tempfile.tempdir = None  # it was looked up before


def remove(folder: str) -> None:
    """Remove a folder with whatever is in it: closed folders, and folders too deep for a path."""
    for command in (["chmod", "-R", "u+rwX", "--", folder], ["rm", "-rf", "--", folder]):
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def fork_apart() -> int:
    """Fork as `os.fork` does, the child as the first process of namespaces of its own.

    The user, mount, process, IPC and host name namespaces are new. The C library has no function for it, and
    ``unshare`` would need one more process, because no process enters a process namespace that it made: a
    fork of the warm process is the dearest part of starting a notebook. After `map_user`, the child may
    furnish its namespaces, fork and wait, no more: the C library still takes it for its parent.
    """
    flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | signal.SIGCHLD
    processor = seccomp.PROCESSORS.get(platform.machine())
    if processor is None:
        raise OSError(errno.ENOSYS, f"clone: its number is not known for {platform.machine()}")
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = int(_libc.syscall(processor.clone, *map(ctypes.c_ulong, (flags, 0, 0, 0, 0))))
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
        _check(min(pid, 0), "clone")
    return pid


def map_user(uid: int, gid: int) -> None:
    """Stay the user and the group that this process was before its namespaces were made."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def furnish(bounds: Bounds) -> None:
    """Mount what a notebook sees as its own: /proc, an empty /tmp and an empty /dev/shm, all bounded."""
    _check(
        _libc.mount(b"none", b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None), "mount --make-private"
    )
    mount_proc()
    options = f"mode=1777,nr_inodes=20000,size={bounds['disk']}"
    mount("tmpfs", "/tmp", MS_NOSUID | MS_NODEV, options)
    mount("tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, options)
    # Mapped and shared, /dev/zero is memory that nothing counts; terminals are counted for the whole machine.
    for device in ("/dev/zero", "/dev/pts/ptmx"):
        _check(
            _libc.mount(b"/dev/null", device.encode(), None, ctypes.c_ulong(MS_BIND), None),
            f"mount over {device}",
        )
    with contextlib.suppress(OSError):  # a second line of defence behind the seccomp filter
        Path("/proc/sys/user/max_user_namespaces").write_text("0")


def drop_privileges() -> None:
    """Give up every capability, and the way back to any."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails past the last one, or without the right
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _check(_libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())), "capset")


def no_looking_in() -> None:
    """Forbid processes of the same user to trace this one or read its memory."""
    _prctl(PR_SET_DUMPABLE, 0)


def filter_calls() -> None:
    """Install the seccomp filter."""
    no_core_files()  # the filter has this limit stay as it is
    seccomp.install(_libc)


def no_core_files() -> None:
    """Have a crash end a process, and nothing else.

    At a limit of 0 Linux still starts the machine's reporter of crashes, where it has one: as root, outside
    the sandbox. At 1 byte it does not.
    """
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    value = 1 if hard == resource.RLIM_INFINITY else min(1, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (value, value))


def shut_in() -> None:
    """Refuse this process and all it starts the internet and new privileges, where there are no namespaces.

    An address such as ``127.0.0.1`` counts as internet: no namespace keeps the machine's own servers away.
    """
    no_core_files()
    if LINUX:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        seccomp.install(_libc)


def own_limits() -> None:
    """Take back the limit that the grader set on its own memory: a notebook has limits of its own."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def limit(bounds: Bounds) -> None:
    """Set the resource limits of this process and all it starts."""
    grown = 0
    if LINUX:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        grown = pages * resource.getpagesize()  # what the warm process maps already is not the student's
    limits = {
        "RLIMIT_AS": grown + bounds["memory"],
        "RLIMIT_CPU": bounds["seconds"],
        "RLIMIT_NOFILE": bounds["files"],
        "RLIMIT_FSIZE": bounds["file_bytes"],
        "RLIMIT_MEMLOCK": 1 << 16,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_SIGPENDING": 1024,  # signals and timers wait in the kernel
        "RLIMIT_NPROC": bounds["processes"],
    }
    for name, value in limits.items():
        which = getattr(resource, name, None)
        if which is None or (name == "RLIMIT_AS" and not LINUX):
            continue
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(which, (value, value))
    with contextlib.suppress(OSError):  # if the host runs out of memory, this is what should end
        Path("/proc/self/oom_score_adj").write_text("1000")
