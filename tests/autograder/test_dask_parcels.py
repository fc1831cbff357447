"""What travels between the coordinator and a worker: the tests there, only what was asked for back."""

from dataclasses import replace

import pytest

from autograder.grading.delivery import ForeignError, adopt
from autograder.grading.job import Setup
from autograder.grading.remote import Delivery, Parcel, Shipment
from autograder.records.store import Store
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.whole_class import LIMITS

pytestmark = [pytest.mark.sealed, pytest.mark.alone]


def test_the_tests_lie_in_a_private_folder_that_goes(assignment, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    dead = tmp_path / "t" / f"autograder-{2**22 + 1}-x"
    dead.mkdir(parents=True)
    shipment = Shipment.of(Setup(assignment, tmp_path / "out", "process", LIMITS))
    assert set(shipment.files) == {
        "manifest.json", "tests/q1.py", "tests/q2.py", "nbgrader/release/tiny/tiny.ipynb",
    }  # fmt: skip
    with shipment.begin() as setup:
        private = setup.out.parent
        assert private.stat().st_mode & 0o777 == 0o700
        assert setup.conditions == shipment.conditions
        assert [q.tests.read_bytes() for q in setup.assignment.graded] == [
            q.tests.read_bytes() for q in assignment.graded
        ]
        assert not dead.exists()
    assert not private.exists()
    spoilt = replace(shipment, files=shipment.files | {"tests/q1.py": b"pass"})
    with pytest.raises(ValueError, match="are not those that were sent"), spoilt.begin():
        pass


def test_a_delivery_may_write_only_what_it_was_asked_for(assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (ann,) = collect(tmp_path / "in")
    (tmp_path / "w").mkdir()
    setup = Setup(assignment, tmp_path / "w" / "out", "bubblewrap")
    shipment = Shipment.of(setup)
    with shipment.begin() as there:
        parcel = Parcel(ann, (tmp_path / "in" / "ann.ipynb").read_bytes())
        sent = shipment.do(parcel, there, lambda _: tiny.result(tiny.executed()))
        assert not there.out.exists()
    assert adopt(sent, ann, setup) == sent.graded
    assert Store(setup.out).read("ann").row == sent.graded.row
    for name in ("../evil", "results/bob.json", "grades.csv", "feedback/../../evil"):
        with pytest.raises(ForeignError):
            adopt(Delivery(sent.graded, sent.files | {name: b""}), ann, setup)
    weak = replace(sent.graded, row=replace(sent.graded.row, tier="process"))
    with pytest.raises(ForeignError, match="in the process tier, not in bubblewrap"):
        adopt(Delivery(weak, sent.files), ann, setup)
    assert not (tmp_path / "evil").exists()
