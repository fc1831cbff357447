"""What runs below a process, and the memory it holds, read from /proc (nothing where there is none)."""

from __future__ import annotations

import os
from pathlib import Path

_UNBACKED = ("RssAnon:", "RssShmem:")


def descendants() -> list[int]:
    """Return the processes below this one (none where there is no /proc)."""
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc") if os.path.isdir("/proc/self") else ():  # noqa: PTH112
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text(errors="replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return sorted(found - {os.getpid()})


def anonymous(pid: int) -> int:
    """Return the bytes of a process's memory that no file stands behind, shared memory included."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(errors="replace")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(_UNBACKED))


def proportional(pid: int) -> int:
    """Return a process's share of memory in bytes, libraries left out; users of a page divide it."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    parts = ("Pss_Anon:", "Pss_Shmem:")
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith(parts))
