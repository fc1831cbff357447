"""The whole site as one zip: unpacked anywhere, it works without a server and without a network."""

from __future__ import annotations

import zipfile
from pathlib import Path

from autograder.release.normalize import EPOCH

FOLDER = "cnn-course"
LEFT_OUT = ("offline", "src", "_sources")
"""Not for reading: the package is in ``wheels``, and the zip is not in itself."""


def pack(tree: Path, target: Path, wheel: str) -> None:
    """Pack what a reader needs: pages, notebooks, homeworks, and the newest wheel to install them with.

    Parameters
    ----------
    tree : Path
        The public tree.
    target : Path
        The zip.
    wheel : str
        Path of the wheel that is packed; earlier ones are not.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path in tree.rglob("*") if path.is_file() and path != target)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for path in paths:
            name = path.relative_to(tree).as_posix()
            top = name.partition("/")[0]
            if top in LEFT_OUT or top.startswith(".") or (top == "wheels" and name != wheel):
                continue
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix: otherwise the byte depends on the machine
            out.writestr(entry, path.read_bytes())
