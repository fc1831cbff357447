"""The submissions of a class, in the order in which they are graded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from autograder.lookalikes import told_apart
from autograder.records.ondisk import OnDisk
from autograder.submissions.entry import Entry

FOLDERS = 30  # each is a mount of the sandbox where it would be seen


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


def folders(entries: Iterable[Entry]) -> tuple[Path, ...]:
    """Return the folders in which submissions lie; where they are many, the one that holds them all."""
    found: set[Path] = set()
    for entry in entries:
        parent = entry.path.parent.absolute()
        if not found.intersection((parent, *parent.parents)):
            found = {folder for folder in found if parent not in folder.parents} | {parent}
    if len(found) > FOLDERS:
        return (Path(os.path.commonpath(found)),)
    return tuple(sorted(found))
