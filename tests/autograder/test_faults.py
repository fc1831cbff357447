"""Killed at any moment and run again, a class has the grades of a run that nobody disturbed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.files import draft_of, sweep, write_whole
from autograder.grading.batch import grade_class
from autograder.grading.job import Setup, earlier, grade_submission
from autograder.records.store import BusyError, Conditions, Record, Store, conditions, finished, locked
from autograder.sealed import Limits
from autograder.submissions.intake import collect, fingerprint
from autograder.submissions.notebook import UnreadableError
from tests.autograder import tiny

NOBODY = 2**22 + 1  # above every process number of Linux


@pytest.fixture
def assignment(tmp_path):
    return tiny.assignment(tmp_path / "build")


@pytest.fixture
def setup(assignment, tmp_path):
    return Setup(assignment, tmp_path / "out", "process")


def hand_in(folder: Path, **students: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in students.items():
        (folder / f"{name}.ipynb").write_text(content)


def ran(_: str) -> object:
    return tiny.result(tiny.executed())


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


def test_a_changed_submission_is_graded_again_and_its_history_kept(setup, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect(), bob=tiny.perfect())
    ann, bob = collect(tmp_path / "in")
    done = {e.slug: grade_submission(e, setup, ran) for e in (ann, bob)}
    assert {e.slug: earlier(e, setup) for e in (ann, bob)} == done
    hand_in(tmp_path / "in", ann=tiny.notebook())
    assert earlier(ann, setup) is None
    assert earlier(bob, setup) == done["bob"]
    grade_submission(ann, setup, lambda _: tiny.result(tiny.executed(), q2=False))
    store = Store(setup.out)
    assert (store.numbered("ann", 1).row.score, store.read("ann").row.score) == (5.0, 3.0)
    assert (store.last("ann"), store.last("bob")) == (1, 0)


def test_a_failure_of_ours_is_tried_again(setup, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect())
    (ann,) = collect(tmp_path / "in")
    assert grade_submission(ann, setup, lambda _: 1 / 0).row.status == "error"
    assert Store(setup.out).read("ann").row.status == "error"
    assert earlier(ann, setup) is None


@pytest.mark.parametrize("killed_at", ["write_notebook", "student_page", "write"])
def test_killed_between_the_pages_and_the_result_no_page_tells_another_story(
    killed_at, setup, tmp_path, monkeypatch
):
    """Version 1 is graded; grading of version 2 is killed; version 1 is put back: its pages come back too."""
    hand_in(tmp_path / "in", ann=tiny.perfect("One."))
    (ann,) = collect(tmp_path / "in")
    one = grade_submission(ann, setup, lambda _: tiny.result(tiny.executed(answer="One.")))
    page = (tmp_path / "out" / "feedback" / "ann.html").read_text()
    hand_in(tmp_path / "in", ann=tiny.perfect("Two."))

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        place = {"write_notebook": "autograder.grades.coursedir", "write": "autograder.grading.job.Store"}
        patch.setattr(f"{place.get(killed_at, 'autograder.grading.job')}.{killed_at}", kill)
        with pytest.raises(KeyboardInterrupt):
            grade_submission(ann, setup, lambda _: tiny.result(tiny.executed(answer="Two.")))
    assert Store(setup.out).read("ann") is None
    assert earlier(ann, setup) is None
    hand_in(tmp_path / "in", ann=tiny.perfect("One."))
    assert earlier(ann, setup) == one
    assert (tmp_path / "out" / "feedback" / "ann.html").read_text() == page
    assert Store(setup.out).read("ann").answers == one.answers


def test_one_folder_belongs_to_one_command_at_a_time(assignment, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect())
    out = tmp_path / "out"
    out.mkdir()
    with locked(out), pytest.raises(BusyError, match="another `autograder` is writing into"):
        grade_class(collect(tmp_path / "in"), assignment, out, tier="process")
    with locked(out):
        assert list(out.iterdir()) == []


def test_drafts_of_the_dead_are_swept_and_nothing_else(tmp_path):
    dead = [tmp_path / "a" / f".ann.html.{NOBODY}", tmp_path / f".gradebook.db.{NOBODY}-journal"]
    living = [draft_of(tmp_path / "x.csv"), tmp_path / ".hidden", tmp_path / f"ann.{NOBODY}"]
    for path in (*dead, *living):
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    sweep(tmp_path)
    assert not any(path.exists() for path in dead)
    assert all(path.exists() for path in living)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "x.csv"
    write_whole(path, "old")
    monkeypatch.setattr(os, "fsync", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def command(folder: Path, out: str, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "autograder.cli", "grade", "tiny", str(folder / "in"),
        "--out", str(folder / out), "--jobs", "2", "--build-dir", str(folder / "build"),
        "--cell-seconds", "3", *more,
    ]  # fmt: skip


def made(out: Path) -> dict[str, object]:
    """Read all that a run leaves, without the times it took."""
    listed = [
        [c for i, c in enumerate(line.split(",")) if i != 7]
        for line in (out / "grades.csv").read_text().splitlines()
    ]
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}", "cnn") as book:
        booked = {
            (s.student.id, g.name): (g.auto_score, g.manual_score, g.needs_manual_grade)
            for s in book.assignment_submissions("tiny")
            for n in s.notebooks
            for g in n.grades
        }
    pages = {p.name: p.read_text() for p in (out / "feedback").iterdir()}
    notebooks = {str(p.relative_to(out)): p.read_text() for p in (out / "autograded").rglob("*.ipynb")}
    results = {r.row.slug: (r.submission, r.row.questions, r.answers) for r in Store(out).records()}
    return {"csv": listed, "book": booked, "pages": pages, "notebooks": notebooks, "results": results}


def identities(out: Path) -> dict[str, int]:
    return {p.name: p.stat().st_ino for p in (out / "results").glob("[!.]*.json")} if out.exists() else {}


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_again_and_again_the_grades_are_the_same(seed, assignment, tmp_path):
    pause = "import time\ntime.sleep(0.4)\n"
    for number in range(6):
        wrong = "return x" if number % 2 else "return 2 * x"
        hand_in(
            tmp_path / "in",
            **{
                f"s{number}": tiny.notebook(
                    f"{pause}def double(x):\n    {wrong}", "total = sum", f"{number}."
                )
            },
        )
    hand_in(tmp_path / "in", bad="{", loop=tiny.notebook("while True: pass", "total = sum"))
    undisturbed = subprocess.run(command(tmp_path, "calm"), capture_output=True, text=True)
    assert undisturbed.returncode == 0, undisturbed.stderr
    dice, out, kills, seen = random.Random(seed), tmp_path / "out", 0, {}
    for _ in range(12):
        if kills == 5:
            break
        wanted = len(seen) + dice.choice((-1, 0, 0, 1))  # -1: at any moment while it starts
        run = subprocess.Popen(
            command(tmp_path, "out"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + (dice.uniform(0, 6) if wanted < len(seen) else 120)
        while run.poll() is None and len(identities(out)) <= wanted and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.5))
        kills += run.poll() is None
        # Sometimes the command alone, whose workers must end by themselves, sometimes all at once.
        with_children = dice.random() < 0.5
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL) if with_children else run.kill()
        run.wait()
        now = identities(out)
        assert {name: now.get(name) for name in seen} == seen, "finished work was done again"
        seen = now
    assert kills >= 3
    last = subprocess.run(command(tmp_path, "out"), capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    assert {n: i for n, i in identities(out).items() if n in seen} == seen
    assert made(out) == made(tmp_path / "calm")
    assert not [p for p in out.rglob(".*") if p.is_file()]
    assert not (out / "grades.partial.csv").exists()
    before = identities(out)
    again = subprocess.run(command(tmp_path, "out"), capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert identities(out) == before
    fresh = subprocess.run(command(tmp_path, "out", "--fresh"), capture_output=True, text=True)
    assert fresh.returncode == 0, fresh.stderr
    assert not set(identities(out).values()) & set(before.values())
    assert made(out) == made(tmp_path / "calm")


@pytest.mark.sealed
def test_a_result_alone_brings_back_everything_else(assignment, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect(), bob="{")
    out = tmp_path / "out"
    entries = collect(tmp_path / "in")
    rows = grade_class(entries, assignment, out)
    for name in ("grades.csv", "index.html", "gradebook.db"):
        (out / name).unlink()
    shutil.rmtree(out / "autograded")
    (out / "feedback" / "bob.html").unlink()
    content = json.loads((out / "results" / "ann.json").read_text())
    assert content["row"]["student"] == "ann"
    assert list(grade_class(entries, assignment, out)) == list(rows)
    found = made(out)
    assert found["book"][("ann", "q1")][0] == 3.0
    assert list(found["notebooks"]) == ["autograded/ann/tiny/tiny.ipynb"]
    assert set(found["pages"]) == {"ann.html", "bob.html"}
