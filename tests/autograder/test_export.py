"""What learning platforms take in: the right student, the whole total, nothing that a spreadsheet runs."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.grades import coursedir
from autograder.grades.config import Settings
from autograder.grades.export import FORMATS, one_each
from autograder.grades.gradebook import NAME, GradeBook
from autograder.grades.totals import Total, totals
from autograder.limits import Limits
from autograder.records import plan
from autograder.records.store import Conditions, Record, Store
from tests.autograder import tiny
from tests.autograder.by_nbgrader import grade, nbgrader

ROWS = (
    tiny.row("ann", 3.0, 1.5),
    tiny.row("=1+1", 1 / 3, 2.0),
    tiny.row("leebo_1234", 3.0, 2.0, account="canvas:1234"),
    tiny.row("Cid Ö_77", 0.0, 2.0, slug="cid", account="moodle:77"),
    tiny.row("dee", 0.0, 0.0, status="unreadable", reason="empty", tier="none"),
    tiny.row("eva", 0.0, 0.0, status="error", reason="internal error: x", tier="none"),
)


@pytest.fixture
def out(tmp_path, new_gradebook, monkeypatch) -> Path:
    """A class graded into `out` below the working folder; a person has read ann's answer."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    shutil.copyfile(new_gradebook, folder / NAME)
    assignment = tiny.assignment(tmp_path / "build")
    where = Conditions("tiny", "", "", "process")
    with GradeBook(folder, assignment) as book:
        for row in ROWS:
            answers = {} if row.status == "unreadable" else {"q3": "digest"}
            Store(folder).write(Record("bytes", where, row, tiny.result(), answers))
            book.record(row, answers)
    plan.Plan("tiny", "in", "process", Limits()).write(folder)
    grade(folder, "ann", "q3", 3.5)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, ("export", *arguments), prog_name="autograder")


def read(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_finds_its_students(out):
    said = run("out", "--format", "canvas")
    assert said.exit_code == 0, said.output
    assert said.stdout == "6 students in out/export-canvas.csv\n"
    assert said.stderr == "4 of 6 still wait for a person in q3, q1, q2.\n"
    head, possible, *lines = read(out / "export-canvas.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Tiny steps"]
    assert possible == ["    Points Possible", "", "", "", "", "9"]
    found = {line[0]: line[1:] for line in lines}
    assert found["ann"] == ["", "", "ann", "", "8"]
    assert found["leebo"] == ["1234", "", "", "", "5"]
    assert found["dee"][-1] == "0"
    assert found["eva"][-1] == "", "a failure of the grader must not become a zero"
    assert found["'=1+1"] == ["", "", "'=1+1", "", "2.3333"]


def test_moodle_finds_its_participants(out):
    assert run("out", "--format", "moodle", "--to", "m.csv").exit_code == 0
    head, *lines = read(Path("m.csv"))
    assert head == [
        "Identifier", "Full name", "Username", "Grade", "Maximum Grade", "Last modified (grade)",
        "Feedback comments",
    ]  # fmt: skip
    assert ["Participant 77", "Cid Ö", "", "2", "9", "", "Not yet read: q3"] in lines
    assert ["", "", "ann", "8", "9", "", ""] in lines


def test_moodles_worksheet_is_taken(out):
    """Moodle's import asks for three columns by their names, and takes the number behind "Participant "."""
    run("out", "--format", "moodle")
    head, *lines = read(out / "export-moodle.csv")
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(head)
    known = [line for line in lines if line[0]]
    assert known
    for line in known:
        assert line[0][len("Participant ") :].isdecimal()


def test_the_plain_sheet_has_every_question(out):
    assert run("out", "--format", "csv", "--column", "=total").exit_code == 0
    head, *lines = read(out / "export-csv.csv")
    assert head == [
        "student",
        "'=total",
        "possible",
        "status",
        "pending",
        "submitted",
        "days_late",
        "q1",
        "q2",
        "q3",
    ]
    assert ["ann", "8", "9", "graded", "", "", "", "3", "1.5", "3.5"] in lines
    assert ["eva", "", "9", "error", "q1 q2 q3", "", "", "", "", ""] in lines
    assert ["dee", "0", "9", "unreadable", "", "", "", "0", "0", "0"] in lines


@pytest.mark.slow
def test_a_person_outweighs_the_machine_and_extra_credit_counts_as_nbgrader_reckons(out):
    grade(out, "ann", "q1", 1.0)
    with GradeBook(out, tiny.load("tiny", out.parent / "build")) as book:
        book._book.find_grade("q2", "tiny", "tiny", "ann").extra_credit = 0.25
        book._book.db.commit()
    listed = totals(out, list(ROWS), tiny.load("tiny", out.parent / "build"), Settings())
    (ann,) = [t for t in listed if t.student == "ann"]
    assert (ann.score, ann.questions, ann.pending) == (6.25, (1.0, 1.75, 3.5), ())
    nbgrader(out, "export")
    head, *lines = read(out / "nbgrader-grades.csv")
    column, who = head.index("score"), head.index("student_id")
    theirs = {line[who]: float(line[column]) for line in lines}
    assert {coursedir.student_key(t.student): t.score for t in listed} == pytest.approx(theirs)


def test_no_cell_begins_a_formula(tmp_path):
    assignment = tiny.assignment(tmp_path)
    starts = ("=", "+", "-", "@", "\t=", "\r=", " =", "＝")
    evil = [Total(f"{s}cmd|x!A0", 1.0, 9.0, (1.0, None, None), ("q3",), "graded") for s in starts]
    evil += [
        Total(f"{s}x_12", 1.0, 9.0, (1.0, None, None), (), "graded", f"{platform}:12")
        for s in starts
        for platform in ("canvas", "moodle")
    ]
    for write, _ in FORMATS.values():
        for line in csv.reader(write(evil, assignment, "@column").splitlines()):
            assert not [c for c in line if c.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_a_student_with_two_files_has_one_line():
    twice = Total("mia", 0.0, 9.0, (0.0,), (), "unreadable")
    assert one_each([twice, twice]) == [twice]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda out: (out / NAME).unlink(), "there is no gradebook.db in out"),
        (lambda out: (out / "grading.json").unlink(), "there is no grading.json in out"),
        (lambda out: shutil.rmtree(out / "results"), "there are no results in out"),
        (lambda out: shutil.rmtree(out.parent / "build"), "run `autograder build tiny` first"),
    ],
)
def test_a_wrong_call_is_explained(spoil, words, out):
    spoil(out)
    said = run("out", "--format", "csv")
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())


def test_a_student_who_is_not_in_the_gradebook_is_named(out):
    Store(out).write(Record("b", Conditions("tiny", "", "", "process"), tiny.row("zoe"), tiny.result()))
    said = run("out", "--format", "csv")
    assert said.exit_code == 2
    assert "zoe is not in the gradebook: run `autograder grade` again" in " ".join(said.output.split())


def test_the_policy_takes_off_what_lateness_costs(out):
    Path("autograder.toml").write_text(
        "[assignments.tiny]\ndue = 2026-03-01T12:00:00Z\n[late]\npenalty_per_day = 0.5\n"
        "[extensions.dee]\ntiny = 1\n"
    )
    times = "".join(
        f"{row.student},2026-03-01T1{i}:00:00Z\n" for i, row in zip((3, 1, 1, 1, 3, 1), ROWS, strict=True)
    )
    Path("times.csv").write_text("student,submitted\n" + times)
    said = run("out", "--format", "csv", "--submitted", "times.csv")
    assert said.exit_code == 0, said.output
    found = {line[0]: line[1] for line in read(out / "export-csv.csv")[1:]}
    assert found == {
        "ann": "4", "'=1+1": "2.3333", "leebo_1234": "5", "Cid Ö_77": "2", "dee": "0", "eva": "",
    }  # fmt: skip
    assert run("out", "--format", "moodle", "--submitted", "times.csv").exit_code == 0
    lines = {line[2]: line for line in read(out / "export-moodle.csv")}
    assert lines["ann"][3:] == ["4", "9", "", "1 day late"]
    elsewhere = Path("autograder.toml").rename("rules.toml")
    again = run("out", "--format", "csv", "--submitted", "times.csv", "--config", str(elsewhere))
    assert again.exit_code == 0, again.output
    assert {line[0]: line[1] for line in read(out / "export-csv.csv")[1:]} == found


def test_a_due_time_and_no_time_of_hand_in_is_no_total(out):
    Path("autograder.toml").write_text("[assignments.tiny]\ndue = 2026-03-01T12:00:00Z\n")
    said = run("out", "--format", "canvas")
    assert said.exit_code == 2
    words = " ".join(said.output.split())
    assert "nobody said when '=1+1, Cid Ö_77, ann, dee, eva handed in (6 in all)".replace("'", "") in words
    assert "give their times with --submitted" in words
    assert not (out / "export-canvas.csv").exists()


def test_canvas_takes_its_own_sheet_back(out):
    """What Canvas asks of a file to import, by its own guide: the first columns, and a number a line."""
    assert run("out", "--format", "canvas", "--column", "Tiny steps (4711)").exit_code == 0
    raw = (out / "export-canvas.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    head, possible, *lines = read(out / "export-canvas.csv")
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible[0].strip() == "Points Possible"
    assert all(len(line) == len(head) for line in (possible, *lines))
    assert all(line[1].isdecimal() or line[3] for line in lines)
    assert all(line[5] == "" or float(line[5]) >= 0 for line in lines)
