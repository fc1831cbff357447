"""Whether folders that must not be seen are seen, asked from inside.

A mount can be forgotten, or a folder lie where nobody thought of it; so the sandbox itself looks, with the
rights a notebook has, before the first notebook runs.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

Witness = tuple[str, int, int]  # a path, and the device and number of the file or folder that lies there

ENTRIES = 100  # of a folder, beside the folder itself


def witnesses(folders: Iterable[Path]) -> list[Witness]:
    """Return what can be recognized of folders: themselves and what lies in them, by every name they have."""
    found: dict[Witness, None] = {}
    for folder in folders:
        for name in dict.fromkeys([Path(os.path.abspath(folder)), folder.resolve()]):  # noqa: PTH100 - links stay
            with contextlib.suppress(OSError):
                _note(name, found)
                for _, path in zip(range(ENTRIES), name.iterdir(), strict=False):
                    _note(path, found)
    return list(found)


def seen(among: Iterable[Witness]) -> list[str]:
    """Return the paths at which this process finds the very file or folder that a witness is."""
    found = []
    for path, device, number in among:
        with contextlib.suppress(OSError):
            there = os.stat(path)  # noqa: PTH116 - the path of a witness is text
            if (there.st_dev, there.st_ino) == (device, number):
                found.append(path)
    return found


def _note(path: Path, found: dict[Witness, None]) -> None:
    with contextlib.suppress(OSError):
        there = path.stat()
        found[str(path), there.st_dev, there.st_ino] = None
