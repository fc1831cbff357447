"""A table at the end of a run: what each group of tests costs, so that a slow one is seen before it hurts.

Seconds are those of the processes that ran the tests; with two of them a run takes about half.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

LEAST_SECONDS = 1.0
"""Groups below this are added up in one line."""


def group_of(nodeid: str) -> str:
    """Return the folder a test lies in, two levels deep; doctests by their package."""
    parts = Path(nodeid.partition("::")[0]).parts
    return "/".join(parts[:3] if parts[:2] == ("tests", "autograder") and len(parts) > 3 else parts[:2])


class Costs:
    """Adds up the time of set-up, call and tear-down of every test."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.tests: defaultdict[str, int] = defaultdict(int)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Book one phase of one test."""
        group = group_of(report.nodeid)
        self.seconds[group] += report.duration
        self.tests[group] += report.when == "call"

    def table(self) -> list[str]:
        """Return the lines of the table, the dearest group first."""
        rows = sorted(self.seconds.items(), key=lambda item: -item[1])
        large = [(self.tests[name], seconds, name) for name, seconds in rows if seconds >= LEAST_SECONDS]
        small = [(self.tests[name], seconds) for name, seconds in rows if seconds < LEAST_SECONDS]
        if small:
            tests, seconds = (sum(column) for column in zip(*small, strict=True))
            large.append((int(tests), seconds, f"{len(small)} groups below {LEAST_SECONDS:g} s"))
        return [f"{seconds:8.1f} s {tests:7d} tests  {name}" for tests, seconds, name in large]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table before pytest's own last line."""
        if sum(self.tests.values()) > 1:
            terminalreporter.section("what each group costs")
            for line in self.table():
                terminalreporter.write_line(line)


def register(config: pytest.Config) -> None:
    """Count in the process that sees all reports; a worker sees only its own."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Costs(), "costs")
