"""The rehearsal of Colab: what it reads from freeze lists, when it fails, and a small part of it."""

import sys
from pathlib import Path

import nbformat
import pytest

from coursekit import start
from tests.support import ROOT
from tools import rehearse_colab
from tools.colab import environments, notebooks, runtimes
from tools.colab.notebooks import Notebook, Result
from tools.publish.wheel import build_wheel

FREEZE = """\
# a comment
numpy==2.3.1
matplotlib==3.10.9
ipython==7.34.0
ipykernel==6.17.1
jupyter_client==7.4.9
libpysal==4.14
torch @ https://download.pytorch.org/whl/cpu/torch-2.15.0%2Bcpu-cp313-cp313-manylinux_2_28_x86_64.whl
"""


def test_the_runtimes_known_here_are_the_current_one_and_the_one_before() -> None:
    newest, before = runtimes.known()
    assert (newest.name, newest.python, newest.torch) == ("2026-08", "3.13", "2.11.0")
    assert (before.name, before.python, before.torch) == ("2026-07", "3.12", "")
    assert "numpy==2.1.3" in newest.pins
    assert "numpy==2.0.2" in before.pins
    assert not any(pin.startswith("torch") for pin in newest.pins)


def test_of_a_published_list_what_matters_to_us_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "newest.txt"
    path.write_text(FREEZE, encoding="utf-8")
    runtime = runtimes.published(path, "3.14")
    assert (runtime.name, runtime.python, runtime.torch) == ("newest", "3.14", "2.15.0")
    assert set(runtime.pins) == {
        "numpy==2.3.1",
        "matplotlib==3.10.9",
        "ipython==7.34.0",
        "ipykernel==6.17.1",
        "jupyter-client==7.4.9",
    }
    assert "libpysal==4.14" in runtime.limits, "versions of what these ask for are Colab's, too"
    assert runtimes.published(path).python == runtimes.known()[0].python


def test_a_file_that_is_no_freeze_list_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html>404</html>", encoding="utf-8")
    assert rehearse_colab.main(["--freeze", str(path)]) == 1
    assert (
        "is no freeze list of Colab: it lacks ipykernel, ipython, matplotlib, numpy"
        in capsys.readouterr().err
    )


def test_a_python_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"Python 3\.99 is not on this machine: `uv python install 3\.99`"):
        environments.find_python("3.99")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"numpy": "2.1.3", "cnn-course": "1", "array-api-compat": "1.12"}, ""),
        ({"numpy": "2.4", "cnn-course": "1", "array-api-compat": "1.12"}, "numpy: 2.1.3 became 2.4"),
        (
            {"numpy": "2.1.3", "wrapt": "1", "cnn-course": "1", "array-api-compat": "1"},
            "wrapt: none became 1",
        ),
        ({"numpy": "2.1.3", "array-api-compat": "1"}, "cnn-course was not installed"),
    ],
)
def test_only_our_packages_may_be_new(after: dict[str, str], told: str) -> None:
    assert notebooks._changed({"numpy": "2.1.3"}, after) == told


def test_the_table_says_what_failed_and_what_was_left_out() -> None:
    results = [
        Result("a", "hw1", 12.4),
        Result("a", "hw6", 0, left_out="no build of this torch here"),
        Result("b", "hw1", 3.0, "a cell raised ValueError: x | y\nz"),
    ]
    rows = rehearse_colab.table(results).splitlines()[2:]
    assert rows == [
        "| a | hw1 | 12 | passed |",
        "| a | hw6 | 0 | left out: no build of this torch here |",
        "| b | hw1 | 3 | a cell raised ValueError: x \\| y z |",
    ]
    assert rehearse_colab.summary(results) == (
        "a: 1 passed, 0 failed, 1 left out, 12 s.\nb: 0 passed, 1 failed, 0 left out, 3 s."
    )


def test_who_wants_torch_is_left_out_where_there_is_none() -> None:
    python = Path(sys.executable)
    bare = environments.Environment(runtimes.known()[1], python, python, has_torch=False)
    hw6 = Notebook("hw6", ROOT / "assignments/hw6/hw6.ipynb", True)
    assert notebooks.rehearse(hw6, bare, python).left_out
    assert not Notebook("hw1", ROOT / "assignments/hw1/hw1.ipynb", True).wants_torch


@pytest.mark.slow
@pytest.mark.site
@pytest.mark.parametrize("runtime", runtimes.known(), ids=lambda runtime: runtime.name)
def test_a_homework_and_two_chapters_run_in_the_runtimes(
    runtime: runtimes.Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them are `make rehearse-colab`. A runtime whose Python is not here is not tried."""
    try:
        environments.find_python(runtime.python)
    except RuntimeError as missing:
        pytest.skip(str(missing))
    asked = ["--runtime", runtime.name, "--torch", "none", "--only", "hw2", "--only", "networks/losses"]
    assert rehearse_colab.main([*asked, "--only", "convolution/pooling"]) == 0, capsys.readouterr().out
    assert "3 passed, 0 failed, 0 left out" in capsys.readouterr().out
    failing = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(start.cell("cnn-course @ https://example.org/x.whl")),
            nbformat.v4.new_code_cell("from google.colab import files\nimport numpy\n1 / 0"),
        ]
    )
    path = tmp_path / "failing.ipynb"
    nbformat.write(failing, path)
    environment = environments.prepare(runtime, rehearse_colab.PLACE, "none")
    result = notebooks.rehearse(Notebook("failing", path), environment, build_wheel(ROOT, tmp_path))
    assert result.problem == "a cell raised ZeroDivisionError: division by zero"
    assert not set(environments.OURS) & environment.freeze().keys(), "the next notebook begins afresh"
