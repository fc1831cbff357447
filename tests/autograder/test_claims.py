"""A row counts for the submission that was given, whoever sends it; no submission goes without one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from autograder.grading.batch import grade_class
from autograder.grading.claims import objections
from autograder.grading.delivery import ForeignError, adopt
from autograder.grading.entries import entries_on_disk
from autograder.grading.job import Graded, Setup, grade_submission
from autograder.grading.pool import Pool
from autograder.grading.remote import Delivery, Parcel, Shipment
from autograder.records.gradesheet import read_rows
from autograder.records.results import NotebookResult
from autograder.records.store import FORMAT, Store
from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect
from autograder.submissions.members import Member
from tests.autograder import tiny
from tests.autograder.whole_class import hand_in

# What a row says of another submission, or of points that there are not.
FOREIGN = {
    "student": "bob", "slug": "bob", "assignment": "other", "attempt": 2, "attempts": 2,
    "account": "canvas:7", "members": (Member("bob"), Member("cid", "gradescope:3")),
    "submitted": "2026-03-01T10:00:00+00:00", "possible": 500.0, "score": 6.0, "questions": (3.0, 2.0, 4.0),
}  # fmt: skip


def graded(_: str) -> NotebookResult:
    return tiny.result(tiny.executed())


@pytest.fixture
def ann(tmp_path: Path) -> Entry:
    hand_in(tmp_path / "in", ann=tiny.perfect())
    (entry,) = collect(tmp_path / "in")
    return entry


def delivered(ann: Entry, setup: Setup) -> Delivery:
    shipment = Shipment.of(setup)
    with shipment.begin() as there:
        return shipment.do(Parcel(ann, ann.path.read_bytes()), there, graded)


@pytest.mark.sealed
@pytest.mark.parametrize("field", FOREIGN)
def test_a_row_about_anything_else_is_refused_from_a_worker(field, assignment, ann, tmp_path):
    setup = Setup(assignment, tmp_path / "out", "bubblewrap")
    sent = delivered(ann, setup)
    row = replace(sent.graded.row, **{field: FOREIGN[field]})
    record = Store(tmp_path / "made")
    kept = next(name for name in sent.files if name.startswith("results/"))
    (tmp_path / "made/results").mkdir(parents=True)
    (tmp_path / "made" / kept).write_bytes(sent.files[kept])
    result = record.read("ann")
    content = json.dumps({"format": FORMAT, **asdict(replace(result, row=row))}).encode()
    with pytest.raises(ForeignError, match="for ann a worker delivered"):
        adopt(Delivery(Graded(row), sent.files | {kept: content}), ann, setup)
    with pytest.raises(ForeignError, match="a result that is not that of its row"):
        adopt(Delivery(sent.graded, sent.files | {kept: content}), ann, setup)
    assert not (tmp_path / "out").exists(), "nothing of it is kept"


@pytest.mark.sealed
def test_a_result_under_other_conditions_is_refused(assignment, ann, tmp_path):
    sent = delivered(ann, Setup(assignment, tmp_path / "out", "bubblewrap"))
    path = assignment.graded[0].tests
    path.write_text(path.read_text() + "\n# easier now\n")
    with pytest.raises(ForeignError, match="a result that is not that of its row"):
        adopt(sent, ann, Setup(assignment, tmp_path / "out", "bubblewrap"))


@pytest.mark.parametrize("field", FOREIGN)
def test_a_grading_process_that_answers_with_another_row_is_an_error(field, assignment, ann, tmp_path):
    setup = Setup(assignment, tmp_path / "out", "process")
    done = grade_submission(ann, setup, graded)
    assert objections(done.row, ann, assignment) == []
    with Pool(setup, 0) as pool:
        assert pool._checked(done, ann) is done
        taken = pool._checked(replace(done, row=replace(done.row, **{field: FOREIGN[field]})), ann)
    assert (taken.row.student, taken.row.slug, taken.row.status) == ("ann", "ann", "error")
    assert "the grading process answered with another row" in taken.row.reason


def test_what_differs_between_names_that_look_alike_is_shown(assignment, ann):
    (wrong,) = objections(tiny.row("аnn", slug="ann"), ann, assignment)
    assert wrong == "its student is аnn (\\u0430nn), not ann (ann)"


class Forgetful:
    """Workers that lose the last submission, or return a row for one that was not given."""

    stray = False

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup

    def __enter__(self) -> "Forgetful":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def results(self, entries: Iterable[Entry]) -> Iterator[Graded]:
        *most, last = entries
        for entry in most:
            yield grade_submission(entry, self._setup, graded)
        if self.stray:
            yield grade_submission(replace(last, slug="zoe"), self._setup, graded)


class Straying(Forgetful):
    stray = True


@pytest.mark.parametrize(
    ("workers", "words"),
    [(Forgetful, "3 submissions, 2 rows; without a row: cid; rows of no submission: none"),
     (Straying, "3 submissions, 3 rows; without a row: cid; rows of no submission: zoe")],
)  # fmt: skip
def test_entries_in_are_rows_out(workers, words, assignment, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect(), bob=tiny.perfect(), cid=tiny.perfect())
    with pytest.raises(AssertionError) as caught:
        grade_class(collect(tmp_path / "in"), assignment, tmp_path / "out", tier="process", workers=workers)
    assert str(caught.value) == words
    assert {"ann", "bob"} <= {row.student for row in read_rows(tmp_path / "out")}, (
        "what was finished is written"
    )


def test_no_entry_takes_the_place_of_another(ann):
    with pytest.raises(AssertionError, match=r"two submissions would be called ann: ann.ipynb and b.ipynb"):
        entries_on_disk([ann, replace(ann, path=Path("b.ipynb"))])
