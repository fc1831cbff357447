"""One failed cell is named everywhere, and what fails because of it points back to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from autograder.assignment import Assignment
from autograder.gradescope import results as gradescope
from autograder.grading.job import Setup, grade_submission
from autograder.limits import Limits
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records.results import NotebookResult
from autograder.records.store import Store
from autograder.sealed import Grader
from autograder.submissions.entry import Entry
from tests.autograder.sealed.accidents import ANSWERS, NUMBERS, handed_in, make
from tests.autograder.sealed.class_of_one import POSSIBLE
from tests.autograder.sealed.observed import scores

pytestmark = pytest.mark.sealed

SEABORN = "cell 1 stopped: no module named seaborn"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Assignment:
    return make(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def grader(small, tier: str) -> Iterator[Grader]:
    with Grader(small, tier=tier, limits=Limits(cell_seconds=3.0)) as grader:
        yield grader


def messages(result: NotebookResult, question: str, hidden: bool = False) -> str:
    found = next(q for q in result.questions if q.name == question)
    return "\n".join(case.message for case in found.cases if case.hidden is hidden)


def test_it_leads_the_row_the_page_the_report_and_gradescope(grader, small, tmp_path):
    path = tmp_path / "ann.ipynb"
    path.write_text(handed_in(first=f"import seaborn\n{NUMBERS}"))
    setup = Setup(small, tmp_path)
    (tmp_path / "log").mkdir()
    (tmp_path / "feedback").mkdir()
    (tmp_path / "results").mkdir()
    row = grade_submission(Entry("ann", "ann", path), setup, grader.grade).row
    assert row.status == "graded"
    assert row.reason.startswith(SEABORN)
    page = (tmp_path / "feedback" / "ann.html").read_text()
    assert page.index(SEABORN) < page.index("<h2>Questions</h2>")
    assert "It should come from cell 1, which stopped: no module named seaborn." in page
    record = Store(tmp_path).read("ann")
    assert record is not None
    assert [cell.sentence for cell in record.result.failed][:1] == [SEABORN]
    made = report([record], small)
    assert [(f.name, f.who) for f in made.failures] == [("no module named seaborn", (("ann", "ann"),))]
    shown = report_page(made, "")
    assert shown.count("no module named seaborn") >= 2  # of cells that failed, and of what to look at
    box = gradescope.graded(record.result, small, "visible", 1.0, "")
    assert SEABORN in box["output"].splitlines()[1]


def test_missing_names_point_back_to_the_cell_in_public_and_hidden_tests(grader):
    """In a hidden test it is the name that the test asks for, not what the student's code says."""
    broken = f"import seaborn\n{ANSWERS['double']}"
    result = grader.grade(handed_in(double=broken))
    told = "Your notebook does not define double. It should come from cell 2, which stopped: no module named"
    assert told in messages(result, "double")
    assert told in messages(result, "double", hidden=True)
    assert scores(result) == {**POSSIBLE, "double": 0.0}


def test_errors_about_a_name_point_back_to_the_cell(grader):
    uses = "def double(x):\n    return factor * x"
    result = grader.grade(handed_in(first=f"{NUMBERS}\n1 / 0\nfactor = 2", double=uses))
    assert result.reason == "cell 1 stopped: ZeroDivisionError: division by zero (line 5)"
    assert messages(result, "double") == (
        "double(3) should be 6\nYour code raised NameError: name 'factor' is not defined\n"
        "It should come from cell 1, which stopped: ZeroDivisionError: division by zero (line 5)."
    )
    assert "NameError" not in messages(result, "double", hidden=True)


def test_a_cell_that_the_grader_stopped_is_pointed_back_to_as_well(grader):
    result = grader.grade(handed_in(double=f"while True: pass\n{ANSWERS['double']}"))
    assert result.status == "stopped"
    assert "It should come from cell 2, which ran longer than 3 s." in messages(result, "double")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("import tensorflow as tf", "no module named tensorflow"),
        ("from numpy import nothing", "cannot import name 'nothing' from 'numpy'"),
        ("print(“x”)", "Python cannot read it: invalid character '“' (U+201C)"),
        ("def f(x:\n    return 1", "Python cannot read it: "),
        ("if True:\n\tx = 1\n        y = 2", "Python cannot read it: "),
        ("for i in range(3):\nprint(i)", "Python cannot read it: expected an indented block"),
        ("x = [1, 2\nprint(x)", "Python cannot read it: '[' was never closed"),
        ("{}['k']", "KeyError: 'k'"),
        ("print(undefined_name)", "name 'undefined_name' is not defined, and no cell defines it"),
        ("print(late)", "name 'late' is not defined, it is defined in cell "),
        (
            "open('/content/drive/x.csv')",
            "FileNotFoundError: [Errno 2] No such file or directory: '/content/",
        ),
        ("input('n?')", "input() waits for somebody to type, and nobody is there"),
        ("%%matplotlib inline\nx = 1", "Cell magic `%%matplotlib` not found"),
        ("exit()", "it calls exit()"),
        ("raise KeyboardInterrupt", "it raises KeyboardInterrupt"),
        ("assert 1 == 2", "AssertionError"),
        ("class Own(Exception): pass\nraise Own('mine')", "Own: mine (line 2)"),
        ("class Mute(Exception):\n    def __str__(self): return 1\nraise Mute", "Mute: (an exception whose"),
    ],
)
def test_why_a_cell_stopped_is_a_sentence(every, cell, sentence):
    found = every[cell]
    assert found.startswith(sentence), found


@pytest.fixture(scope="module")
def every(grader, request) -> dict[str, str]:
    """Grade one notebook with all those cells, and return what is said of each."""
    marks = [m for m in test_why_a_cell_stopped_is_a_sentence.pytestmark if m.name == "parametrize"]
    cells = [cell for cell, _ in marks[0].args[1]]
    result = grader.grade(handed_in(*cells, "late = 1", "double = None"))
    first = 1 + 2 * len(ANSWERS)
    assert [cell.number for cell in result.failed] == [first + k for k in range(1, len(cells) + 1)]
    said = [cell.sentence.partition(" stopped: ")[2] for cell in result.failed]
    return dict(zip(cells, said, strict=True))


def test_cells_that_fail_because_of_another_are_not_counted(grader):
    """Without the imports every check fails, for one reason."""
    result = grader.grade(handed_in("np.zeros(3)", "1 / 0", first="import seaborn\nimport numpy as np"))
    assert result.reason.startswith("cell 1 stopped: no module named seaborn; cells 3, 9 stopped, too")
    assert {cell.number: cell.follows for cell in result.failed} == {1: 0, 3: 0, 5: 3, 7: 3, 8: 1, 9: 0}


def test_no_exception_passes_for_a_failure_of_the_grader(grader):
    """Such a row would be graded again for ever, and the command would end with an error."""
    result = grader.grade(handed_in(double="raise Exception('internal error: the pages were not written')"))
    assert result.reason.startswith("cell 2 stopped: Exception: internal-error: the pages were not written")
    assert "internal error" not in result.reason


def test_what_a_cell_says_can_neither_forge_a_row_nor_a_page(grader, small):
    text = "x\\x1b[31m; \\u202e<script>alert(1)</script>\\n=1+1" + "y" * 5_000
    result = grader.grade(handed_in(double=f"raise type('<b>E</b>\\n=2', (Exception,), {{}})('{text}')"))
    assert result.reason.startswith("cell 2 stopped: <b>E</b>")
    assert len(result.reason) < 400
    assert result.reason.isprintable()
    from autograder.pages.feedback import student_page
    from tests.autograder import tiny

    row = tiny.row(assignment="tiny", questions=(0.0, 2.0, 2.0), possible=7.0, reason=result.reason)
    assert "<script>" not in student_page(row, result, small)


def test_full_points_need_no_reason_and_the_page_names_the_cell(grader, small, tmp_path):
    from autograder.pages.feedback import student_page
    from tests.autograder import tiny

    result = grader.grade(handed_in("1 / 0"))
    assert (result.status, result.reason, scores(result)) == ("graded", "", POSSIBLE)
    row = tiny.row(assignment="tiny", questions=(3.0, 2.0, 2.0), possible=7.0)
    said = "cell 8 stopped: ZeroDivisionError: division by zero"
    assert said in student_page(row, result, small)
    assert said not in student_page(row, replace(result, failed=()), small)


def test_cells_on_the_page_have_the_numbers_that_reasons_give_them(grader, small):
    from autograder.pages.feedback import feedback_values
    from tests.autograder import tiny

    result = grader.grade(handed_in("1 / 0"))
    row = tiny.row(assignment="tiny", questions=(3.0, 2.0, 2.0), possible=7.0)
    shown = feedback_values(row, result, small)["cells"]
    assert [cell.number for cell in shown] == [1, 2, 4, 6, 8]  # checks are not shown, and count
