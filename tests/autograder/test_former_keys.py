"""Whom an earlier version booked keeps the points that a person gave, under the key of now."""

import shutil

import pytest

from autograder.grades import coursedir
from autograder.grades.gradebook import NAME, GradeBook
from autograder.records import versions
from autograder.records.store import FORMAT, Conditions, Record, Store
from autograder.text import former_file_stem
from tests.autograder import tiny
from tests.autograder.by_nbgrader import grade, opened


@pytest.fixture
def assignment(tmp_path, new_gradebook):
    shutil.copyfile(new_gradebook, tmp_path / NAME)
    return tiny.assignment(tmp_path / "build")


def book_as_before(folder, assignment, monkeypatch, *students: str) -> None:
    with monkeypatch.context() as before:
        before.setattr(coursedir, "student_key", former_file_stem)
        with GradeBook(folder, assignment) as book:
            for student in students:
                book.record(tiny.row(student), {"q3": "new"})


def scores(folder) -> dict[str, float]:
    with opened(folder) as book:
        return {s.student.id: s.score for s in book.assignment_submissions("tiny")}


def test_points_of_a_person_stay_with_the_student(assignment, tmp_path, monkeypatch):
    book_as_before(tmp_path, assignment, monkeypatch, "ann lee", "Ann", "bob")
    for key, points in (("ann-lee-e49591", 1.0), ("Ann", 2.0), ("bob", 3.0)):
        grade(tmp_path, key, "q3", points)
    with GradeBook(tmp_path, assignment) as book:
        for student in ("ann lee", "Ann", "bob"):
            book.record(tiny.row(student), {"q3": "new"})
    keys = [coursedir.student_key(s) for s in ("ann lee", "Ann", "bob")]
    assert scores(tmp_path) == dict(zip(keys, (6.0, 7.0, 8.0), strict=True))
    with opened(tmp_path) as book:
        assert sorted(s.id for s in book.students) == sorted(keys)


def test_a_key_that_is_another_students_now_stays_with_that_one(assignment, tmp_path, monkeypatch):
    book_as_before(tmp_path, assignment, monkeypatch, "ann-lee-e49591")
    grade(tmp_path, "ann-lee-e49591", "q3", 1.0)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann-lee-e49591"), {"q3": "new"})
        book.record(tiny.row("ann lee"), {"q3": "other"})
    assert scores(tmp_path) == {"ann-lee-e49591": 6.0, coursedir.student_key("ann lee"): 5.0}


def test_results_under_former_names_are_refused_with_the_way_out(tmp_path):
    conditions = Conditions("tiny", "", "", "process")
    store = Store(tmp_path)
    for student in ("ann", "ann lee"):
        store.write(Record("x", conditions, tiny.row(student, slug=former_file_stem(student)), tiny.result()))
    paths = sorted((tmp_path / "results").glob("*.json"))
    for path in paths:
        path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 3', 1))
    with pytest.raises(versions.OtherVersionError, match="its results are in format 3"):
        versions.check(tmp_path)
    (tmp_path / "results" / "ann-lee-e49591.json").unlink()
    versions.check(tmp_path)
