"""Writing files so that a crash at any moment leaves the old content or the new, never a part."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

_DRAFT = re.compile(r"\..+\.(\d+)(-journal|-wal|-shm)?")


def write_whole(path: Path, content: str | Iterable[str], *, sync: bool = True) -> None:
    """Write a file so that a reader finds the old content or the new, never a part.

    Parameters
    ----------
    path : Path
        The file; its folder is made if missing.
    content : str or iterable of str
        The text, whole or in parts that are written as they come.
    sync : bool
        Whether to wait until the disk has it, so that a power cut cannot spoil it either. That takes
        milliseconds, so it is left out for the many files of one submission, which can be made again.
    """
    with whole(path) as draft, _opened(draft) as file:
        file.writelines([content] if isinstance(content, str) else content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield the draft to write in the place of ``path``; it takes that place at the end, or is deleted."""
    draft = draft_of(path)
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", newline="")


def draft_of(path: Path) -> Path:
    """Name the draft of ``path``; the name says which process writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def sweep(folder: Path) -> None:
    """Delete the drafts below ``folder`` left by processes that were killed while writing."""
    for path in folder.rglob(".*"):
        found = _DRAFT.fullmatch(path.name)
        if found and path.is_file() and not alive(int(found[1])):
            path.unlink(missing_ok=True)


def alive(process: int) -> bool:
    """Say whether there is a process with this number."""
    with contextlib.suppress(PermissionError):  # it is there, and not ours
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True
