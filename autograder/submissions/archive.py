"""One notebook out of a zip, read as a stream: nothing is ever unpacked to disk."""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from autograder.submissions.notebook import MAX_BYTES, UnreadableError
from autograder.text import one_line

MAX_ZIP = 256 * 2**20  # bytes of the zip itself
MAX_TOTAL = 2 * 2**30  # bytes it says it unpacks to
MAX_RATIO = 200  # a notebook packs 3 to 30 times smaller; deflate's most is about 1,030
MAX_DIRECTORY = 2 * 2**20  # bytes of the list of entries: some 20,000 of them
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, KeyError, NotImplementedError, OverflowError, RuntimeError, UnicodeError, ValueError,
)  # fmt: skip


def notebook_in_zip(path: Path, wanted: str) -> bytes:
    """Return the bytes of the one notebook in the zip at ``path``.

    Parameters
    ----------
    path : Path
        The zip.
    wanted : str
        The assignment's notebook name, which decides when there are several notebooks.

    Raises
    ------
    UnreadableError
        No notebook or several in it, a password, a bomb, an unsafe path, a broken archive.
    """
    check_zip(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.filename.endswith("/")]
            check_entries(entries)
            notebooks = {e.filename: e for e in entries if is_notebook(e.filename)}
            others = [e.filename for e in entries]
            return _read(archive, notebooks[pick(list(notebooks), wanted, "the zip", others)])
    except UnreadableError:
        raise
    except BROKEN as error:
        raise UnreadableError(
            f"the zip is broken ({one_line(str(error), 60) or type(error).__name__})"
        ) from None


def check_zip(path: Path) -> None:
    """Refuse a zip that is too large to be read, or has too long a list of entries.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    size = path.stat().st_size
    if size > MAX_ZIP:
        raise UnreadableError(f"the zip has {size / 2**20:.0f} MiB; at most {MAX_ZIP // 2**20} are read")
    if not size:
        raise UnreadableError("the zip is empty")
    _check_directory(path)


def is_notebook(name: str) -> bool:
    """Whether a path inside a zip or folder is a notebook that somebody meant to hand in."""
    parts = re.split(r"[/\\]", name)
    unmeant = any(p.startswith(".") or p == "__MACOSX" for p in parts)
    return name.lower().endswith(".ipynb") and not unmeant


def pick(notebooks: Sequence[str], wanted: str, where: str, others: Sequence[str]) -> str:
    """Choose the notebook to grade: the only one, or the only one with the assignment's file name.

    Raises
    ------
    UnreadableError
        When there is none or no telling which; the message names what was found.
    """
    if len(notebooks) == 1:
        return notebooks[0]
    named = [n for n in notebooks if re.split(r"[/\\]", n)[-1] == wanted]
    if len(named) == 1:
        return named[0]
    if notebooks:
        count = {2: "two", 3: "three"}.get(len(notebooks), str(len(notebooks)))
        raise UnreadableError(
            f"{count} notebooks in {where}: {_listing(notebooks)}; one should be named {wanted}"
        )
    found = f" (it holds {_listing(others)})" if others else " (it is empty)"
    raise UnreadableError(f"no notebook in {where}{found}")


def _listing(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(n, 40) for n in sorted(names)[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _check_directory(path: Path) -> None:
    """Refuse a list of entries too long to be worth parsing, before zipfile parses it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_557))  # the end record is 22 bytes and a comment
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise UnreadableError("the zip is broken (no end record: cut short, or not a zip)")
    directory = struct.unpack_from("<I", tail, at + 12)[0]
    if directory > MAX_DIRECTORY or tail[max(0, at - 20) :].startswith(b"PK\x06\x07"):
        raise UnreadableError("the zip has too many entries to be a submission")


def check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a zip that names a place outside of itself, or unpacks to more than anybody hands in.

    Raises
    ------
    UnreadableError
        With the reason in words.
    """
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            raise UnreadableError(f"the zip holds an unsafe path: {one_line(entry.filename, 60)}")
    total = sum(e.file_size for e in entries)
    if total > MAX_TOTAL:
        raise UnreadableError(
            f"the zip unpacks to {total / 2**30:.0f} GiB; at most {MAX_TOTAL // 2**30} may be"
        )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    name = one_line(entry.filename, 60)
    if entry.flag_bits & 0x1:
        raise UnreadableError("the zip is encrypted: hand it in without a password")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError(f"{name} in the zip is a symbolic link, not a notebook")
    if entry.file_size > MAX_BYTES:
        raise UnreadableError(f"{name} unpacks to more than {MAX_BYTES // 2**20} MiB")
    if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise UnreadableError(
            f"{name} unpacks to {entry.file_size // max(entry.compress_size, 1)} times its size"
        )
    with archive.open(entry) as stream:
        raw = stream.read(MAX_BYTES + 1)  # whatever the entry says about its size
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"{name} unpacks to more than {MAX_BYTES // 2**20} MiB")
    return raw
