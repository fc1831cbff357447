"""Files that were handed in together, by their names, in a folder or in a zip.

A zip is read as a stream and never unpacked to disk. What is read has a limit, whatever a zip says of sizes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from autograder.submissions.archive import BROKEN, is_unsafe
from autograder.submissions.notebook import UnreadableError
from autograder.text import one_line

MAX_FILES = 20_000  # looked at in one folder


class LinkError(UnreadableError):
    """A file is a symbolic link."""


class LockedError(UnreadableError):
    """A file has a password."""


class TornError(UnreadableError):
    """A file in a zip is broken."""


class SizeError(UnreadableError):
    """A file is larger than may be read; ``size`` says how large, as far as is known."""

    def __init__(self, message: str, size: int) -> None:
        super().__init__(message)
        self.size = size


class Tree(ABC):
    """Files by their names, with ``/`` between folders; ``where`` is what a message calls the whole."""

    where: str

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of the ordinary files."""

    @abstractmethod
    def read(self, name: str, most: int) -> bytes:
        """Return a file's bytes.

        Raises
        ------
        UnreadableError
            When it has more than ``most`` bytes, or cannot be read; of the class that says which.
        """

    @abstractmethod
    def date(self, name: str) -> float:
        """Return when a file was last changed, in seconds from some fixed time; 0 where unknown."""

    def links(self) -> list[str]:
        """Return the names of symbolic links that `names` leaves out."""
        return []


class FolderTree(Tree):
    """The files of a folder; links are not followed, and names that begin with a dot are left out.

    Parameters
    ----------
    folder : Path
        The folder.
    most : int
        The files that are looked at; `names` refuses a folder with more.
    """

    where = "the folder"

    def __init__(self, folder: Path, most: int = MAX_FILES) -> None:
        self._folder, self._most = folder, most
        self._names: list[str] | None = None
        self._links: list[str] = []

    def names(self) -> list[str]:  # noqa: D102 - as Tree says
        if self._names is None:
            self._names = list(self._walk())
        return self._names

    def links(self) -> list[str]:  # noqa: D102
        self.names()
        return self._links

    def read(self, name: str, most: int) -> bytes:  # noqa: D102
        return read_file(self._folder / name, name, most)

    def date(self, name: str) -> float:  # noqa: D102
        return (self._folder / name).lstat().st_mtime

    def _walk(self) -> Iterator[str]:
        count = 0
        for here, folders, names in os.walk(self._folder, onerror=_raise, followlinks=False):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__MACOSX")
            for path in (Path(here, n) for n in sorted(names) if not n.startswith(".")):
                count += 1
                if count > self._most:
                    raise UnreadableError(f"the folder holds more than {self._most} files")
                name = path.relative_to(self._folder).as_posix()
                if path.is_symlink():
                    self._links.append(name)
                elif path.is_file():
                    yield name


class ZipTree(Tree):
    """The files of a zip: one on disk, or one that was itself in a zip.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The zip, opened.
    """

    where = "the zip"

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Of two entries with one name the last counts, as when a zip is unpacked.
        self._entries = {_slashed(e.filename): e for e in archive.infolist() if is_file(e)}

    def names(self) -> list[str]:  # noqa: D102
        return list(self._entries)

    def read(self, name: str, most: int) -> bytes:  # noqa: D102
        entry, shown = self._entries[name], one_line(name, 60)
        if entry.flag_bits & 0x1:
            raise LockedError("the zip is encrypted: hand it in without a password")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise LinkError(f"{shown} in the zip is a symbolic link, not a notebook")
        if entry.file_size > most:
            raise SizeError(f"{shown} unpacks to more than {_mib(most)}", entry.file_size)
        try:
            with self._archive.open(entry) as stream:
                raw = stream.read(most + 1)  # whatever the entry says about its size
        except BROKEN as error:
            why = one_line(str(error), 60) or type(error).__name__
            raise TornError(f"the zip is broken ({why})") from None
        if len(raw) > most:
            raise SizeError(f"{shown} unpacks to more than {_mib(most)}", len(raw))
        return raw

    def date(self, name: str) -> float:  # noqa: D102
        try:
            return time.mktime((*self._entries[name].date_time, 0, 0, -1))
        except (ValueError, OverflowError):
            return 0.0


class SubTree(Tree):
    """The files below one folder of another tree."""

    where = "the folder"

    def __init__(self, tree: Tree, folder: str) -> None:
        self._tree, self._folder = tree, folder.rstrip("/") + "/"

    def names(self) -> list[str]:  # noqa: D102
        skip = len(self._folder)
        return [n[skip:] for n in self._tree.names() if n.startswith(self._folder)]

    def links(self) -> list[str]:  # noqa: D102
        skip = len(self._folder)
        return [n[skip:] for n in self._tree.links() if n.startswith(self._folder)]

    def read(self, name: str, most: int) -> bytes:  # noqa: D102
        return self._tree.read(self._folder + name, most)

    def date(self, name: str) -> float:  # noqa: D102
        return self._tree.date(self._folder + name)


def read_file(path: Path, name: str, most: int) -> bytes:
    """Return the bytes of a file on disk, no link and no pipe.

    Raises
    ------
    UnreadableError
        When it is a link, no ordinary file, or larger than ``most``.
    OSError
        When it cannot be opened.
    """
    shown = one_line(name, 60)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise LinkError("a symbolic link, which is not followed") from None
        raise
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError("not an ordinary file")
        raw = file.read(most + 1)
    if len(raw) > most:
        raise SizeError(f"{shown} is larger than {_mib(most)}", max(found.st_size, len(raw)))
    return raw


def _slashed(name: str) -> str:
    return name if is_unsafe(name) else re.sub(r"^(?:\./)+", "", name.replace("\\", "/"))


def is_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry of a zip is a file: it has a name, and that is no folder's."""
    return bool(entry.filename) and not entry.filename.endswith("/")


def _mib(size: int) -> str:
    return f"{size // 2**20} MiB"


def _raise(error: OSError) -> None:
    raise error
