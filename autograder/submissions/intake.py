"""The folder of submissions, as it comes from a learning platform: one row an attempt, none ever lost."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.submissions.archive import is_notebook, notebook_in_zip, pick
from autograder.submissions.attempts import in_order
from autograder.submissions.entry import Entry
from autograder.submissions.names import Name, Naming
from autograder.submissions.notebook import MAX_BYTES, UnreadableError
from autograder.submissions.times import timestamp_in
from autograder.text import file_stem, one_line, short_hash

_NOTEBOOK_ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")  # browsers add the last two when they save
MAX_FILES = 20_000  # looked at inside one student's folder


class UncountedError(UnreadableError):
    """An attempt that cannot count, whatever it would score, and is not graded; the message says why."""


def collect(
    folder: Path, naming: Naming | None = None, wanted: str = "", files: Sequence[str] = ()
) -> list[Entry]:
    """List the submissions in ``folder``, sorted by student and attempt.

    Notebooks, zips and folders are submissions. Any other file is listed too, with a reason, because somebody
    handed it in; only names that begin with a dot and ``__MACOSX`` are passed over.

    Parameters
    ----------
    folder : Path
        What was handed in.
    naming : Naming, optional
        How names are read, and which times an instructor gave.
    wanted : str
        The assignment's notebook name, such as ``"hw3.ipynb"``: by it the notebook is told from other files
        of the same student.
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
    found = [e for e in sorted(folder.iterdir()) if not e.name.startswith(".") and e.name != "__MACOSX"]
    by_student: dict[str, list[tuple[Entry, Name]]] = defaultdict(list)
    for path in found:
        entry, name = _entry(path, naming, own)
        by_student[entry.student].append((entry, name))
    settled = [e for same in by_student.values() for e in in_order(same, naming, own, files)]
    stems = Counter(e.slug.casefold() for e in settled)
    unique = [e if stems[e.slug.casefold()] == 1 else replace(e, slug=_hashed(e)) for e in settled]
    return sorted(unique, key=lambda e: (e.student, e.attempt, e.path.name))


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


def _entry(path: Path, naming: Naming, assignment: str) -> tuple[Entry, Name]:
    file = path.name
    ending = next((e for e in (*_NOTEBOOK_ENDINGS, ".zip") if file.lower().endswith(e)), "")
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
        reason = f"not a notebook: {one_line(file, 60)} (hand in an .ipynb or a .zip)"
    stem = file if is_folder else file[: -len(ending)] if ending else path.stem
    stem = os.fsencode(stem).decode("utf-8", "replace")
    name = naming.read(stem)
    given, owner = naming.times.of_file(file)
    submitted = given or name.submitted
    if is_folder and submitted is None and naming.timestamps:
        submitted = timestamp_in(path, assignment, naming.zone)
    student = one_line(owner or name.student) or "unnamed"
    entry = Entry(student, file_stem(one_line(stem) or "unnamed"), path, reason or name.stray, name.mark)
    return replace(entry, submitted=submitted, account=name.account), name


def _hashed(entry: Entry) -> str:
    raw = os.fsencode(entry.path.name).decode("utf-8", "surrogateescape")
    return f"{entry.slug}-{short_hash(raw)}"


def _bytes(path: Path, wanted: str) -> bytes:
    if path.is_dir():
        return _bytes_in_folder(path, wanted)
    if path.name.lower().endswith(".zip"):
        return notebook_in_zip(path, wanted)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _bytes_in_folder(folder: Path, wanted: str) -> bytes:
    """Find the notebook in a student's folder; failing that, the one zip, as some platforms deliver it."""
    files = files_below(folder)
    notebooks = [f for f in files if is_notebook(f)]
    zips = [f for f in files if f.lower().endswith(".zip")]
    if not notebooks and len(zips) == 1:
        return notebook_in_zip(folder / zips[0], wanted)
    with (folder / pick(notebooks, wanted, "the folder", files)).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def files_below(folder: Path) -> list[str]:
    """Return the ordinary files of a student's folder, those that begin with a dot left out.

    Raises
    ------
    UnreadableError
        When there are more than anybody hands in.
    """
    files: list[str] = []
    for here, folders, names in os.walk(folder, onerror=_raise, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__MACOSX")
        paths = [Path(here, n) for n in sorted(names) if not n.startswith(".")]
        files += [str(p.relative_to(folder)) for p in paths if p.is_file() and not p.is_symlink()]
        if len(files) > MAX_FILES:
            raise UnreadableError(f"the folder holds more than {MAX_FILES} files")
    return files


def _raise(error: OSError) -> None:
    raise error
