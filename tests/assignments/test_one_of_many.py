"""No assignment is special: what says one by name is counted, and touching one makes that one anew alone."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.release import build
from tests.support import ROOT, tracked

NAMES = build.names(ROOT)
# Where an assignment may be named, and why. A folder or a file; what an assignment owns goes without saying.
MAY_SAY = {
    "book/": "the guide and the chapters send their readers to it",
    "README.md": "shows the commands on it",
    "docs/": "decisions speak of what was tried on it; an example of a course's rules",
    "autograder/": "an example in a docstring, a message or a comment",
    "NOTICE.md": "names the file that holds images from elsewhere",
    "src/coursekit/_bundle.py": "an example in a docstring",
    "src/coursekit/notebook.py": "an example in a docstring",
    "benchmarks/grading.py": "the class that was timed, so that results can be compared",
    "benchmarks/one_notebook.py": "the notebook that was timed, so that results can be compared",
    "benchmarks/similarity.py": "the class that was timed, so that results can be compared",
    "benchmarks/results/": "results of what was timed",
    "tools/make_screenshots.py": "the guide's pictures show it",
    "tools/make_held_out.py": "makes the images by which one is graded",
    "tools/make_small_held_out.py": "makes the small images by which another is graded",
    "tools/try_answers.py": "an example of its call",
    "CONTRIBUTING.md": "its walks show the commands on one",
    "tools/colab/notebooks.py": "the one of which the rehearsal runs a solved notebook too",
    "tools/rehearse_colab.py": "an example of its call",
    "tools/publish/": "examples in comments; a name that stands in public and is found in a hidden test too",
    "tests/publish/": "the one that is held back, and the one whose hidden lines are planted",
    "tests/assignments/test_grading_in_colab.py": "the notebook for instructors that it runs names one",
    "tests/assignments/test_held_out.py": "compares the images by which one is graded with those that ship",
    "tests/assignments/test_small_held_out.py": "compares the small ones with those they are averages of",
    "tests/assignments/test_hw6_files.py": "hands in hostile files to the one that asks for a checkpoint",
    "tests/assignments/test_unlabelled.py": "compares the unlabelled images of one with those that ship",
    "tools/make_data.py": "leaves out the images that one asks to name",
    "tools/make_unlabelled.py": "makes the images that one asks to name",
    "tests/assignments/messages.py": "what its checks say to its wrong answers",
    "tests/attacks/notebooks/": "paths that a cheat guesses",
    "tests/book/": "the guide is tried on it",
    "tests/plugins/": "an example in a docstring",
    "tests/house/": "examples of names, and what they select",
    "tests/autograder/": "names of assignments and of files handed in, of which most are never built",
}


def named_in() -> list[str]:
    """Return the files that say an assignment's name and do not belong to one."""
    places = "solutions|assignments|tests/sample_class|src/coursekit/assignments"
    own = re.compile(rf"^({places})/({'|'.join(NAMES)})\b")
    word = re.compile(rf"\b({'|'.join(NAMES)})\b".encode())
    there = [(str(path.relative_to(ROOT)), path) for path in tracked()]
    return [name for name, path in there if not own.match(name) and word.search(path.read_bytes())]


def test_no_other_file_says_an_assignment_by_name() -> None:
    found = named_in()
    assert len(found) > 20, "the search finds nothing"
    assert [name for name in found if not name.startswith(tuple(MAY_SAY))] == []
    assert [place for place in MAY_SAY if not any(name.startswith(place) for name in found)] == []


@pytest.mark.parametrize(
    "file", ["Makefile", "pyproject.toml", "tests/support.py", "tests/sample_class/make.py"]
)
def test_what_makes_assignments_names_none(file: str) -> None:
    assert file not in named_in()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two assignments with sample classes, both built and graded, and the Makefile."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for path in (
        "_config.yml", "requirements.txt", "pyproject.toml", "autograder/cli.py",
        "src/coursekit/checks/_answer.py", "tests/sample_class/make.py",
        *(f"solutions/{n}/{n}.py" for n in ("one", "two")),
        *(f"solutions/{n}/mutants.toml" for n in ("one", "two")),
        *(f"tests/sample_class/{n}/{p}" for n in ("one", "two") for p in ("class.toml", "cheats/a.py")),
        ".venv/.ready", *(f"build/{n}/manifest.json" for n in ("one", "two")),
        *(f"build/sample-class/{n}/grades.csv" for n in ("one", "two")),
    ):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    order = ("solutions", "tests", ".venv", "build/one/manifest.json", "build/two/manifest.json")
    for age, place in enumerate((*order, "build/sample-class")):
        files = [tmp_path / place] if (tmp_path / place).is_file() else (tmp_path / place).rglob("*")
        for file in files:
            os.utime(file, (1e9 + age, 1e9 + age))
    for path in (
        "_config.yml",
        "requirements.txt",
        "pyproject.toml",
        "autograder/cli.py",
        "src/coursekit/checks/_answer.py",
    ):
        os.utime(tmp_path / path, (1e9, 1e9))
    return tmp_path


def made(course: Path) -> list[str]:
    """Return what `make` would do to assignments and sample classes; what it says twice it does once."""
    command = ["make", "-n", "-o", "system", "assignments", "sample-class"]
    said = subprocess.run(command, cwd=course, capture_output=True, text=True, check=True).stdout
    return list(dict.fromkeys(re.findall(r"autograder (build \w+|grade \w+)", said)))


@pytest.mark.parametrize(
    ("touched", "expected"),
    [
        (None, []),
        ("solutions/two/two.py", ["build two", "grade two"]),
        ("solutions/one/mutants.toml", ["build one", "grade one"]),
        ("tests/sample_class/two/cheats/a.py", ["grade two"]),
        ("tests/sample_class/one/class.toml", ["grade one"]),
        ("autograder/cli.py", ["build one", "build two", "grade one", "grade two"]),
    ],
)
def test_touching_one_assignment_makes_that_one_alone(
    course: Path, touched: str | None, expected: list[str]
) -> None:
    if touched:
        (course / touched).touch()
    assert made(course) == expected
