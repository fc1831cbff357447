"""`autograder.toml`: every key is read, every mistake is named with its line, the example is in step."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from autograder.commands.group import autograder
from autograder.grades.attempts import AttemptRules
from autograder.grades.config import Settings, effective_settings, load
from autograder.grades.example import written
from autograder.grades.policy import Policy
from autograder.grades.schema import SECTIONS
from autograder.records.person import Person
from tests.autograder import tiny

EXAMPLE = Path(__file__).parents[2] / "docs" / "autograder.toml"
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = """\
# the term's rules
[assignments.hw3]
due = 2026-03-01T13:00:00+01:00

[late]
free_days = 1
penalty_per_day = 0.25
most_days = 4

[extensions]
"ann lee" = { hw3 = 2 }
[extensions.bob]
hw3 = 0.5

[attempts]
count = "best"
most = 3
per_hour = 2

[grading]
jobs = 2
tier = "process"
memory_gib = 1.5

[submissions]
pattern = '(?P<student>.+)_at_(?P<submitted>.+)'
time_format = "%Y%m%d%H%M"
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


def test_a_file_is_read(tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text(TEXT)
    found = load(path)
    assert found.policy == Policy(
        {"hw3": DUE}, 1.0, 0.25, 4.0, {("ann lee", "hw3"): 2.0, ("bob", "hw3"): 0.5}
    )
    assert found.attempts == AttemptRules("best", 3, {"hour": 2})
    assert found.grading == {"jobs": 2, "tier": "process", "memory_gib": 1.5}
    assert found.naming.read("x_at_202603011300").submitted == datetime(2026, 3, 1, 13, tzinfo=UTC)
    path.write_text("")
    assert load(path) == Settings(grading={"tier": "auto"})


def test_times_without_a_zone_are_of_the_course(tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text('timezone = "Europe/Berlin"\n[assignments.hw3]\ndue = 2026-03-01T13:00:00\n')
    assert load(path).policy.due == {"hw3": DUE}
    assert load(path).policy.zone == ZoneInfo("Europe/Berlin")
    assert load(path).naming.read("ann--2026-07-01T10-00-00").submitted == datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[late]", "[lat]", 5, "lat: unknown (did you mean late?); there is timezone, assignments, late"),
        ("[late]", "[[late]]", 5, "late: must be a table: [late]"),
        ("free_days", "fre_days", 6, "late.fre_days: unknown (did you mean free_days?); there is free_days"),
        ("= 0.25", "= 25", 7, "late.penalty_per_day: must be a number, 0 or more, at most 1; it is 25"),
        ("= 0.25", "= -1", 7, "late.penalty_per_day: must be a number, 0 or more"),
        ("= 0.25", "= '0.25'", 7, "late.penalty_per_day: must be a number"),
        ("most_days = 4", "most_days = true", 8, "late.most_days: must be a number"),
        ("most_days = 4", "most_days = nan", 8, "late.most_days: must be a number"),
        ("most_days = 4", "most_days = inf", 8, "late.most_days: must be a number"),
        ("2026-03-01T13:00:00+01:00", "2026-03-01", 3, "assignments.hw3.due: must be a time"),
        ("2026-03-01T13:00:00+01:00", "'2026-03-01T13:00:00Z'", 3, "assignments.hw3.due: must be a time"),
        ("2026-03-01T13", "0026-03-01T13", 3, "assignments.hw3.due: lies outside the years 1970 to 2999"),
        ("+01:00", "", 3, "assignments.hw3.due: must name its zone"),
        ("due =", "dew =", 3, "assignments.hw3.dew: unknown (did you mean due?); there is due"),
        ("hw3 = 0.5", "hw3 = '2 days'", 13, "extensions.bob.hw3: must be a number"),
        ("hw3 = 0.5", "hw33 = 1", 13, "extensions.bob.hw33: has no due time in [assignments] (did you mean"),
        ("{ hw3 = 2 }", "2", 11, "extensions.ann lee: must be a table"),
        ("{ hw3 = 2 }", "{ hw3 = -2 }", 11, "extensions.ann lee.hw3: must be a number"),
        ("{ hw3 = 2 }", "{ hw3 = 9999 }", 11, "extensions.ann lee.hw3: must be a number, 0 or more, at most"),
        ('"best"', '"bset"', 16, "attempts.count: must be 'best' or 'last'; it is 'bset'"),
        ("most = 3", "most = 0", 17, "attempts.most: must be a whole number, 1 or more; it is 0"),
        ("most = 3", "most = 2.5", 17, "attempts.most: must be a whole number"),
        ("per_hour", "per_our", 18, "attempts.per_our: unknown (did you mean per_hour?)"),
        ("jobs = 2", "jobs = false", 21, "grading.jobs: must be a whole number"),
        ('"process"', '"docker"', 22, "grading.tier: must be 'auto' or 'bubblewrap' or 'process'"),
        ("= 1.5", "= 0", 23, "grading.memory_gib: must be a number, more than 0, at most 4096; it is 0"),
        ("jobs = 2", "scheduler = 'head'", 21, "grading.scheduler: must be an address such as 'tcp://head:8786'"),
        ("(?P<student>.+)", "(.+)", 26, "submissions.pattern: has no group (?P<student>…)"),
        ("(?P<student>.+)", "(?P<student>.+", 26, "submissions.pattern: is no regular expression"),
        ("(?P<student>.+)", "(?P<student>.)(?P<x>.)", 26, "submissions.pattern: has the unknown group x"),
        ('"%Y%m%d%H%M"', '"%Y"', 27, "submissions.time_format: must say year, month, day, hour and minute"),
        ('"%Y%m%d%H%M"', '"%Q"', 27, "submissions.time_format: is no format of times"),
        ("time_format =", "timestamps =", 27, "submissions.timestamps: must be true or false; it is '%Y"),
        ("time_format =", "times =", 27, "submissions.times: "),
        ("# the term's rules", "timezone = 'Mars'", 1, "timezone: must be a time zone such as"),
        ("# the term's rules", "late = 3", 1, None),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old, new, line, words, tmp_path):
    path = tmp_path / "autograder.toml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new))
    with pytest.raises(ValueError, match=r"autograder\.toml") as caught:
        load(path)
    if words is None:
        assert "this is not TOML" in str(caught.value)
    else:
        assert str(caught.value).startswith(f"{path}:{line}: {words}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = """\ncount = 1\n"""\n[attempts]\nmost = 1\ncount = 1\n', 1),
        ('[attempts]\nmost = 1\n# count = 2\n"count" = 1\n', 4),
        ("attempts.most = 1\nattempts . 'count' = 1\n", 2),
        ("attempts = { most = 1, count = 1 }\n", 1),
        ('[submissions]\npattern = """\n(?P<student>.)\n[attempts]\ncount = 1"""\n[attempts]\ncount = 1', 7),
        ("[extensions.count]\n[attempts]\n\ncount = 1\n", 4),
    ],
)
def test_the_line_is_found_however_it_is_written(text, line, tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"count|unknown") as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text("[late]\nfree_days = = 1\n")
    with pytest.raises(ValueError, match=r"autograder.toml:2: this is not TOML"):
        load(path)
    path.write_text("[late]\nfree_days = [1\n")
    with pytest.raises(ValueError, match=r"autograder.toml:\d: this is not TOML"):
        load(path)
    path.write_bytes(b"\xff")
    with pytest.raises(ValueError, match="not UTF-8"):
        load(path)
    with pytest.raises(ValueError, match="there is no"):
        load(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="Is a directory"):
        load(tmp_path)


def test_which_file_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    for place, days in (("given.toml", 1), ("autograder.toml", 2), ("out/autograder.toml", 3)):
        Path(place).write_text(f"[late]\nfree_days = {days}\n")
    assert effective_settings(Path("given.toml"), Path("out")).policy.free_days == 1
    assert effective_settings(None, Path("out")).policy.free_days == 2
    Path("autograder.toml").unlink()
    assert effective_settings(None, Path("out")).policy.free_days == 3
    assert effective_settings() == Settings()


def test_every_command_that_reads_it_names_a_mistake(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    Path("in").mkdir()
    Path("in/ann.ipynb").write_text(tiny.perfect())
    Path("autograder.toml").write_text("[late]\nfree_dyas = 1\n")
    for call in (
        ("grade", "tiny", "in", "--out", "out"),
        ("show", "out"),
        ("report", "out"),
        ("feedback", "out"),
        ("export", "out", "--format", "csv"),
        ("config",),
    ):
        said = run(*call)
        assert said.exit_code == 2, call
        assert "autograder.toml:2: late.fre" in said.output
        assert "did you mean free_days?" in " ".join(said.output.split())
    assert not Path("out").exists()


def test_the_example_has_every_key_and_is_what_the_command_prints(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert EXAMPLE.read_text() == run("config").stdout == run("config", "--default").stdout
    text = EXAMPLE.read_text()
    for section in SECTIONS:
        assert not section.name or f"[{section.name}" in text
        assert all(f"{key.name} = " in text for key in section.keys)
    set_up = "\n".join(
        line.removeprefix("# ")
        for line in text.splitlines()
        if not line.startswith("# ") or line.startswith("# [") or " = " in line
    )
    (tmp_path / "times.csv").write_text("student,submitted\n")
    (tmp_path / "roster.csv").write_text("SIS Login ID,Full name,Email address,team\nann,Ann Lee,a@x,A\n")
    (tmp_path / "groups.csv").write_text("student,group\nann,B\n")
    (tmp_path / "comments.toml").write_text('[hw3.q14]\nvague = "Which?"\n')
    path = tmp_path / "all.toml"
    path.write_text(set_up)
    found = load(path)
    assert found.policy.extensions == {("ann lee", "hw3"): 2.0}
    roster, of_hw3 = found.roster_for("hw9"), found.roster_for("hw3")
    assert [line.person for line in roster.lines] == [Person("Ann Lee", "a@x", "A")]
    assert [line.person.group for line in of_hw3.lines] == ["B"]
    assert roster.absent == "empty"
    assert set(found.grading) == {key.name for s in SECTIONS if s.name == "grading" for key in s.keys}


def test_the_command_prints_what_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("autograder.toml").write_text(TEXT)
    said = run("config")
    assert said.exit_code == 0, said.output
    path = tmp_path / "again.toml"
    path.write_text(said.stdout)
    again, before = load(path), load(Path("autograder.toml"))
    assert (again.policy, again.attempts, again.grading) == (before.policy, before.attempts, before.grading)
    assert again.naming == before.naming
    assert written(said.stdout) == said.stdout


VALUES = (
    "0", "-1", "1.5", "nan", "inf", "true", "''", "'x'", "[]", "[1, 'a']", "{}", "{ hw3 = 1 }", "1e400",
    "12:00:00", "2026-03-01", "2026-03-01T00:00:00", "9999-12-31T23:59:59Z", "9" * 400, "9" * 5000,
    "'\\u0000'",
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, len(TEXT.splitlines()) - 1), st.sampled_from(VALUES)), max_size=4))
def test_whatever_a_value_is_the_file_is_read_or_refused_with_a_line(tmp_path_factory, changes):
    lines = TEXT.splitlines()
    for at, value in changes:
        key = lines[at].split(" = ")[0]
        lines[at] = f"{key} = {value}" if " = " in lines[at] else lines[at]
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text("\n".join(lines))
    try:
        assert isinstance(load(path), Settings)
    except ValueError as error:
        said = str(error)  # anything else than a ValueError fails the test
    else:
        said = f"{path}:1: "
    assert re.match(rf"{re.escape(str(path))}:\d+: ", said)
