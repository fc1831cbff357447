"""The images that hw3 holds back are those that its tool draws, and no student has one of them."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.support import ROOT

TOOLS = ROOT / "tools"
FOLDER = ROOT / "solutions" / "hw3" / "data"
NAME = "held_out.npz"


def load_tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("make_held_out", TOOLS / "make_held_out.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return load_tool(monkeypatch)


def test_a_hundred_of_each_class_as_recorded(tool: ModuleType) -> None:
    kept = tool.read(FOLDER / NAME)
    assert json.loads((FOLDER / "sources.json").read_text(encoding="utf-8")) == tool.record(kept)
    assert kept["images"].shape == (1000, 28, 28)
    assert kept["images"].dtype == np.uint8
    assert np.bincount(kept["labels"]).tolist() == [100] * 10
    assert (FOLDER / NAME).stat().st_size <= 400_000


def test_none_is_among_or_near_those_that_students_have(tool: ModuleType) -> None:
    kept, carried = tool.read(FOLDER / NAME), tool.read(tool.DATA / "fashion_mnist.npz")
    assert not set(kept["indices"].tolist()) & set(carried["test_indices"].tolist())
    shipped = np.concatenate([carried["train_images"], carried["test_images"]])
    assert tool.distances(kept["images"], shipped).min() >= tool.NEAR
    among = tool.distances(kept["images"], kept["images"]) + 255 * np.eye(len(kept["images"]))
    assert among.min() > 0


def test_a_near_image_is_passed_over(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "EACH", 3)
    images = np.random.default_rng(0).integers(0, 256, (80, 28, 28), dtype=np.uint8)
    labels = np.repeat(np.arange(10, dtype=np.uint8), 8)
    images[1] = np.where(images[0] < 250, images[0] + 5, images[0])  # of these two at most one
    shipped = np.where(images[2:6] < 250, images[2:6] + 5, images[2:6])
    drawn = tool.draw(images, labels, shipped)
    assert not {2, 3, 4, 5} & set(drawn.tolist())
    assert len({0, 1} & set(drawn.tolist())) == 1
    assert np.bincount(labels[drawn], minlength=10).tolist() == [3] * 10


@pytest.mark.slow
def test_the_source_gives_them(tmp_path: Path, tool: ModuleType) -> None:
    """Fetches the Debian package anew; fails, rather than skips, where it cannot be had."""
    package = tool.fetch_package(tmp_path)
    check = subprocess.run(
        [sys.executable, str(TOOLS / "make_held_out.py"), "--check", "--package", str(package)],
        capture_output=True,
        text=True,
    )
    assert check.returncode == 0, check.stdout + check.stderr
