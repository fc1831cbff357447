"""Writing files so that a crash at any moment leaves the old content or the new, never a part."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

_DRAFT = re.compile(r"\..+\.(\d+)(-journal|-wal|-shm)?")


def write_whole(path: Path, content: str) -> None:
    """Write a file so that a reader finds the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def draft_of(path: Path) -> Path:
    """Name the draft of ``path``: it tells which process writes it."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def sweep(folder: Path) -> None:
    """Delete the drafts below ``folder`` that processes left which were killed while they wrote."""
    for path in folder.rglob(".*"):
        found = _DRAFT.fullmatch(path.name)
        if found and path.is_file() and not _alive(int(found[1])):
            path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    with contextlib.suppress(PermissionError):  # it is there, and not ours
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True
