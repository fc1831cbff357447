"""Files that go through the browser."""

import os
import shutil
from pathlib import Path


def download(filename: str) -> None:
    """Download a file: it arrives in the folder of downloads."""
    if not Path(filename).is_file():
        raise FileNotFoundError(f"Cannot find file: {filename}")
    shutil.copy(filename, os.environ["REHEARSED_DOWNLOADS"])
