"""Groups: one notebook, one score, one row a member, feedback for each."""

import csv
from pathlib import Path

import pytest

from tests.autograder import attempts, tiny
from tests.autograder.attempts import folder, page, run, sheet  # noqa: F401 - a fixture among them
from tests.autograder.by_nbgrader import grade, opened

pytestmark = pytest.mark.usefixtures("folder")
ROSTER = "student,name,team\nann,Ann Lee,Red\nbob,Bob Ng,Red\ncid,Cid Ö,Blue\ndee,Dee Xu,\n"
DUE = "[assignments.tiny]\ndue = 2026-03-01T12:00:00Z\n"


def settle(rules: str = "", groups: str = "") -> None:
    Path("roster.csv").write_text(ROSTER, encoding="utf-8")
    team = "" if groups else 'group = "team"\n'
    if groups:
        Path("groups.csv").write_text(groups)
        rules = rules.replace("[assignments.tiny]\n", '[assignments.tiny]\ngroups = "groups.csv"\n')
    Path("autograder.toml").write_text(f'[roster]\nfile = "roster.csv"\n{team}{rules}')


def graded(**kinds: str) -> None:
    attempts.hand_in(**kinds)
    attempts.graded()


def by_student() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for line in sheet().values():
        found.setdefault(line["student"], []).append(line)
    return found


def exported() -> dict[str, dict[str, str]]:
    said = run("export", "out", "--format", "csv")
    assert said.exit_code == 0, said.output
    with Path("out/export-csv.csv").open(newline="", encoding="utf-8") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


def test_one_notebook_is_one_score_for_every_member_and_one_thing_to_read():
    settle()
    graded(ann="good", dee="half")
    rows = by_student()
    assert {s: [(r["score"], r["status"], r["by"]) for r in lines] for s, lines in rows.items()} == {
        "ann": [("5", "graded", "")], "bob": [("5", "graded", "ann")],
        "cid": [("0", "missing", "")], "dee": [("3", "graded", "")],
    }  # fmt: skip
    grade(Path("out"), "ann", "q3", 3.5)
    assert run("feedback", "out").exit_code == 0
    assert {s: line["score"] for s, line in exported().items()} == {
        "ann": "8.5", "bob": "8.5", "cid": "", "dee": "3",
    }  # fmt: skip
    with opened(Path("out")) as book:
        assert sorted(s.id for s in book.students) == ["ann", "dee"]


def test_each_member_has_a_page_of_their_own_name():
    settle()
    graded(ann="good")
    (bob,) = by_student()["bob"]
    text = page(bob["feedback"].removesuffix(".html"))
    assert "<h1>Bob Ng</h1>" in text
    assert "Handed in by ann for Red." in text
    assert "q1&ensp;3" in text
    assert "<h1>Ann Lee</h1>" in page("ann")
    assert "Counts for Red." in page("ann")
    assert f'<a href="feedback/{bob["feedback"]}">Bob Ng</a>' in Path("out/index.html").read_text()
    before = sorted(p.name for p in Path("out/feedback").iterdir())
    assert run("feedback", "out").stdout.startswith("0 of ")
    assert run("show", "out").exit_code == 0
    assert sorted(p.name for p in Path("out/feedback").iterdir()) == before


def test_of_two_that_handed_in_the_last_counts_for_both():
    settle(DUE)
    graded(ann_0110="half", bob_0111="good")
    rows = by_student()
    first, second = sorted(rows["ann"], key=lambda r: r["by"])
    assert (first["counts"], first["total"]) == ("no: bob handed in what counts for Red", "")
    assert (second["by"], second["total"]) == ("bob", "5")
    assert [r["total"] for r in rows["bob"]] == ["5"]
    assert {s: line["score"] for s, line in exported().items() if s in ("ann", "bob")} == {
        "ann": "5",
        "bob": "5",
    }
    Path("autograder.toml").write_text(Path("autograder.toml").read_text() + '[attempts]\ncount = "best"\n')
    graded(bob_0111="half", ann_0110="good")
    assert run("show", "out").exit_code == 0
    assert [r["by"] for r in by_student()["bob"] if r["counts"] == "yes"] == ["ann"]


def test_lateness_is_each_members_own():
    settle(DUE + "[late]\npenalty_per_day = 0.5\n[extensions.bob]\ntiny = 2\n")
    graded(ann_0211="good")
    (ann,), (bob,) = by_student()["ann"], by_student()["bob"]
    assert (ann["days_late"], ann["total"]) == ("1", "2.5")
    assert (bob["days_late"], bob["total"]) == ("0", "5")


def test_groups_of_one_assignment_go_before_those_of_the_roster():
    settle(DUE, groups="student,group\nbob,X\ncid,X\n")
    graded(bob_0110="good")
    rows = by_student()
    assert [r["by"] for r in rows["cid"]] == ["bob"]
    assert rows["ann"][0]["status"] == "missing"


def test_a_notebook_in_the_groups_own_name_counts_for_its_members_alone():
    settle()
    graded(Red="good")
    rows = by_student()
    assert [(r["by"], r["score"]) for s in ("ann", "bob") for r in rows[s]] == [("Red", "5"), ("Red", "5")]
    assert "Not on the roster" not in run("show", "out").stderr
    assert set(exported()) == {"ann", "bob", "cid", "dee"}


def test_moodles_group_folder_goes_back_once():
    settle()
    place = Path("in/Red_7_assignsubmission_file")
    place.mkdir(parents=True)
    (place / "tiny.ipynb").write_text(tiny.perfect())
    attempts.graded()
    assert set(exported()) == {"ann", "bob", "cid", "dee"}
    said = run("feedback", "out", "--for", "moodle")
    assert said.exit_code == 0, said.output
    assert said.stdout.endswith("1 for Moodle in out/feedback-moodle.zip\n")
    assert "are not in it" not in said.stderr


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ("student,team\nann,X\n", "groups.csv:1: no column 'group'; it takes student and group"),
        ("student,group\nann,\n", "groups.csv:2: a line takes a student and a group"),
        ("student,group\nann,X\nann,Y\n", "groups.csv:3: ann is in two groups"),
        ("student,group\nann,X\neva,X\n", "groups.csv: eva is not on the roster"),
    ],
)
def test_a_bad_list_of_groups_is_named_with_its_line(groups, words):
    settle(DUE, groups)
    said = run("config")
    assert said.exit_code == 2
    assert f"autograder.toml:4: assignments.tiny.groups: {words}" in " ".join(said.output.split())


def test_groups_need_a_roster():
    Path("autograder.toml").write_text('[assignments.tiny]\ngroups = "groups.csv"\n')
    assert "autograder.toml:2: assignments.tiny.groups: needs a roster" in run("config").output
