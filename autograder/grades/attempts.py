"""Several attempts of one student: which may count at all, and which one does.

What may count depends on times and limits alone, so it is known before anything is graded. What counts is
decided from all attempts together, so that it does not matter which grading ends first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

WINDOWS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}


@dataclass(frozen=True)
class AttemptRules:
    """How many attempts count, and which of them.

    ``most`` limits the attempts in all, ``rates`` those within any period as long as a key of `WINDOWS`. A
    refused attempt uses up nothing.
    """

    count: Literal["best", "last"] = "last"
    most: int | None = None
    rates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """One attempt: its number, and when it was handed in, if that is known."""

    number: int
    submitted: datetime | None = None


@dataclass(frozen=True)
class Scored:
    """A graded attempt: its points after lateness, and whether the grader itself failed on it."""

    number: int
    points: float
    failed: bool = False


def refused(attempts: Sequence[Attempt], rules: AttemptRules) -> dict[int, str]:
    """Say which attempts of one student are beyond the limits, and why.

    The windows slide: with three an hour, an attempt is refused when three that count were handed in during
    the sixty minutes before it. Rates hold only where times are known.

    Returns
    -------
    dict of int to str
        The reason by the attempt's number.

    Examples
    --------
    >>> refused([Attempt(1), Attempt(2), Attempt(3)], AttemptRules(most=2))
    {3: 'at most 2 attempts count'}
    """
    found: dict[int, str] = {}
    taken: list[datetime] = []
    many = 0
    for attempt in sorted(attempts, key=lambda a: a.number):
        why = _beyond(attempt, rules, taken, many)
        if why:
            found[attempt.number] = why
            continue
        many += 1
        if attempt.submitted is not None:
            taken.append(attempt.submitted.astimezone(UTC))
    return found


def needed(attempts: Sequence[Attempt], rules: AttemptRules) -> dict[int, str]:
    """Say which attempts cannot count whatever they score, and why: these need not be graded."""
    found = refused(attempts, rules)
    if rules.count == "last":
        last = max(a.number for a in attempts if a.number not in found)
        found |= {a.number: f"attempt {last} counts, the last one" for a in attempts if a.number < last}
    return found


def counting(scored: Sequence[Scored], rules: AttemptRules, beyond: Mapping[int, str]) -> int | None:
    """Return the number of the attempt that counts; None where no attempt may.

    ``last`` takes the last within the limits, even one that could not be read. ``best`` takes the one with
    the most points after lateness; of equals, the earlier. An attempt on which the grader failed counts only
    if there is no other.
    """
    able = [s for s in scored if s.number not in beyond]
    if not able:
        return None
    if rules.count == "last":
        return max(s.number for s in able)
    return min(able, key=lambda s: (s.failed, -round(s.points, 9), s.number)).number


def _beyond(attempt: Attempt, rules: AttemptRules, taken: Sequence[datetime], many: int) -> str:
    if rules.most is not None and many >= rules.most:
        return f"at most {rules.most} attempt{'s count' if rules.most > 1 else ' counts'}"
    if attempt.submitted is None:
        return ""
    now = attempt.submitted.astimezone(UTC)
    for name, most in rules.rates.items():
        if sum(now - before < WINDOWS[name] for before in taken) >= most:
            return f"at most {most} attempt{'s' if most > 1 else ''} a {name} count{'' if most > 1 else 's'}"
    return ""
