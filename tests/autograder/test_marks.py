"""What a person gives in the formgrader: in sheet, totals and pages, as nbgrader itself reckons."""

import json
from pathlib import Path

import pytest

from autograder.grades.marks import Marks
from tests.autograder import tiny
from tests.autograder.attempts import (  # noqa: F401 - one is a fixture
    ANN,
    folder,
    graded,
    hand_in,
    page,
    run,
    sheet,
)
from tests.autograder.by_nbgrader import ask, formgrader, grade, opened

pytestmark = pytest.mark.usefixtures("folder")


def comment(out: Path, student: str, words: str) -> None:
    """Do what a person does in the formgrader's comment box."""
    with opened(out) as book:
        book.find_comment("q3", "tiny", "tiny", student).manual_comment = words
        book.db.commit()


def test_what_a_person_gave_reaches_sheet_totals_and_pages():
    hand_in(ann_0210="good", bob_0110="good")
    graded()
    assert sheet()[ANN[2]]["waiting"] == "q3"
    assert "Your instructor reads this answer; its points come later." in page(ANN[2])
    grade(Path("out"), "ann", "q3", 3.0)
    grade(Path("out"), "ann", "q2", 1.0)
    comment(Path("out"), "ann", "Good, but <b>why</b>?")
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    line = sheet()[ANN[2]]
    assert [line[n] for n in ("score", "total", "total_possible", "waiting", "q2", "q3")] == [
        "5", "5.25", "9", "", "2", "3",
    ]  # fmt: skip
    assert said.stdout.splitlines()[2].split()[4:8] == ["5.25", "3", "2", "3"]
    assert "Good, but" not in page(ANN[2])
    said = run("feedback", "out")
    assert said.exit_code == 0, said.output
    assert said.stdout == "1 of 2 pages in out/feedback say something else now.\n"
    assert said.stderr == "1 of 2 still wait for a person.\n"
    html = page(ANN[2])
    assert "Good, but &lt;b&gt;why&lt;/b&gt;?" in html
    assert "3 of 4" in html
    assert "its points come later" not in html
    assert "Your instructor looked at this question and gave these points." in html
    assert '<div class="total">5.25 <small>of 9 points' in html
    assert run("feedback", "out").stdout.startswith("0 of 2 pages")
    graded()
    assert page(ANN[2]) == html, "grading again keeps what a person gave"


def test_marks_are_what_nbgrader_says():
    hand_in(ann_0110="good", bob_0110="half", cid="bad")
    graded()
    out = Path("out")
    grade(out, "ann", "q3", 3.5)
    comment(out, "bob", " See me. ")
    with opened(out) as book:
        book.find_grade("q1", "tiny", "tiny", "bob").extra_credit = 0.5
        book.db.commit()
        with Marks(out) as marks:
            for submission in book.assignment_submissions("tiny"):
                found = marks.of(tiny.row(submission.student.id))
                (notebook,) = submission.notebooks
                assert {n: m.points for n, m in found.items()} == {
                    g.name: g.score if g.auto_score is not None or g.manual_score is not None else None
                    for g in notebook.grades
                }
                assert {n: m.waiting for n, m in found.items()} == {
                    g.name: g.needs_manual_grade for g in notebook.grades
                }
                assert sum(m.points or 0.0 for m in found.values()) == submission.score
                theirs = {c.name: c.manual_comment or "" for c in notebook.comments}
                assert {n: m.comment for n, m in found.items() if n in theirs} == {
                    n: words.strip() for n, words in theirs.items()
                }
    Path("out/gradebook.db").write_bytes(b"no database" * 100)
    with Marks(out) as marks, pytest.raises(ValueError, match=r"gradebook\.db cannot be read"):
        marks.of(tiny.row("ann"))


@pytest.mark.slow
def test_the_formgraders_own_requests_reach_the_page():
    hand_in(ann_0110="good")
    graded()
    with formgrader(Path("out").resolve()) as server:
        (found,) = json.loads(ask(server, "api/submitted_notebooks/tiny/tiny"))
        grades = json.loads(ask(server, f"api/grades?submission_id={found['id']}"))
        written = next(g for g in grades if g["name"] == "q3")
        ask(server, f"api/grade/{written['id']}", "PUT", {"manual_score": 3.0})
        (box,) = json.loads(ask(server, f"api/comments?submission_id={found['id']}"))
        ask(server, f"api/comment/{box['id']}", "PUT", {"manual_comment": "Well argued."})
    said = run("feedback", "out")
    assert said.exit_code == 0, said.output
    assert "Well argued." in page(ANN[0])
    assert '<div class="total">8 <small>of 9 points' in page(ANN[0])
    assert sheet()[ANN[0]]["total"] == "8"
