"""How a notebook's processes share a core with the grader's: behind them."""

from __future__ import annotations

import contextlib
import os

# Where niceness counts, a fork bomb held its grader up for 8 s beyond the deadline at 0, for 3 s at 5 and for
# half a second at 10. At 19 it was hardly less, and other work on the machine would starve honest notebooks.
NICENESS = 10


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
