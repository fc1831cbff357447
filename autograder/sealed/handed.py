"""The files on the grader's side while tests run: those handed in, and the data that no student gets."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.assignment import Assignment
from autograder.records.results import FileResult
from coursekit._files import Desk, Wanted

FOLDER = "data"  # of a build

Handed = Mapping[str, bytes | str]
"""The files of a submission, by their declared names; a text says why one was not taken."""


def desk(assignment: Assignment, handed: Handed) -> Desk:
    """Return what tests find: bytes, not files, so that nothing that a notebook does reaches them."""
    data = {
        name: (assignment.folder / FOLDER / name).read_bytes() for name in assignment.course.get("data", ())
    }
    return Desk(Wanted.all(assignment.course), dict(handed), data)


def results(found: Desk) -> tuple[FileResult, ...]:
    """Return what is reported about each file that the assignment asks for."""
    told = []
    for wanted in found.wanted:
        content = found.files.get(wanted.name)
        size = len(content) if isinstance(content, bytes) else None
        optional = content is None and not wanted.required
        told.append(FileResult(wanted.name, size, "" if optional else found.wrong(wanted)))
    return tuple(told)


def for_notebook(found: Desk) -> list[tuple[str, bytes | None]]:
    """Return the files for the notebook's working folder, and the names that must not be there.

    Beside the files that the assignment asks for lie the student's own, which a notebook may import or open;
    nothing on this side looks at them.
    """
    kept: list[tuple[str, bytes | None]] = []
    for wanted in found.wanted:
        content = found.files.get(wanted.name)
        fits = isinstance(content, bytes) and len(content) <= wanted.most
        kept.append((wanted.name, content if fits and isinstance(content, bytes) else None))
    asked = {wanted.name for wanted in found.wanted}
    own = {n: c for n, c in found.files.items() if n not in asked and isinstance(c, bytes)}
    return kept + sorted(own.items())
