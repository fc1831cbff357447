"""Remembers how long each cell of a session ran and what it raised, for the warnings of the export."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from coursekit._rules import mark


@dataclass(frozen=True)
class Run:
    """The last run of a cell: its seconds without those of checks, and the name of what it raised."""

    seconds: float
    error: str = ""


class Runs:
    """Listens to IPython. There is one for a session, however often its first cell runs."""

    def __init__(self) -> None:
        self.by_mark: dict[str, Run] = {}
        self._shell: Any = None
        self._start: float | None = None
        self._apart = 0.0  # seconds of the running cell that the grader's own methods took

    def watch(self) -> None:
        """Listen from now on; outside of IPython there is nothing to listen to."""
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython else None
        if shell is None or shell is self._shell:
            return
        self._shell = shell
        shell.events.register("pre_run_cell", self._begin)
        shell.events.register("post_run_cell", self._end)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Leave what runs inside out of the cell's time: checks do nothing while a grader runs the cell."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self._apart += time.monotonic() - begin

    def of(self, source: str) -> Run | None:
        """Return how a cell with this text ran last in this session; None where it did not."""
        return self.by_mark.get(mark(source))

    def _begin(self, info: Any) -> None:
        self._start, self._apart = time.monotonic(), 0.0

    def _end(self, result: Any) -> None:
        if self._start is None:  # the cell that made the grader: its start came before we listened
            return
        seconds, self._start = max(time.monotonic() - self._start - self._apart, 0.0), None
        error = result.error_before_exec or result.error_in_exec
        name = "" if error is None else (error if isinstance(error, type) else type(error)).__name__
        source = getattr(result.info, "raw_cell", "")
        self.by_mark[mark(source or "")] = Run(seconds, name)


RUNS = Runs()
