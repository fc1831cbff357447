"""Make the pictures by which hw1, hw4 and hw5 judge training, out of those that hw3 holds back.

    python tools/make_small_held_out.py            write solutions/hw1/data and so on
    python tools/make_small_held_out.py --check    compare what is there with what would be written

They train on clothes of 7×7 and of 14×14 pixels, because these take little time. So every block of hw3's
held-out images, which `tools/make_held_out.py` draws and no student has, is averaged and rounded to a whole
grey level.
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
SIDES = {"hw1": 7, "hw4": 14, "hw5": 7}  # pixels, down and across
NAME = "held_out.npz"


def make(side: int) -> dict[str, NDArray[np.generic]]:
    """Return the arrays: images (N, side, side) and labels (N,) of bytes."""
    source, block = read(SOURCE), 28 // side
    blocks = source["images"].reshape(-1, side, block, side, block).astype(np.float64)
    images = np.rint(blocks.mean(axis=(2, 4))).astype(np.uint8)
    return {"images": images, "labels": source["labels"].astype(np.uint8)}


def record(arrays: dict[str, NDArray[np.generic]]) -> dict[str, object]:
    """Return the text beside the file: where it comes from, and the checksum of every array."""
    return {NAME: {"source": "solutions/hw3/data/held_out.npz", "arrays": checksums(arrays)}}


def folder(assignment: str) -> Path:
    """Return where an assignment keeps what it holds back."""
    return SOLUTIONS / assignment / "data"


def write(arrays: dict[str, NDArray[np.generic]], place: Path) -> None:
    """Write the arrays, and the record beside them."""
    place.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(place / NAME, **arrays)
    (place / "sources.json").write_text(json.dumps(record(arrays), indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Write the pictures, or compare them."""
    parser = argparse.ArgumentParser(description="Make the small pictures that hw1, hw4 and hw5 hold back.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 on a difference")
    options = parser.parse_args()
    wrong = 0
    for assignment, side in SIDES.items():
        arrays, place = make(side), folder(assignment)
        if not options.check:
            write(arrays, place)
            continue
        kept = json.loads((place / "sources.json").read_text(encoding="utf-8"))
        right = kept == record(arrays) and checksums(read(place / NAME)) == checksums(arrays)
        print(f"{assignment}/{NAME}: {'is' if right else 'is not'} what its source gives")
        wrong += not right
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
