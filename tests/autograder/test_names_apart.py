"""Names made to meet: as many rows and gradebook students as files, each with its own score."""

import os
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grades.coursedir import student_key
from autograder.grading.batch import grade_class
from autograder.grading.regrade import chosen
from autograder.lookalikes import alike, spelled, told_apart
from autograder.submissions.entry import Entry
from autograder.submissions.intake import check_apart, collect
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.opened import is_notebook
from autograder.text import file_stem, one_line
from tests.autograder import tiny
from tests.autograder.uploads import notebook_json, read, zipped
from tests.autograder.whole_class import LIMITS

SEED = 44_200
HOSTILE = [
    # Names that were one in the gradebook: a plain one is what another one's name was made into.
    "ann lee", "ann-lee-e49591", "ann-lee-e49591-5841f2", file_stem("ann lee"),
    file_stem(file_stem("ann lee")),
    # Upper and lower case, one letter in two, letters that fold together.
    "Ann", "ann", "ANN", "gross", "groß", "GROSS", "ﬁn", "fin", "İ", "i̇",
    # Composed, decomposed, and of compatible form.
    "é", "e\u0301", "\u00c5", "\u212b", "한", unicodedata.normalize("NFD", "한"), "①", "1",
    # Drawn alike.
    "аnn", "аnn".upper(), "ann\u200b", "ann\u200d", "an\u00adn", "ann\ufe0f",
    # What separates words, and what turns lines around.
    "ann\u00a0lee", "ann  lee", "ann\u3000lee", " ann", "ann\t", "\u202eeel nna", "ann\\x20lee",
    # What file systems, shells, pages and sheets read for themselves.
    "CON", "con", "nul.tar", "unnamed", "-rf", "=1+1", "a..", "<b>",
]  # fmt: skip
assert len(HOSTILE) == 44
assert len(set(HOSTILE)) == 44


def drawn(draw: random.Random, count: int, others: list[str]) -> list[bytes]:
    """Return names near those of others, and near each other; each fits a file system."""
    people = [
        "ann lee",
        "Bo",
        "müller",
        "李雷",
        "Ολγα",
        "иван",
        "zoë",
        "محمد",
        "🦊",
        "o'neil",
        "x" * 60,
        "𠀀" * 40,
    ]
    changes: list[Callable[[str], str]] = [
        str.upper, str.title, str.swapcase, file_stem, spelled, lambda n: file_stem(n).upper(),
        lambda n: unicodedata.normalize("NFD", n), lambda n: unicodedata.normalize("NFKC", n),
        lambda n: n + draw.choice(["\u200b", "\u200d", "\ufe0f", " ", ".", "-", "\x07", "\u202e", "\x1b[1m"]),
        lambda n: n.replace("a", "а").replace("o", "ο").replace("e", "е"),
        lambda n: n.replace(" ", draw.choice(["-", "\u00a0", "  ", "_", "\u2009"])),
        lambda n: n + draw.choice(people), lambda n: n[: draw.randint(1, 9)], lambda n: n * 3,
        lambda n: n + draw.choice(["-e49591", "-0000000000000000", ".html", "-1"]),
    ]  # fmt: skip
    names = [os.fsencode(n) for n in others]
    found: dict[bytes, None] = {}
    while len(found) < count:
        name = os.fsdecode(draw.choice([*map(os.fsencode, people), *names, *found]))
        for _ in range(draw.randint(1, 3)):
            name = draw.choice(changes)(name)
        raw = os.fsencode(name.replace("/", "-").replace("\0", "-"))[:240]
        if draw.random() < 0.05:
            raw += draw.choice([b"\xff", b"\xed\xa0\x80", b"\xc3"])
        if raw and raw not in names and not raw.startswith((b".", b"~$")):
            found[raw] = None
    return list(found)


@pytest.fixture(scope="module")
def names() -> list[bytes]:
    return [*map(os.fsencode, HOSTILE), *drawn(random.Random(SEED), 200, HOSTILE)]


def hand_in(folder: Path, names: list[bytes], content: Callable[[int], str]) -> Path:
    folder.mkdir()
    for number, name in enumerate(names):
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b".ipynb"))
        path.write_text(content(number))
    return folder


def test_as_many_rows_as_files_and_none_looks_like_another(names, tmp_path):
    entries = collect(hand_in(tmp_path / "in", names, notebook_json), wanted="x.ipynb")
    assert len(entries) == len(names)
    assert {(e.attempts, e.reason) for e in entries} == {(1, "")}
    for what in (
        {e.student for e in entries},
        {e.slug for e in entries},
        {student_key(e.student) for e in entries},
    ):
        assert len(what) == len(entries)
    files = {unicodedata.normalize("NFD", e.slug).casefold() for e in entries}
    assert len(files) == len(entries), "a file system that folds case or decomposes letters keeps them apart"
    for entry in entries:
        assert one_line(entry.student) == entry.student, "no table shows it otherwise"
        assert len(f".{entry.slug}.html.1234567".encode()) < 255
    for same in alike(e.student for e in entries):
        notes = [e.note for e in entries if e.student in same]
        assert all("another name looks the same; this one is" in note for note in notes), same
        assert len(set(notes)) == len(same)


@pytest.mark.slow
@pytest.mark.sealed
def test_each_student_has_the_score_of_the_own_file(names, assignment, tmp_path):
    solved = [random.Random(SEED + i).random() < 0.5 for i in range(len(names))]
    folder = hand_in(tmp_path / "in", names, lambda i: tiny.perfect() if solved[i] else tiny.notebook())
    entries = collect(folder, wanted="tiny.ipynb")
    wanted = {}
    for entry in entries:
        number = names.index(os.fsencode(entry.path.name)[: -len(b".ipynb")])
        wanted[entry.student] = 5.0 if solved[number] else 0.0
    rows = grade_class(entries, assignment, tmp_path / "out", jobs=2, limits=LIMITS)
    assert len(rows) == len(names)
    assert {r.student: r.score for r in rows} == wanted
    with Gradebook(f"sqlite:///{tmp_path / 'out' / 'gradebook.db'}", "cnn") as book:
        booked = {s.student.id: s.score for s in book.assignment_submissions("tiny")}
    assert booked == {student_key(student): score for student, score in wanted.items()}
    pages = list((tmp_path / "out" / "feedback").iterdir())
    assert len(pages) == len(names)


def test_the_zip_of_a_class_keeps_names_apart_too(tmp_path):
    (tmp_path / "in").mkdir()
    members = {
        f"{n}.ipynb": notebook_json(str(i))
        for i, n in enumerate(["ann lee", "Ann", "ann", "аnn", "ann  lee"])
    }
    zipped(members, tmp_path / "in" / "class.zip")
    entries = collect(tmp_path / "in", wanted="hw3.ipynb")
    assert len({e.slug.casefold() for e in entries}) == len({e.student for e in entries}) == len(members)
    sources = {read(e, "hw3.ipynb") for e in entries}
    assert len(sources) == len(members)


def test_names_of_one_file_stem_differ_by_their_endings(tmp_path):
    for name in ("ann.ipynb", "ann.IPYNB", "ann.ipynb.txt", "ann.pdf", file_stem("Ann") + ".ipynb"):
        (tmp_path / name).write_text(notebook_json())
    zipped({"hw3.ipynb": notebook_json()}, tmp_path / "ann.zip")
    (tmp_path / "ann").mkdir()
    entries = collect(tmp_path, wanted="hw3.ipynb")
    assert len({e.slug.casefold() for e in entries}) == len(entries)
    assert [e.slug for e in entries if e.path.name == "ann.ipynb"] == ["ann"], "the plain one keeps its name"


def test_two_that_would_be_one_are_refused_and_told_apart():
    one, other = (Entry("ann", slug, Path(f"{slug}.ipynb")) for slug in ("ann", "Ann"))
    with pytest.raises(
        AssertionError, match=r"two files would be called Ann: ann: ann.ipynb and ann: Ann.ipynb"
    ):
        check_apart([one, other])


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["ann", "bob"], ["ann", "bob"]),
        (["аnn", "ann"], ["аnn (\\u0430nn)", "ann (ann)"]),
        (["a\u200bnn", "ann"], ["ann (a\\u200bnn)", "ann (ann)"]),
        (["e\u0301", "é"], ["e\u0301 (e\\u0301)", "é (\\xe9)"]),
        (["x" * 50 + "a", "x" * 50 + "b"], ["x" * 50 + "a", "x" * 50 + "b"]),
        (["李雷", "李磊"], ["李雷", "李磊"]),
    ],
)
def test_names_in_one_message_are_told_apart(names, shown):
    assert told_apart(names) == shown


def test_messages_about_two_files_show_what_differs(tmp_path):
    zipped({"hw1.ipynb": notebook_json(), "hw\u200b1.ipynb": notebook_json()}, tmp_path / "ann.zip")
    (entry,) = collect(tmp_path, wanted="hw3.ipynb")
    with pytest.raises(UnreadableError) as caught:
        read(entry, "hw3.ipynb")
    assert str(caught.value) == (
        "two notebooks in the zip: hw1.ipynb (hw1.ipynb), hw1.ipynb (hw\\u200b1.ipynb); "
        "one should be named hw3.ipynb"
    )


def test_spelling_out_keeps_every_two_names_apart():
    draw = random.Random(SEED)
    parts = [
        "a",
        " ",
        "\\",
        "\\x20",
        "\u200b",
        "\x1b",
        "\x1b[1m",
        "\t",
        "\u00a0",
        "\udcff",
        "x20",
        "u200b",
        "é",
        "\U0001f98a",
    ]
    texts = {"".join(draw.choices(parts, k=draw.randint(1, 6))) for _ in range(20_000)}
    assert len({spelled(t) for t in texts}) == len(texts), f"seed {SEED}"
    assert all(one_line(spelled(t)) == spelled(t) for t in texts)
    assert is_notebook("hw\u200b1.ipynb")


def test_a_name_that_is_not_there_is_answered_with_the_one_that_looks_like_it(tmp_path):
    hand_in(tmp_path / "in", ["аnn".encode(), b"bob"], notebook_json)
    entries = collect(tmp_path / "in", wanted="hw3.ipynb")
    with pytest.raises(ValueError, match="no submission of") as caught:
        chosen(entries, ["ann", "zoe", "bob"])
    said = str(caught.value)
    assert said == (
        "no submission of 'ann' (there is аnn (\\u0430nn), which looks the same), 'zoe' "
        "in the submissions' folder"
    )
    assert chosen(entries, ["аnn"]) == ["аnn"]
