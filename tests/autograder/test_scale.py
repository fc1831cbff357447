"""What must hold for a large class: nothing piles up in memory, on a page or in the terminal."""

import json
import random
import re
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands import calls
from autograder.files import write_whole
from autograder.grading.entries import entries_on_disk
from autograder.grading.tasks import TRIES, Task, Tasks
from autograder.pages.class_list import PAGE, write_class_list
from autograder.records.gradesheet import rows_on_disk
from autograder.records.ondisk import OnDisk
from autograder.submissions.entry import Entry
from tests.autograder import tiny


def test_rows_come_back_sorted_whatever_their_order_and_number():
    names = [f"s{n:04}" for n in range(1, 700)] + ["", "\ud800", "李", "S1", "~"]
    shuffled = random.Random(1).sample(names, len(names))
    rows = rows_on_disk().filled(tiny.row(name) for name in shuffled)
    assert [r.student for r in rows] == sorted(names)
    assert (len(rows), rows[0].student, rows[-1].student) == (len(names), "", sorted(names)[-1])
    assert [r.student for r in rows[198:203]] == sorted(names)[198:203]
    assert [r.student for r in rows[-2:]] == sorted(names)[-2:]
    assert next(reversed(rows)) == rows[-1]
    for beyond in (len(names), -len(names) - 1):
        with pytest.raises(IndexError, match="there is no item"):
            rows[beyond]


def test_a_later_value_takes_the_place_of_an_earlier_one():
    rows = rows_on_disk().filled([tiny.row("ann", slug="1"), tiny.row("ann", slug="2"), tiny.row("bob")])
    rows.add(tiny.row("ann", q1=1.0, slug="2"))
    assert [(r.slug, r.questions[0]) for r in rows] == [("1", 3.0), ("2", 1.0), ("bob", 3.0)]
    assert rows.get("2") == rows[1]
    assert rows.get("3") is None
    assert "bob" in rows.names
    assert "ann" not in rows.names


def test_the_order_of_a_class_is_kept():
    entries = [Entry(name, name, Path(f"/in/{name}\udcff.ipynb")) for name in "cab"]
    kept = entries_on_disk(entries)
    assert list(kept) == entries
    assert [e.slug in kept.names for e in entries] == [True] * 3


def test_what_is_added_while_one_looks_is_seen_once_or_not_at_all():
    numbers = OnDisk(str, order=lambda n: f"{n:05}").filled(range(0, 2000, 2))
    seen = []
    for number in numbers:
        seen.append(number)
        if number % 2 == 0:
            numbers.add(number + 1)
    assert seen == sorted(set(seen))
    assert set(range(0, 2000, 2)) <= set(seen)
    assert len(numbers) == 2000


def test_memory_does_not_grow_with_the_class():
    """Ten times the rows, the same memory: SQLite's own cache of two megabytes is outside what is counted."""

    def peak(count: int) -> int:
        tracemalloc.start()
        rows = rows_on_disk().filled(tiny.row(f"s{n}", reason="x" * 500) for n in range(count))
        assert sum(len(r.reason) for r in rows) == 500 * count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)
    small, large = peak(1_000), min(peak(10_000) for _ in range(3))  # other threads allocate, too
    assert large < small + 100_000, (small, large)
    assert large < 10_000 * 500 / 5


def test_tasks_are_drawn_as_they_are_needed():
    drawn = []

    def entries():
        for name in "abc":
            drawn.append(name)
            yield Entry(name, name, Path(name))

    tasks = Tasks(entries())
    assert not drawn
    assert tasks
    assert drawn == ["a"]
    first = tasks.take()
    assert first == Task(Entry("a", "a", Path("a")))
    assert drawn == ["a"]
    assert tasks.again(first)
    taken = [tasks.take() for _ in range(3)]
    assert [(t.entry.student, t.attempt) for t in taken] == [("a", 2), ("b", 1), ("c", 1)]
    assert not tasks.again(Task(first.entry, TRIES))
    assert not tasks
    assert tasks.take() is None


def test_a_large_class_has_pages_that_lead_to_each_other(assignment, tmp_path):
    rows = rows_on_disk().filled(tiny.row(f"s{n:04}") for n in range(2 * PAGE + 1))
    write_class_list(tmp_path, rows, assignment, "the summary", "")
    pages = [(tmp_path / name).read_text() for name in ("index.html", "index-2.html", "index-3.html")]
    listed = [re.findall(r'href="feedback/(s\d+)\.html"', page) for page in pages]
    assert [len(found) for found in listed] == [PAGE, PAGE, 1]
    assert [slug for found in listed for slug in found] == [r.slug for r in rows]
    assert all("the summary" in page for page in pages)
    links = [re.findall(r'<a href="(index[^"]*)">(\w+)</a>', page) for page in pages]
    assert links == [
        [("index-2.html", "next"), ("index-3.html", "last")],
        [
            ("index.html", "first"),
            ("index.html", "previous"),
            ("index-3.html", "next"),
            ("index-3.html", "last"),
        ],
        [("index.html", "first"), ("index-2.html", "previous")],
    ]
    assert "page 2 of 3" in pages[1]
    assert max(len(page.encode()) for page in pages) < 400_000
    write_class_list(tmp_path, rows_on_disk().filled([tiny.row()]), assignment, "one", "")
    assert sorted(p.name for p in tmp_path.glob("index*")) == ["index.html"]
    assert "<nav" not in (tmp_path / "index.html").read_text()


def test_the_terminal_shows_the_beginning_of_a_large_class(assignment, tmp_path, capsys):
    rows = rows_on_disk().filled(tiny.row(f"s{n:05}") for n in range(calls.SHOWN + 800))
    calls.say_table(rows, assignment, tmp_path, "bubblewrap")
    said = capsys.readouterr().out
    assert sum(line.startswith("s0") for line in said.splitlines()) == calls.SHOWN
    assert f"… and 800 more in {tmp_path / 'grades.csv'}" in said
    assert f"{calls.SHOWN + 800} submissions: {calls.SHOWN + 800} graded. Mean 5.0, median 5.0 of 5" in said


@pytest.mark.parametrize("count", [0, 1, 450])
def test_json_is_written_row_by_row_and_is_whole(count, assignment, capsys):
    rows = rows_on_disk().filled(tiny.row(f"s{n:03}", reason='ü\n"') for n in range(count))
    calls.say_json(rows, assignment)
    read = json.loads(capsys.readouterr().out)
    assert read["assignment"] == "tiny"
    assert [r["student"] for r in read["submissions"]] == [r.student for r in rows]
    assert all(r["questions"] == {"q1": 3.0, "q2": 2.0, "q3": None} for r in read["submissions"])


def test_a_file_in_parts_is_replaced_whole(tmp_path):
    path = tmp_path / "deep" / "x.csv"
    write_whole(path, (f"{n}\n" for n in range(3)))
    assert path.read_text() == "0\n1\n2\n"

    def broken():
        yield "new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(path, broken(), sync=False)
    assert path.read_text() == "0\n1\n2\n"
    assert [p.name for p in path.parent.iterdir()] == ["x.csv"]


@pytest.mark.sealed
def test_rows_in_the_terminal_stay_few_when_a_class_is_graded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calls, "SHOWN", 3)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "in").mkdir()
    for number in range(5):
        (tmp_path / "in" / f"s{number}.ipynb").write_text("{")
    from autograder.commands.group import autograder

    said = CliRunner().invoke(autograder, ["grade", "tiny", "in", "--out", "out", "--jobs", "1"])
    assert said.exit_code == 0, said.output
    assert [line[:2] for line in said.stdout.splitlines()[2:5]] == ["s0", "s1", "s2"]
    assert "… and 2 more in out/grades.csv" in said.stdout
    assert len((tmp_path / "out" / "grades.csv").read_text().splitlines()) == 6
