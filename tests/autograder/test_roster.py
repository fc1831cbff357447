"""A roster: who handed nothing in, names for accounts, who is not on it, in every list and export."""

import csv
import json
from pathlib import Path

import pytest

from autograder.grades.roster import read_roster
from tests.autograder import attempts, tiny
from tests.autograder.attempts import folder, page, run, sheet  # noqa: F401 - a fixture among them
from tests.autograder.by_nbgrader import opened

pytestmark = pytest.mark.usefixtures("folder")
ROSTER = "student,name,email\nann,Ann Lee,ann@x.edu\nBOB,Bob Ng,bob@x.edu\ndee,Dee Xu,dee@x.edu\n"


def settle(roster: str = ROSTER, rules: str = "") -> None:
    Path("roster.csv").write_text(roster, encoding="utf-8")
    Path("autograder.toml").write_text(f'[roster]\nfile = "roster.csv"\n{rules}')


def graded(**kinds: str) -> None:
    attempts.hand_in(**kinds)
    attempts.graded()


def exported(kind: str) -> list[list[str]]:
    said = run("export", "out", "--format", kind)
    assert said.exit_code == 0, said.output
    with Path(f"out/export-{kind}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_whoever_handed_nothing_in_has_a_row_and_whoever_is_not_on_the_list_is_said():
    settle()
    graded(ann="good", bob="half", stranger="good")
    rows = {line["student"]: line for line in sheet().values()}
    assert set(rows) == {"ann", "bob", "dee", "stranger"}
    assert (rows["dee"]["status"], rows["dee"]["reason"]) == ("missing", "nothing was handed in")
    assert (rows["bob"]["name"], rows["bob"]["email"]) == ("Bob Ng", "bob@x.edu")
    said = run("show", "out")
    assert said.exit_code == 0, said.output
    assert "Not on the roster: stranger (1 in all)." in said.stderr
    shown = " ".join(said.stdout.split())
    assert "Dee Xu (dee) – 5 missing" in shown
    assert "not on the roster" in shown
    assert "3 submissions: 3 graded; 1 handed nothing in. Mean 4.3" in shown
    assert run("show", "out").stdout == said.stdout, "rows that were made are not read back as hand-ins"


def test_lists_and_pages_show_names():
    settle()
    graded(ann="good")
    listed = Path("out/index.html").read_text(encoding="utf-8")
    assert '<a href="feedback/ann.html">Ann Lee</a> <span class="soft">ann</span>' in listed
    assert "Dee Xu" in listed
    assert "<h1>Ann Lee</h1>" in page("ann")
    assert [p.name for p in Path("out/feedback").iterdir()] == ["ann.html"]
    said = json.loads(run("show", "out", "--json").stdout)["submissions"]
    assert [(s["name"], s["status"]) for s in said] == [
        ("Bob Ng", "missing"), ("Ann Lee", "graded"), ("Dee Xu", "missing"),
    ]  # fmt: skip
    with opened(Path("out")) as book:
        assert [s.id for s in book.students] == ["ann"]


@pytest.mark.parametrize(
    ("absent", "cell"), [("", ""), ('absent = "empty"\n', ""), ('absent = "zero"\n', "0")]
)
def test_exports_give_the_absent_what_the_instructor_says(absent, cell):
    settle(rules=absent)
    graded(ann="good")
    assert ["Dee Xu", "", "", "dee", "", cell] in exported("canvas")
    assert ["", "Dee Xu", "dee", cell, "9", "", "Nothing handed in"] in exported("moodle")
    head, *lines = exported("csv")
    assert head[:5] == ["student", "name", "email", "group", "score"]
    assert ["dee", "Dee Xu", "dee@x.edu", "", cell, "9", "missing"] in [line[:7] for line in lines]


def test_the_report_counts_them():
    settle()
    graded(ann="good", bob="half")
    found = json.loads(run("report", "out", "--json").stdout)
    assert (found["submissions"], found["missing"]) == (2, 1)
    assert run("report", "out").exit_code == 0
    assert "<dt>Handed nothing in</dt><dd>1</dd>" in Path("out/report.html").read_text()


def test_platforms_numbers_are_found_and_given_back():
    settle('"Student";ID\n"    Points Possible";\n"Ng, Bob";102\n"Lee, Ann";101\n',
           'student = "ID"\nname = "Student"\n')  # fmt: skip
    Path("in").mkdir()
    Path("in/leeann_101_5001_tiny.ipynb").write_text(tiny.perfect())
    attempts.graded()
    lines = exported("canvas")
    assert ["Lee, Ann", "101", "", "", "", "5"] in lines
    assert ["Ng, Bob", "102", "", "", "", ""] in lines


def test_moodles_worksheet_is_a_roster_and_its_list_of_names_too():
    worksheet = "Identifier,Full name,Email address\nParticipant 11,Ann Lee,a@x\nParticipant 12,Bob Ö,b@x\n"
    columns = 'student = "Identifier"\nname = "Full name"\nemail = "Email address"\n'
    settle(worksheet, columns)
    place = Path("in/Ann Lee_11_assignsubmission_file")
    place.mkdir(parents=True)
    (place / "tiny.ipynb").write_text(tiny.perfect())
    attempts.graded()
    assert [line[:3] for line in exported("moodle")[1:]] == [
        ["Participant 11", "Ann Lee", ""], ["Participant 12", "Bob Ö", ""],
    ]  # fmt: skip
    settle("student,name\nal1,Ann Lee\nbo1,Bob Ö\n")
    rows = {line["student"]: line["name"] for line in (run("show", "out"), sheet().values())[1]}
    assert rows == {"Ann Lee_11": "Ann Lee", "bo1": "Bob Ö"}
    settle("student,name\nal1,Ann Lee\nal2,Ann Lee\n")  # two of one name: nobody is guessed
    assert "Not on the roster: Ann Lee_11" in run("show", "out").stderr


def test_the_folder_of_results_keeps_the_roster():
    settle()
    graded(ann="good")
    before = run("show", "out").stdout
    Path("autograder.toml").unlink()
    Path("roster.csv").unlink()
    assert run("show", "out").stdout == before
    assert "Dee Xu" in before


@pytest.mark.parametrize(
    ("roster", "rules", "words"),
    [
        (None, "", "roster.csv cannot be read: No such file or directory"),
        ("", "", "roster.csv:1: the file is empty"),
        ("account,name\nann,Ann\n", "", "roster.csv:1: no column 'student'; there is account, name"),
        ("student\nann\n", 'email = "Mail"\n', "roster.csv:1: no column 'Mail'; there is student"),
        ("student,name\nann,Ann\n\n,Bob\n", "", "roster.csv:4: nothing in the column 'student'"),
        ("student,name\nann,Ann\nbob,Bob\nAnn ,Ann\n", "", "roster.csv:4: ann stands on line 2 too"),
        ("student,email\nann,a@x\nbob,A@x\n", "", "roster.csv:3: a@x stands on line 2 too"),
        ("student,name\nann,Lee, Ann\n", "", "roster.csv:2: 3 cells under 2 columns"),
        ('student,name\nann,"Ann\n', "", "roster.csv:2: this is no CSV"),
        ("student,name\nann,\udcff\n", "", "roster.csv is not UTF-8 text: save it as CSV UTF-8"),
    ],
)
def test_a_bad_list_is_named_with_its_line(roster, rules, words):
    Path("autograder.toml").write_text(f'[roster]\n{rules}file = "roster.csv"\n')
    if roster is not None:
        Path("roster.csv").write_bytes(roster.encode("utf-8", "surrogateescape"))
    attempts.hand_in(ann="good")
    for call in (("config",), ("grade", "tiny", "in", "--out", "out"), ("show", "out")):
        said = run(*call)
        assert said.exit_code == 2, call
        line = 3 if rules else 2
        assert f"autograder.toml:{line}: roster.file: {words}" in " ".join(said.output.split())


def test_keys_without_a_file_are_said():
    Path("autograder.toml").write_text('[roster]\nabsent = "zero"\nname = "Name"\n')
    assert 'autograder.toml:3: roster.name: means nothing without file = "roster.csv"' in run("config").output


def test_separators_of_spreadsheets_are_understood(tmp_path):
    for separator in ",;\t":
        text = f"\ufeffstudent{separator}name\nann{separator}Ann\n"
        (tmp_path / "r.csv").write_text(text, encoding="utf-8")
        (line,) = read_roster(tmp_path / "r.csv", {}).lines
        assert (line.account, line.person.name, line.number) == ("ann", "Ann", 2)
