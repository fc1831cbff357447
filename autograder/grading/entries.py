"""The submissions of a class, in the order in which they are graded."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.lookalikes import told_apart
from autograder.records.ondisk import OnDisk
from autograder.submissions.entry import Entry


def entries_on_disk(entries: Iterable[Entry]) -> OnDisk[Entry]:
    """Keep the submissions where they do not grow in memory; `OnDisk.names` knows their slugs.

    Raises
    ------
    AssertionError
        When two have one slug: the later would take the earlier one's place in silence.
    """
    kept = OnDisk[Entry](lambda entry: entry.slug)
    for entry in entries:
        if before := kept.get(entry.slug):
            both = " and ".join(told_apart([before.place.name, entry.place.name]))
            raise AssertionError(f"two submissions would be called {entry.slug}: {both}")
        kept.add(entry)
    return kept
