"""A notebook's result on disk: it comes back as written, and counts only for what it was made of."""

from dataclasses import replace

import pytest

from autograder.limits import Limits
from autograder.records.store import Conditions, Record, Store, conditions, finished
from autograder.submissions.intake import collect, fingerprint
from autograder.submissions.notebook import UnreadableError
from tests.autograder import tiny
from tests.autograder.whole_class import hand_in


def record(slug: str = "ann", **changes: object) -> Record:
    where = Conditions("tiny", "tests", "limits", "process")
    result = tiny.result(tiny.executed(), q1=(True, False))
    return replace(Record("bytes", where, tiny.row(slug), result, {"q3": "digest"}), **changes)


def test_a_result_comes_back_as_it_was_written(tmp_path):
    store = Store(tmp_path)
    odd = record(row=replace(tiny.row("ann", q1=1 / 3), student="\ud800 李"))
    store.write(odd)
    assert store.read("ann") == odd
    assert store.slugs() == ["ann"]
    assert list(store.records()) == [odd]


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", "null", '{"format": 0}', '{"format": 1}', '{"format": 1, "row": 3}', "\udcff"]
)
def test_a_spoilt_result_is_none(spoilt, tmp_path):
    store = Store(tmp_path)
    store.write(record())
    (tmp_path / "results" / "ann.json").write_bytes(spoilt.encode("utf-8", "surrogateescape"))
    assert store.read("ann") is None
    assert list(store.records()) == []


def test_history_is_kept_in_order(tmp_path):
    store = Store(tmp_path)
    store.retire("ann")
    assert (store.last("ann"), store.restore("ann"), store.read("ann")) == (0, None, None)
    for number in range(1, 12):
        store.write(record(submission=str(number)))
        store.retire("ann")
        assert store.read("ann") is None
    assert store.last("ann") == 11
    assert [store.numbered("ann", n).submission for n in (1, 2, 11)] == ["1", "2", "11"]
    assert store.restore("ann").submission == "11"
    assert store.slugs() == []


def test_a_result_counts_only_for_the_same_submission_and_conditions(assignment):
    done = record()
    assert finished(done, "bytes", done.conditions)
    assert not finished(None, "bytes", done.conditions)
    assert not finished(done, "other", done.conditions)
    for field in ("assignment", "tests", "limits", "tier"):
        assert not finished(done, "bytes", replace(done.conditions, **{field: "other"}))
    for bad in (tiny.row(status="error"), tiny.row(reason="internal error: the pages were not written")):
        assert not finished(record(row=bad), "bytes", done.conditions)


def test_conditions_follow_tests_manifest_limits_and_tier(assignment):
    def now(limits: Limits = Limits(), tier: str = "process") -> Conditions:  # noqa: B008 - frozen
        return conditions(assignment, limits, tier)

    before = now()
    assert now() == before
    assert now(limits=Limits(memory=2**30)) != before
    assert now(tier="bubblewrap") != before
    for path in ("tests/q1.py", "manifest.json"):
        file = assignment.folder / path
        old = file.read_text()
        file.write_text(old + "\n")
        assert now() != before
        file.write_text(old)
    (assignment.folder / "tests" / "q9.py").write_text("")
    assert now() != before


def test_the_fingerprint_is_of_what_is_graded(tmp_path):
    hand_in(tmp_path / "in", ann="{}", bob="{}")
    ann, bob = collect(tmp_path / "in")
    prints = {
        fingerprint(ann, b"{}"), fingerprint(ann, b"{ }"), fingerprint(bob, b"{}"),
        fingerprint(ann, UnreadableError("{}")), fingerprint(replace(ann, note="also handed in: x"), b"{}"),
    }  # fmt: skip
    assert len(prints) == 5
    assert fingerprint(ann, b"{}") in prints
