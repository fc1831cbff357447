"""Who is behind an account, as the instructor's roster says, and who handed in together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Person:
    """A student on the roster, or an account that is not on it.

    Parameters
    ----------
    name, email, group : str
        What the roster says; empty where it says nothing.
    listed : bool
        Whether the account is on the roster.
    is_group : bool
        Whether the account is that of a whole group, whose members have rows of their own.
    """

    name: str = ""
    email: str = ""
    group: str = ""
    listed: bool = True
    is_group: bool = False


class Member(NamedTuple):
    """One of several students who handed in together, called as when they hand in alone."""

    student: str
    account: str = ""


def members(listed: Iterable[Iterable[str]]) -> tuple[Member, ...]:
    """Read members as JSON keeps them: a list for each, of the name and the platform's number."""
    return tuple(Member(*each) for each in listed)
