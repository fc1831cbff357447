"""The images that hw6 asks to name: students have no class of any of them, and none is near one they have."""

import json

import numpy as np
import pytest

from coursekit import data
from tests.assignments.test_held_out import load_tool
from tests.support import ROOT

FOLDER = ROOT / "solutions" / "hw6" / "data"


def test_their_classes_are_as_recorded_and_even(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = load_tool(monkeypatch)
    kept = tool.read(FOLDER / "answers.npz")
    record = json.loads((FOLDER / "sources.json").read_text(encoding="utf-8"))
    assert record["answers.npz"]["arrays"] == tool.checksums(kept)
    assert np.bincount(kept["predictions"]).tolist() == [100] * 10
    assert (np.diff(kept["predictions"].astype(int)) != 0).mean() > 0.8, "the order must not tell the class"


def test_none_is_among_or_near_those_that_have_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = load_tool(monkeypatch)
    images = np.rint(255 * data.unlabelled_clothes()[:, 0]).astype(np.uint8)
    carried, held = tool.read(tool.DATA / "fashion_mnist.npz"), tool.read(tool.FOLDER / tool.NAME)
    for known in (carried["train_images"], carried["test_images"], held["images"]):
        assert tool.distances(images, known).min() >= tool.NEAR
    asked = set(tool.read(FOLDER / "answers.npz")["indices"].tolist())
    assert len(asked) == 1000
    assert not asked & set(held["indices"].tolist())


def test_what_is_held_back_is_hw3s() -> None:
    source = ROOT / "solutions" / "hw3" / "data" / "held_out.npz"
    assert (FOLDER / "held_out.npz").read_bytes() == source.read_bytes()
