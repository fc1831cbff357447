"""The folder of submissions, as it comes from a learning platform: one row a student, none ever lost."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.submissions.archive import is_notebook, notebook_in_zip, pick
from autograder.submissions.notebook import MAX_BYTES, UnreadableError
from autograder.text import file_stem, one_line, short_hash

_NOTEBOOK_ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")  # browsers add the last two when they save
MAX_FILES = 20_000  # looked at inside one student's folder


@dataclass(frozen=True)
class Entry:
    """One submission as found, not yet opened.

    ``student`` is the file's stem made printable; ``slug`` names the student's files in the output and is
    different for every entry. ``reason`` says why it cannot be graded, ``note`` what else should be known.
    """

    student: str
    slug: str
    path: Path
    reason: str = ""
    note: str = ""


def collect(folder: Path) -> list[Entry]:
    """List the submissions in ``folder``, sorted by student.

    Notebooks, zips and folders are submissions. Any other file is listed too, with a reason, because somebody
    handed it in; only names that begin with a dot and ``__MACOSX`` are passed over.

    Raises
    ------
    NotADirectoryError
        When ``folder`` is not a folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    found = [e for e in sorted(folder.iterdir()) if not e.name.startswith(".") and e.name != "__MACOSX"]
    return _settle_names([_entry(path) for path in found])


def fetch(entry: Entry, wanted: str) -> bytes:
    """Open a submission and return its notebook as it was handed in.

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
    if entry.reason:
        raise UnreadableError(entry.reason)
    try:
        return _bytes(entry.path, wanted)
    except PermissionError:
        raise UnreadableError("the file may not be read: permission denied") from None
    except FileNotFoundError:
        raise UnreadableError("the file vanished while the class was being graded") from None
    except OSError as error:
        raise UnreadableError(
            f"the file cannot be read: {one_line(error.strerror or str(error), 60)}"
        ) from None


def fingerprint(entry: Entry, content: bytes | UnreadableError) -> str:
    """Return the SHA-256 of what a submission's row is made from.

    That is the notebook's bytes, or why there are none, and what the row says about other files.
    """
    kind, body = (
        ("notebook", content)
        if isinstance(content, bytes)
        else ("none", str(content).encode("utf-8", "replace"))
    )
    head = json.dumps([kind, entry.student, entry.slug, entry.note])
    return hashlib.sha256(head.encode() + body).hexdigest()


def _entry(path: Path) -> Entry:
    name = path.name
    ending = next((e for e in (*_NOTEBOOK_ENDINGS, ".zip") if name.lower().endswith(e)), "")
    reason = ""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        mode, reason = 0, f"cannot be looked at: {one_line(error.strerror or str(error), 60)}"
    is_folder = stat.S_ISDIR(mode)
    if stat.S_ISLNK(mode):
        reason = "a symbolic link, which is not followed"
    elif not reason and not is_folder and not stat.S_ISREG(mode):
        reason = "not an ordinary file"
    elif not reason and not is_folder and not ending:
        reason = f"not a notebook: {one_line(name, 60)} (hand in an .ipynb or a .zip)"
    stem = name if is_folder else name[: -len(ending)] if ending else path.stem
    student = one_line(os.fsencode(stem).decode("utf-8", "replace"))
    return Entry(student or "unnamed", "", path, reason)


def _settle_names(entries: list[Entry]) -> list[Entry]:
    """Say of each student who handed in twice so, and give every entry a file name of its own."""
    by_student: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_student[entry.student].append(entry)
    settled = [e for same in by_student.values() for e in _one_submission(same)]
    stems = Counter(file_stem(e.student).casefold() for e in settled)

    def slug(entry: Entry) -> str:
        stem = file_stem(entry.student)
        raw = os.fsencode(entry.path.name).decode("utf-8", "surrogateescape")
        return stem if stems[stem.casefold()] == 1 else f"{stem}-{short_hash(raw)}"

    return sorted((replace(e, slug=slug(e)) for e in settled), key=lambda e: (e.student, e.path.name))


def _one_submission(same: list[Entry]) -> list[Entry]:
    """Settle what one student handed in: a stray file becomes a note, a second notebook a reason."""
    gradable = [e for e in same if not e.reason]
    strays = ", ".join(one_line(e.path.name, 40) for e in same if e.reason)
    if len(gradable) == 1:
        return [replace(gradable[0], note=f"also handed in: {strays}" if strays else "")]
    if len(same) == 1:
        return same
    files = ", ".join(one_line(e.path.name, 40) for e in same)
    return [replace(e, reason=f"{len(same)} files for one student: {files}; keep one") for e in same]


def _bytes(path: Path, wanted: str) -> bytes:
    if path.is_dir():
        return _bytes_in_folder(path, wanted)
    if path.name.lower().endswith(".zip"):
        return notebook_in_zip(path, wanted)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _bytes_in_folder(folder: Path, wanted: str) -> bytes:
    """Find the notebook in a student's folder; failing that, the one zip, as some platforms deliver it."""
    files: list[str] = []
    for here, folders, names in os.walk(folder, onerror=_raise, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__MACOSX")
        paths = [Path(here, n) for n in sorted(names) if not n.startswith(".")]
        files += [str(p.relative_to(folder)) for p in paths if p.is_file() and not p.is_symlink()]
        if len(files) > MAX_FILES:
            raise UnreadableError(f"the folder holds more than {MAX_FILES} files")
    notebooks = [f for f in files if is_notebook(f)]
    zips = [f for f in files if f.lower().endswith(".zip")]
    if not notebooks and len(zips) == 1:
        return notebook_in_zip(folder / zips[0], wanted)
    with (folder / pick(notebooks, wanted, "the folder", files)).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _raise(error: OSError) -> None:
    raise error
