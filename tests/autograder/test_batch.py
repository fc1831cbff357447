"""A whole class under the real seal: no row lost, nothing left behind, the same scores every time."""

import csv
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook

from autograder.grading import pool, process
from autograder.grading.batch import grade_class
from autograder.grading.job import Setup, grade_submission
from autograder.limits import Limits
from autograder.records.gradesheet import cell
from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.processes import descendants, processes
from tests.autograder.whole_class import LIMITS, messy


@pytest.mark.sealed
def test_a_messy_class_is_graded_row_by_row(assignment, tmp_path):
    expected = messy(tmp_path / "in")
    out = tmp_path / "out"
    rows = grade_class(collect(tmp_path / "in"), assignment, out, jobs=2, limits=LIMITS)
    assert {r.student: (r.status, r.score) for r in rows if r.student != "mia"} == expected
    twice = [(r.status, r.reason) for r in rows if r.student == "mia"]
    assert [status for status, _ in twice] == ["unreadable"] * 2
    assert all(r.startswith("2 files for one student: mia.ipynb, mia.zip; keep one") for _, r in twice)
    assert {r.tier for r in rows if r.status == "graded"} <= {"bubblewrap", "process"}
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [w["student"] for w in written] == [cell(r.student) for r in rows]
    assert {w["student"]: w["q2"] for w in written}["'=kim()"] == "2"
    pages = {p.stem for p in (out / "feedback").iterdir()}
    assert pages == {r.slug for r in rows}
    assert len(pages) == 14
    assert "secret" not in "".join(p.read_text() for p in (out / "feedback").iterdir())
    assert "secret expectation" in (out / "log" / "bob.log").read_text()
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}", "cnn") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions("tiny")}
    assert {s: p for s, (_, p) in expected.items() if s != "=kim()"} == {
        s: p for s, p in scores.items() if not s.startswith(("kim", "mia"))
    }
    left = {p.name for p in out.iterdir()}
    assert left == {"autograded", "feedback", "gradebook.db", "grades.csv", "index.html", "log",
                    "nbgrader_config.py", "results", "source"}  # fmt: skip


@pytest.mark.slow
@pytest.mark.sealed
def test_neither_order_nor_workers_nor_repetition_change_a_score(assignment, tmp_path):
    messy(tmp_path / "in")
    entries = [e for e in collect(tmp_path / "in") if e.student not in ("dee",)]
    shuffled = random.Random(1).sample(entries, len(entries))

    def graded(order: list[Entry], out: str, jobs: int) -> list[object]:
        rows = grade_class(order, assignment, tmp_path / out, jobs=jobs, limits=LIMITS)
        return [replace(r, seconds=0.0) for r in rows]

    one = graded(entries, "a", 1)
    assert graded(shuffled, "b", 2) == one
    assert graded(shuffled, "a", 1) == one
    with Gradebook(f"sqlite:///{tmp_path / 'a' / 'gradebook.db'}", "cnn") as book:
        assert len(book.students) == len({e.student for e in entries})


@pytest.mark.sealed
def test_an_interrupt_leaves_what_was_finished_and_nothing_running(assignment, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.ipynb").write_text(tiny.perfect())
    (folder / "b.ipynb").write_text(tiny.notebook("import time\ntime.sleep(500)"))
    out = tmp_path / "out"
    command = [
        sys.executable, "-m", "autograder.cli", "grade", "tiny", str(folder), "--out", str(out),
        "--jobs", "1", "--build-dir", str(tmp_path / "build"),
        "--cell-seconds", "300", "--notebook-seconds", "300",
    ]  # fmt: skip
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 120
    while "a," not in (p.read_text() if (p := out / "grades.partial.csv").exists() else ""):
        assert time.monotonic() < end
        assert run.poll() is None, run.communicate()
        time.sleep(0.1)
    time.sleep(1)
    started = descendants(run.pid)
    assert any("zygote" in command for _, _, command in started.values())
    os.killpg(run.pid, signal.SIGINT)
    said, errors = run.communicate(timeout=60)
    assert run.returncode == 130, errors
    assert "Interrupted: 1 of 2 were graded and are written." in errors
    assert "Traceback" not in errors
    assert said.splitlines()[2].split() == ["a", "5", "5", "graded", "3", "2", "–"]
    assert [line.split(",")[0] for line in (out / "grades.csv").read_text().splitlines()] == ["student", "a"]
    assert (out / "index.html").read_text().count("feedback/") == 1
    assert not (out / "grades.partial.csv").exists()
    left, end = started, time.monotonic() + 5  # multiprocessing's own helper leaves a moment after its parent
    while left and time.monotonic() < end:
        now = processes()
        left = {p: s for p, s in started.items() if p in now and now[p][1] == s[1]}
    assert not left


def test_an_exception_of_ours_becomes_a_row_and_a_log(assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (entry,) = collect(tmp_path / "in")

    def broken(_: str) -> None:
        raise ZeroDivisionError("expected 42\x1b[2J")

    graded = grade_submission(entry, Setup(assignment, tmp_path), broken)
    assert (graded.row.status, graded.row.score) == ("error", 0.0)
    assert graded.row.reason == "internal error: ZeroDivisionError: expected 42"
    log = (tmp_path / "log" / "ann.log").read_text()
    assert "Traceback" in log
    assert "\x1b" not in log
    assert "expected 42" not in (tmp_path / "feedback" / "ann.html").read_text()


def test_a_page_that_cannot_be_written_does_not_take_the_score_away(assignment, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (entry,) = collect(tmp_path / "in")
    monkeypatch.setattr("autograder.grading.job.student_page", lambda *_: 1 / 0)
    setup = Setup(assignment, tmp_path)
    row = grade_submission(entry, setup, lambda _: tiny.result(tiny.executed())).row
    assert (row.status, row.score) == ("graded", 5.0)
    assert row.reason == "internal error: the pages were not written: ZeroDivisionError"
    assert "ZeroDivisionError" in (tmp_path / "log" / "ann.log").read_text()


@pytest.mark.sealed
def test_a_grading_process_that_is_killed_costs_one_more_try(assignment, tmp_path):
    (tmp_path / "in").mkdir()
    for name in "abc":
        source = "import time\ntime.sleep(2)\ndef double(x):\n    return 2 * x"
        (tmp_path / "in" / f"{name}.ipynb").write_text(tiny.notebook(source, "total = sum"))
    entries = collect(tmp_path / "in")
    killed = []
    rows = []
    with pool.Pool(Setup(assignment, tmp_path / "out", "auto", LIMITS), 1) as workers:
        for graded in workers.results(entries):
            rows.append(graded.row)
            if not killed:
                family = descendants(os.getpid()).items()
                killed = [pid for pid, (_, _, command) in family if "process import serve" in command]
                os.kill(killed[0], signal.SIGKILL)
    assert killed
    assert {r.student: (r.status, r.score) for r in rows} == dict.fromkeys("abc", ("graded", 5.0))


@pytest.mark.slow
@pytest.mark.sealed
def test_a_submission_that_kills_its_process_twice_is_a_row(assignment, tmp_path, monkeypatch):
    limits = Limits(notebook_seconds=4, cell_seconds=4, grading_seconds=4)
    monkeypatch.setattr(process, "_MARGIN", 1.0 - limits.total_seconds)  # taken to hang after one second
    monkeypatch.setattr(pool, "_TICK", 0.2)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.notebook("import time\ntime.sleep(60)"))
    (tmp_path / "in" / "bob.ipynb").write_text(tiny.notebook("x = 1"))
    rows = grade_class(collect(tmp_path / "in"), assignment, tmp_path / "out", jobs=1, limits=limits)
    assert rows[0].status == "error"
    assert rows[0].reason == "internal error: the grading process was killed (signal 9)"
    assert len(rows) == 2


def test_a_grader_that_cannot_start_stops_the_batch(assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    with pytest.raises(process.StartError, match="tier must be"):
        grade_class(collect(tmp_path / "in"), assignment, tmp_path / "out", tier="nonsense")
    assert not (tmp_path / "out" / "grades.csv").exists()
