"""Grading again: the history kept, the change said, a killed regrading taken up where it stopped."""

import json

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.grading.job import Setup, grade_submission
from autograder.grading.regrade import Change, Regrading, chosen, say
from autograder.limits import Limits
from autograder.records import plan
from autograder.records.store import Store
from autograder.submissions.intake import collect
from tests.autograder import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A repository with `tiny` built and three submissions, as the working folder."""
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "in").mkdir()
    for name in ("ann", "bob"):
        (tmp_path / "in" / f"{name}.ipynb").write_text(tiny.perfect())
    (tmp_path / "in" / "c d.ipynb").write_text(tiny.notebook("double = abs", "total = sum"))
    return tmp_path


@pytest.fixture
def graded(folder):
    """The class graded without a sandbox: everybody has full marks but for one hidden test."""
    setup = Setup(tiny.load("tiny", folder / "build"), folder / "out", "process")
    entries = collect(folder / "in")
    for entry in entries:
        grade_submission(entry, setup, lambda _: tiny.result(tiny.executed(), q1=(True, False)))
    return setup, entries


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


def test_only_those_named_are_graded_again(graded):
    setup, (ann, bob, cid) = graded
    slugs = chosen([ann, bob, cid], ["bob", "c d"])
    assert slugs == [bob.slug, cid.slug]
    again = Regrading(setup.out, slugs)
    assert [again.reuse(e, setup) is None for e in (ann, bob, cid)] == [False, True, True]
    with pytest.raises(ValueError, match="no submission of 'bo', 'x' in"):
        chosen([ann, bob, cid], ["bob", "bo", "x"])


def test_the_others_keep_their_results_although_a_test_changed(graded):
    setup, (ann, bob, _) = graded
    (setup.assignment.folder / "tests" / "q1.py").write_text("mended")
    now = Setup(setup.assignment, setup.out, "process")
    assert now.conditions != setup.conditions
    again = Regrading(setup.out, [bob.slug])
    assert again.reuse(ann, now).row.score == 3.0
    assert again.reuse(bob, now) is None


def test_a_killed_regrading_goes_on_and_says_all_that_changed(graded):
    setup, entries = graded
    slugs = [e.slug for e in entries]
    first = Regrading(setup.out, slugs)
    grade_submission(entries[0], setup, lambda _: tiny.result(tiny.executed()))
    second = Regrading(setup.out, slugs)
    assert [second.reuse(e, setup) is None for e in entries] == [False, True, True]
    grade_submission(entries[1], setup, lambda _: tiny.result(tiny.executed(), q2=False))
    grade_submission(entries[2], setup, lambda _: tiny.result(tiny.executed(), q1=(True, False)))
    expected = [Change("ann", 3.0, 5.0, ("q1",)), Change("bob", 3.0, 3.0, ("q1", "q2"))]
    assert second.changes(setup.assignment) == expected == first.changes(setup.assignment)
    second.end()
    assert [Regrading(setup.out, slugs).reuse(e, setup) for e in entries] == [None] * 3


def test_another_choice_of_students_begins_anew(graded):
    setup, entries = graded
    Regrading(setup.out, [e.slug for e in entries])
    grade_submission(entries[0], setup, lambda _: tiny.result(tiny.executed()))
    assert Regrading(setup.out, [entries[0].slug]).reuse(entries[0], setup) is None
    (setup.out / "regrading.json").write_text("{")
    assert Regrading(setup.out, [entries[0].slug]).reuse(entries[0], setup) is None


def test_changes_are_laid_out_in_columns():
    changes = [
        Change("ann", 3.0, 4.5, ("q1",)),
        Change("b\x1b[2Job", 12.0, 3.0, ("q1", "q2")),
        Change("c", 3.0, 3.0, ("q1", "q2")),
    ]
    assert say(changes, 4).splitlines() == [
        "4 graded again, 3 scores changed:",
        "",
        "ann   3  →  4.5  +1.5  q1",
        "bob  12  →    3    −9  q1, q2",
        "c     3  →    3    ±0  q1, q2",
    ]
    assert say([], 4) == "4 graded again: no score changed."
    assert say(changes[:1], 1).startswith("1 graded again, 1 score changed:")


def test_the_plan_comes_back(tmp_path):
    made = plan.Plan("tiny", "in", "process", Limits(cell_seconds=2.5))
    made.write(tmp_path)
    assert plan.read(tmp_path) == made


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"assignment": "tiny", "limits": {"x": 1}}'])
def test_a_spoilt_plan_is_explained(spoilt, tmp_path):
    (tmp_path / "grading.json").write_text(spoilt)
    with pytest.raises(ValueError, match="is not a plan of `autograder grade`"):
        plan.read(tmp_path)


def test_a_wrong_call_is_explained(folder):
    said = run("regrade", "tiny", "out")
    assert said.exit_code == 2
    assert "there is no grading.json in out: grade a class with --out out first" in said.output
    plan.Plan("other", "in", "process", Limits()).write(folder / "out")
    said = run("regrade", "tiny", "out")
    assert said.exit_code == 2
    assert "out holds the results of 'other', not of 'tiny'" in said.output


@pytest.mark.sealed
def test_the_class_is_graded_again_after_a_test_was_mended(folder):
    tests = folder / "build" / "tiny" / "tests" / "q2.py"
    right = tests.read_text()
    tests.write_text(right.replace("== 6", "== 7"))
    done = run("grade", "tiny", "in", "--out", "out", "--jobs", "1")
    assert done.exit_code == 0, done.output
    tests.write_text(right)
    one = run("regrade", "tiny", "out", "bob", "--jobs", "1")
    assert one.exit_code == 0, one.output
    assert one.stdout == "1 graded again, 1 score changed:\n\nbob  3  →  5  +2  q2\n"
    assert (folder / "out" / "grades.csv").read_text().count("graded") == 3
    everybody = run("regrade", "tiny", "out", "--jobs", "1", "--json")
    assert everybody.exit_code == 0, everybody.output
    assert json.loads(everybody.stdout) == {
        "regraded": 3,
        "changes": [
            {"student": "ann", "before": 3.0, "after": 5.0, "questions": ["q2"]},
            {"student": "c d", "before": 0.0, "after": 2.0, "questions": ["q2"]},
        ],
    }
    store = Store(folder / "out")
    assert [store.last(s) for s in store.slugs()] == [1, 2, 1]
    assert store.numbered("ann", 1).row.score == 3.0
    assert not (folder / "out" / "regrading.json").exists()
