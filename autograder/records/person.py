"""Who is behind an account, as the instructor's roster says."""

from __future__ import annotations

from dataclasses import dataclass


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
