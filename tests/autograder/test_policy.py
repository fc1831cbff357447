"""The policy: lateness reckoned to the day, extensions kept, mistakes in the file named with their line."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from autograder.commands.group import autograder
from autograder.grades.lateness import after_policy, read_times
from autograder.grades.policy import Policy, load
from autograder.grades.totals import Total

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
"""


def test_a_policy_is_read(tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text(TEXT)
    assert load(path) == Policy({"hw3": DUE}, 1.0, 0.25, 4.0, {("ann lee", "hw3"): 2.0, ("bob", "hw3"): 0.5})
    path.write_text("")
    assert load(path) == Policy()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[late]", "[lat]", 5, "lat: unknown; there is assignments, late, extensions"),
        (
            "free_days",
            "fre_days",
            6,
            "late.fre_days: unknown; there is free_days, penalty_per_day, most_days",
        ),
        ("= 0.25", "= 25", 7, "late.penalty_per_day: must be a part of the score, from 0 to 1"),
        ("= 0.25", "= -1", 7, "late.penalty_per_day: must be a number, 0 or more, it is -1"),
        ("most_days = 4", "most_days = true", 8, "late.most_days: must be a number"),
        ("most_days = 4", "most_days = nan", 8, "late.most_days: must be a number"),
        ("T13:00:00+01:00", "", 3, "assignments.hw3.due: must be a time with its zone"),
        ("+01:00", "", 3, "assignments.hw3.due: must be a time with its zone"),
        ("due =", "dew =", 3, "assignments.hw3.dew: unknown; there is due"),
        ("hw3 = 0.5", "hw3 = '2 days'", 13, "extensions.bob.hw3: must be a number"),
        ("{ hw3 = 2 }", "2", 11, "extensions.ann lee: must be a table"),
        ("{ hw3 = 2 }", "{ hw3 = -2 }", 11, "extensions.ann lee.hw3: must be a number"),
    ],
)
def test_a_mistake_is_named_with_its_line(old, new, line, words, tmp_path):
    path = tmp_path / "autograder.toml"
    assert old in TEXT
    path.write_text(TEXT.replace(old, new))
    with pytest.raises(ValueError, match=r"autograder\.toml") as caught:
        load(path)
    if "ann lee.hw3" in words:
        assert words in str(caught.value)
    else:
        assert str(caught.value).startswith(f"{path}:{line}: {words}")


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path):
    path = tmp_path / "autograder.toml"
    path.write_text("[late]\nfree_days = = 1\n")
    with pytest.raises(ValueError, match=r"autograder.toml: .*line 2"):
        load(path)
    path.write_bytes(b"\xff")
    with pytest.raises(ValueError, match="not UTF-8"):
        load(path)
    with pytest.raises(ValueError, match="there is no"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("hours", "student", "days"),
    [(-1, "cid", 0), (0, "cid", 0), (0.1, "cid", 1), (24, "cid", 1), (24.1, "cid", 2), (48, "ann", 0),
     (48.1, "ann", 1), (12, "bob", 0), (13, "bob", 1)],
)  # fmt: skip
def test_days_begun_count(hours, student, days):
    policy = Policy({"hw3": DUE}, extensions={("ann", "hw3"): 2.0, ("bob", "hw3"): 0.5})
    assert policy.days_late(student, "hw3", DUE + timedelta(hours=hours)) == days
    assert policy.days_late(student, "hw4", DUE + timedelta(days=99)) == 0


def test_what_is_left_of_the_points():
    policy = Policy(free_days=1, penalty_per_day=0.25, most_days=4)
    assert [policy.kept(d) for d in range(7)] == [1.0, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    assert Policy(penalty_per_day=0.4).kept(9) == 0.0
    assert Policy().kept(1000) == 1.0


def total(student: str, score: float = 8.0) -> Total:
    return Total(student, score, 9.0, (score,), (), "graded")


def test_totals_after_the_policy():
    policy = Policy({"hw3": DUE}, penalty_per_day=0.5, extensions={("bob", "hw3"): 1.0})
    late = DUE + timedelta(hours=20)
    found = after_policy([total("ann"), total("bob")], {"ann": late, "bob": late}, policy, "hw3")
    assert [(t.student, t.score, t.questions) for t in found] == [("ann", 4.0, (8.0,)), ("bob", 8.0, (8.0,))]
    with pytest.raises(ValueError, match=r"nobody said when bob handed in \(1 in all\)"):
        after_policy([total("ann"), total("bob")], {"ann": late}, policy, "hw3")
    with pytest.raises(ValueError, match=r"does not say when hw4 is due: \[assignments.hw4\]"):
        after_policy([total("ann")], {"ann": late}, policy, "hw4")


def test_the_latest_of_several_times_counts(tmp_path):
    path = tmp_path / "times.csv"
    path.write_text(
        "\ufeffstudent,group,submitted\nann,1,2026-03-02T00:00:00+00:00\nann,1,2026-03-01T00:00:00Z\n",
        encoding="utf-8",
    )
    assert read_times(path) == {"ann": datetime(2026, 3, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,when\n", ":1: no column submitted"),
        ("", ":1: no column student or submitted"),
        ("student,submitted\nann,2026-03-02T00:00:00Z\nbob,yesterday\n", ":3: 'yesterday' is not a time"),
        ("student,submitted\nann,2026-03-02 10:00\n", ":2: '2026-03-02 10:00' has no time zone"),
        ("student,submitted\nann\n", ":2: None is not a time"),
    ],
)
def test_a_mistake_in_the_times_is_named_with_its_line(text, words, tmp_path):
    path = tmp_path / "times.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"times\.csv") as caught:
        read_times(path)
    assert words in str(caught.value)


def test_policy_and_times_go_together(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call = ("export", "out", "--format", "csv", "--policy", "autograder.toml")
    said = CliRunner().invoke(autograder, call, prog_name="autograder")
    assert said.exit_code == 2
    assert "--policy and --submitted go together" in said.output
