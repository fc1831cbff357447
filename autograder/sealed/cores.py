"""Which cores a grading process and its sandboxes have to themselves, so that they cannot slow others.

A pinned process passes its cores on to everything it starts, and the filter of system calls keeps a notebook
from asking for others. On platforms without affinity nothing happens.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

_TOPOLOGY = Path("/sys/devices/system/cpu")
# What cores have in common, from the most to the least: a physical core, a last-level cache, a package.
_PACKAGE, _CACHE, _SIBLINGS = (
    "topology/physical_package_id",
    "cache/index3/shared_cpu_list",
    "topology/thread_siblings_list",
)


def available() -> list[int]:
    """Return the cores this process may use, neighbours side by side; empty where they are not known."""
    if not hasattr(os, "sched_getaffinity"):
        return []
    return sorted(os.sched_getaffinity(0), key=_place)


def count() -> int:
    """Return how many cores this process may use; the machine's where they are not known."""
    return len(available()) or os.cpu_count() or 1


def shares(workers: int, cores: list[int]) -> list[frozenset[int]]:
    """Divide cores among workers as evenly as possible.

    Neighbours in the list stay together: the two threads of a physical core, and cores behind one cache,
    are split between workers only where there are too few of them.

    Parameters
    ----------
    workers : int
        How many processes grade at once.
    cores : list of int
        What `available` returned.

    Returns
    -------
    list of frozenset of int
        One share a worker. They are disjoint unless there are more workers than cores; then each has one
        core, which it shares with as few others as possible. Empty sets where there are no cores to divide.
    """
    if not cores or not workers:
        return [frozenset()] * workers
    if workers > len(cores):
        return [frozenset({cores[k % len(cores)]}) for k in range(workers)]
    bounds = [k * len(cores) // workers for k in range(workers + 1)]
    return [frozenset(cores[start:end]) for start, end in pairwise(bounds)]


@contextmanager
def within(share: frozenset[int]) -> Iterator[None]:
    """Confine this thread to a share for a while, and what it starts for good; do nothing for an empty share.

    A process must start within its share: libraries of linear algebra count the cores when they are loaded.
    """
    before = os.sched_getaffinity(0) if share else set()
    if share:
        os.sched_setaffinity(0, share)
    try:
        yield
    finally:
        if share:
            os.sched_setaffinity(0, before)


def _place(core: int) -> tuple[int, int, int, int]:
    """Return where a core is, so that sorting puts cores that share hardware side by side."""
    package, cache, siblings = (_first(core, kind) for kind in (_PACKAGE, _CACHE, _SIBLINGS))
    return package, cache, siblings, core


def _first(core: int, kind: str) -> int:
    """Return the first number of one of the kernel's lists, such as ``0`` of ``0-3,8``."""
    try:
        text = (_TOPOLOGY / f"cpu{core}" / kind).read_text()
    except OSError:
        return 0
    digits = text.replace("-", ",").split(",")[0].strip()
    return int(digits) if digits.isdigit() else 0
