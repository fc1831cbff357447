"""The folder of submissions, as it comes from a learning platform: one row per attempt, none ever lost."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.lookalikes import alike, spelled, told_apart
from autograder.submissions.attempts import Candidate, in_order
from autograder.submissions.entry import Entry, Place
from autograder.submissions.layout import Piece, pieces
from autograder.submissions.names import Naming
from autograder.submissions.newest import Dated
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.opened import ending_of, files_of, notebook_at, notebook_in, search
from autograder.submissions.times import timestamp_in
from autograder.submissions.zips import class_zip
from autograder.text import file_stem, marked_stem, one_line


class UncountedError(UnreadableError):
    """An attempt that cannot count, whatever it would score, and is not graded; the message says why."""


def collect(
    folder: Path, naming: Naming | None = None, wanted: str = "", files: Sequence[str] = ()
) -> list[Entry]:
    """List the submissions in ``folder``, sorted by student and attempt.

    Notebooks, scripts, zips and folders are submissions. Any other file is listed too, with a reason, because
    somebody handed it in; only files that by their names are nobody's are skipped (`layout.is_nobody`).

    Parameters
    ----------
    folder : Path
        What was handed in.
    naming : Naming, optional
        How names are read, and which times an instructor gave.
    wanted : str
        The assignment's notebook name, such as ``"hw3.ipynb"``: it distinguishes the notebook from other
        files of the same student.
    files : sequence of str
        The files that the assignment asks for beside it.

    Raises
    ------
    NotADirectoryError
        When ``folder`` is not a folder.
    ValueError
        When a time was given for a student who handed in several files.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    naming, own = naming or Naming(), Path(wanted).stem
    by_student: dict[str, list[Candidate]] = defaultdict(list)
    for piece in pieces(folder, naming, own):
        found = _candidate(piece, naming, own)
        by_student[found.entry.student].append(found)
    entries = [e for same in by_student.values() for e in in_order(same, naming, own, files)]
    entries = list(_unlike(_apart(entries)))
    check_apart(entries)
    return sorted(entries, key=lambda e: (e.student, e.attempt, e.place.name))


def check_apart(entries: Sequence[Entry]) -> None:
    """Check that no two submissions would be written to one file, and no two students booked as one.

    `file_stem` and `spelled` make it so; this is checked again, because a score would be lost silently.

    Raises
    ------
    AssertionError
        With the two that meet.
    """
    for kind, names in (
        ("files", [(e.slug, f"{e.student}: {e.place.name}") for e in entries]),
        ("students", [(file_stem(s), s) for s in {e.student for e in entries}]),
    ):
        seen: dict[str, str] = {}
        for key, name in names:
            if key.casefold() in seen:
                both = " and ".join(told_apart([seen[key.casefold()], name]))
                raise AssertionError(f"two {kind} would be called {key}: {both}")
            seen[key.casefold()] = name


def fetch(entry: Entry, wanted: str) -> bytes:
    """Open a submission and return its notebook as it was handed in; a script is made one.

    Parameters
    ----------
    entry : Entry
        What `collect` found.
    wanted : str
        The assignment's notebook name, such as ``"hw3.ipynb"``.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    return fetch_with_note(entry, wanted)[0]


def fetch_with_note(entry: Entry, wanted: str) -> tuple[bytes, str]:
    """Open a submission as `fetch` does; return also what its row should say of the choice among files."""
    if entry.reason:
        raise UnreadableError(entry.reason)
    try:
        with files_of(entry.place) as tree:
            if tree is None:
                return notebook_at(entry.place), ""
            with search(tree, wanted) as found:
                return notebook_in(found), found.note
    except PermissionError:
        raise UnreadableError("the file may not be read: permission denied") from None
    except FileNotFoundError:
        raise UnreadableError("the file vanished while the class was being graded") from None
    except OSError as error:
        raise UnreadableError(
            f"the file cannot be read: {one_line(error.strerror or str(error), 60)}"
        ) from None


def fingerprint(
    entry: Entry, content: bytes | UnreadableError, handed: Mapping[str, bytes | str] | None = None
) -> str:
    """Return the SHA-256 of what a submission's row is made from.

    That is the notebook's bytes, or why there are none, the files beside it, and what the row says about
    others.
    """
    if isinstance(content, bytes):
        kind, body = "notebook", content
    else:
        kind = "uncounted" if isinstance(content, UncountedError) else "none"
        body = str(content).encode("utf-8", "replace")
    head: list[object] = [kind, entry.student, entry.slug, entry.note]
    if handed:
        texts = {n: c.encode("utf-8", "replace") if isinstance(c, str) else c for n, c in handed.items()}
        kinds = {n: type(c).__name__ for n, c in handed.items()}
        head.append([[n, kinds[n], hashlib.sha256(c).hexdigest()] for n, c in sorted(texts.items())])
    return hashlib.sha256(json.dumps(head).encode() + body).hexdigest()


def _candidate(piece: Piece, naming: Naming, assignment: str) -> Candidate:
    place = piece.place
    ending, reason, is_folder, changed = _looked_at(place)
    file = place.name
    stem = _text(file[: -len(ending)] if ending else file if is_folder else Path(file).stem)
    name = naming.read(stem)
    given, owner = naming.times.of_file(file)
    submitted = given or name.submitted or piece.submitted
    if is_folder and not place.within and submitted is None and naming.timestamps:
        submitted = timestamp_in(place.path, assignment, naming.zone)
    student = spelled(owner or piece.student or name.student) or "unnamed"
    note = "; ".join(n for n in (piece.note, name.mark) if n)
    entry = Entry(
        student, file_stem(spelled(stem)), place.path, reason or name.stray, note, within=place.within
    )
    theirs = () if owner and owner != piece.student else piece.members
    members = tuple(each._replace(student=spelled(each.student)) for each in theirs)
    entry = replace(entry, submitted=submitted, account=piece.account or name.account, members=members)
    return Candidate(entry, name, Dated(stem, submitted, name.order, changed))


def _looked_at(place: Place) -> tuple[str, str, bool, float]:
    """Return the ending that counts, why it is no submission, whether it is a folder, and its date."""
    ending = ending_of(place.name)
    no_notebook = f"not a notebook: {one_line(place.name, 60)} (hand in an .ipynb or a .zip)"
    if place.within:
        is_folder = place.within.endswith("/")
        changed = 0.0 if is_folder else class_zip(place.path).date(place.within)
        return "" if is_folder else ending, "" if is_folder or ending else no_notebook, is_folder, changed
    try:
        found = place.path.lstat()
    except OSError as error:
        return ending, f"cannot be looked at: {one_line(error.strerror or str(error), 60)}", False, 0.0
    is_folder = stat.S_ISDIR(found.st_mode)
    reason = ""
    if stat.S_ISLNK(found.st_mode):
        reason = "a symbolic link, which is not followed"
    elif not is_folder and not stat.S_ISREG(found.st_mode):
        reason = "not an ordinary file"
    elif not is_folder and not ending:
        reason = no_notebook
    return "" if is_folder else ending, reason, is_folder, found.st_mtime


def _apart(entries: Sequence[Entry]) -> list[Entry]:
    """Name files apart where those of one stem differ in their endings alone; a plain notebook keeps it."""
    count = Counter(e.slug for e in entries)
    names: Counter[str] = Counter()
    apart = []
    for entry in entries:
        name = entry.place.name
        names[name] += 1
        if count[entry.slug] > 1 and (not name.endswith(".ipynb") or names[name] > 1):
            identity = f"\0{_text(name)}\0{names[name]}"
            entry = replace(entry, slug=marked_stem(spelled(_text(Path(name).stem)), identity))
        apart.append(entry)
    return apart


def _unlike(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Add to the rows of students whose names look alike what distinguishes them."""
    students = dict.fromkeys(e.student for e in entries)
    shown = {n: s for same in alike(students) for n, s in zip(same, told_apart(same, 200), strict=True)}
    for entry in entries:
        mark = (
            f"another name looks the same; this one is {shown[entry.student]}"
            if entry.student in shown
            else ""
        )
        yield replace(entry, note="; ".join(n for n in (entry.note, mark) if n)) if mark else entry


def _text(name: str) -> str:
    """Return a file's name as text, whatever the machine takes for its encoding."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")
