"""Copies what a student handed in, whose folder they own and may change at any moment."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

_CHUNK = 2**20


@dataclass
class Copied:
    """What a copy found: names that were left out with the reason, and when anything in it last changed."""

    left_out: list[str] = field(default_factory=list)
    changed: float = 0.0


def copy(source: Path, to: Path, most: int) -> Copied:
    """Copy a folder of a student's, without what is not theirs.

    Links are not followed, because they would be read with the rights of whoever collects. A file of another
    user, which is a hard link, is left out too. Folders are walked by their open handles, so that none can
    be exchanged for a link meanwhile. The copy appears at once and whole.

    Parameters
    ----------
    source, to : Path
        The folder, and where its copy goes.
    most : int
        Bytes that are copied in all; what lies beyond is left out.

    Raises
    ------
    OSError
        When the folder itself cannot be read.
    """
    found = Copied()
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        owner = source.lstat().st_uid
        walked = os.fwalk(source, follow_symlinks=False, onerror=lambda error: _told(found, source, error))
        for folder, folders, files, handle in walked:
            here = draft / os.path.relpath(folder, source)
            here.mkdir(exist_ok=True)
            found.changed = max(found.changed, os.fstat(handle).st_ctime)
            for name in files:
                most -= _file(found, name, handle, here / name, owner, most)
            for name in [n for n in folders if stat.S_ISLNK(os.lstat(n, dir_fd=handle).st_mode)]:
                found.left_out.append(f"{name} is a symbolic link")
        draft.replace(to)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return found


def _told(found: Copied, source: Path, error: OSError) -> None:
    if str(error.filename) == str(source):
        raise error
    found.left_out.append(f"{Path(str(error.filename)).name}: {error.strerror}")


def _file(found: Copied, name: str, folder: int, to: Path, owner: int, room: int) -> int:
    """Copy one file, if it is an ordinary one of the owner's, and return its size."""
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        link = stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode)
        found.left_out.append(f"{name} is a symbolic link" if link else f"{name}: {error.strerror}")
        return 0
    with os.fdopen(opened, "rb") as source:
        about = os.fstat(opened)
        found.changed = max(found.changed, about.st_ctime)
        if not stat.S_ISREG(about.st_mode):
            found.left_out.append(f"{name} is no ordinary file")
        elif about.st_uid != owner:
            found.left_out.append(f"{name} belongs to another user")
        elif about.st_size > room:
            found.left_out.append(f"{name} is too large")
        else:
            with to.open("wb") as copy:
                done = 0
                while done < room and (part := source.read(min(_CHUNK, room - done))):
                    done += copy.write(part)
            return done
    return 0
