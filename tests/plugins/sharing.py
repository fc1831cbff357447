"""How two processes share the tests: a file is never split between them, nor the tests of one homework.

What a module-scoped fixture made (a clone, a graded class, a homework on the bench) would be made twice
otherwise. Long work comes first, so that at the end short tests are left to even out.
"""

from __future__ import annotations

import re

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

HOMEWORK = re.compile(r"^tests/assignments/.*\[(hw\d+)\b")
LONG = ("slow", "sealed", "site")
"""Marks of tests that take seconds."""


def unit_of(nodeid: str) -> str:
    """Return what a test is sent with: its file, or the homework that it looks at.

    Examples
    --------
    >>> unit_of("tests/house/test_lint.py::test_tool_is_content[ruff check]")
    'tests/house/test_lint.py'
    >>> unit_of("tests/assignments/test_coverage.py::test_a_slip[hw3]")
    'hw3'
    """
    homework = HOMEWORK.search(nodeid)
    return homework[1] if homework else nodeid.split("::", 1)[0]


class Sharing(LoadFileScheduling):
    """Sends units one after the other, in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """Return what sends tests to processes, for ``--dist loadfile`` alone."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Sharing(config, log)


def arrange(items: list[pytest.Item]) -> None:
    """Put the tests of a unit side by side, whatever files they stand in, and units with long tests first."""
    long, first = set[str](), dict[str, int]()
    for place, item in enumerate(items):
        unit = unit_of(item.nodeid)
        first.setdefault(unit, place)
        if any(map(item.get_closest_marker, LONG)):
            long.add(unit)

    def order(item: pytest.Item) -> tuple[bool, int]:
        unit = unit_of(item.nodeid)
        return unit not in long, first[unit]

    items.sort(key=order)
