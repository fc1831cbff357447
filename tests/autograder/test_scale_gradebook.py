"""Scores stored a hundred students at a time are those that nbgrader would store one by one."""

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from autograder.grades.gradebook import GradeBook
from tests.autograder import tiny

TABLES = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment", "autograder_booked")


def content(out):
    """Read every row of the tables that grow with the class, with ids replaced by what they stand for."""
    names = {}
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}", "cnn") as book:
        for submission in book.assignment_submissions("tiny"):
            names[submission.id] = f"submission of {submission.student.id}"
            for notebook in submission.notebooks:
                names[notebook.id] = f"notebook of {submission.student.id}"
        cells = book.find_notebook("tiny", "tiny")
        names |= {cells.id: "the notebook", cells.assignment_id: "the assignment"}
        names |= {c.id: f"{type(c).__name__} {c.name}" for c in (*cells.grade_cells, *cells.solution_cells)}
        rows = {t: book.db.execute(text(f"SELECT * FROM {t}")).mappings().all() for t in TABLES}
    for table in ("grade", "comment"):  # whose own ids nothing points to
        rows[table] = [{k: v for k, v in row.items() if k != "id"} for row in rows[table]]
    return {
        table: sorted(str({k: names.get(v, v) for k, v in row.items()}) for row in found)
        for table, found in rows.items()
    }


def rows():
    yield tiny.row("ann", 3.0, 1.5), {"q3": "digest"}
    yield tiny.row("bob", 0.0, 2.0), {"q3": ""}
    yield tiny.row("cid", 0.0, 0.0, status="unreadable", reason="empty"), {}
    yield tiny.row("dee", 0.0, 0.0, status="error", reason="internal error: x"), {}


def test_inserted_rows_are_those_of_nbgraders_own_api(assignment, tmp_path):
    """The other way: nbgrader adds the submissions, and ours are then brought in step one by one."""
    with GradeBook(tmp_path / "a", assignment) as book:
        for row, answers in rows():
            book.record(row, answers)
    with GradeBook(tmp_path / "b", assignment):
        pass
    with Gradebook(f"sqlite:///{tmp_path / 'b' / 'gradebook.db'}", "cnn") as book:
        for row, _ in rows():
            book.add_student(row.student)
            with book.db.no_autoflush:
                book.add_submission("tiny", row.student)
    with GradeBook(tmp_path / "b", assignment) as book:
        for row, answers in rows():
            book.record(row, answers)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert len(content(tmp_path / "a")["grade"]) == 12


@pytest.mark.parametrize("together", [1, 7, 100])
def test_the_size_of_a_transaction_changes_nothing(together, assignment, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.grades.gradebook._TOGETHER", together)
    with GradeBook(tmp_path, assignment) as book:
        for number in range(30):
            book.record(tiny.row(f"s{number}", number / 10), {"q3": "x" if number % 3 else ""})
        book.record(tiny.row("s7", 1.0), {})  # a second file of the same student: the later counts
    found = content(tmp_path)
    assert [len(found[t]) for t in TABLES] == [30, 30, 30, 90, 30, 30]
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "cnn") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions("tiny")}
    assert scores == {f"s{n}": pytest.approx(2.0 + (1.0 if n == 7 else n / 10)) for n in range(30)}


def test_a_person_may_write_into_the_gradebook_between_two_scores(assignment, tmp_path):
    """Scores wait outside the database, which would refuse the formgrader while a transaction is open."""
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann"), {"q3": "digest"})
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("bob"), {})
        with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "cnn") as person:
            person.find_grade("q3", "tiny", "tiny", "ann").manual_score = 4.0
            person.db.commit()
        book.record(tiny.row("cid"), {})
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "cnn") as person:
        assert person.find_submission("tiny", "ann").score == 9.0
        assert len(person.students) == 3


def test_what_waits_is_stored_although_grading_stops(assignment, tmp_path):
    def grading() -> None:
        with GradeBook(tmp_path, assignment) as book:
            book.record(tiny.row("ann"), {})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grading()
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "cnn") as person:
        assert [s.id for s in person.students] == ["ann"]
