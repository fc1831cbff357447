"""The submissions that wait for a grader, drawn from the class one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.submissions.entry import Entry

TRIES = 2  # a submission on which a process died gets one more, in case something else killed the process


@dataclass(frozen=True)
class Task:
    """One try at grading a submission."""

    entry: Entry
    attempt: int = 1


class Tasks:
    """What is still to be done; only the next submission of the class is in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._rest = iter(entries)
        self._next: deque[Task] = deque()

    def __bool__(self) -> bool:
        if not self._next:
            self._next.extend(Task(entry) for entry in [next(self._rest, None)] if entry)
        return bool(self._next)

    def take(self) -> Task | None:
        """Return the next task, if there is one."""
        return self._next.popleft() if self else None

    def again(self, task: Task) -> bool:
        """Queue a task on which a process died once more; say whether it may have another try."""
        if task.attempt < TRIES:
            self._next.append(Task(task.entry, task.attempt + 1))
        return task.attempt < TRIES
