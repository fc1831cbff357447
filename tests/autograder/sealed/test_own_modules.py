"""A notebook imports modules that a cell wrote, or that were handed in beside it; the grader reads none."""

import json
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.sealed import Grader
from tests.autograder import tiny

pytestmark = pytest.mark.sealed

MODULE = "def double(x):\n    return 2 * x\n"


@pytest.fixture(scope="module", params=["bubblewrap", "process"])
def grader(request, tmp_path_factory):
    assignment = tiny.assignment(tmp_path_factory.mktemp("own") / "build")
    with Grader(assignment, tier=request.param) as made:
        yield made


def notebook(*cells: str) -> str:
    first, *rest = cells
    return tiny.notebook(first, "total = sum", more=[tiny._code(source) for source in rest])


def scores(grader: Grader, *cells: str, files: dict[str, bytes] | None = None) -> list[float]:
    result = grader.grade(notebook(*cells), files or {})
    return [q.score for q in result.questions]


def test_a_cell_writes_a_module_and_the_next_imports_it(grader):
    cells = (f"%%writefile mine.py\n{MODULE}", "from mine import double")
    assert scores(grader, *cells) == [3.0, 2.0]


def test_a_module_that_is_written_anew_is_found_anew(grader):
    cells = [
        "try:\n    import later\nexcept ImportError:\n    missing = True",
        f"%%writefile later.py\n{MODULE}",
        "assert missing\nfrom later import double",
    ]
    assert scores(grader, *cells) == [3.0, 2.0]


def test_files_beside_the_notebook_are_imported_and_opened(grader):
    assert scores(grader, "from mine import double", files={"mine.py": MODULE.encode()}) == [3.0, 2.0]
    package = {"kit/__init__.py": b"from .parts import double\n", "kit/parts.py": MODULE.encode()}
    assert scores(grader, "import kit\ndouble = kit.double", files=package) == [3.0, 2.0]
    result = grader.grade(
        notebook("factor = int(open('factor.txt').read())\ndef double(x):\n    return factor * x"),
        {"factor.txt": b"2"},
    )
    assert result.score == 5.0


def test_a_module_of_one_submission_is_not_there_for_the_next(grader):
    assert scores(grader, "from mine import double", files={"mine.py": MODULE.encode()})[0] == 3.0
    assert scores(grader, "from mine import double")[0] == 0.0


def test_the_grader_reads_none_of_it(grader, tmp_path: Path):
    """A module called like one of the grader's, or like a test, changes nothing outside."""
    hostile = b"import pathlib\npathlib.Path('/tmp/own-module-ran').write_text('x')\nraise SystemExit\n"
    names = ("otter", "autograder", "coursekit", "conftest", "sitecustomize", "q1", "numpy", "json")
    result = grader.grade(notebook("def double(x):\n    return 2 * x"), {f"{n}.py": hostile for n in names})
    assert result.score == 5.0
    assert not Path("/tmp/own-module-ran").exists()
    assert json.loads(result.executed)["nbformat"] == 4


def test_what_lies_beside_a_notebook_stays_in_its_folder(grader: Grader, assignment: Assignment):
    result = grader.grade(
        notebook("import os\ndouble = lambda x: 2 * x\nprint(sorted(os.listdir('.')))"), {"a.py": b""}
    )
    shown = [o for c in json.loads(result.executed)["cells"] for o in c.get("outputs", [])]
    assert any("['a.py']" in str(o.get("text")) for o in shown)
