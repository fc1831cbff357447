"""How a notebook's processes share a core with the grader's: behind them."""

from __future__ import annotations

import contextlib
import os

# Enough for the grader to come first, not so much that other work on the machine starves honest notebooks.
NICENESS = 5


def stand_back() -> None:
    """Run this process, and all it starts, behind the grader's own processes.

    Linux shares a core between sessions first, so that in one session of its own a notebook gets what one
    notebook gets, however many processes it starts. Where that is switched off, niceness counts instead. A
    batch process does not interrupt another when it wakes up.
    """
    os.setsid()
    os.nice(NICENESS)
    with contextlib.suppress(OSError):  # a container may refuse it
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
