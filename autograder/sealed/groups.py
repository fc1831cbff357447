"""A limit on the sandbox's memory by the kernel itself, where the grader may divide a control group.

That is so in a scope of systemd's that is delegated, as by ``systemd-run --user --scope -p Delegate=yes
autograder grade …``; nowhere else is a group the grader's to change. Such a limit counts what no process
shows: all memory of the kernel, and the file systems in memory. It stands behind the limits that hold
everywhere.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from autograder.limits import MIB, Limits

ROOT = Path("/sys/fs/cgroup")
GRADERS = "graders"  # where the graders themselves are: a group that is divided may hold no process
MARKS = ("user.delegate", "trusted.delegate")  # by which systemd says that a group was given away
ROOM = 64 * MIB  # for what the kernel needs to run the sandbox


class Group:
    """The control group of one sandbox; it is gone with `close`.

    Parameters
    ----------
    folder : Path
        Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def below(cls, base: Path | None, limits: Limits) -> Self | None:
        """Make a group below a delegated one, or return None where that is not to be had.

        Parameters
        ----------
        base : Path or None
            What `delegated` returned.
        limits : Limits
            The notebook's: memory of all its processes, and of its two file systems.
        """
        if base is None:
            return None
        group = cls(base / f"sandbox-{os.getpid()}")
        try:
            (base / GRADERS).mkdir(exist_ok=True)
            _move(_processes(base), base / GRADERS)
            (base / "cgroup.subtree_control").write_text("+memory")
            group.folder.mkdir(exist_ok=True)
            most = limits.memory * 9 // 8 + 2 * limits.disk + ROOM
            (group.folder / "memory.max").write_text(str(most))
        except OSError:
            group.close()
            return None
        with contextlib.suppress(OSError):  # a kernel without swap has no such file
            (group.folder / "memory.swap.max").write_text("0")
        return group

    def hold(self, pids: Iterable[int]) -> None:
        """Take processes in, with all that they start from now on; what they hold already is not counted."""
        _move(pids, self.folder)

    def close(self) -> None:
        """Remove the group, which is empty by now."""
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def delegated(root: Path = ROOT, membership: Path = Path("/proc/self/cgroup")) -> Path | None:
    """Return the control group that this process may divide, or None.

    Parameters
    ----------
    root : Path
        Where the control groups (version 2) are mounted.
    membership : Path
        The kernel's list of the groups of this process.
    """
    try:
        lines = membership.read_text(encoding="utf-8").splitlines()
        path = next(line[3:] for line in lines if line.startswith("0::"))
        base = root / path.lstrip("/")
        base = base.parent if base.name == GRADERS else base
        controllers = (base / "cgroup.controllers").read_text(encoding="ascii").split()
    except (OSError, StopIteration):
        return None
    return base if "memory" in controllers and any(_marked(base, mark) for mark in MARKS) else None


def _marked(folder: Path, mark: str) -> bool:
    try:
        return os.getxattr(folder, mark) == b"1"
    except (OSError, AttributeError):  # no mark, or no such thing on this platform
        return False


def _processes(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "cgroup.procs").read_text(encoding="ascii").split()]


def _move(pids: Iterable[int], folder: Path) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # it ended meanwhile
            (folder / "cgroup.procs").write_text(str(pid))
