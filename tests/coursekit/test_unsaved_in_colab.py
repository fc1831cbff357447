"""In Colab `grader.export` says what would be lost: an unsaved notebook, code that is not on the screen."""

import linecache
from typing import Any

import pytest

from coursekit.notebook import Grader
from tests.coursekit.test_submission import ANSWER, Colab, colab_json, export, grader

__all__ = ["grader"]  # the fixture


def test_a_notebook_of_which_colab_has_no_copy_is_exported_with_a_warning(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = colab_json()
    opened["metadata"] = {}  # from GitHub: nothing of Colab's is in it
    colab = Colab(monkeypatch, {"ipynb": opened})
    (told,) = export(grader).warnings
    assert "File > Save a copy in Drive" in told
    assert len(colab.downloads) == 1


def test_code_changed_on_the_screen_since_it_ran_is_told(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = colab_json()
    opened["cells"][1]["source"] = ["def double(x):\n", "    return x + x"]
    Colab(monkeypatch, {"ipynb": opened})
    linecache.cache["<cell>"] = (len(ANSWER), None, ANSWER.splitlines(keepends=True), "<cell>")
    environment: dict[str, Any] = {"grader": grader}
    exec(compile(ANSWER, "<cell>", "exec"), environment)
    (told,) = eval("grader.export()", environment).warnings
    assert told.startswith("`double` works in this session, but the notebook has no such code: run its cell")
