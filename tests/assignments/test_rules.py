"""One assignment with rules, from its master to a student's kernel and the sealed grader: the same words."""

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.release import build, new, variants
from autograder.release.bench import Bench
from autograder.release.checking import rules as check
from tests.support import ROOT

pytestmark = [pytest.mark.sealed, pytest.mark.slow]

NAME = "hw8"
SETTINGS = """\
# course:
#     modules: [numpy]
#     seconds: {cell: 2, call: 2}
#     memory: 512 MiB
# requirements:
"""
ANSWER = """\
import numpy as np

def moving_average(signal, width):
    if width > len(signal):
        raise ValueError
    signal = np.asarray(signal, float)
    return np.array([signal[r : r + width].mean() for r in range(len(signal) - width + 1)])
"""
BY_NUMPY = "return {}(signal, np.full(width, 1 / width), 'valid')"
RETURN = ANSWER[ANSWER.index("return") :].strip()


def using(name: str, before: str = "") -> str:
    """Return the answer that leaves the work to ``name``."""
    return before + ANSWER.replace(RETURN, BY_NUMPY.format(name))


# What a student may write, what both sides say of it (None: nothing), and whether the points are gone.
FORBIDDEN = "q1 must do without `np.convolve`, and its answer uses it. Such an answer gets no points."
ALLOWED = "`numpy`, `coursekit`, `matplotlib` and the standard library"
BROKEN: dict[str, tuple[str, str]] = {
    "the name itself": (using("np.convolve"), FORBIDDEN),
    "another name": (using("c", "from numpy import convolve as c\n"), FORBIDDEN),
    "a name in a text": (using("getattr(np, 'convolve')"), FORBIDDEN),
    "torch": (
        "import torch\n"
        + ANSWER.replace("return np.array([", "return torch.tensor([").replace("])\n", "]).numpy()\n"),
        f"q1 uses `torch`, which hw8 does not allow: allowed are {ALLOWED}",
    ),
    "scipy": (
        using("signal_.convolve", "import scipy.signal as signal_\n"),
        f"q1 uses `scipy`, which hw8 does not allow: allowed are {ALLOWED}",
    ),
    "the reference": (
        "from convnet import functional as F\n"
        + ANSWER.replace("    signal =", "    F.__name__\n    signal ="),
        f"q1 uses `convnet`, which hw8 does not allow: allowed are {ALLOWED}",
    ),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one assignment that declares rules, and a coursekit that knows it."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "_config.yml", root)
    new.write(NAME, "Homework 8: moving means", root)
    path = root / f"solutions/{NAME}/{NAME}.py"
    text = path.read_text(encoding="utf-8")
    text = text.replace("# requirements:\n", SETTINGS, 1).replace(
        "# name: q1\n", "# name: q1\n# forbids: [np.convolve]\n", 1
    )
    path.write_text(text, encoding="utf-8")
    shutil.rmtree(root / f"solutions/{NAME}/alternatives")  # it uses what is now forbidden
    shutil.copytree(
        ROOT / "src/coursekit", root / "src/coursekit", ignore=shutil.ignore_patterns("__pycache__")
    )
    build.build_assignment(NAME, root)
    return root


@pytest.fixture(scope="module")
def bench(course: Path) -> Iterator[Bench]:
    ready = Bench(NAME, course, course, progress=False)
    yield ready
    ready.close()


@pytest.fixture(scope="module")
def kernel(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Return what runs a notebook as a student does; what each further cell shows comes back as text."""

    def run(notebook: dict[str, Any], *cells: str) -> list[str]:
        desk = tmp_path_factory.mktemp("desk")
        zipfile.ZipFile(io.BytesIO((course / f"build/{NAME}/student.zip").read_bytes())).extractall(desk)
        make: Any = nbformat.from_dict
        saved = make(notebook)
        for cell in saved.cells:
            cell.source = "".join(cell.source)
        (desk / NAME / f"{NAME}.ipynb").write_text(json.dumps(saved), encoding="utf-8")
        saved.cells = [
            c for c in saved.cells if not c.source.startswith(("grader.export", "grader.check_all"))
        ]
        saved.cells += [nbformat.v4.new_code_cell(source) for source in cells]
        client = NotebookClient(
            saved, timeout=60, allow_errors=True, resources={"metadata": {"path": str(desk / NAME)}}
        )
        environment = {
            k: v for k, v in os.environ.items() if k not in ("COURSEKIT_GRADING", "JPY_SESSION_NAME")
        }
        client.execute(env=environment | {"PYTHONPATH": str(course / "src"), "MPLBACKEND": "agg"})
        return ["".join(map(shown, cell.outputs)) for cell in saved.cells[-len(cells) :]]

    return run


def shown(output: dict[str, Any]) -> str:
    return str(
        output.get("text", "") or output.get("data", {}).get("text/plain", "") or output.get("evalue", "")
    )


def test_the_notebook_says_the_rules_once_for_all_and_at_the_question(course: Path) -> None:
    given = json.loads((course / f"assignments/{NAME}/{NAME}.ipynb").read_text())
    texts = ["".join(cell["source"]) for cell in given["cells"]]
    assert texts[0].startswith("# Homework 8")
    assert texts[1].startswith("**Rules of this homework.**")
    for words in (
        ALLOWED,
        "A cell may run for 2 seconds, one call of your function for 2 seconds",
        "512 MiB in all",
    ):
        assert words in texts[1]
    (question,) = [text for text in texts if text.startswith("### q1")]
    assert "**Do without** `np.convolve`: an answer that uses it gets no points." in question


@pytest.mark.parametrize("road", BROKEN)
def test_a_broken_rule_is_said_before_and_costs_after(
    bench: Bench, kernel: Callable[..., list[str]], road: str
) -> None:
    answer, words = BROKEN[road]
    notebook = variants.answer(bench.solution, {"q1": answer})
    check_, table, sent = kernel(notebook, "grader.check('q1')", "grader.check_all()", "grader.export()")
    assert check_.startswith("q1: all 2 public tests passed, but a rule is broken\n  "), check_
    assert words in check_
    assert "but a rule is broken" in table
    assert words in sent
    assert "Ready to submit" in sent
    result = bench.grade(notebook)
    (q1,) = result.questions
    assert q1.score == 0
    assert q1.cases[0].message.startswith(words)
    assert words.replace("`", "")[:60] in result.reason


def test_who_keeps_the_rules_hears_nothing_of_them(bench: Bench, kernel: Callable[..., list[str]]) -> None:
    notebook = variants.answer(bench.solution, {"q1": ANSWER})
    check_, sent = kernel(notebook, "grader.check('q1')", "grader.export()")
    assert check_.startswith("q1: all 2 public tests passed")
    assert "rule" not in check_ + sent
    assert "Careful" not in sent, sent
    assert [q.score for q in bench.grade(notebook).questions] == [3]


def test_the_export_names_blank_answers_slow_cells_and_cells_that_raise(
    bench: Bench, kernel: Callable[..., list[str]]
) -> None:
    notebook = variants.answer(bench.blank, {"q1": ANSWER})
    extra = ["import time\ntime.sleep(2.2)", "time.sleep(1.6)", "1 / 0"]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
        for s in extra
    ]
    notebook["cells"] = [*notebook["cells"][:-2], *cells, *notebook["cells"][-2:]]
    (sent,) = kernel(notebook, "grader.export()")
    assert "q2 has no written answer yet: a person will find nothing to read there." in sent
    assert "the cell that begins with `import time` took 2 s; the grader stops it after 2 s" in sent
    assert "the cell that begins with `time.sleep(1.6)` took 2 s; at the grader's it may take 2 s" in sent
    assert "the cell that begins with `1 / 0` raises ZeroDivisionError" in sent
    result = bench.grade(notebook)
    assert re.search(r"cell \d+ ran longer than 2 s", result.reason)


def test_a_notebook_over_its_memory_is_told_of_in_the_result(bench: Bench) -> None:
    greedy = ANSWER + "\nheld = np.ones(90 << 20)\n"
    result = bench.grade(variants.answer(bench.solution, {"q1": greedy}))
    assert re.search("MemoryError|more than 512 MiB", result.reason), result.reason


def test_another_notebook_is_refused(bench: Bench, kernel: Callable[..., list[str]]) -> None:
    other = (
        "import json; json.dump({'nbformat': 4, 'nbformat_minor': 5, 'metadata': {}, 'cells': [{'cell_type': "
    )
    other += "'code', 'metadata': {}, 'source': text}]}, open('other.ipynb', 'w'))"
    told = kernel(
        bench.blank,
        f"text = 'grader = Grader(\"hw9\")'; {other}",
        "grader.export('other.ipynb')",
        f"text = 'print(1)'; {other}",
        "grader.export('other.ipynb')",
    )
    assert told[1].startswith("export: other.ipynb is the notebook of hw9, and this is the grader of hw8.")
    assert told[3].startswith("export: other.ipynb is no notebook of hw8")


def test_the_check_finds_rules_that_are_not_told_or_kept(bench: Bench, course: Path) -> None:
    assert check.told_and_kept(bench) == []
    silent = Bench(NAME, course, course, progress=False)
    silent.blank["cells"] = [c for c in silent.blank["cells"] if "**Rules" not in "".join(c["source"])]
    for cell in silent.blank["cells"]:
        cell["source"] = re.sub(r"\*\*Do without.*", "", "".join(cell["source"]))
    silent.solution["cells"] = variants.answer(silent.solution, {"q1": BROKEN["torch"][0]})["cells"]
    problems = check.told_and_kept(silent)
    assert problems[:2] == [
        "the students' notebook does not tell the rules below its introduction",
        "q1 does not say what its answer must do without",
    ]
    assert problems[2].startswith("the master breaks a rule: q1 uses `torch`")


def test_the_check_finds_a_right_answer_that_breaks_a_rule(course: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(course, tmp_path / "course")
    folder = copy / f"solutions/{NAME}/alternatives"
    folder.mkdir()
    (folder / "numpy.py").write_text(f'"""By NumPy."""\n\n# question: q1\n{using("np.convolve")}')
    (problem,) = check.told_and_kept(Bench(NAME, copy, copy))
    assert problem == f"numpy is right and breaks a rule: {FORBIDDEN}"
