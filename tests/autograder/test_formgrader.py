"""A run notebook in nbgrader's formgrader: a score box a question, and nothing of the student's runs."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.grades import coursedir
from autograder.grades.gradebook import GradeBook
from tests.autograder import tiny
from tests.autograder.by_nbgrader import ask, formgrader, opened


def write(out: Path, assignment, executed: str, student: str = "ann", **graded: object) -> dict[str, str]:
    return coursedir.write_notebook(
        coursedir.notebook_path(out, student, assignment), tiny.result(executed, **graded), assignment
    )


def read(out: Path, student: str = "ann") -> nbformat.NotebookNode:
    notebook = nbformat.read(out / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    return notebook


def boxes(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def test_every_question_has_a_score_box_in_the_formgraders_notebook(assignment, tmp_path):
    write(tmp_path, assignment, tiny.executed(), q1=(False, True))
    found = boxes(read(tmp_path))
    assert {n: (c.cell_type, c.metadata.nbgrader.points) for n, c in found.items()} == {
        "q1": ("code", 3.0), "q2": ("code", 2.0), "q3": ("markdown", 4.0),
    }  # fmt: skip
    assert found["q3"].source == "Because."
    assert found["q1"].source == 'grader.check("q1")'
    assert (
        found["q1"]
        .outputs[0]
        .text.startswith("q1: 2 of 3\ntest_two: failed. Doubling 2 should give 4\nhidden test:")
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda cells: [c for c in cells if "check" not in c["source"] and "nbgrader" not in c["metadata"]],
        lambda cells: [c for c in cells if c["cell_type"] == "code"],
        lambda cells: [*cells, *cells],
        lambda cells: [
            c | {"metadata": {"nbgrader": {"grade_id": "q1", "grade": True, "points": 99}}} for c in cells
        ],
        lambda cells: [c | {"metadata": {"nbgrader": "forged"}} for c in cells],
        lambda cells: [c | {"cell_type": "raw"} for c in cells],
        lambda cells: [],
    ],
)
def test_score_boxes_survive_any_damage_to_the_notebook(damage, assignment, tmp_path):
    content = json.loads(tiny.executed())
    content["cells"] = damage(content["cells"])
    write(tmp_path, assignment, json.dumps(content))
    found = boxes(read(tmp_path))
    assert {n: c.metadata.nbgrader.points for n, c in found.items()} == {"q1": 3.0, "q2": 2.0, "q3": 4.0}


def test_the_answers_change_is_noticed(assignment, tmp_path):
    one, again, two = (
        write(tmp_path, assignment, tiny.executed(answer=answer))["q3"] for answer in ("One.", "One.", "Two.")
    )
    assert one == again
    assert len({one, two, ""}) == 3
    assert write(tmp_path, assignment, tiny.executed(answer=tiny.PROMPT)) == {"q3": ""}


def test_a_notebook_of_an_earlier_grading_does_not_outlive_an_unreadable_one(assignment, tmp_path):
    write(tmp_path, assignment, tiny.executed())
    path = coursedir.notebook_path(tmp_path, "ann", assignment)
    assert path.exists()
    assert coursedir.write_notebook(path, tiny.result(None), assignment) == {}
    assert not path.exists()


LIVE = "<script>grade()</script><img src=http://evil.example/x.png onerror=grade()><svg onload=grade()>"


LINKS = """[a](javascript:grade()) ![b](http://evil.example/y) [c][d] <javascript:grade()> [e
](javascript:grade()) [f](java&#115;cript:grade())

[d]: javascript:grade()

![g](attachment:x "](javascript:grade())")
"""


@pytest.mark.slow
def test_a_person_grades_in_the_formgrader(assignment, tmp_path):
    hostile = tiny.executed(
        {"output_type": "display_data", "data": {"text/html": LIVE, "image/svg+xml": LIVE}},
        {"output_type": "stream", "name": "stdout", "text": LIVE},
        {"output_type": "display_data", "data": {"image/png": tiny.png(), "text/plain": "x"}},
        {"output_type": "display_data", "data": {"text/markdown": LIVE, "application/javascript": "grade()"}},
        source=f"'''{LIVE}'''",
        answer=f"{LIVE} <details><summary>more</summary></details> {LINKS} ![photo](attachment:photo.png)",
    )
    content = json.loads(hostile)
    answer = next(c for c in content["cells"] if LINKS in c["source"])
    answer["attachments"] = {"photo.png": {"image/png": tiny.png()}}
    content["cells"].append({"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": LIVE})
    with GradeBook(tmp_path, assignment) as book:
        for name in ("ann", "b c"):
            answers = write(tmp_path, assignment, json.dumps(content), name)
            book.record(tiny.row(name), answers)
        book.record(tiny.row("cid", 0.0, 0.0, status="unreadable", reason="empty"), {})
    with formgrader(tmp_path) as server:
        (listed,) = json.loads(ask(server, "api/assignments"))
        assert (listed["name"], listed["max_score"]) == ("tiny", 9.0)
        submissions = json.loads(ask(server, "api/submitted_notebooks/tiny/tiny"))
        assert {s["student"]: s["needs_manual_grade"] for s in submissions} == {
            "ann": True, coursedir.student_key("b c"): True,
        }  # fmt: skip
        found = next(s for s in submissions if s["student"] == "ann")
        page = ask(server, f"submissions/{found['id']}/")
        for name in ("q1", "q2", "q3"):
            assert f'class="score tabbable" id="{name}"' in page
        assert "data:image/png;base64," in page
        assert "<summary>more</summary>" in page
        live = re.sub(r"<(script|style)\b(?!>grade).*?</\1>", "", page, flags=re.DOTALL)
        assert "<script>grade" not in live
        assert not re.search(r"<(img|svg)\b[^>]*(evil|onload|onerror|script:)", live)
        assert not re.search(r"<a\b[^>]*(script:|#115)", live)
        assert re.search(r'<img src="[^"]*photo|alt="photo"', live)
        grades = json.loads(ask(server, f"api/grades?submission_id={found['id']}"))
        written = next(g for g in grades if g["name"] == "q3")
        ask(server, f"api/grade/{written['id']}", "PUT", {"manual_score": 3.0, "extra_credit": 0.5})
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann"), write(tmp_path, assignment, json.dumps(content)))
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, False)
