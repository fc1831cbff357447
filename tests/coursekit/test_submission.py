"""What `grader.export` writes, from Jupyter and from Colab, and that Otter takes it."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

from coursekit import _bundle
from coursekit.notebook import Grader
from coursekit.notebook import Submission as Sent

CHECK = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 2

@test_case(points=None, hidden=False)
def test_double(double):
    assert double(21) == 42

"""
BUNDLE = {
    "name": "hw0",
    "notebook": "hw0.ipynb",
    "questions": [
        {"name": "q1", "points": 2, "manual": False},
        {"name": "q10", "points": 1, "manual": True},
    ],
    "tests": {"q1": CHECK},
}
SETUP = "from coursekit.notebook import Grader\ngrader = Grader('hw0')"
ANSWER = "def double(x):\n    return 2 * x"


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Grader:
    """A grader of a packaged assignment, in an empty folder, outside of Jupyter and Colab."""
    shelf = tmp_path / "package" / "assignments"
    shelf.mkdir(parents=True)
    (shelf / "hw0.json").write_text(json.dumps(BUNDLE), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path / "package")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return Grader("hw0")


def a_notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells.append(
        nbformat.v4.new_markdown_cell("**Question 10** (written).", metadata={"otter": {"tests": ["q10"]}})
    )
    return nbformat.v4.new_notebook(cells=cells)


def whole() -> nbformat.NotebookNode:
    return a_notebook(SETUP, ANSWER, "grader.check('q1')")


def save(name: str, notebook: nbformat.NotebookNode | None = None) -> Path:
    path = Path(name)
    nbformat.write(notebook or whole(), path)
    return path


def export(grader: Grader, *arguments: Any, **names: Any) -> Sent:
    environment = {"grader": grader, "arguments": arguments, **names}
    exec(ANSWER, environment)
    result = eval("grader.export(*arguments)", environment)
    assert isinstance(result, Sent)
    return result


def inside(path: Path) -> tuple[str, nbformat.NotebookNode]:
    """Return the one file in a zip, read as a notebook."""
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        notebook = nbformat.reads(archive.read(name).decode("utf-8"), as_version=4)
    nbformat.validate(notebook)
    return name, notebook


def test_the_zip_holds_the_notebook_and_nothing_else(grader: Grader) -> None:
    save("hw0.ipynb")
    sent = export(grader)
    assert sent.path.name.startswith("hw0_submission_")
    name, notebook = inside(sent.path)
    assert name == "hw0.ipynb"
    assert [c.source for c in notebook.cells] == [c.source for c in whole().cells]
    assert sent.warnings == ()
    assert sorted(path.name for path in Path().iterdir()) == ["hw0.ipynb", sent.path.name]
    assert repr(sent) == f"Ready to submit: {sent.path}"
    assert f'href="{sent.path.name}" download="{sent.path.name}">' in sent._repr_html_()


def test_a_renamed_notebook_is_found_and_gets_its_usual_name_back(grader: Grader) -> None:
    save("my homework.ipynb")
    assert inside(export(grader).path)[0] == "hw0.ipynb"


def test_the_running_notebook_wins_over_the_usual_name(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    save("hw0.ipynb", a_notebook(SETUP, "# old\ngrader.check('q1')"))
    running = save("hw0 copy.ipynb", a_notebook(SETUP, "# new\ngrader.check('q1')"))
    monkeypatch.setenv("JPY_SESSION_NAME", str(running.resolve()))
    assert "# new" in inside(export(grader).path)[1].cells[1].source
    monkeypatch.delenv("JPY_SESSION_NAME")
    sent = export(grader, __vsc_ipynb_file__=str(running.resolve()))
    assert "# new" in inside(sent.path)[1].cells[1].source


def test_several_notebooks_ask_for_a_choice(grader: Grader) -> None:
    save("a.ipynb")
    save("b.ipynb")
    with pytest.raises(ValueError, match=r'found a\.ipynb, b\.ipynb\. .*: grader\.export\("a\.ipynb"\)'):
        export(grader)
    assert inside(export(grader, "b.ipynb").path)[0] == "hw0.ipynb"


def test_no_notebook_says_where_it_looked(grader: Grader) -> None:
    with pytest.raises(ValueError, match=r"hw0\.ipynb is not here, found no notebook in .*here"):
        export(grader)
    with pytest.raises(ValueError, match=r"there is no file 'x\.ipynb'"):
        export(grader, "x.ipynb")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "hw0.ipynb is empty. Save the notebook"),
        ("{not json", "hw0.ipynb is not a notebook"),
        ("[]", "not a notebook of format 4"),
        ('{"nbformat": 3, "worksheets": []}', "not a notebook of format 4"),
        ('{"nbformat": 4, "cells": []}', "has no cells"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "cell 0 of hw0.ipynb is broken"),
    ],
)
def test_what_is_no_notebook_is_refused(grader: Grader, content: str, words: str) -> None:
    Path("hw0.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        export(grader)
    assert list(Path().glob("*.zip")) == []


def test_an_old_file_gets_a_warning(grader: Grader) -> None:
    path = save("hw0.ipynb")
    then = time.time() - 12 * 60
    os.utime(path, (then, then))
    (warning,) = export(grader).warnings
    assert warning.startswith("hw0.ipynb was last saved 12 minutes ago.")
    assert "save it" in warning


def test_missing_questions_are_named(grader: Grader) -> None:
    notebook = whole()
    del notebook.cells[2]  # grader.check('q1'); what is left speaks of q10 alone
    save("hw0.ipynb", notebook)
    (warning,) = export(grader).warnings
    assert warning.startswith("the notebook has no cells any more for q1.")


def test_code_that_lives_in_memory_alone_gets_a_warning(grader: Grader) -> None:
    save("hw0.ipynb")
    source = Path("unsaved.py")
    source.write_text("def double(x):\n    return x + x\n\ndef kept(x):\n    return x\n", encoding="utf-8")
    environment: dict[str, Any] = {"grader": grader}
    exec(compile(source.read_text(), str(source.resolve()), "exec"), environment)
    save(
        "hw0.ipynb",
        a_notebook(SETUP, ANSWER, "grader.check('q1')\nif True:\n    def kept(x):\n        return x"),
    )
    sent = eval("grader.export()", environment)
    (warning,) = sent.warnings
    assert warning.startswith("`double` works in this session, but the file has no such code")
    assert "<code>double</code>" in sent._repr_html_()


def test_a_huge_notebook_gets_a_warning(grader: Grader) -> None:
    notebook = whole()
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="x" * 21 * 2**20)]
    save("hw0.ipynb", notebook)
    (warning,) = export(grader).warnings
    assert warning.startswith("the notebook is 21 MB. Clear the large outputs")


def test_a_failed_write_leaves_nothing(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    save("hw0.ipynb")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space left"):
        export(grader)
    assert [path.name for path in Path().iterdir()] == ["hw0.ipynb"]


class Colab:
    """What `google.colab` offers a session, as far as `export` asks: the live notebook and a download."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, reply: object) -> None:
        self.reply, self.asked, self.downloads = reply, [], []  # type: ignore[var-annotated]
        package, message, files = (ModuleType(f"google.colab{end}") for end in ("", "._message", ".files"))
        message.blocking_request = self.blocking_request  # type: ignore[attr-defined]
        files.download = self.download  # type: ignore[attr-defined]
        package._message, package.files = message, files  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "google", ModuleType("google"))
        for module in (package, message, files):
            monkeypatch.setitem(sys.modules, module.__name__, module)

    def blocking_request(
        self, request_type: str, request: object = "", timeout_sec: float = 5, parent: object = None
    ) -> object:
        self.asked.append(request_type)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def download(self, path: str) -> None:
        self.downloads.append(inside(Path(path)))


def colab_json() -> dict[str, Any]:
    """Return a notebook as Colab's front end sends it: sources in lines, no cell ids, minor version 0."""
    cells = [
        {k: v for k, v in cell.items() if k != "id"} | {"source": cell.source.splitlines(keepends=True)}
        for cell in whole().cells
    ]
    colab = {"provenance": [], "authorship_tag": "ABX9TyM"}
    return {"cells": cells, "metadata": {"colab": colab}, "nbformat": 4, "nbformat_minor": 0}


def test_colab_hands_over_the_notebook_on_the_screen(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    colab = Colab(monkeypatch, {"ipynb": colab_json()})
    sent = export(grader)
    assert colab.asked == ["get_ipynb"]
    ((name, notebook),) = colab.downloads
    assert name == "hw0.ipynb"
    assert [c.source for c in notebook.cells] == [c.source for c in whole().cells]
    assert sent.warnings == ()
    assert "Your browser is downloading it." in sent._repr_html_()


@pytest.mark.parametrize("reply", [None, {}, RuntimeError("MessageError: no front end")])
def test_a_silent_colab_gets_a_way_by_hand(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, reply: object
) -> None:
    Colab(monkeypatch, reply)
    with pytest.raises(RuntimeError, match=r"Colab did not hand over the notebook.* File > Download"):
        export(grader)


def test_a_file_named_in_colab_is_taken_from_disk(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    colab = Colab(monkeypatch, None)
    save("drive copy.ipynb")
    export(grader, "drive copy.ipynb")
    assert colab.asked == []
    assert len(colab.downloads) == 1


@pytest.mark.slow
def test_otter_grades_the_zip(grader: Grader, tmp_path: Path) -> None:
    """Did the grader cells do anything in Otter's kernel, `double` would stay undefined."""
    silent = "assert grader.check('q1') is grader.check_all() is grader.export() is None\n"
    save("hw0.ipynb", a_notebook(SETUP, silent + ANSWER))
    sent = export(grader)
    autograder = tmp_path / "autograder.zip"
    with zipfile.ZipFile(autograder, "w") as archive:
        archive.writestr("tests/q1.py", CHECK)
        archive.writestr("otter_config.json", json.dumps({"pdf": False}))
    run = [sys.executable, "-m", "otter", "run", "-a", str(autograder), "-o", str(tmp_path)]
    subprocess.run(
        [*run, str(sent.path.resolve())], cwd=tmp_path, check=True, capture_output=True, timeout=300
    )
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    scores = {t["name"]: (t["score"], t["max_score"]) for t in results["tests"] if "max_score" in t}
    assert scores == {"q1": (2, 2)}
