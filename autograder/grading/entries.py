"""The class that is to be graded, in the order in which it is graded."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.records.ondisk import OnDisk
from autograder.submissions.entry import Entry


def entries_on_disk(entries: Iterable[Entry]) -> OnDisk[Entry]:
    """Keep the submissions where they do not grow in memory; `OnDisk.names` knows their slugs."""
    return OnDisk[Entry](lambda entry: entry.slug).filled(entries)
