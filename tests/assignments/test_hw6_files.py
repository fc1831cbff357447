"""Hostile files of homework 6: each is a reason in the row, none is code that runs; nothing is trained."""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.records.results import NotebookResult
from autograder.sealed import Grader, Limits
from coursekit import safetensors
from tests.support import ROOT

WEIGHTS, SAID = "weights.safetensors", "predictions.npy"
MARK = Path("/tmp/hw6-was-here")
OWN = {path.name: path.read_bytes() for path in sorted((ROOT / "solutions/hw6/files").iterdir())}


class Evil:
    """Writes a file where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.write_text, (MARK, "ran")


@pytest.fixture(scope="module")
def built(built_of: Callable[[str], Assignment]) -> Assignment:
    return built_of("hw6")


@pytest.fixture(scope="module")
def grader(built: Assignment) -> Iterator[Grader]:
    with Grader(built, "process", Limits(cell_seconds=60)) as ready:
        yield ready


@pytest.fixture(scope="module")
def notebook(built: Assignment) -> str:
    """The course's notebook with the answers that q10 needs, and no other cell of code."""
    whole = json.loads((built.folder / "solution.ipynb").read_text(encoding="utf-8"))

    def belongs(cell: dict[str, Any]) -> bool:
        source = "".join(cell["source"])
        starts = ("import copy", "class ConvNorm", "class Compact", "def hand_in", "AGAIN", "# Run this cell")
        return cell["cell_type"] != "code" or source.startswith(starts)

    return json.dumps(whole | {"cells": [cell for cell in whole["cells"] if belongs(cell)]})


def q10(result: NotebookResult) -> float:
    return next(question.score for question in result.questions if question.name == "q10")


def messages(result: NotebookResult) -> str:
    asked = next(question for question in result.questions if question.name == "q10")
    return " ".join(case.message for case in asked.cases)


def shown(result: NotebookResult) -> str:
    """Return what the cells printed."""
    cells = json.loads(result.executed or "{}")["cells"]
    return json.dumps([cell["outputs"] for cell in cells if cell["cell_type"] == "code"])


def header(text: bytes, body: bytes = b"") -> bytes:
    return struct.pack("<Q", len(text)) + text + body


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.pkl", bytes(50_000_000))
    return buffer.getvalue()


def saved_by_torch() -> bytes:
    import torch

    buffer = io.BytesIO()
    torch.save({"head.2.bias": torch.zeros(10)}, buffer)
    return buffer.getvalue()


def changed(**arrays: Any) -> bytes:
    return safetensors.dumps(
        {k: v for k, v in (safetensors.loads(OWN[WEIGHTS]) | arrays).items() if v is not None}
    )


def npy(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


LARGE = json.dumps({"w": {"dtype": "F32", "shape": [1 << 30], "data_offsets": [0, 1 << 32]}}).encode()
NO_NUMBERS = {
    "a pickle": (WEIGHTS, pickle.dumps(Evil())),
    "a checkpoint of torch.save": (WEIGHTS, saved_by_torch()),
    "a zip bomb": (WEIGHTS, bomb()),
    "a header of ten gibibytes": (WEIGHTS, struct.pack("<Q", 10 << 30) + b"{}"),
    "a header that claims four gibibytes": (WEIGHTS, header(LARGE)),
    "a negative place": (
        WEIGHTS,
        header(b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}', bytes(4)),
    ),
    "a header in a header": (WEIGHTS, header(b'{"a":' * 40_000)),
    "nothing": (WEIGHTS, b""),
    "nan": (WEIGHTS, changed(**{"head.2.bias": np.full(10, np.nan, np.float32)})),
    "infinity": (WEIGHTS, changed(**{"head.2.bias": np.full(10, np.inf, np.float32)})),
    "too many bytes": (WEIGHTS, bytes(250_001)),
    "objects": (SAID, npy(np.array([Evil()] * 1000, object))),
    "predictions of another shape": (SAID, npy(np.zeros((1000, 1), int))),
    "predictions that are nan": (SAID, npy(np.full(1000, np.nan))),
    "a shape that is not there": (SAID, npy(np.zeros(1000, np.int8))[:128]),
}


@pytest.mark.sealed
@pytest.mark.parametrize("what", NO_NUMBERS)
def test_what_holds_no_numbers_is_a_reason_and_never_runs(what: str, grader: Grader, notebook: str) -> None:
    MARK.unlink(missing_ok=True)
    name, content = NO_NUMBERS[what]
    result = grader.grade(notebook, OWN | {name: content})
    assert name in result.reason
    assert result.status == "graded"
    assert q10(result) == (8 if name == SAID else 0), messages(result)  # the network and its weights count
    assert not MARK.exists(), "something was unpickled"


WRONG = {
    "another shape": (
        changed(**{"head.2.bias": np.zeros((10, 1), np.float32)}),
        "does not fit Compact()",
    ),
    "an array too many": (changed(more=np.zeros(3, np.float32)), "does not fit Compact()"),
    "an array too few": (changed(**{"head.2.bias": None}), "does not fit Compact()"),
    "no array": (safetensors.dumps({}), "does not fit Compact()"),
    "a long name": (changed(**{"x" * 5000: np.zeros(1, np.float32)}), "does not fit Compact()"),
    "more than the budget": (changed(more=np.zeros(20_000, np.float32)), "over the budget"),
    "zeros": (
        changed(**{"head.2.weight": np.zeros((10, 432), np.float32)}),
        "with your weights: 0 of 6 points",
    ),
    "numbers without end": (changed(**{"head.2.bias": np.full(10, 3e38, np.float32)}), ""),
}


@pytest.mark.sealed
@pytest.mark.parametrize("what", WRONG)
def test_weights_of_another_network_get_nothing_for_what_they_name(
    what: str, grader: Grader, notebook: str
) -> None:
    content, words = WRONG[what]
    result = grader.grade(notebook, OWN | {WEIGHTS: content})
    assert words in messages(result)
    assert len(messages(result)) < 4000
    assert q10(result) <= 10, "the points for weights, and for files, are lost"


@pytest.mark.sealed
def test_a_class_is_graded_without_training(grader: Grader, built: Assignment, notebook: str) -> None:
    full = grader.grade(notebook, OWN)
    assert q10(full) == 16, messages(full)
    assert "are right" not in shown(full), "hand_in was called"
    trains = notebook.replace("AGAIN = False", "AGAIN = True")
    again = grader.grade(trains, OWN)
    assert q10(again) == 16
    assert "are right" not in shown(again)
    assert q10(grader.grade(notebook)) == 0, "without files there is nothing to score"
