"""What names and tables say of a hand-in: forms of Canvas, Moodle, nbgrader's exchange, instructors."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nbgrader.utils import parse_utc

from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect
from autograder.submissions.names import Name, Naming
from autograder.submissions.times import parse_time, read_times
from tests.autograder import tiny

TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("ann", Name("ann")),
        ("ann-lee_12", Name("ann-lee_12")),
        ("ann--2026-03-01T10-00-00", Name("ann", TEN)),
        ("ann--20260301_1000", Name("ann", TEN)),
        ("ann--draft", Name("ann--draft")),
        ("ann--2026-13-01T10-00-00", Name("ann--2026-13-01T10-00-00")),
        ("leeann_1234_56789_hw3", Name("leeann_1234", None, 56789, "canvas:1234", "hw3")),
        ("leeann_1234_56790_hw3-2", Name("leeann_1234", None, 56790, "canvas:1234", "hw3")),
        ("leeann_LATE_1234_56789_my hw_3 (1)",
         Name("leeann_1234", None, 56789, "canvas:1234", "my hw_3", mark="late, says Canvas")),
        ("李雷_7_8_hw3", Name("李雷_7", None, 8, "canvas:7", "hw3")),
        ("LATE_anon_a1B2c_567_hw3", Name("anon_a1B2c", None, 567, "", "hw3", mark="late, says Canvas")),
        ("anon_a1B2c_567_hw3", Name("anon_a1B2c", None, 567, "", "hw3")),
        ("Ann Lee_77_assignsubmission_file_", Name("Ann Lee_77", account="moodle:77")),
        ("Ann Lee_77_assignsubmission_file", Name("Ann Lee_77", account="moodle:77")),
        ("Team 1-Al_77_assignsubmission_file_hw3", Name("Team 1-Al_77", account="moodle:77", own="hw3")),
        ("Participant_77_assignsubmission_onlinetext_",
         Name("Participant_77", account="moodle:77", stray="Moodle's onlinetext, not a file")),
        ("ann+hw3+2026-03-01 10:00:00.000000 UTC+Zm9vYmFyYmF6", Name("ann", TEN)),
        ("ann+hw3+2026-03-01 10:00:00.000000 UTC", Name("ann", TEN)),
        ("a+b+c", Name("a+b+c")),
    ],
)  # fmt: skip
def test_what_a_name_says(stem, name):
    assert Naming().read(stem) == name


def test_a_pattern_of_the_instructor_goes_first():
    pattern = re.compile(r"(?P<student>\w+)_try(?P<attempt>\d+)_(?P<submitted>\d+)")
    naming = Naming(pattern, "%d%m%Y%H%M", BERLIN)
    assert naming.read("leeann_try2_010320261100") == Name("leeann", TEN.astimezone(BERLIN), 2)
    assert naming.read("leeann_1234_56789_hw3").student == "leeann_1234"


@pytest.mark.parametrize(
    "text",
    ["2026-03-01 10:00:00.000000 UTC", "2026-03-01 10:00:00.250000", "2026-07-01 10:00:00 Europe/Berlin",
     "2026-03-01T10:00:00+01:00", "2026-03-01 10:00:00"],
)  # fmt: skip
def test_a_time_is_what_nbgrader_takes_it_for(text):
    assert parse_time(text).astimezone(UTC).replace(tzinfo=None) == parse_utc(text)


def test_times_by_the_clock_on_the_wall():
    assert parse_time("2026-07-01T10-00-00", BERLIN) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert parse_time("2026-10-25T02-30", BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), (
        "the earlier one"
    )
    assert parse_time("20260301T100000-0530").utcoffset() == -timedelta(hours=5, minutes=30)
    assert parse_time("2026-03-01 10:00 +01:00", BERLIN).tzinfo == timezone(timedelta(hours=1))
    for wrong in (
        "2026-02-30T10:00:00", "2026-03-01", "10:00", "", "2026-03-01T25:00:00", "0001-01-01T00:00:00",
        "2026-03-01T10:00:00 Mars/Olympus", "2026-03-01T10:00:00+99:99",
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"time|years"):
            parse_time(wrong)


def hand_in(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tiny.notebook(f"# {json.dumps(name)}"))
    return folder


def said(entries: list[Entry]) -> list[tuple]:
    return [(e.student, e.attempt, e.attempts, e.submitted, e.path.name) for e in entries]


def test_stamped_files_are_attempts_in_their_order(tmp_path):
    hand_in(tmp_path, "ann--2026-03-01T11-00-00.ipynb", "ann--2026-03-01T10-00-00.ipynb", "bob.ipynb")
    entries = collect(tmp_path)
    assert said(entries) == [
        ("ann", 1, 2, TEN, "ann--2026-03-01T10-00-00.ipynb"),
        ("ann", 2, 2, TEN + timedelta(hours=1), "ann--2026-03-01T11-00-00.ipynb"),
        ("bob", 1, 1, None, "bob.ipynb"),
    ]
    assert [e.slug for e in entries] == ["ann--2026-03-01T10-00-00", "ann--2026-03-01T11-00-00", "bob"]


def test_a_name_keeps_its_slug_when_another_attempt_comes(tmp_path):
    hand_in(tmp_path, "ann--2026-03-01T10-00-00.ipynb")
    (before,) = collect(tmp_path)
    hand_in(tmp_path, "ann--2026-03-01T11-00-00.ipynb")
    assert before.slug == collect(tmp_path)[0].slug


def test_two_downloads_of_canvas_are_attempts_and_another_notebook_is_none(tmp_path):
    hand_in(
        tmp_path, "leeann_1234_900_tiny-1.ipynb", "leeann_1234_89_tiny.ipynb", "leeann_1234_901_scratch.ipynb"
    )
    (tmp_path / "leeann_1234_902_photo.png").write_bytes(b"")
    first, second = collect(tmp_path, wanted="tiny.ipynb")
    assert (first.path.name, first.attempt, first.note) == ("leeann_1234_89_tiny.ipynb", 1, "")
    assert (second.path.name, second.attempt) == ("leeann_1234_900_tiny-1.ipynb", 2)
    assert second.note == "also handed in: leeann_1234_901_scratch.ipynb, leeann_1234_902_photo.png"
    assert {e.account for e in (first, second)} == {"canvas:1234"}
    (newest,) = collect(tmp_path, wanted="other.ipynb")
    assert (newest.path.name, newest.reason) == ("leeann_1234_901_scratch.ipynb", "")
    assert newest.note.startswith("also handed in: leeann_1234_89_tiny.ipynb, leeann_1234_900_tiny-1.ipynb, ")


def test_moodles_online_text_is_a_note(tmp_path):
    hand_in(tmp_path, "Ann Lee_77_assignsubmission_file_/work.ipynb")
    (tmp_path / "Ann Lee_77_assignsubmission_onlinetext_").mkdir()
    (entry,) = collect(tmp_path)
    assert (entry.student, entry.reason) == ("Ann Lee_77", "")
    assert entry.note == "also handed in: Ann Lee_77_assignsubmission_onlinetext_"


def test_nbgraders_folders_say_when(tmp_path):
    hand_in(tmp_path, "ann/tiny/tiny.ipynb", "ann/other/other.ipynb", "bob/tiny/tiny.ipynb")
    (tmp_path / "ann/tiny/timestamp.txt").write_text("2026-03-01 10:00:00.000000 UTC\n")
    (tmp_path / "ann/other/timestamp.txt").write_text("2026-01-01 10:00:00.000000 UTC\n")
    (tmp_path / "bob/tiny/timestamp.txt").write_text("soon")
    ann, bob = collect(tmp_path, Naming(timestamps=True), "tiny.ipynb")
    assert (ann.submitted, bob.submitted) == (TEN, None)
    assert [e.submitted for e in collect(tmp_path, wanted="tiny.ipynb")] == [None, None], (
        "a student's own file"
    )


def test_a_table_says_when_and_whose(tmp_path):
    hand_in(tmp_path / "in", "a1.ipynb", "a2.ipynb", "bob.ipynb", "cid.ipynb")
    table = tmp_path / "times.csv"
    table.write_text(
        "\ufefffile,student,submitted\na1.ipynb,ann,2026-03-01T11:00:00Z\na2,ann,2026-03-01T10:00:00+00:00\n"
        ",bob,2026-03-01T10:00:00Z\n,bob,2026-03-01T09:00:00Z\nzoe.ipynb,zoe,\n",
        encoding="utf-8",
    )
    assert said(collect(tmp_path / "in", Naming(times=read_times(table)))) == [
        ("ann", 1, 2, TEN, "a2.ipynb"),
        ("ann", 2, 2, TEN + timedelta(hours=1), "a1.ipynb"),
        ("bob", 1, 1, TEN, "bob.ipynb"),
        ("cid", 1, 1, None, "cid.ipynb"),
    ]


def test_a_students_time_does_not_say_which_of_two_files(tmp_path):
    hand_in(tmp_path / "in", "ann--2026-03-01T10-00-00.ipynb", "ann--2026-03-01T11-00-00.ipynb")
    table = tmp_path / "times.csv"
    table.write_text("student,submitted\nann,2026-03-01T11:00:00Z\n")
    with pytest.raises(ValueError, match=r"a time is given for ann, who handed in .*: give the times by"):
        collect(tmp_path / "in", Naming(times=read_times(table)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,when\n", ":1: no column submitted"),
        ("submitted\n", ":1: no column student or file"),
        ("", ":1: no column student or file"),
        ("student,submitted\nann,2026-03-02T00:00:00Z\nbob,yesterday\n", ":3: 'yesterday' is not a time"),
        ("student,submitted\nann,2026-03-02 10:00\n", ":2: '2026-03-02 10:00' has no time zone"),
        ("student,submitted\nann,2026-02-30 10:00Z\n", ":2: '2026-02-30 10:00Z' is no time that there is"),
        ("student,submitted\n,2026-03-02T00:00:00Z\n", ":2: neither a student nor a file"),
    ],
)
def test_a_mistake_in_the_times_is_named_with_its_line(text, words, tmp_path):
    path = tmp_path / "times.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"times\.csv") as caught:
        read_times(path)
    assert words in str(caught.value)


def test_a_table_that_cannot_be_read_is_explained(tmp_path):
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        read_times(tmp_path / "nowhere.csv")
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe,submitted\n")
    with pytest.raises(ValueError, match="not UTF-8"):
        read_times(tmp_path / "x.csv")
    (tmp_path / "y.csv").write_text("student,submitted\nann,2026-03-01T10-00-00\n")
    assert read_times(tmp_path / "y.csv", BERLIN).students["ann"] == TEN - timedelta(hours=1)
