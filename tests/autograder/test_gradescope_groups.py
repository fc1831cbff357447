"""Groups that Gradescope's bulk export names: each member has the points, nobody of them is missing."""

import csv
import json
from pathlib import Path

import pytest

from tests.autograder import attempts
from tests.autograder.attempts import folder, page, run  # noqa: F401 - a fixture among them

pytestmark = pytest.mark.usefixtures("folder")
ANN, BO = ("Ann Lee", "1001", "ann@x.edu"), ("Bo Roe", "1002", "bo@x.edu")
CY, DI, EVE = ("Cy Fox", "1003", "cy@x.edu"), ("Di Xu", "1004", "di@x.edu"), ("Eve Ng", "1005", "eve@x.edu")
CLASS = (ANN, BO, CY, DI)
RULES = '[roster]\nfile = "roster.csv"\nstudent = "ID"\n'
DUE = "[assignments.tiny]\ndue = 2026-03-01T12:00:00Z\n"


def settle(people=CLASS, rules=RULES, team=None) -> None:
    lines = [f"{number},{name},{mail},{(team or {}).get(name, '')}\n" for name, number, mail in people]
    Path("roster.csv").write_text("ID,name,email,team\n" + "".join(lines), encoding="utf-8")
    Path("autograder.toml").write_text(rules)


def hand_in(*groups, kinds=("good",), hour="10") -> None:
    listed = {}
    for number, (group, kind) in enumerate(zip(groups, kinds * len(groups), strict=False), 1):
        place = Path(f"in/submission_{number}")
        place.mkdir(parents=True)
        (place / "tiny.ipynb").write_text(attempts.SCORES[kind])
        people = [{":name": n, ":sid": s, ":email": e} for n, s, e in group]
        when = f"2026-03-0{number}T{hour}:00:00Z"
        listed[place.name] = {":submitters": people, ":created_at": when}
    Path("in/submission_metadata.yml").write_text(json.dumps(listed))  # JSON is YAML


def sheet() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with Path("out/grades.csv").open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            assert None not in line, "as many cells as columns"
            assert None not in line.values()
            found.setdefault(line["student"], []).append(line)
    return found


def exported(kind: str = "csv") -> list[dict[str, str]]:
    said = run("export", "out", "--format", kind)
    assert said.exit_code == 0, said.output
    with Path(f"out/export-{kind}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def scores() -> dict[str, str]:
    lines = exported()
    found = {line["student"]: line["score"] for line in lines}
    assert len(found) == len(lines), "one line for each student"
    return found


def test_each_member_has_the_points_and_nobody_of_them_is_missing():
    settle()
    hand_in((ANN, BO), (CY,), kinds=("good", "half"))
    attempts.graded()
    assert scores() == {"Ann Lee_1001": "5", "Bo Roe_1002": "5", "Cy Fox_1003": "3", "1004": ""}
    both = "Ann Lee_1001 & Bo Roe_1002"
    rows = sheet()
    assert {s: [(r["status"], r["by"], r["name"]) for r in lines] for s, lines in rows.items()} == {
        both: [("graded", "", "")],
        "Ann Lee_1001": [("graded", both, "Ann Lee")],
        "Bo Roe_1002": [("graded", both, "Bo Roe")],
        "Cy Fox_1003": [("graded", "", "Cy Fox")],
        "1004": [("missing", "", "Di Xu")],
    }
    said = run("show", "out")
    assert "Not on the roster" not in said.stderr
    assert "2 submissions: 2 graded; 1 handed nothing in" in " ".join(said.stdout.split())
    text = page(rows["Bo Roe_1002"][0]["feedback"].removesuffix(".html"))
    assert "<h1>Bo Roe</h1>" in text
    assert "Handed in by Ann Lee_1001 &amp; Bo Roe_1002." in text


@pytest.mark.parametrize("name", ["Lee & Daughter", " & ", "Bo Roe_1002 & Cy Fox_1003"])
@pytest.mark.parametrize("listed", [True, False], ids=["roster", "no roster"])
def test_a_name_with_the_sign_between_names_is_one_name(name, listed):
    odd = (name, "1001", "ann@x.edu")
    settle((odd, BO, CY, DI), RULES if listed else "")
    hand_in((odd, BO), (CY,), kinds=("good", "half"))
    attempts.graded()
    found = scores()
    assert {found.pop(f"{' '.join(name.split())}_1001"), found.pop("Bo Roe_1002")} == {"5"}
    assert found == {"Cy Fox_1003": "3"} | ({"1004": ""} if listed else {})


def test_an_account_that_is_not_on_the_roster_is_said_and_keeps_its_points():
    settle((ANN, CY))
    hand_in((ANN, BO))
    attempts.graded()
    assert scores() == {"Ann Lee_1001": "5", "Bo Roe_1002": "5", "1003": ""}
    assert "Not on the roster: Bo Roe_1002 (1 in all)." in run("show", "out").stderr


@pytest.mark.parametrize("column", ["ID", "email", "name"])
def test_members_are_found_by_what_finds_a_student_who_hands_in_alone(column):
    settle(rules=RULES.replace("ID", column))
    hand_in((ANN, BO), (CY,), (DI,))
    attempts.graded()
    assert {line["status"] for lines in sheet().values() for line in lines} == {"graded"}
    assert len(scores()) == 4


def test_members_of_one_group_of_the_roster_hand_in_for_all_of_it():
    settle(rules=RULES + 'group = "team"\n', team={"Ann Lee": "Red", "Bo Roe": "Red", "Cy Fox": "Red"})
    hand_in((ANN, BO))
    attempts.graded()
    assert scores() == {"Ann Lee_1001": "5", "Bo Roe_1002": "5", "1003": "5", "1004": ""}
    assert {lines[0]["group"] for lines in sheet().values()} == {"Red", ""}


@pytest.mark.parametrize("listed", [True, False], ids=["roster", "no roster"])
def test_lateness_is_each_members_own(listed):
    late = DUE + "[late]\npenalty_per_day = 0.5\n[extensions]\n'Bo Roe_1002' = {tiny = 2}\n"
    settle(rules=(RULES if listed else "") + late)
    hand_in((ANN, BO), hour="13")
    attempts.graded()
    found = scores()
    assert (found["Ann Lee_1001"], found["Bo Roe_1002"]) == ("2.5", "5")
    assert "extension" not in run("show", "out").stderr


@pytest.mark.parametrize("listed", [True, False], ids=["roster", "no roster"])
@pytest.mark.parametrize("order", [1, -1])
def test_who_has_two_hand_ins_has_the_points_of_one(listed, order):
    """Gradescope lets nobody be in two groups; a folder put there by hand may do so."""
    settle((ANN, BO, CY), RULES if listed else "")
    hand_in(*((ANN, BO), (BO, CY))[::order], kinds=("half", "good"))
    attempts.graded()
    assert scores()["Bo Roe_1002"] == "5", "the last counts"
    counts = [line["counts"] for line in sheet()["Bo Roe_1002"]]
    assert sorted(c.partition(":")[0] for c in counts) == ["no", "yes"]


@pytest.mark.parametrize("listed", [True, False], ids=["roster", "no roster"])
def test_what_is_shown_again_and_graded_again_is_the_same(listed):
    settle(rules=RULES if listed else "")
    hand_in((ANN, BO), (CY,))
    attempts.graded()
    before = attempts.everything()
    attempts.graded()
    assert attempts.everything() == before
    assert run("show", "out").exit_code == 0
    assert attempts.everything() == before


def test_without_a_roster_too_each_member_has_a_row():
    settle(rules="")
    hand_in((CY,), (ANN, BO), kinds=("half", "good"))
    attempts.graded()
    both = "Ann Lee_1001 & Bo Roe_1002"
    assert {s: [(r["score"], r["by"]) for r in lines] for s, lines in sheet().items()} == {
        both: [("5", "")], "Ann Lee_1001": [("5", both)], "Bo Roe_1002": [("5", both)],
        "Cy Fox_1003": [("3", "")],
    }  # fmt: skip
    assert scores() == {"Ann Lee_1001": "5", "Bo Roe_1002": "5", "Cy Fox_1003": "3"}
    said = json.loads(run("show", "out", "--json").stdout)["submissions"]
    assert {s["student"]: s["by"] for s in said} == {s: lines[0]["by"] for s, lines in sheet().items()}
    assert "Not on the roster" not in run("show", "out").stderr


def test_results_from_before_members_were_kept_get_them_without_a_regrade(monkeypatch):
    settle()
    hand_in((ANN, BO))
    attempts.graded()
    after = sheet()
    for path in Path("out/results").glob("*.json"):
        content = json.loads(path.read_text())
        assert content["row"].pop("members")
        path.write_text(json.dumps(content))
    assert run("show", "out").exit_code == 0
    assert set(sheet()) == {"Ann Lee_1001 & Bo Roe_1002", "1001", "1002", "1003", "1004"}
    monkeypatch.setattr(attempts, "verdict", None)  # a call would make the row an error
    attempts.graded()
    assert sheet() == after
