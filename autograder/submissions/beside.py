"""The files handed in beside a notebook, out of a zip, a folder, or a platform's flat list of files.

Only files that the assignment asks for are taken, by name, and none is read beyond the size it may have.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from autograder.submissions.archive import BROKEN, check_entries, check_zip, is_notebook, pick
from autograder.submissions.entry import Entry
from autograder.submissions.intake import files_below
from autograder.submissions.notebook import UnreadableError
from coursekit._files import Wanted, size

Handed = dict[str, bytes | str]


def handed_in(entry: Entry, notebook: str, wanted: Sequence[Wanted]) -> Handed:
    """Return the files of a submission by their declared names; a text says why one was not taken.

    Parameters
    ----------
    entry : Entry
        What `collect` found.
    notebook : str
        The assignment's notebook name, which tells where in a zip or folder the files should lie.
    wanted : sequence of Wanted
        The files that the assignment asks for; upper and lower case are one.
    """
    if not wanted:
        return {}
    try:
        found = _in(entry.path, notebook, wanted)
    except (UnreadableError, OSError, *BROKEN):
        found = {}  # whatever is wrong with the whole shows when its notebook is read
    for name, path in entry.beside:
        for each in wanted:
            if each.name.casefold() == name.casefold():
                found[each.name] = _from_disk(each, path)
    return found


def _in(path: Path, notebook: str, wanted: Sequence[Wanted]) -> Handed:
    if path.is_dir():
        files = files_below(path)
        zips = [f for f in files if f.lower().endswith(".zip")]
        notebooks = [f for f in files if is_notebook(f)]
        if not notebooks and len(zips) == 1:
            return _in_zip(path / zips[0], notebook, wanted)
        home = pick(notebooks, notebook, "the folder", files)
        links = _links(wanted, (path / home).parent)
        return links | _taken(wanted, files, home, lambda each, name: _from_disk(each, path / name))
    return _in_zip(path, notebook, wanted) if path.name.lower().endswith(".zip") else {}


def _in_zip(path: Path, notebook: str, wanted: Sequence[Wanted]) -> Handed:
    check_zip(path)
    with zipfile.ZipFile(path) as archive:
        entries = {e.filename: e for e in archive.infolist() if not e.filename.endswith("/")}
        check_entries(list(entries.values()))
        home = pick([n for n in entries if is_notebook(n)], notebook, "the zip", list(entries))

        def read(each: Wanted, name: str) -> bytes | str:
            entry = entries[name]
            if entry.flag_bits & 0x1:
                return f"{each.name} in the zip has a password: hand it in without."
            if stat.S_ISLNK(entry.external_attr >> 16):
                return _link(each)
            if entry.file_size > each.most:
                return _too_large(each, entry.file_size)
            try:
                with archive.open(entry) as stream:
                    content = stream.read(each.most + 1)  # whatever the entry says about its size
            except BROKEN:
                return f"{each.name} in the zip is broken: export again."
            return content if len(content) <= each.most else _too_large(each, len(content))

        return _taken(wanted, entries, home, read)


def _taken(
    wanted: Sequence[Wanted], names: Iterable[str], home: str, read: Callable[[Wanted, str], bytes | str]
) -> Handed:
    """Read each wanted file: the one beside the notebook, or the only one of its name."""
    parts = {name: re.split(r"[/\\]", name) for name in names}
    here = re.split(r"[/\\]", home)[:-1]
    found: Handed = {}
    for each in wanted:
        alike = [
            name
            for name, way in parts.items()
            if way[-1].casefold() == each.name.casefold()
            and not any(p.startswith(".") or p == "__MACOSX" for p in way)
        ]
        near = [name for name in alike if parts[name][:-1] == here]
        exact = [name for name in near if parts[name][-1] == each.name]
        chosen = next((few for few in (exact, near, alike) if len(few) == 1), [])
        if chosen:
            found[each.name] = read(each, chosen[0])
        elif alike:
            found[each.name] = f"{len(alike)} files are called {each.name}: hand in one."
    return found


def _links(wanted: Sequence[Wanted], folder: Path) -> Handed:
    """Return what is said of links beside the notebook, which `files_below` leaves out."""
    there = {entry.name.casefold() for entry in os.scandir(folder) if entry.is_symlink()}
    return {each.name: _link(each) for each in wanted if each.name.casefold() in there}


def _link(each: Wanted) -> str:
    return f"{each.name} is a symbolic link: hand in the file that it points to."


def _from_disk(each: Wanted, path: Path) -> bytes | str:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        return (
            _link(each) if error.errno == errno.ELOOP else f"{each.name} cannot be opened: hand it in again."
        )
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            return f"{each.name} is no ordinary file."
        content = file.read(each.most + 1)
        return content if len(content) <= each.most else _too_large(each, max(found.st_size, len(content)))


def _too_large(each: Wanted, count: int) -> str:
    return f"{each.name} has {size(count)}, at most {size(each.most)} are taken."
