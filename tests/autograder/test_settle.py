"""Attempts from the folder to sheet, gradebook and pages: which one counts, how late, what a person gave."""

import csv
import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.grades import coursedir
from autograder.grades.config import Settings, settled
from autograder.grades.gradebook import NAME
from autograder.grades.marks import Marks
from autograder.grading import batch
from autograder.grading.job import grade_submission
from autograder.records import plan
from autograder.records.store import Store
from autograder.sealed import Limits
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.test_gradebook import ask, formgrader, grade, new_gradebook, opened  # noqa: F401

RULES = """\
timezone = "Europe/Berlin"
[assignments.tiny]
due = 2026-03-01T12:00:00
[late]
penalty_per_day = 0.25
[attempts]
count = "best"
most = 3
"""
SCORES = {"good": tiny.perfect(), "half": tiny.notebook("def double(x):\n    return 2 * x"), "bad": "{"}


class FakePool:
    """Grades in this process by what the cells say, in the order that a test chooses."""

    order = staticmethod(sorted)

    def __init__(self, setup, workers):
        self._setup = setup

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def results(self, entries):
        for entry in FakePool.order(list(entries), key=lambda e: e.slug):
            yield grade_submission(entry, self._setup, verdict)


def verdict(notebook: str):
    has = notebook.count("return 2 * x"), notebook.count("return sum(xs)")
    return tiny.result(notebook, q1=(bool(has[0]),) * 2, q2=bool(has[1]))


@pytest.fixture
def folder(tmp_path, new_gradebook, monkeypatch) -> Path:  # noqa: F811
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FakePool, "order", staticmethod(sorted))
    tiny.assignment(tmp_path / "build")
    (tmp_path / "out").mkdir()
    shutil.copyfile(new_gradebook, tmp_path / "out" / NAME)
    Path("autograder.toml").write_text(RULES)
    return tmp_path


def hand_in(**files: str) -> None:
    """Hand in notebooks: ``ann_0110="good"`` is ann's of the first of March, ten o'clock."""
    Path("in").mkdir(exist_ok=True)
    for name, kind in files.items():
        student, _, when = name.partition("_")
        stem = f"{student}--2026-03-{when[:2]}T{when[2:]}-00-00" if when else student
        (Path("in") / f"{stem}.ipynb").write_text(SCORES[kind])


def graded(settings: Settings | None = None) -> None:
    settings = settings or settled()
    assignment = tiny.load("tiny", Path("build"))
    plan.Plan("tiny", str(Path("in").resolve()), "process", Limits()).write(Path("out"))
    entries = collect(Path("in"), settings.naming, assignment.notebook)
    batch.grade_class(entries, assignment, Path("out"), tier="process", settings=settings, workers=FakePool)


def sheet() -> dict[str, dict[str, str]]:
    with Path("out/grades.csv").open(newline="", encoding="utf-8") as file:
        return {line["feedback"].removesuffix(".html"): line for line in csv.DictReader(file)}


def short() -> dict[str, tuple[str, ...]]:
    names = ("score", "status", "attempt", "days_late", "counts", "total")
    return {slug: tuple(line[n] for n in names) for slug, line in sheet().items()}


def booked(student: str) -> tuple[float, str]:
    """Return nbgrader's score, and whether the formgrader is shown the perfect notebook."""
    path = coursedir.notebook_path(Path("out"), student, tiny.load("tiny", Path("build")))
    with opened(Path("out")) as book:
        return book.find_submission("tiny", student).score, "return sum(xs)" in path.read_text()


def page(slug: str) -> str:
    return " ".join(
        Path(f"out/feedback/{slug}.html").read_text(encoding="utf-8").split("</style>")[1].split()
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


ANN = [f"ann--2026-03-{when}-00-00" for when in ("01T10", "01T11", "02T10", "02T11")]


def everything() -> dict[str, str]:
    """Return what people open of OUT, without the seconds that grading took."""
    found = {
        str(p): p.read_text(encoding="utf-8")
        for place in ("feedback", "autograded")
        for p in sorted((Path("out") / place).rglob("*"))
        if p.is_file()
    }
    rows = {slug: line | {"seconds": ""} for slug, line in sheet().items()}
    return found | {"sheet": json.dumps(rows)}


def test_the_best_after_lateness_counts(folder):
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


def test_whatever_the_order_and_after_a_kill_all_is_the_same(folder, monkeypatch):
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


def test_an_interrupt_settles_what_is_there(folder, monkeypatch):
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


def test_an_attempt_that_was_passed_over_never_counts_alone(folder, monkeypatch):
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


def test_a_further_attempt_moves_what_counts_and_what_a_person_gave_waits_for_another_look(folder):
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


def test_the_last_is_graded_alone_and_what_was_graded_before_is_kept(folder):
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
    graded()
    assert [line[4][:3] for line in short().values()] == ["yes", "no:", "no:"]


def test_an_extension_given_later_reaches_sheet_and_pages_without_grading(folder):
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


def test_exports_and_reports_are_of_the_attempts_that_count(folder):
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


def comment(out: Path, student: str, words: str) -> None:
    """Do what a person does in the formgrader's comment box."""
    with opened(out) as book:
        book.find_comment("q3", "tiny", "tiny", student).manual_comment = words
        book.db.commit()


def test_what_a_person_gave_reaches_sheet_totals_and_pages(folder):
    hand_in(ann_0210="good", bob_0110="good")
    graded()
    assert sheet()[ANN[2]]["waiting"] == "q3"
    assert "Your instructor reads this answer; its points come later." in page(ANN[2])
    grade(Path("out"), "ann", "q3", 3.0)
    grade(Path("out"), "ann", "q2", 1.0)
    comment(Path("out"), "ann", "Good, but <b>why</b>?")
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    line = sheet()[ANN[2]]
    assert [line[n] for n in ("score", "total", "total_possible", "waiting", "q2", "q3")] == [
        "5", "5.25", "9", "", "2", "3",
    ]  # fmt: skip
    assert said.stdout.splitlines()[2].split()[4:8] == ["5.25", "3", "2", "3"]
    assert "Good, but" not in page(ANN[2])
    said = run("feedback", "out")
    assert said.exit_code == 0, said.output
    assert said.stdout == "1 of 2 pages in out/feedback say something else now.\n"
    assert said.stderr == "1 of 2 still wait for a person.\n"
    html = page(ANN[2])
    assert "Good, but &lt;b&gt;why&lt;/b&gt;?" in html
    assert "3 of 4" in html
    assert "its points come later" not in html
    assert "Your instructor looked at this question and gave these points." in html
    assert '<div class="total">5.25 <small>of 9 points' in html
    assert run("feedback", "out").stdout.startswith("0 of 2 pages")
    graded()
    assert page(ANN[2]) == html, "grading again keeps what a person gave"


def test_marks_are_what_nbgrader_says(folder):
    hand_in(ann_0110="good", bob_0110="half", cid="bad")
    graded()
    out = Path("out")
    grade(out, "ann", "q3", 3.5)
    comment(out, "bob", " See me. ")
    with opened(out) as book:
        book.find_grade("q1", "tiny", "tiny", "bob").extra_credit = 0.5
        book.db.commit()
        with Marks(out) as marks:
            for submission in book.assignment_submissions("tiny"):
                found = marks.of(tiny.row(submission.student.id))
                (notebook,) = submission.notebooks
                assert {n: m.points for n, m in found.items()} == {
                    g.name: g.score if g.auto_score is not None or g.manual_score is not None else None
                    for g in notebook.grades
                }
                assert {n: m.waiting for n, m in found.items()} == {
                    g.name: g.needs_manual_grade for g in notebook.grades
                }
                assert sum(m.points or 0.0 for m in found.values()) == submission.score
                theirs = {c.name: c.manual_comment or "" for c in notebook.comments}
                assert {n: m.comment for n, m in found.items() if n in theirs} == {
                    n: words.strip() for n, words in theirs.items()
                }
    Path("out/gradebook.db").write_bytes(b"no database" * 100)
    with Marks(out) as marks, pytest.raises(ValueError, match=r"gradebook\.db cannot be read"):
        marks.of(tiny.row("ann"))


def test_the_formgraders_own_requests_reach_the_page(folder):
    hand_in(ann_0110="good")
    graded()
    with formgrader(Path("out").resolve()) as server:
        (found,) = json.loads(ask(server, "api/submitted_notebooks/tiny/tiny"))
        grades = json.loads(ask(server, f"api/grades?submission_id={found['id']}"))
        written = next(g for g in grades if g["name"] == "q3")
        ask(server, f"api/grade/{written['id']}", "PUT", {"manual_score": 3.0})
        (box,) = json.loads(ask(server, f"api/comments?submission_id={found['id']}"))
        ask(server, f"api/comment/{box['id']}", "PUT", {"manual_comment": "Well argued."})
    said = run("feedback", "out")
    assert said.exit_code == 0, said.output
    assert "Well argued." in page(ANN[0])
    assert '<div class="total">8 <small>of 9 points' in page(ANN[0])
    assert sheet()[ANN[0]]["total"] == "8"


@pytest.mark.sealed
def test_the_commands_from_a_folder_with_attempts_to_a_regrade(folder):
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
