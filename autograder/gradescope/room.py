"""How much time and memory a Gradescope container leaves for a notebook."""

from __future__ import annotations

from pathlib import Path

from autograder.limits import MIB, RUNS, Limits

GROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # version 2, version 1
OURS = 384 * MIB  # what the grader and its warm sandbox use themselves
LEAST = 256 * MIB
START = 60.0  # seconds for starting the grader on half a core, Gradescope's default, and for writing results


def limits(minutes: int, memory: int | None, usual: Limits | None = None) -> Limits:
    """Return limits such that grading ends, whatever a notebook does, before Gradescope ends it.

    A container that is ended by Gradescope gives no results at all.

    Parameters
    ----------
    minutes : int
        Gradescope's limit on the container's time.
    memory : int or None
        The container's memory in bytes; None when it is not limited.
    usual : Limits, optional
        What the assignment says; no limit is above it.
    """
    usual = usual or Limits()
    free = minutes * 60 - START
    case = min(usual.case_seconds, free / 20)
    grading = min(usual.grading_seconds, free * 0.3)
    follow = min(usual.follow_seconds, free * 0.1)
    restarts = min(usual.cell_restarts, 2)
    # As Limits.total_seconds counts, which adds a minute of its own.
    notebook = min(usual.notebook_seconds, (free - grading - case - follow - 60) / RUNS)
    room = usual.memory if memory is None else min(usual.memory, max(LEAST, memory - OURS))
    return Limits(
        cell_seconds=min(usual.cell_seconds, notebook),
        notebook_seconds=notebook,
        call_seconds=min(usual.call_seconds, case),
        case_seconds=case,
        grading_seconds=grading,
        follow_seconds=follow,
        memory=room,
        message_bytes=min(usual.message_bytes, room // 4),
        case_bytes=min(usual.case_bytes, room // 2),
        cell_restarts=restarts,
    )


def container_memory(root: Path = Path("/")) -> int | None:
    """Return the bytes of memory that the container may use; None when nothing says so."""
    for name in GROUPS:
        try:
            text = (root / name.lstrip("/")).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if text.isdigit() and int(text) < 1 << 60:  # version 1 writes a huge number for no limit
            return int(text)
    return None
