"""The small pictures that hw1 holds back are those of hw3, averaged, and no student has one of them."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.support import ROOT

TOOLS = ROOT / "tools"
FOLDER = ROOT / "solutions" / "hw1" / "data"
NAME = "held_out.npz"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("make_small_held_out", TOOLS / "make_small_held_out.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_they_are_what_the_tool_makes(tool: ModuleType) -> None:
    kept, made = tool.read(FOLDER / NAME), tool.make()
    assert kept.keys() == made.keys()
    assert all(np.array_equal(kept[key], made[key]) for key in made)
    assert json.loads((FOLDER / "sources.json").read_text(encoding="utf-8")) == tool.record(kept)
    assert kept["images"].shape == (1000, 7, 7)
    assert np.bincount(kept["labels"]).tolist() == [100] * 10
    assert (FOLDER / NAME).stat().st_size <= 50_000


def test_the_tool_writes_and_compares(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr("sys.argv", ["make_small_held_out.py"])
    assert tool.main() == 0
    monkeypatch.setattr("sys.argv", ["make_small_held_out.py", "--check"])
    assert tool.main() == 0
    arrays = tool.read(tmp_path / NAME)
    arrays["images"][0, 0, 0] ^= 1
    np.savez_compressed(tmp_path / NAME, **arrays)
    assert tool.main() == 1
    assert "is not what its source gives" in capsys.readouterr().out


def test_none_is_near_one_that_students_have(tool: ModuleType) -> None:
    from coursekit import data

    kept = tool.read(FOLDER / NAME)["images"].reshape(1000, 49).astype(float)
    shipped = np.concatenate([data.fashion_mnist(split)[0] for split in ("train", "test")])
    coarse = 255 * shipped.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49)
    squares = (kept**2).sum(axis=1)[:, None] + (coarse**2).sum(axis=1) - 2 * kept @ coarse.T
    assert np.sqrt(squares.min() / 49) > 6.0


def test_what_hw5_holds_back_is_what_hw1_does() -> None:
    other = ROOT / "solutions" / "hw5" / "data"
    for file in (NAME, "sources.json"):
        assert (other / file).read_bytes() == (FOLDER / file).read_bytes(), file
