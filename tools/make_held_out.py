"""Make the images by which hw3 judges what was trained: none of them ever reached a student.

    python tools/make_held_out.py            write solutions/hw3/data
    python tools/make_held_out.py --check    compare what is there with what would be written

They are test images of Fashion-MNIST that `coursekit` does not carry, drawn by a seed, from the package that
`tools/make_data.py` takes its images from. The set holds some garments twice, photographed alike: a drawn
image that is close to one that students have, or to one drawn before it, is skipped.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from make_data import DATA, IDX_FOLDER, PACKAGE, checksums, fetch_package, read, read_idx
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[1] / "solutions" / "hw3" / "data"
NAME = "held_out.npz"
SEED = 20_261_127
EACH = 100  # images of a class
NEAR = 12.0  # grey levels of 255, root mean square: nearer ones show the same garment


def distances(images: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the root mean square difference of each image from each of ``others``, in grey levels."""
    a, b = (part.reshape(len(part), -1).astype(np.float64) for part in (images, others))
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squares, 0) / a.shape[1])


def draw(
    images: NDArray[np.uint8], labels: NDArray[np.uint8], shipped: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """Draw the places of `EACH` images of every class, none near to a shipped one or to another drawn."""
    free = distances(images, shipped).min(axis=1) >= NEAR
    kept: list[int] = []
    for label in range(10):
        mine: list[int] = []
        for place in np.random.default_rng([SEED, label]).permutation(np.flatnonzero(labels == label)):
            near = mine and distances(images[place : place + 1], images[mine]).min() < NEAR
            if free[place] and not near:
                mine.append(int(place))
            if len(mine) == EACH:
                break
        kept += mine
    return np.sort(np.array(kept))


def make(package: Path | None) -> dict[str, NDArray[np.generic]]:
    """Return the arrays, made from the source."""
    with tempfile.TemporaryDirectory() as folder:
        found = package or fetch_package(Path(folder))
        subprocess.run(["dpkg", "-x", str(found), folder], check=True)
        images, labels = (
            read_idx(Path(folder) / IDX_FOLDER / f"t10k-{kind}-ubyte.gz")
            for kind in ("images-idx3", "labels-idx1")
        )
    carried = read(DATA / "fashion_mnist.npz")
    shipped = np.concatenate([carried["train_images"], carried["test_images"]]).astype(np.uint8)
    places = draw(images, labels, shipped)
    return {"images": images[places], "labels": labels[places], "indices": places.astype(np.uint16)}


def write(arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write the arrays with LZMA: a sixth smaller than `numpy.savez_compressed`, and read in the same way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(FOLDER / NAME, "w", zipfile.ZIP_LZMA) as archive:
        for key, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{key}.npy"), buffer.getvalue(), zipfile.ZIP_LZMA)
    (FOLDER / "sources.json").write_text(json.dumps(record(arrays), indent=2) + "\n", encoding="utf-8")


def record(arrays: dict[str, NDArray[np.generic]]) -> dict[str, object]:
    """Return the text beside the file: the source, the method, and the checksum of every array."""
    return {NAME: {"package": PACKAGE, "seed": SEED, "near": NEAR, "arrays": checksums(arrays)}}


def main() -> int:
    """Write the images, or compare them."""
    parser = argparse.ArgumentParser(description="Make the images that hw3 holds back.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 on a difference")
    parser.add_argument("--package", type=Path, help="a dataset-fashion-mnist .deb already at hand")
    options = parser.parse_args()
    arrays = make(options.package)
    if not options.check:
        write(arrays)
        return 0
    kept = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
    right = kept == record(arrays) and checksums(read(FOLDER / NAME)) == checksums(arrays)
    print(f"{NAME}: {'is' if right else 'is not'} what its source gives")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
