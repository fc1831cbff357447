"""Zips opened: a student's, one in another, and that of a whole class."""

from __future__ import annotations

import contextlib
import functools
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from autograder.submissions.archive import BROKEN, CLASS, STUDENT, check_entries, check_zip, is_unsafe
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.tree import Tree, ZipTree, is_file
from autograder.text import one_line

MAX_INNER = 64 * 2**20  # bytes of a zip in a zip, which is held in memory


@contextlib.contextmanager
def zip_on_disk(path: Path) -> Iterator[Tree]:
    """Open the zip that a student handed in.

    Raises
    ------
    UnreadableError
        When it is broken, too large, or names a place outside of itself.
    """
    with path.open("rb") as file, _opened(file) as archive:
        yield ZipTree(archive)


@contextlib.contextmanager
def zip_in(tree: Tree, name: str) -> Iterator[Tree]:
    """Open a zip that lies in another tree.

    Raises
    ------
    UnreadableError
        As `zip_on_disk`; and when it is larger than `MAX_INNER`.
    """
    with _opened(io.BytesIO(tree.read(name, MAX_INNER))) as archive:
        yield ZipTree(archive)


def class_zip(path: Path) -> Tree:
    """Open the zip of a whole class; it stays open in this process, for each student is read from it.

    Raises
    ------
    UnreadableError
        When it is broken.
    """
    found = path.stat()
    return _kept(path, found.st_mtime_ns, found.st_size)


@functools.lru_cache(maxsize=2)
def _kept(path: Path, changed: int, size: int) -> ZipTree:
    with path.open("rb") as file:
        check_zip(file, CLASS)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise _broken(error) from None
    for entry in archive.infolist():
        if is_unsafe(entry.filename):
            raise UnreadableError(f"the zip holds an unsafe path: {one_line(entry.filename, 60)}")
    return ZipTree(archive)


@contextlib.contextmanager
def _opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    check_zip(file, STUDENT)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise _broken(error) from None
    with archive:
        check_entries([e for e in archive.infolist() if is_file(e)])
        yield archive


def _broken(error: Exception) -> UnreadableError:
    return UnreadableError(f"the zip is broken ({one_line(str(error), 60) or type(error).__name__})")
