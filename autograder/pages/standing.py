"""How an attempt stands, in the few words that fit into a list."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.records.gradesheet import Row, points
from autograder.text import one_line


def with_totals(rows: Iterable[Row]) -> bool:
    """Say whether totals differ from the machine's scores, by lateness, attempts or a person's points."""
    return any(
        r.standing is not None and (r.attempts > 1 or r.standing.total not in (None, r.score)) for r in rows
    )


def total(row: Row) -> str:
    """Write the points that count in the end; a dash for an attempt that does not count."""
    standing = row.standing
    return "–" if standing is None or standing.total is None else points(standing.total)


def remark(row: Row) -> str:
    """Say why the total differs from the score; empty where it does not."""
    standing, said = row.standing, []
    if standing is None:
        return ""
    if row.person and not row.person.listed:
        said.append("not on the roster")
    if row.by:
        said.append(f"handed in by {one_line(row.by, 40)}")
    elif row.person and row.person.group:
        said.append(f"for {one_line(row.person.group, 40)}" if standing.counts else "")
    if row.attempts > 1:
        said.append(f"attempt {row.attempt} of {row.attempts}")
    if not standing.counts and row.status != "uncounted":  # its reason says why already
        said.append(f"does not count: {standing.why}")
    if standing.days_late:
        lost = round(100 * (1 - standing.kept), 2)
        days = f"{standing.days_late} day{'s' if standing.days_late > 1 else ''} late"
        days += f", {points(standing.bank_used)} from the term's" if standing.bank_used else ""
        days += f", {points(standing.bank_left)} left" if standing.bank_left is not None else ""
        said.append(f"{days}, −{points(lost)} %" if lost else days)
    return "; ".join(filter(None, said))


def shown_name(row: Row) -> str:
    """Write whose a row is: the name on the roster with the account, or the account alone."""
    name = row.person.name if row.person else ""
    return f"{name} ({row.student})" if name and name != row.student else row.student
