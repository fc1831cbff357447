"""The files handed in beside a notebook, laid into its working folder, from where cells may import them."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path


def lay(files: Sequence[tuple[str, int | None]], buffers: Sequence[bytes | bytearray]) -> None:
    """Write copies of the files into the working folder; cells may change them, the grader's own count.

    A file is written afresh under its name, whatever an earlier run of the notebook left there, and never
    through a link. In a tier without a folder for each notebook, a neighbour's file of that name goes too.

    Parameters
    ----------
    files : sequence of (str, int or None)
        The names, and the number of the buffer that holds the bytes; None where nothing was handed in.
    buffers : sequence of bytes
        The bytes.
    """
    for name, number in files:
        path = Path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            path.unlink()
        if number is None:
            continue
        with contextlib.suppress(OSError):  # a full disk is the notebook's own
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            with os.fdopen(handle, "wb") as file:
                file.write(buffers[number])


def import_from_here() -> None:
    """Let cells import modules from the working folder, as in Jupyter, also those that a cell has written."""
    if "" not in sys.path:
        sys.path.insert(0, "")
    importlib.invalidate_caches()  # else a folder is looked at again when its time changed, in coarse steps
