"""What a submission may use up before it is stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

MIB = 1 << 20
GIB = 1 << 30
RUNS = 3  # one run, replays as long as it, and a last one without the cells that took so long


@dataclass(frozen=True)
class Limits:
    """Limits on time, memory and everything else for one submission.

    Parameters
    ----------
    cell_seconds : float
        Wall-clock seconds for one cell; a cell that takes longer is skipped.
    notebook_seconds : float
        Wall-clock seconds for all cells together. Where cells are skipped and the notebook is restarted, all
        its runs before the tests take at most `RUNS` times as long.
    call_seconds : float
        Wall-clock seconds for one call of a student's function by a test.
    case_seconds : float
        Wall-clock seconds for one test case, the test's own work included.
    grading_seconds : float
        Wall-clock seconds for all test cases together, with the replays of the notebook that they need;
        cases that are never reached fail.
    follow_seconds : float
        Wall-clock seconds for all questions that run again on the course's own answers to what they build
        on; a question that is never reached keeps its score.
    memory : int
        Bytes a notebook's processes may use together, beyond the libraries that are loaded already.
    processes : int
        Processes and threads at one time.
    files : int
        Open files of one process.
    file_bytes : int
        Bytes of the largest file.
    disk : int
        Bytes of everything in ``/tmp`` (and again in ``/dev/shm``), which live in memory.
    output_bytes : int
        Bytes of output kept of one cell.
    executed_bytes : int
        Bytes of output kept of the whole notebook.
    message_bytes : int
        Bytes of arrays in one call or one answer.
    case_bytes : int
        Bytes of all values that come from the student's code in one test case, which the test may keep.
    items : int
        Items a test may draw from one iterator of the student's, and the largest ``len``.
    cell_restarts : int
        How often a notebook is restarted without a cell that hung or died, before the rest is given up.
    case_restarts : int
        How often, within one question, a hung or dead sandbox is replaced before the rest of it fails.
    """

    cell_seconds: float = 20.0
    notebook_seconds: float = 120.0
    call_seconds: float = 10.0
    case_seconds: float = 30.0
    grading_seconds: float = 300.0
    follow_seconds: float = 120.0
    memory: int = 2 * GIB
    processes: int = 64
    files: int = 256
    file_bytes: int = 64 * MIB
    disk: int = 128 * MIB
    output_bytes: int = 1 * MIB
    executed_bytes: int = 8 * MIB
    message_bytes: int = 128 * MIB
    case_bytes: int = 1 * GIB
    items: int = 100_000
    cell_restarts: int = 3
    case_restarts: int = 2

    @classmethod
    def of(cls, course: Mapping[str, Any], **asked: Any) -> Self:
        """Return the limits that an assignment declares, and room for several such cells and calls.

        Parameters
        ----------
        course : mapping
            What the head of the master says: ``seconds`` and ``memory``.
        **asked
            Limits that take precedence over those.
        """
        seconds = course.get("seconds", {})
        found: dict[str, Any] = {"memory": course["memory"]} if "memory" in course else {}
        if cell := asked.get("cell_seconds") or seconds.get("cell"):
            found |= {"cell_seconds": cell, "notebook_seconds": max(cls.notebook_seconds, 3 * cell)}
        if call := seconds.get("call"):
            case = max(cls.case_seconds, 2 * call)
            found |= {"call_seconds": call, "case_seconds": case}
            found["grading_seconds"] = max(cls.grading_seconds, 4 * case)
        return cls(**{**found, **asked})

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value <= 0 and not field.name.endswith("_restarts"):
                raise ValueError(f"Limits: {field.name} must be positive, it is {value}")

    @property
    def total_seconds(self) -> float:
        """The longest that grading one submission can take, whatever it does; most take a second."""
        tests = self.grading_seconds + self.case_seconds + self.follow_seconds
        return RUNS * self.notebook_seconds + tests + 60.0


def size(count: int) -> str:
    """Return a number of bytes in words, such as ``"2 GiB"``."""
    if count >= GIB:
        return f"{count / GIB:.3g} GiB"
    return f"{count / MIB:.3g} MiB"
