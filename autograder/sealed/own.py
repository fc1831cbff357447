"""How much memory the grader's own process may take while it grades a notebook."""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.limits import GIB, Limits

LEAST = GIB
SPARE = 256 << 20  # bytes of the machine's memory that stay free, a sixteenth of it where that is less


@contextlib.contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Limit, within the block, the memory this process may take beyond what it holds already.

    A test goes through what the student's code returned, and a number is enough to ask for all the memory of
    the machine (``np.zeros(answer)``). Beyond the limit such a test fails with a `MemoryError`, as any test
    that raises. The limit is on memory that is the process's own (``RLIMIT_DATA``): what a library merely
    reserves does not count. Only Linux has it.

    Parameters
    ----------
    limits : Limits
        A test case may keep ``case_bytes`` of values, and work with copies of them.
    """
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _held() + max(LEAST, 3 * limits.case_bytes)
    for other in (soft, hard):
        most = most if other == resource.RLIM_INFINITY else min(most, other)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def spare() -> int:
    """Return how many bytes of the machine's memory have to stay free while notebooks run."""
    try:
        total = int(Path("/proc/meminfo").read_text(encoding="ascii").split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return 0
    return min(SPARE, total // 16)


def _held() -> int:
    """Return the bytes of this process's own memory, as the kernel counts them for the limit."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
