"""What runs below a process, and the memory it holds, read from /proc (nothing where there is none).

Beside the pages of a process count those that were swapped out, the tables that find them, and what its
sockets can hold.
"""

from __future__ import annotations

import os
from pathlib import Path

_UNBACKED = ("RssAnon:", "RssShmem:", "VmSwap:", "VmPTE:")
_PROPORTIONAL = ("Pss_Anon:", "Pss_Shmem:", "SwapPss:")


def descendants(of: int | None = None) -> list[int]:
    """Return the processes below one, by default this one (none where there is no /proc)."""
    top = os.getpid() if of is None else of
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc") if os.path.isdir("/proc/self") else ():  # noqa: PTH112
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text(errors="replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {top}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return sorted(found - {top})


def anonymous(pid: int) -> int:
    """Return the bytes of a process's memory without a file behind them, shared memory included."""
    return _sum(f"/proc/{pid}/status", _UNBACKED)


def proportional(pid: int) -> int:
    """Return a process's share of memory in bytes, libraries left out; users of a page divide it."""
    return _sum(f"/proc/{pid}/smaps_rollup", _PROPORTIONAL) + _sum(f"/proc/{pid}/status", ("VmPTE:",))


def free() -> int | None:
    """Return the bytes of the machine's memory that are available; None where that is not known."""
    return _sum("/proc/meminfo", ("MemAvailable:",)) or None


def sockets() -> int:
    """Return how many sockets there are in this network namespace, those sent away and not received too."""
    try:
        first = Path("/proc/self/net/sockstat").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(first[2]) if first[:2] == ["sockets:", "used"] else 0


def _sum(file: str, names: tuple[str, ...]) -> int:
    """Return the bytes that lines of one of the kernel's tables add up to."""
    try:
        lines = Path(file).read_text(errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(names))
