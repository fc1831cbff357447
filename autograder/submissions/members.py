"""Who handed in together, where a platform says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Member(NamedTuple):
    """One of several students who handed in together, called as when they hand in alone."""

    student: str
    account: str = ""


def members(listed: Iterable[Iterable[str]]) -> tuple[Member, ...]:
    """Read members as JSON keeps them: a list for each, of the name and the platform's number.

    Examples
    --------
    >>> members([["Ann Lee_1001", "gradescope:1001"]])
    (Member(student='Ann Lee_1001', account='gradescope:1001'),)
    """
    return tuple(Member(*each) for each in listed)
