"""A folder that another version graded: said with both formats and the command to give, never half read."""

import csv
import hashlib
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from autograder.records import plan
from autograder.records.gradesheet import COLUMNS, PERSON, STANDING, Row
from autograder.records.results import CaseResult, NotebookResult, QuestionResult
from autograder.records.store import FORMAT, Conditions, Record
from tests.autograder.attempts import folder, graded, hand_in, run  # noqa: F401 - one is a fixture
from tests.autograder.whole_class import identities

pytestmark = pytest.mark.usefixtures("folder")
COMMANDS = [
    ("show", "out"), ("report", "out"), ("export", "out", "--format", "csv"), ("feedback", "out"),
    ("regrade", "tiny", "out"),
]  # fmt: skip


def written_in(number: int) -> None:
    """Leave results as a version would have that wrote this format."""
    for path in Path("out/results").glob("*.json"):
        path.write_text(re.sub(r'"format": \d+', f'"format": {number}', path.read_text(), count=1))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(("number", "writer"), [(0, "an older"), (FORMAT + 1, "a newer")])
def test_results_of_another_version_are_refused_with_the_way_out(command, number, writer, tmp_path):
    hand_in(ann="good", bob="half")
    graded()
    written_in(number)
    said = run(*command)
    assert said.exit_code == 2
    assert (
        f"out was graded by {writer} version of autograder: its results are in format {number}, "
        f"this version reads format {FORMAT}. Grade again:\n"
        f"  autograder grade tiny {tmp_path / 'in'} --out out\n"
    ) in said.output
    graded()
    assert run("show", "out").exit_code == 0
    assert run("report", "out").exit_code == 0


def test_one_result_of_another_version_is_not_passed_over():
    hand_in(ann="good", bob="half")
    graded()
    path = Path("out/results/bob.json")
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 0', 1))
    assert "its results are in format 0" in run("export", "out", "--format", "csv").output


def test_a_class_list_of_an_older_version_is_refused_and_made_again():
    hand_in(ann="good", bob="half")
    graded()
    with Path("out/grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with Path("out/grades.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*COLUMNS, "q1", "q2", "q3"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    said = run("show", "out")
    assert said.exit_code == 2
    assert f"its grades.csv is in format 1, this version reads format {FORMAT}. Grade again:" in said.output
    kept = identities(Path("out"))
    graded()
    assert run("show", "out").exit_code == 0
    assert identities(Path("out")) == kept, "what was finished counts"


def test_results_from_before_attempts_are_read():
    hand_in(ann="good", bob="half")
    graded()
    before = run("show", "out").output
    written_in(1)
    assert run("show", "out").output == before
    assert json.loads(run("report", "out", "--json").output)["submissions"] == 2


def test_the_command_to_give_quotes_and_says_the_times_of_hand_in(tmp_path):
    assert plan.again(tmp_path / "none") == f"autograder grade NAME SUBMISSIONS --out {tmp_path / 'none'}"
    plan.Plan("tiny", "/my class", "process", plan.Limits(), "/t.csv").write(tmp_path)
    assert plan.again(tmp_path).endswith(f"tiny '/my class' --out {tmp_path} --submitted /t.csv")


def test_a_new_layout_raises_the_format():
    kinds = (Record, Conditions, Row, NotebookResult, QuestionResult, CaseResult, plan.Plan)
    names = [COLUMNS, STANDING, PERSON, *([field.name for field in fields(kind)] for kind in kinds)]
    layout = hashlib.sha256(repr(names).encode()).hexdigest()[:12]
    assert (FORMAT, layout) == (4, "61790d3e7db4"), (
        "can this version read older folders? If not, raise FORMAT"
    )
