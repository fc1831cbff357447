"""Draw the images that hw6 asks to name: students get the images, and the grader alone has their classes.

    python tools/make_unlabelled.py            write solutions/hw6/data
    python tools/make_unlabelled.py --check    compare what is there with what would be written

They are test images of Fashion-MNIST, 100 a class in a drawn order, that are neither carried by `coursekit`
with a label nor held back for hw3, and none is close to one of these. `tools/make_data.py` writes the images.
What hw3 holds back judges the networks of hw6, too, so a copy of it lies beside the classes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import make_held_out
import numpy as np
from make_data import DATA, IDX_FOLDER, PACKAGE, checksums, fetch_package, read, read_idx, write_npz
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[1] / "solutions" / "hw6" / "data"
ANSWERS = "answers.npz"
SEED = 20_261_128


def make(package: Path | None) -> tuple[dict[str, NDArray[np.generic]], dict[str, NDArray[np.generic]]]:
    """Return what students get, and what the grader keeps; ``predictions`` are the right ones."""
    with tempfile.TemporaryDirectory() as folder:
        found = package or fetch_package(Path(folder))
        subprocess.run(["dpkg", "-x", str(found), folder], check=True)
        images, labels = (
            read_idx(Path(folder) / IDX_FOLDER / f"t10k-{kind}-ubyte.gz")
            for kind in ("images-idx3", "labels-idx1")
        )
    carried, held = read(DATA / "fashion_mnist.npz"), read(make_held_out.FOLDER / make_held_out.NAME)
    known = [carried["train_images"], carried["test_images"], held["images"]]
    places = make_held_out.draw(images, labels, np.concatenate(known).astype(np.uint8))
    places = np.random.default_rng(SEED).permutation(places)
    answers = {"predictions": labels[places], "indices": places.astype(np.uint16)}
    return {"images": images[places]}, answers


def record(answers: dict[str, NDArray[np.generic]]) -> dict[str, object]:
    """Return the text beside the files: the source, the method, and the checksum of every array."""
    held = {"source": "solutions/hw3/data/held_out.npz"}
    made = {"package": PACKAGE, "seed": SEED, "near": make_held_out.NEAR, "arrays": checksums(answers)}
    return {ANSWERS: made, make_held_out.NAME: held}


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description="Make the images that hw6 asks to name.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 on a difference")
    parser.add_argument("--package", type=Path, help="a dataset-fashion-mnist .deb already at hand")
    options = parser.parse_args()
    _, answers = make(options.package)
    source, copy = make_held_out.FOLDER / make_held_out.NAME, FOLDER / make_held_out.NAME
    if not options.check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_npz(FOLDER / ANSWERS, answers)
        shutil.copyfile(source, copy)
        text = json.dumps(record(answers), indent=2) + "\n"
        (FOLDER / "sources.json").write_text(text, encoding="utf-8")
        return 0
    right = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8")) == record(answers)
    right = right and record(read(FOLDER / ANSWERS)) == record(answers)
    right = right and copy.read_bytes() == source.read_bytes()
    print(f"{ANSWERS}: {'is' if right else 'is not'} what its source gives")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
