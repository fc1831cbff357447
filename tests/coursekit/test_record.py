"""Records: what they keep, what they refuse, and that nobody sees them."""

import re

import nbformat
import numpy as np
import pytest
import torch
from nbclient import NotebookClient

from coursekit.record import MIME_TYPE, record


def run(code: str) -> list[nbformat.NotebookNode]:
    """Outputs of a cell, run by a kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=60).execute()
    return notebook.cells[0].outputs


def test_a_kernel_keeps_it_and_shows_nothing() -> None:
    outputs = run(
        "import numpy as np\n"
        "from coursekit.record import record\n"
        "record(total=np.int64(65), mean=np.float32(0.5), y=np.arange(4).reshape(2, 2), sizes=(3, 3))\n"
        "record(name='LeNet', by={'a': [None, True]})"
    )
    assert [list(output.data) for output in outputs] == [[MIME_TYPE]] * 2, "nothing that a front end draws"
    assert outputs[0].data[MIME_TYPE] == {"total": 65, "mean": 0.5, "y": [[0, 1], [2, 3]], "sizes": [3, 3]}
    assert outputs[1].data[MIME_TYPE] == {"name": "LeNet", "by": {"a": [None, True]}}
    names = [output.metadata["scrapbook"]["name"] for output in outputs]
    assert len(set(names)) == 2, "myst-nb warns of two records with one name, and a warning fails the build"


def test_outside_a_notebook_it_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert record(y=torch.ones(2, requires_grad=True)) is None  # type: ignore[func-returns-value]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1j, "value expects what JSON can hold (numbers, strings, lists, dictionaries), got complex"),
        (np.array([1j]), "value[0] expects what JSON can hold"),
        ([1, {"a": {2}}], "value[1]['a'] expects what JSON can hold"),
        (print, "got builtin_function_or_method"),
        ({1: 2}, "value expects strings as keys, got 1"),
        (np.float64("nan"), "value expects finite numbers, got nan"),
        (np.zeros(10_001), "value expects at most 10000 numbers, got 10001"),
    ],
)
def test_what_json_cannot_hold_is_refused_by_name(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        record(value=value)


def test_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one named value"):
        record()
