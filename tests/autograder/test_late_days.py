"""Late days over a term: used in the order of due times, by what counts, and what is left is said."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.grades.bank import with_spent
from autograder.grades.config import effective_settings
from autograder.grades.gradebook import NAME
from autograder.grading import batch
from autograder.limits import Limits
from autograder.records import plan
from autograder.submissions.intake import collect
from tests.autograder.attempts import SCORES, FakePool, folder, run  # noqa: F401 - a fixture among them

RULES = """\
timezone = "UTC"
[assignments.first]
due = 2026-03-01T12:00:00
results = "out-first"
[assignments.second]
due = 2026-03-08T12:00:00
results = "out-second"
[assignments.tiny]
due = 2026-03-15T12:00:00
[late]
bank = 3
penalty_per_day = 0.25
"""


@pytest.fixture(autouse=True)
def term(folder: Path) -> None:  # noqa: F811
    """Three assignments, built, each with a gradebook that is still empty."""
    for name in ("first", "second"):
        shutil.copytree("build/tiny", f"build/{name}")
        manifest = json.loads(Path(f"build/{name}/manifest.json").read_text())
        Path(f"build/{name}/manifest.json").write_text(json.dumps(manifest | {"name": name}))
    Path("autograder.toml").write_text(RULES)


def graded(name: str, **days: str) -> None:
    """Grade an assignment; ``ann="03 good"`` handed in a perfect notebook on the third of March, at noon."""
    place, out = Path(f"in-{name}"), Path(f"out-{name}")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for who, what in days.items():
        for each in what.split(", "):
            day, kind = each.split()
            (place / f"{who}--2026-03-{day}T12-00-00.ipynb").write_text(SCORES[kind])
    settings, assignment = effective_settings(), load(name, Path("build"))
    if not out.exists():
        out.mkdir()
        shutil.copyfile("out/" + NAME, out / NAME)
    plan.Plan(name, str(place.resolve()), "process", Limits()).write(out)
    entries = collect(place, settings.naming, assignment.notebook)
    settings = with_spent(settings, name)
    batch.grade_class(entries, assignment, out, tier="process", settings=settings, workers=FakePool)


def stand(name: str) -> dict[str, tuple[str, ...]]:
    """Return days late, days used and left, and the total of each row, as `show` leaves them."""
    said = run("show", f"out-{name}")
    assert said.exit_code == 0, said.output
    names = ("days_late", "late_days_used", "late_days_left", "total")
    with Path(f"out-{name}/grades.csv").open(newline="", encoding="utf-8") as file:
        return {line["feedback"][:-5]: tuple(line[n] for n in names) for line in csv.DictReader(file)}


def of(name: str, student: str) -> tuple[str, ...]:
    (found,) = [row for slug, row in stand(name).items() if slug.partition("--")[0] == student and row[3]]
    return found


def test_days_are_used_in_the_order_of_due_times_and_then_points_are_lost():
    graded("first", ann="03 good", bob="01 good")
    graded("second", ann="10 good", bob="12 good")
    graded("tiny", ann="16 good", bob="15 good")
    assert [of(n, "ann") for n in ("first", "second", "tiny")] == [
        ("2", "2", "1", "5"), ("2", "1", "0", "3.75"), ("1", "0", "0", "3.75"),
    ]  # fmt: skip
    assert [of(n, "bob") for n in ("first", "second", "tiny")] == [
        ("0", "0", "3", "5"), ("4", "3", "0", "3.75"), ("0", "0", "0", "5"),
    ]  # fmt: skip


def test_what_is_left_is_said_in_lists_pages_and_exports():
    graded("first", ann="03 good")
    graded("second", ann="10 good")
    said = " ".join(run("show", "out-second").stdout.split())
    assert "2 days late, 1 from the term's, 0 left, −25 %" in said
    (text,) = [p.read_text() for p in Path("out-second/feedback").iterdir()]
    text = " ".join(text.split())
    assert "2 days late, 1 of them covered by your late days: 25 % of the points are taken off" in text
    assert "0 late days left for the rest of the term." in text
    (text,) = [p.read_text() for p in Path("out-first/feedback").iterdir()]
    assert "2 days late, all covered by your late days, which costs nothing." in " ".join(text.split())
    assert "1 late day left for the rest of the term." in text
    assert run("export", "out-second", "--format", "csv").exit_code == 0
    head, line = Path("out-second/export-csv.csv").read_text().splitlines()
    assert dict(zip(head.split(","), line.split(","), strict=True))["late_days_left"] == "0"
    listed = json.loads(run("show", "out-second", "--json").stdout)["submissions"]
    assert [(s["late_days_used"], s["late_days_left"]) for s in listed] == [("1", "0")]


def test_an_extension_or_a_free_day_given_later_reaches_all_that_follow():
    graded("first", ann="03 good")
    graded("second", ann="10 good")
    Path("autograder.toml").write_text(RULES + "[extensions.ann]\nfirst = 2\n")
    assert of("second", "ann") == ("2", "2", "1", "5")
    Path("autograder.toml").write_text(RULES + "free_days = 1\n")
    assert of("second", "ann") == ("2", "1", "1", "5")
    assert run("feedback", "out-second").exit_code == 0


def test_only_the_attempt_that_counts_uses_days_and_what_is_too_late_uses_none():
    graded("first", ann="01 half, 03 good", bob="09 good")
    graded("second", ann="08 good", bob="08 good")
    assert of("second", "ann")[2] == "1"
    Path("autograder.toml").write_text(RULES + 'most_days = 5\n[attempts]\ncount = "best"\n')
    graded("first", ann="01 good, 03 good", bob="09 good")
    assert of("second", "ann")[2] == "3"
    assert of("first", "bob") == ("8", "0", "3", "0")
    assert of("second", "bob")[2] == "3"


def test_students_are_the_same_on_a_platform_that_numbers_hand_ins():
    Path("roster.csv").write_text("student,name\nal1,Ann Lee\ndee,Dee Xu\n")
    Path("autograder.toml").write_text(RULES + '[roster]\nfile = "roster.csv"\n')
    Path("times.csv").write_text("file,submitted\n")
    graded("first", al1="03 good")
    graded("second", al1="10 good")
    assert of("second", "al1")[2] == "0"
    rows = stand("second").values()
    assert ("", "0", "3", "") in rows, "who handed nothing in has all days left"


def test_members_of_a_group_use_their_own():
    Path("roster.csv").write_text("student,team\nann,Red\nbob,Red\n")
    rules = RULES.replace(
        "[late]", '[roster]\nfile = "roster.csv"\ngroup = "team"\n[extensions.bob]\nfirst = 2\n[late]'
    )
    Path("autograder.toml").write_text(rules)
    graded("first", ann="03 good")
    graded("second", ann="10 good")
    assert of("second", "ann") == ("2", "1", "0", "3.75")
    (bob,) = [row for slug, row in stand("second").items() if slug.startswith("bob")]
    assert bob == ("2", "2", "1", "5")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('results = "out-first"\n', "", "late.bank counts the days that first used: say where it was graded, "
         "results in [assignments.first]"),
        ("out-first", "nowhere", "there is no grading.json in nowhere: grade a class with --out nowhere"),
        ("out-first", "out-second", "results in [assignments.first]: out-second holds the results of second"),
        ("bank = 3", "bank = -1", "autograder.toml:11: late.bank: must be a number, 0 or more, at most 3660"),
        ('"out-first"', "3", "autograder.toml:4: assignments.first.results: must be text in quotes; it is 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_said_before_anything_is_done(old, new, words):
    graded("first", ann="03 good")
    graded("second", ann="08 good")
    Path("autograder.toml").write_text(RULES.replace(old, new))
    for call in (("grade", "second", "in-second", "--out", "new"), ("show", "out-first")):
        said = run(*call)
        if call[0] == "grade" or "autograder.toml" in words:
            assert said.exit_code == 2, call
            assert words in " ".join(said.output.split())
    assert not Path("new").exists()
