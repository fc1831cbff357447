"""Puts what a worker delivered into OUT, as if it had been graded here."""

from __future__ import annotations

from autograder.files import write_whole
from autograder.grades import coursedir
from autograder.grading.claims import objections
from autograder.grading.job import Graded, Setup
from autograder.grading.remote import Delivery
from autograder.records.store import FOLDER, Store, parsed
from autograder.submissions.entry import Entry


class ForeignError(RuntimeError):
    """A worker delivered what it was not asked for; the message says what."""


def adopt(delivery: Delivery, entry: Entry, setup: Setup) -> Graded:
    """Write the files of one submission; its result last, so that where there is one, all else is there too.

    Raises
    ------
    ForeignError
        When a file does not belong to this submission, the result or the row is about another one, or it was
        graded in another tier or under other conditions than were asked for.
    """
    row, out = delivery.graded.row, setup.out
    result = f"{FOLDER}/{entry.slug}.json"
    notebook = coursedir.notebook_path(out, entry.student, setup.assignment)
    log = out / "log" / f"{entry.slug}.log"
    places = {str(p.relative_to(out)) for p in (notebook, log)} | {result, f"feedback/{entry.slug}.html"}
    if row.slug != entry.slug or not delivery.files.keys() <= places or result not in delivery.files:
        raise ForeignError(f"for {entry.slug} a worker delivered {sorted(delivery.files)} of {row.slug}")
    if row.tier not in (setup.tier, "none"):
        raise ForeignError(f"{entry.slug} was graded in the {row.tier} tier, not in {setup.tier}")
    record = parsed(delivery.files[result])
    if record is None or record.row != row or record.conditions != setup.conditions:
        raise ForeignError(f"for {entry.slug} a worker delivered a result that is not that of its row")
    if wrong := objections(row, entry, setup.assignment):
        raise ForeignError(f"for {entry.slug} a worker delivered another row: {'; '.join(wrong)}")
    Store(out).retire(entry.slug)
    for path in (log, notebook) if row.attempts == 1 else (log,):
        if str(path.relative_to(out)) not in delivery.files:
            path.unlink(missing_ok=True)  # of an earlier version of the submission
    for name in sorted(delivery.files, key=lambda name: name == result):
        write_whole(out / name, delivery.files[name].decode("utf-8"), sync=False)
    return delivery.graded
