"""Written answers marked from a sheet, and comments used again by name, there and in the formgrader."""

import csv
from pathlib import Path

import pytest

from autograder.grades.comments import Comment, CommentBank
from tests.autograder import attempts, tiny
from tests.autograder.attempts import folder, page, run, sheet  # noqa: F401 - a fixture among them
from tests.autograder.by_nbgrader import opened

pytestmark = pytest.mark.usefixtures("folder")
COMMENTS = """\
[tiny.q3]
vague = "Say which, and why."
no-proof = { text = "Where does one see that?", points = -1.5 }
"""


@pytest.fixture(autouse=True)
def rules(folder: Path) -> None:  # noqa: F811
    Path("comments.toml").write_text(COMMENTS)
    Path("autograder.toml").write_text('[marks]\ncomments = "comments.toml"\n')
    Path("in").mkdir()
    for who, answer in (("ann", "Because."), ("bob", "=SUM(1)\nand so on"), ("cid", tiny.PROMPT)):
        Path(f"in/{who}.ipynb").write_text(tiny.perfect(answer))
    attempts.graded()


def entered(text: str):
    Path("marks.csv").write_text(text, encoding="utf-8")
    return run("marks", "out", "marks.csv")


def gradebook(student: str) -> tuple[float, str | None]:
    with opened(Path("out")) as book:
        grade = book.find_grade("q3", "tiny", "tiny", student)
        assert not grade.needs_manual_grade
        return grade.score, book.find_comment("q3", "tiny", "tiny", student).manual_comment


def test_what_waits_is_written_filled_in_and_entered():
    said = run("marks", "out", "marks.csv", "--write")
    assert (said.exit_code, said.stdout) == (0, "2 answers in marks.csv\n")
    with Path("marks.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [(n["student"], n["question"], n["points"], n["possible"], n["answer"]) for n in lines] == [
        ("ann", "q3", "", "4", "Because."), ("bob", "q3", "", "4", "'=SUM(1) and so on"),
    ]  # fmt: skip
    lines[0] |= {"points": "3,5", "comment": "Good. @vague"}
    lines[1] |= {"comment": "@no-proof"}
    with Path("marks.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, lines[0].keys(), delimiter=";")  # as a German spreadsheet saves it
        writer.writeheader()
        writer.writerows(lines)
    said = run("marks", "out", "marks.csv")
    assert said.stdout == "2 entered. `autograder feedback out` puts them on the pages.\n"
    assert gradebook("ann") == (3.5, "Good. @vague")
    assert gradebook("bob") == (2.5, "@no-proof")
    assert run("feedback", "out").exit_code == 0
    assert "Good. Say which, and why." in page("ann")
    assert "Where does one see that?" in page("bob")
    assert run("show", "out").exit_code == 0
    assert (sheet()["ann"]["total"], sheet()["bob"]["waiting"]) == ("8.5", "")
    assert run("marks", "out", "left.csv", "--write").stdout == "0 answers in left.csv\n"
    assert run("marks", "out", "all.csv", "--write", "--all").stdout == "3 answers in all.csv\n"
    assert "ann,q3,3.5,4,Good. @vague,Because." in Path("all.csv").read_text()


def test_the_formgraders_comments_use_names_too_and_one_that_is_not_there_is_said():
    with opened(Path("out")) as book:
        book.find_comment("q3", "tiny", "tiny", "ann").manual_comment = "@vague Ask ann@x.edu or @vagu."
        book.db.commit()
    said = run("feedback", "out")
    assert "ann: there is no comment @vagu for q3 (did you mean @vague?)" in said.stderr
    assert "Say which, and why. Ask ann@x.edu or @vagu." in page("ann")
    Path("comments.toml").write_text(COMMENTS.replace("Say which, and why.", "Which one?"))
    assert run("feedback", "out").stdout.startswith("1 of 3 pages")
    assert "Which one? Ask" in page("ann")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("eva,q3,1,", "'eva' has no notebook that counts"),
        ("ann,q9,1,", "there is no question 'q9'; there is q1, q2, q3"),
        ("ann,q3,5,", "'5' is no number of points from 0 to 4"),
        ("ann,q3,-1,", "'-1' is no number of points from 0 to 4"),
        ("ann,q3,nan,", "'nan' is no number of points from 0 to 4"),
        ("ann,q3,two,", "'two' is no number of points from 0 to 4"),
        ("ann,q1,1,well", "q1 is graded by machine: its points can be changed, but it takes no comment"),
        ("ann,q3,1,@vageu", "there is no comment @vageu for q3 (did you mean @vague?)"),
        ("bob,q3,2,", "bob has points for q3 already"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_nothing_is_entered(line, words):
    said = entered(f"student,question,points,comment\nbob,q3,1,\n{line}\n")
    assert said.exit_code == 2
    assert f"marks.csv:3: {words}" in " ".join(said.output.split())
    with opened(Path("out")) as book:
        assert book.find_grade("q3", "tiny", "tiny", "bob").manual_score is None


def test_other_mistakes_are_said():
    assert "marks.csv:1: no column 'points'" in entered("student,question\n").output
    Path("marks.csv").unlink()
    assert "marks.csv cannot be read" in " ".join(run("marks", "out", "marks.csv").output.split())
    Path("marks.csv").write_text("mine")
    assert "is there already" in " ".join(run("marks", "out", "marks.csv", "--write").output.split())
    assert Path("marks.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tiny", "comments.toml: "),
        ("tiny = 3", "comments.toml: tiny must be a table: comments stand in [assignment.question]"),
        ("[tiny]\nvague = 'x'", "comments.toml: tiny.vague must be a table"),
        ("[tiny.q3]\nvague = 3", 'comments.toml: tiny.q3.vague must be text, or { text = "…", points = -1 }'),
        ("[tiny.q3]\nvague = { text = 'x', point = 1 }", "comments.toml: tiny.q3.vague must be text, or"),
        ("[tiny.q3]\n'a b' = 'x'", "comments.toml: tiny.q3.a b: a name takes letters, digits, _ and -"),
        (None, "comments.toml cannot be read: No such file or directory"),
    ],
)
def test_a_bad_file_of_comments_is_explained(text, words):
    Path("comments.toml").unlink()
    if text is not None:
        Path("comments.toml").write_text(text)
    said = run("config")
    assert said.exit_code == 2
    assert f"autograder.toml:2: marks.comments: {words}" in " ".join(said.output.split())


def test_names_are_no_addresses_and_texts_are_put_in_once():
    bank = CommentBank({("t", "q"): {"a": Comment("see @b"), "b": Comment("x", -1), "c": Comment("y", -2)}})
    assert bank.written_out("t", "q", "@a me@a.org @@a (@c)") == "see @b me@a.org @@a (y)"
    assert (bank.points("t", "q", "@b @c"), bank.points("t", "q", "@a")) == (-3, None)
    assert bank.unmatched("t", "other", "@d") == []
