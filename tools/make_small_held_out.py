"""Make the pictures by which hw1 judges what was trained, out of those that hw3 holds back.

    python tools/make_small_held_out.py            write solutions/hw1/data
    python tools/make_small_held_out.py --check    compare what is there with what would be written

hw1 trains on clothes of 7×7 pixels, because they take no time. So every 4×4 block of hw3's held-out images,
which `tools/make_held_out.py` draws and no student has, is averaged and rounded to a whole grey level.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from make_data import checksums, read
from numpy.typing import NDArray

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SOURCE = SOLUTIONS / "hw3" / "data" / "held_out.npz"
FOLDER = SOLUTIONS / "hw1" / "data"
NAME = "held_out.npz"


def make() -> dict[str, NDArray[np.generic]]:
    """Return the arrays: images (N, 7, 7) and labels (N,) of bytes."""
    source = read(SOURCE)
    blocks = source["images"].reshape(-1, 7, 4, 7, 4).astype(np.float64)
    images = np.rint(blocks.mean(axis=(2, 4))).astype(np.uint8)
    return {"images": images, "labels": source["labels"].astype(np.uint8)}


def record(arrays: dict[str, NDArray[np.generic]]) -> dict[str, object]:
    """Return the text beside the file: where it comes from, and the checksum of every array."""
    return {NAME: {"source": "solutions/hw3/data/held_out.npz", "arrays": checksums(arrays)}}


def write(arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write the arrays, and the record beside them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(FOLDER / NAME, **arrays)
    (FOLDER / "sources.json").write_text(json.dumps(record(arrays), indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Write the pictures, or compare them."""
    parser = argparse.ArgumentParser(description="Make the small pictures that hw1 holds back.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 on a difference")
    options = parser.parse_args()
    arrays = make()
    if not options.check:
        write(arrays)
        return 0
    kept = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
    right = kept == record(arrays) and checksums(read(FOLDER / NAME)) == checksums(arrays)
    print(f"{NAME}: {'is' if right else 'is not'} what its source gives")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
