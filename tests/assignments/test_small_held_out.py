"""The small pictures that hw1, hw4 and hw5 hold back are those of hw3, averaged; no student has one."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.support import ROOT

TOOLS = ROOT / "tools"
NAME = "held_out.npz"
# The assignment, pixels of a side, the most bytes of the file, and how far pictures lie apart in grey levels.
KEPT = [("hw1", 7, 50_000, 6.0), ("hw4", 14, 160_000, 8.0), ("hw5", 7, 50_000, 6.0)]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("make_small_held_out", TOOLS / "make_small_held_out.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_assignments_are_those_of_the_tool(tool: ModuleType) -> None:
    assert {name: side for name, side, *_ in KEPT} == tool.SIDES


@pytest.mark.parametrize(("name", "side", "most", "_apart"), KEPT)
def test_they_are_what_the_tool_makes(
    tool: ModuleType, name: str, side: int, most: int, _apart: float
) -> None:
    folder = tool.folder(name)
    kept, made = tool.read(folder / NAME), tool.make(side)
    assert kept.keys() == made.keys()
    assert all(np.array_equal(kept[key], made[key]) for key in made)
    assert json.loads((folder / "sources.json").read_text(encoding="utf-8")) == tool.record(kept)
    assert kept["images"].shape == (1000, side, side)
    assert np.bincount(kept["labels"]).tolist() == [100] * 10
    assert (folder / NAME).stat().st_size <= most


def test_the_tool_writes_and_compares(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr("sys.argv", ["make_small_held_out.py"])
    assert tool.main() == 0
    monkeypatch.setattr("sys.argv", ["make_small_held_out.py", "--check"])
    assert tool.main() == 0
    for name in tool.SIDES:
        arrays = tool.read(tmp_path / name / NAME)
        arrays["images"][0, 0, 0] ^= 1
        np.savez_compressed(tmp_path / name / NAME, **arrays)
        assert tool.main() == 1
        assert f"{name}/{NAME}: is not what its source gives" in capsys.readouterr().out
        arrays["images"][0, 0, 0] ^= 1
        np.savez_compressed(tmp_path / name / NAME, **arrays)


@pytest.mark.parametrize(("name", "side", "_most", "apart"), KEPT)
def test_none_is_near_one_that_students_have(
    tool: ModuleType, name: str, side: int, _most: int, apart: float
) -> None:
    from coursekit import data

    pixels, block = side * side, 28 // side
    kept = tool.read(tool.folder(name) / NAME)["images"].reshape(1000, pixels).astype(float)
    shipped = np.concatenate([data.fashion_mnist(split)[0] for split in ("train", "test")])
    coarse = 255 * shipped.reshape(-1, side, block, side, block).mean(axis=(2, 4)).reshape(-1, pixels)
    squares = (kept**2).sum(axis=1)[:, None] + (coarse**2).sum(axis=1) - 2 * kept @ coarse.T
    assert np.sqrt(squares.min() / pixels) > apart


def test_what_hw5_holds_back_is_what_hw1_does(tool: ModuleType) -> None:
    other = tool.folder("hw5")
    for file in (NAME, "sources.json"):
        assert (other / file).read_bytes() == (tool.folder("hw1") / file).read_bytes(), file
