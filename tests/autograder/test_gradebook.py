"""The gradebook is nbgrader's: its API and its export command read what we wrote."""

import csv
import os
import shutil
import sysconfig

import pytest
from nbgrader.api import get_alembic_version

from autograder.grades import coursedir
from autograder.grades.gradebook import NAME, GradeBook, schema_version
from tests.autograder import tiny
from tests.autograder.by_nbgrader import grade, nbgrader, opened

NEW = {"q3": "new"}


@pytest.fixture
def assignment(tmp_path, new_gradebook):
    shutil.copyfile(new_gradebook, tmp_path / NAME)
    return tiny.assignment(tmp_path / "build")


def test_scores_read_back_through_nbgraders_api(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 1.5), NEW)
        book.record(tiny.row("bob", 0.0, 2.0), {"q3": ""})
        book.record(tiny.row("cid", 0.0, 0.0, status="unreadable", reason="empty"), {})
        book.record(tiny.row("dee", 0.0, 0.0, status="error", reason="internal error: x"), {})
    with opened(tmp_path) as book:
        found = {s.student.id: s for s in book.assignment_submissions("tiny")}
        assert {k: (s.score, s.max_score, s.needs_manual_grade) for k, s in found.items()} == {
            "ann": (4.5, 9.0, True), "bob": (2.0, 9.0, False),
            "cid": (0.0, 9.0, False), "dee": (0.0, 9.0, True),
        }  # fmt: skip
        assert [found["ann"].code_score, found["ann"].written_score] == [4.5, 0.0]
        assert book.find_grade("q1", "tiny", "tiny", "bob").failed_tests
        assert book.find_comment("q3", "tiny", "tiny", "bob").auto_comment == "No response."
        assert book.find_comment("q3", "tiny", "tiny", "ann").auto_comment is None
        laid = book.find_notebook("tiny", "tiny").grade_cells
        assert [(c.name, c.max_score, c.cell_type) for c in laid] == [
            ("q1", 3.0, "code"), ("q2", 2.0, "code"), ("q3", 4.0, "markdown"),
        ]  # fmt: skip


def test_nbgrader_export_gives_the_same_scores(assignment, tmp_path):
    names = ["ann", "b c", "=1+1", "李雷"]
    with GradeBook(tmp_path, assignment) as book:
        for number, name in enumerate(names):
            book.record(tiny.row(name, 3.0, number / 2), NEW)
    grade(tmp_path, "ann", "q3", 4.0)
    nbgrader(tmp_path, "export")
    with (tmp_path / "nbgrader-grades.csv").open(newline="", encoding="utf-8") as file:
        exported = {r["student_id"]: (float(r["score"]), float(r["max_score"])) for r in csv.DictReader(file)}
    keys = [coursedir.student_key(n) for n in names]
    assert exported == dict(zip(keys, [(7.0, 9.0), (3.5, 9.0), (4.0, 9.0), (4.5, 9.0)], strict=True))
    assert not (tmp_path / "grades.csv").exists()


def test_grading_again_keeps_what_a_person_gave(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 1.0, 2.0), NEW)
    grade(tmp_path, "ann", "q3", 3.5)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, False)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), {"q3": "newer"})
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, True)
        assert len(book.students) == 1


def test_a_score_a_person_overrode_is_looked_at_again_when_it_changes(assignment, tmp_path):
    for q1, flagged in ((1.0, False), (1.0, False), (3.0, True)):
        with GradeBook(tmp_path, assignment) as book:
            book.record(tiny.row("ann", q1, 2.0), {"q3": ""})
        with opened(tmp_path) as book:
            found = book.find_grade("q1", "tiny", "tiny", "ann")
            assert found.needs_manual_grade is flagged
            found.manual_score = 2.0
            book.db.commit()


def test_questions_that_come_and_go_keep_the_gradebook_in_step(assignment, tmp_path):
    from dataclasses import replace

    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann"), NEW)
    q1, q2, q3 = assignment.questions
    changed = replace(assignment, questions=(q1, replace(q3, name="q4"), replace(q2, points=5.0)))
    with GradeBook(tmp_path, changed) as book:
        book.record(tiny.row("ann", questions=(3.0, None, 5.0)), {"q4": "new"})
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.max_score) == (8.0, 12.0)
        assert sorted(g.name for g in submission.notebooks[0].grades) == ["q1", "q2", "q4"]


def test_two_assignments_share_a_gradebook(assignment, tmp_path):
    from dataclasses import replace

    other = replace(assignment, name="more", notebook="more.ipynb")
    for one in (assignment, other):
        with GradeBook(tmp_path, one) as book:
            book.record(tiny.row("ann", assignment=one.name), NEW)
    with opened(tmp_path) as book:
        assert book.find_student("ann").score == 10.0


def test_what_is_booked_is_left_alone_until_it_changes(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    grade(tmp_path, "ann", "q3", 3.5)
    grade(tmp_path, "ann", "q1", 1.0)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (6.5, False)
        book.remove_submission("tiny", "ann")
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        assert book.find_submission("tiny", "ann").score == 5.0


def test_a_gradebook_that_cannot_be_made_leaves_no_draft(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.grades.gradebook.schema_version", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        GradeBook(tmp_path, tiny.assignment(tmp_path / "build")).__enter__()
    assert not [p.name for p in tmp_path.iterdir() if NAME in p.name]


def test_the_schema_version_is_what_alembic_says(monkeypatch):
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    assert schema_version() == get_alembic_version()
