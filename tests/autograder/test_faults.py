"""Killed at any moment and run again, a class has the grades of a run that nobody disturbed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.files import draft_of, sweep, write_whole
from autograder.grading.batch import grade_class
from autograder.grading.job import Setup, grade_submission, reuse_earlier
from autograder.records.store import BusyError, Store, locked
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.whole_class import hand_in, identities, made

NOBODY = 2**22 + 1  # above every process number of Linux


@pytest.fixture
def setup(assignment, tmp_path):
    return Setup(assignment, tmp_path / "out", "process")


def ran(_: str) -> object:
    return tiny.result(tiny.executed())


def test_a_changed_submission_is_graded_again_and_its_history_kept(setup, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect(), bob=tiny.perfect())
    ann, bob = collect(tmp_path / "in")
    done = {e.slug: grade_submission(e, setup, ran) for e in (ann, bob)}
    assert {e.slug: reuse_earlier(e, setup) for e in (ann, bob)} == done
    hand_in(tmp_path / "in", ann=tiny.notebook())
    assert reuse_earlier(ann, setup) is None
    assert reuse_earlier(bob, setup) == done["bob"]
    grade_submission(ann, setup, lambda _: tiny.result(tiny.executed(), q2=False))
    store = Store(setup.out)
    assert (store.numbered("ann", 1).row.score, store.read("ann").row.score) == (5.0, 3.0)
    assert (store.last("ann"), store.last("bob")) == (1, 0)


def test_a_failure_of_ours_is_tried_again(setup, tmp_path):
    hand_in(tmp_path / "in", ann=tiny.perfect())
    (ann,) = collect(tmp_path / "in")
    assert grade_submission(ann, setup, lambda _: 1 / 0).row.status == "error"
    assert Store(setup.out).read("ann").row.status == "error"
    assert reuse_earlier(ann, setup) is None


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
    assert reuse_earlier(ann, setup) is None
    hand_in(tmp_path / "in", ann=tiny.perfect("One."))
    assert reuse_earlier(ann, setup) == one
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


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_again_and_again_the_grades_are_the_same(seed, assignment, tmp_path):
    pause = "import time\ntime.sleep(0.4)\n"
    for number in range(4):
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
        if kills == 4:
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
