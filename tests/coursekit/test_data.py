"""What `coursekit.data` returns, and that it is what `tools/make_data.py` makes from its sources."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from coursekit import data
from tests.support import ROOT

EMBEDDED = ROOT / "src" / "coursekit" / "_data"


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_data", ROOT / "tools" / "make_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_data = load_tool()
RECORD = json.loads((EMBEDDED / "sources.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("split", "size"), [("train", 2000), ("test", 1000)])
def test_fashion_mnist_is_balanced_and_in_range(split: str, size: int) -> None:
    images, labels = data.fashion_mnist(split)
    assert images.shape == (size, 1, 28, 28)
    assert (images.dtype, labels.dtype) == (np.float32, np.int64)
    assert (images.min(), images.max()) == (0.0, 1.0)
    assert_array_equal(np.bincount(labels), [size // 10] * 10)
    assert len(data.FASHION_CLASSES) == 10


def test_unlabelled_clothes_come_without_classes() -> None:
    images = data.unlabelled_clothes()
    assert (images.shape, images.dtype) == ((1000, 1, 28, 28), np.float32)
    assert (images.min(), images.max()) == (0.0, 1.0)
    assert list(make_data.read(EMBEDDED / "unlabelled_clothes.npz")) == ["images"]


def test_digits_are_shaped_and_scaled() -> None:
    images, labels = data.digits()
    assert images.shape == (1797, 1, 8, 8)
    assert (images.dtype, labels.dtype) == (np.float32, np.int64)
    assert (images.min(), images.max()) == (0.0, 1.0)
    assert set(labels.tolist()) == set(range(10))


@pytest.mark.parametrize("name", data.PHOTOGRAPHS)
def test_photographs_are_grey_or_in_colour(name: str) -> None:
    grey = data.photograph(name)
    assert grey.ndim == 2
    assert grey.dtype == np.float32
    assert grey.min() >= 0
    assert grey.max() <= 1
    assert grey.std() > 0.05  # a picture, not a blank
    if name != "camera":
        colour = data.photograph(name, color=True)
        assert colour.shape == (3, *grey.shape)
        assert colour.dtype == np.float32
        assert_allclose(grey, np.tensordot([0.299, 0.587, 0.114], colour, axes=1), atol=1e-6)


def test_the_cat_is_280_high_and_320_wide() -> None:
    assert data.photograph("cat").shape == (280, 320)
    assert data.photograph("cat", color=True).shape == (3, 280, 320)


@pytest.mark.parametrize(
    "load",
    [data.fashion_mnist, data.digits, lambda: (data.photograph("camera"), data.photograph("cat", True))],
)
def test_every_call_returns_arrays_of_its_own(load) -> None:  # type: ignore[no-untyped-def]
    for first, second in zip(load(), load(), strict=True):
        before = second.copy()
        first[...] = 1 - first
        assert_array_equal(second, before)
        for again, kept in zip(load(), load(), strict=True):
            assert_array_equal(again, kept)


def test_bad_choices_are_refused_with_the_good_ones() -> None:
    with pytest.raises(ValueError, match=r"fashion_mnist: split must be one of train, test; got 'val'"):
        data.fashion_mnist("val")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"photograph: name must be one of astronaut, camera, cat, .*'dog'"):
        data.photograph("dog")
    with pytest.raises(ValueError, match=r"'camera' has no colours .* astronaut, cat, coffee, rocket"):
        data.photograph("camera", color=True)


@pytest.mark.parametrize("name", sorted(RECORD))
def test_embedded_files_have_the_recorded_checksums(name: str) -> None:
    assert make_data.checksums(make_data.read(EMBEDDED / name)) == RECORD[name]


def test_nothing_is_embedded_that_is_not_recorded() -> None:
    assert {path.name for path in EMBEDDED.iterdir()} == set(RECORD) | {"sources.json"}


def test_digits_are_what_scikit_learn_has() -> None:
    assert make_data.checksums(make_data.digits()) == RECORD["digits.npz"]


@pytest.mark.parametrize("name", data.PHOTOGRAPHS)
def test_photographs_are_what_scikit_image_has(name: str) -> None:
    assert make_data.checksums({"pixels": make_data.photograph(name)}) == RECORD[f"{name}.png"]


@pytest.mark.parametrize(("split", "each"), [("train", 200), ("test", 100)])
def test_fashion_indices_are_places_in_the_full_set(split: str, each: int) -> None:
    arrays = make_data.read(EMBEDDED / "fashion_mnist.npz")
    indices = arrays[f"{split}_indices"].astype(int)
    assert (np.diff(indices) > 0).all()
    assert indices[-1] < {"train": 60_000, "test": 10_000}[split]
    assert len(indices) == 10 * each


@pytest.mark.slow
def test_everything_is_what_the_sources_give(tmp_path: Path) -> None:
    """Fetches the Debian package anew; fails, rather than skips, where it cannot be had."""
    package = make_data.fetch_package(tmp_path)
    check = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_data.py"), "--check", "--package", str(package)],
        capture_output=True,
        text=True,
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_check_names_what_differs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(make_data, "DATA", tmp_path)
    made = {"digits.npz": make_data.digits(), "cat.png": {"pixels": make_data.photograph("cat")}}
    make_data.write(made)
    assert make_data.differences(made) == []
    changed = {"digits.npz": made["digits.npz"], "cat.png": {"pixels": made["cat.png"]["pixels"][:, ::-1]}}
    (tmp_path / "stray.png").write_bytes(b"")
    (tmp_path / "digits.npz").unlink()
    assert make_data.differences(changed) == [
        "stray.png: nothing makes this file",
        "cat.png: differs from its source",
        "digits.npz: missing",
        "sources.json: checksums differ",
    ]
