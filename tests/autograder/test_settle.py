"""Attempts from the folder to sheet, gradebook and pages: which one counts, how late, whatever the order."""

import csv
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from autograder.grading import batch
from autograder.records.store import Store
from tests.autograder import tiny
from tests.autograder.attempts import (  # noqa: F401 - one is a fixture
    ANN,
    RULES,
    FakePool,
    booked,
    everything,
    folder,
    graded,
    hand_in,
    page,
    run,
    sheet,
    short,
)
from tests.autograder.by_nbgrader import grade, opened

pytestmark = pytest.mark.usefixtures("folder")


def test_the_best_after_lateness_counts():
    hand_in(ann_0110="half", ann_0111="half", ann_0210="good", ann_0211="good", bob_0213="good", cid="bad")
    graded()
    assert short() == {
        ANN[0]: ("3", "graded", "1", "0", "no: attempt 3 counts, the best", ""),
        ANN[1]: ("3", "graded", "2", "0", "no: attempt 3 counts, the best", ""),
        ANN[2]: ("5", "graded", "3", "1", "yes", "3.75"),
        ANN[3]: ("0", "uncounted", "4", "1", "no: at most 3 attempts count", ""),
        "bob--2026-03-02T13-00-00": ("5", "graded", "1", "2", "yes", "2.5"),
        "cid": ("0", "unreadable", "1", "", "yes", "0"),
    }
    assert booked("ann") == (5.0, True)
    assert sheet()[ANN[2]]["submitted"] == "2026-03-02T10:00:00+01:00"
    assert "Attempt 3 of 4, handed in 2 March 2026, 10:00 (UTC+01:00)." in page(ANN[2])
    assert "1 day late: 25 % of the points are taken off, from 5 to 3.75." in page(ANN[2])
    assert '<div class="total">3.75 <small>of 5 points' in page(ANN[2])
    assert "This is the attempt that counts." in page(ANN[2])
    assert "This attempt does not count: attempt 3 counts, the best." in page(ANN[0])
    assert "This notebook was not run." in page(ANN[3])
    assert "This attempt does not count: at most 3 attempts count." in page(ANN[3])


def test_whatever_the_order_and_after_a_kill_all_is_the_same(monkeypatch):
    hand_in(ann_0110="half", ann_0111="good", ann_0210="good", bob_0110="half", bob_0210="bad")
    graded()
    first = everything()
    shutil.rmtree("out/feedback")
    shutil.rmtree("out/autograded")
    shutil.rmtree("out/results")
    monkeypatch.setattr(FakePool, "order", staticmethod(lambda e, key: sorted(e, key=key, reverse=True)))
    graded()
    assert everything() == first
    for name in ("ann--2026-03-01T11-00-00", "bob--2026-03-01T10-00-00"):  # killed before these were done
        Path(f"out/results/{name}.json").unlink()
    graded()
    assert everything() == first
    assert booked("ann") == (5.0, True)
    assert booked("bob") == (3.0, False)


def test_an_interrupt_settles_what_is_there(monkeypatch):
    hand_in(ann_0110="good", ann_0111="half", bob_0110="half")

    def stop(entries, key):
        yield sorted(entries, key=key)[1]
        raise KeyboardInterrupt

    monkeypatch.setattr(FakePool, "order", staticmethod(stop))
    with pytest.raises(batch.Interrupted) as caught:
        graded()
    assert [(r.slug, r.standing.counts) for r in caught.value.rows] == [(ANN[1], True)]
    assert not Path("out/grades.partial.csv").exists()
    monkeypatch.setattr(FakePool, "order", staticmethod(sorted))
    graded()
    assert [line[4][:3] for line in short().values()] == ["yes", "no:", "yes"]
    assert booked("ann") == (5.0, True)


def test_an_attempt_that_was_passed_over_never_counts_alone(monkeypatch):
    Path("autograder.toml").write_text('[attempts]\ncount = "last"\n')
    hand_in(ann_0110="good", ann_0111="half")

    def stop(entries, key):
        yield sorted(entries, key=key)[0]
        raise KeyboardInterrupt

    monkeypatch.setattr(FakePool, "order", staticmethod(stop))
    with pytest.raises(batch.Interrupted):
        graded()
    assert sheet()[ANN[0]]["counts"] == "no: it was not graded: run `autograder grade` again"
    with opened(Path("out")) as book:
        assert not book.assignment_submissions("tiny")


def test_a_further_attempt_moves_what_counts_and_what_a_person_gave_waits_for_another_look():
    hand_in(ann_0110="half")
    graded()
    assert booked("ann") == (3.0, False)
    grade(Path("out"), "ann", "q3", 2.0)
    hand_in(ann_0111="good")
    graded()
    assert [line[4] for line in short().values()] == ["no: attempt 2 counts, the best", "yes"]
    assert booked("ann") == (7.0, True)
    assert Store(Path("out")).last(ANN[0]) == 0, "the first attempt was not graded again"
    with opened(Path("out")) as book:
        assert book.find_submission("tiny", "ann").timestamp == datetime(2026, 3, 1, 10)  # UTC, as nbgrader's
    assert sheet()[ANN[1]]["total"] == "7"
    assert sheet()[ANN[1]]["waiting"] == "q3"  # the answer that was read is another attempt's
    (Path("in") / f"{ANN[1]}.ipynb").unlink()
    graded()
    assert short() == {ANN[0]: ("3", "graded", "1", "0", "yes", "5")}
    assert booked("ann") == (5.0, False)


def test_the_last_is_graded_alone_and_what_was_graded_before_is_kept():
    Path("autograder.toml").write_text('[attempts]\ncount = "last"\n')
    hand_in(ann_0110="good", ann_0111="half")
    graded()
    assert short() == {
        ANN[0]: ("0", "uncounted", "1", "", "no: attempt 2 counts, the last", ""),
        ANN[1]: ("3", "graded", "2", "", "yes", "3"),
    }
    hand_in(ann_0210="good")
    graded()
    assert short() == {
        ANN[0]: ("0", "uncounted", "1", "", "no: attempt 3 counts, the last", ""),
        ANN[1]: ("3", "graded", "2", "", "no: attempt 3 counts, the last", ""),
        ANN[2]: ("5", "graded", "3", "", "yes", "5"),
    }
    Path("autograder.toml").write_text('[attempts]\ncount = "best"\n')
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    assert "it was not graded: run `autograder grade` again" in sheet()[ANN[0]]["counts"]
    assert run("feedback", "out").exit_code == 0
    assert "This attempt does not count: it was not graded." in page(ANN[0])
    graded()
    assert [line[4][:3] for line in short().values()] == ["yes", "no:", "no:"]


def test_an_extension_given_later_reaches_sheet_and_pages_without_grading():
    hand_in(ann_0210="good", bob_0210="good")
    graded()
    assert [line[5] for line in short().values()] == ["3.75", "3.75"]
    Path("autograder.toml").write_text(RULES + "[extensions.ann]\ntiny = 1\n")
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    assert [line[5] for line in short().values()] == ["5", "3.75"]
    assert "1 day late" in page(ANN[2])
    said = run("feedback", "out")
    assert said.exit_code == 0, said.output
    assert said.stdout == "1 of 2 pages in out/feedback say something else now.\n"
    assert "day late" not in page(ANN[2])
    Path("autograder.toml").unlink()
    assert run("show", "out").exit_code == 0
    assert [line[5] for line in short().values()] == ["3.75", "3.75"], "the rules that grading went by"


def test_exports_and_reports_are_of_the_attempts_that_count():
    hand_in(ann_0110="half", ann_0111="good", bob_0213="good")
    graded()
    said = run("export", "out", "--format", "csv")
    assert said.exit_code == 0, said.output
    with Path("out/export-csv.csv").open(newline="") as file:
        assert [line[:2] + line[5:7] for line in csv.reader(file)][1:] == [
            ["ann", "5", "2026-03-01T11:00:00+01:00", "0"],
            ["bob", "2.5", "2026-03-02T13:00:00+01:00", "2"],
        ]
    said = run("report", "out", "--json")
    assert said.exit_code == 0, said.output
    found = json.loads(said.stdout)
    assert (found["submissions"], found["late"], found["overtaken"], found["mean"]) == (3, 1, 1, 5.0)
    assert run("report", "out").exit_code == 0
    assert "<dt>Late</dt><dd>1</dd>" in Path("out/report.html").read_text()
    shown = run("show", "out").stdout.splitlines()
    assert shown[0].split()[:5] == ["student", "score", "of", "status", "total"]
    assert "attempt 1 of 2; does not count: attempt 2 counts" in shown[2]
    assert "2 days late, −50 %" in shown[4]
    assert ">Total</th>" in Path("out/index.html").read_text()


def test_doubts_are_said():
    hand_in(ann="good", bob_0110="good")
    Path("autograder.toml").write_text(RULES + "[extensions.bob]\ntiny = 1\n[extensions.an]\ntiny = 2\n")
    graded()
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    assert said.stderr.splitlines() == [
        "Nobody said when 1 handed in: nothing is taken off them. Give their times with --submitted.",
        "An extension is given to an (1 in all), who handed nothing in.",
    ]
    Path("autograder.toml").write_text("")
    assert not run("show", "out").stderr


def test_canvas_names_lead_back_to_canvas():
    Path("in").mkdir()
    for name in ("leeann_1234_900_tiny-1", "leeann_LATE_1234_89_tiny", "zoe_77_901_other", "zoe_77_902_tiny"):
        (Path("in") / f"{name}.ipynb").write_text(tiny.perfect())
    Path("autograder.toml").unlink()
    graded()
    assert [line[2:5] for line in short().values()] == [
        ("1", "", "no: attempt 2 counts, the last"), ("2", "", "yes"), ("1", "", "yes"),
    ]  # fmt: skip
    assert sheet()["zoe_77_902_tiny"]["reason"] == "also handed in: zoe_77_901_other.ipynb"
    assert sheet()["leeann_LATE_1234_89_tiny"]["reason"].endswith("; late, says Canvas")
    said = run("export", "out", "--format", "canvas")
    assert said.exit_code == 0, said.output
    with Path("out/export-canvas.csv").open(newline="") as file:
        assert [line[:2] + line[5:] for line in csv.reader(file)][2:] == [
            ["leeann", "1234", "5"], ["zoe", "77", "5"],
        ]  # fmt: skip


@pytest.mark.sealed
def test_the_commands_from_a_folder_with_attempts_to_a_regrade():
    Path("autograder.toml").write_text(
        RULES.replace('"best"', '"last"').replace("most = 3", "") + '[grading]\njobs = 1\ntier = "process"\n'
    )
    hand_in(ann_0110="good", ann_0111="half", bob="half")
    Path("times.csv").write_text("student,submitted\nbob,2026-03-01T13:00\n")
    said = run("grade", "tiny", "in", "--out", "out", "--submitted", "times.csv")
    assert said.exit_code == 0, said.output
    assert short() == {
        ANN[0]: ("0", "uncounted", "1", "0", "no: attempt 2 counts, the last", ""),
        ANN[1]: ("3", "graded", "2", "0", "yes", "3"),
        "bob": ("3", "graded", "1", "1", "yes", "2.25"),
    }
    assert (
        "3 submissions: 2 graded, 1 uncounted. Mean 3.0, median 3.0 of 5. Isolation: process." in said.stdout
    )
    shown = run("show", "out")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == said.stdout
    before = everything()
    again = run("regrade", "tiny", "out")
    assert again.exit_code == 0, again.output
    assert again.stdout == "2 graded again: no score changed.\n"
    assert everything() == before, "the times of hand-in are remembered"
    listed = json.loads(run("show", "out", "--json").stdout)["submissions"]
    assert [(s["slug"], s["attempt"], s["total"]) for s in listed] == [
        (ANN[0], 1, ""), (ANN[1], 2, "3"), ("bob", 1, "2.25"),
    ]  # fmt: skip
