"""Which homeworks are not public yet."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("releases.toml")


@dataclass(frozen=True)
class Releases:
    """What is held back on a given day."""

    closed: Mapping[str, datetime.date]  # homework -> its day
    checks_early: bool  # whether its public checks are in the wheel all the same

    @property
    def without(self) -> Collection[str]:
        """Homeworks whose checks stay out of the package."""
        return () if self.checks_early else self.closed.keys()


def read(names: Collection[str], day: datetime.date, table: Path = TABLE) -> Releases:
    """Read the days of release.

    Parameters
    ----------
    names : collection of str
        The homeworks that there are.
    day : date
        The day of publication; what is released on it is public.
    table : Path, optional
        The file.

    Raises
    ------
    ValueError
        When it names a homework that is not there, or something that is no date.
    """
    found = tomllib.loads(table.read_text(encoding="utf-8"))
    days = found.get("release", {})
    for name, value in days.items():
        if name not in names:
            raise ValueError(f"{table.name}: there is no homework {name}; there are {', '.join(names)}")
        if type(value) is not datetime.date:
            raise ValueError(f"{table.name}: {name} wants a date such as 2027-03-01, got {value!r}")
    closed = {name: days[name] for name in sorted(days) if days[name] > day}
    return Releases(closed, bool(found.get("checks_early", False)))
