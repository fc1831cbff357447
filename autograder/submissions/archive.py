"""Checks a zip before anything in it is read."""

from __future__ import annotations

import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO, NamedTuple

from autograder.submissions.notebook import UnreadableError
from autograder.text import one_line

MAX_TOTAL = 2 * 2**30  # bytes that a student's zip says it unpacks to
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, KeyError, NotImplementedError, OverflowError, RuntimeError, UnicodeError, ValueError,
)  # fmt: skip


class Most(NamedTuple):
    """How large a zip may be itself, and its list of entries (some 100 bytes each), both in bytes."""

    size: int
    directory: int


STUDENT = Most(256 * 2**20, 2 * 2**20)
CLASS = Most(64 * 2**30, 64 * 2**20)


def check_zip(file: IO[bytes], most: Most) -> None:
    """Refuse a zip that is too large to be read, or has too long a list of entries to be worth parsing.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    size = file.seek(0, os.SEEK_END)
    if size > most.size:
        raise UnreadableError(f"the zip has {size / 2**20:.0f} MiB; at most {most.size // 2**20} are read")
    if not size:
        raise UnreadableError("the zip is empty")
    file.seek(max(0, size - 65_557))  # the end record is 22 bytes and a comment
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise UnreadableError("the zip is broken (no end record: cut short, or not a zip)")
    directory = struct.unpack_from("<I", tail, at + 12)[0]
    large = tail[max(0, at - 20) :].startswith(
        b"PK\x06\x07"
    )  # the form for more than 65,535 entries or 4 GiB
    if (directory > most.directory and not (large and directory == 2**32 - 1)) or (large and most == STUDENT):
        raise UnreadableError("the zip has too many entries to be a submission")


def check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a zip with paths that lead out of it, or that unpacks to more than anybody hands in.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    for entry in entries:
        if is_unsafe(entry.filename):
            raise UnreadableError(f"the zip holds an unsafe path: {one_line(entry.filename, 60)}")
    total = sum(e.file_size for e in entries)
    if total > MAX_TOTAL:
        raise UnreadableError(
            f"the zip unpacks to {total / 2**30:.0f} GiB; at most {MAX_TOTAL // 2**30} may be"
        )


def is_unsafe(name: str) -> bool:
    """Whether a path in a zip leads out of it."""
    path = name.replace("\\", "/")
    return path.startswith("/") or bool(re.match(r"[A-Za-z]:", path)) or ".." in path.split("/")
