"""A check names a known mistake where all outputs are those of the mistake, and nothing else ever."""

import json
from pathlib import Path

import numpy as np
import pytest

from coursekit import _bundle
from coursekit._mistakes import Known, Mistake, Question, Seen, read, sentence, write
from coursekit._otter_tests import read as read_tests
from coursekit.notebook import Check, Grader
from tests.coursekit.hw0 import run, text_of

TESTS = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 2

@test_case(points=1, hidden=False, failure_message="You forgot the step.")
def test_values(mean):
    import numpy as np
    from coursekit import checks
    checks.call("mean", mean, np.arange(6.0), 2).equals([0.5, 1.5, 2.5, 3.5, 4.5], "Divide by the width.")
    checks.call("mean", mean, np.arange(6.0) ** 2, 3).equals([5 / 3, 14 / 3, 29 / 3, 50 / 3], "Divide.")

@test_case(points=1, hidden=False)
def test_refuses(mean):
    import numpy as np
    from coursekit import checks
    checks.refuses("mean", mean, np.arange(2.0), 3)
"""
RIGHT = """
def mean(x, width):
    if width > len(x):
        raise ValueError
    return np.array([x[i : i + width].sum() / width for i in range(len(x) - width + 1)])
"""
SUMS = RIGHT.replace("/ width", "")
HALVES = RIGHT.replace("/ width", "/ 2")  # right on the first call alone
ACCEPTS = RIGHT.replace("if width > len(x)", "if False").replace("np.array(", "np.array([7.0] + ")
SHORT = RIGHT.replace("- width + 1", "- width")
OPENING = "On the public tests your output"
MUTANTS = {"sums": SUMS, "halves": HALVES, "short": SHORT}


def seen_of(code: str) -> tuple[Seen, ...]:
    """Return what the tests see of an answer."""
    import numpy as np

    names: dict[str, object] = {"np": np}
    exec(code, names)
    tests = read_tests(TESTS, "q1.py")
    return tests.survey(names, tests.run(names))


def known(mutants: dict[str, str]) -> Known:
    """Return the mistakes as a build keeps them."""
    made = tuple(Mistake(name, f"The answer {name}.", seen_of(code)) for name, code in mutants.items())
    return Known("stamp", {"q1": Question(seen_of(RIGHT), made)})


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a package with one assignment, and its known mistakes."""
    folder = tmp_path / "package" / "assignments"
    folder.mkdir(parents=True)
    listed = [{"name": "q1", "points": 2, "manual": False}]
    bundle = {"name": "hw9", "notebook": "hw9.ipynb", "questions": listed, "tests": {"q1": TESTS}}
    (folder / "hw9.json").write_text(json.dumps(bundle), encoding="utf-8")
    (folder / "hw9.mistakes.json").write_text(write(known(MUTANTS), "made"), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path / "package")
    monkeypatch.chdir(tmp_path)
    return folder


def check(code: str) -> Check:
    """Check an answer in a new session."""
    return run(Grader("hw9"), code)


@pytest.mark.parametrize("name", MUTANTS)
def test_each_mistake_is_named_and_no_other_sentence_guesses(shelf: Path, name: str) -> None:
    result = check(MUTANTS[name])
    assert result.mistake == f"{OPENING} is exactly what this mistake gives: The answer {name}."
    for text in (repr(result), text_of(result._repr_html_())):
        assert text.count(f"The answer {name}.") == 1
        assert "mean(array (6,), " in text, "where it differs is told all the same"
        assert not any(guess in text for guess in ("forgot the step", "Divide", "Try:"))


def test_another_hand_that_makes_the_mistake_is_named_too(shelf: Path) -> None:
    code = "def mean(x, width):\n    if width > len(x):\n        raise ValueError('too wide')\n"
    code += "    return np.convolve(x, np.ones(width), 'valid')"
    assert "The answer sums." in check(code).mistake


WRONG = {
    "unfinished": "def mean(x, width):\n    ...",
    "not begun": "",
    "zeros": "def mean(x, width):\n    return np.zeros(len(x) - width + 1)",
    "an error": "def mean(x, width):\n    raise NotImplementedError",
    "a refusal": "def mean(x, width):\n    raise ValueError",
    "a constant": "def mean(x, width):\n    return np.ones(len(x))",
    "two mistakes": SUMS.replace("- width + 1", "- width"),
    "sums, and accepts what it must refuse": ACCEPTS.replace("/ width", ""),
    "halves of one more": RIGHT.replace("/ width", "/ min(width, 2)").replace("width + 1)", "width + 2)"),
    "a sum on the first call, where the case ends": RIGHT.replace("/ width", "/ (width - 1)"),
    "right on the first call, then another mistake": RIGHT.replace("/ width", "/ (2 * width - 2)"),
    "changes its input": SUMS.replace("return", "x[0] = 5\n    return"),
}


@pytest.mark.parametrize("what", WRONG)
def test_any_other_wrong_answer_is_told_where_it_differs_and_no_more(shelf: Path, what: str) -> None:
    result = check(WRONG[what])
    assert not result.passed
    assert result.mistake == ""


def test_a_right_answer_is_never_named(shelf: Path) -> None:
    result = check(RIGHT)
    assert (result.passed, result.mistake) == (True, "")


def test_zeros_name_nothing_even_where_a_mistake_gives_zeros(shelf: Path) -> None:
    zeros = {"none": "def mean(x, width):\n    return np.zeros(4)", "nothing": WRONG["unfinished"]}
    (shelf / "hw9.mistakes.json").write_text(write(known(zeros), "made"), encoding="utf-8")
    assert [check(code).mistake for code in zeros.values()] == ["", ""]


def test_two_that_look_alike_are_both_told_and_three_are_not(shelf: Path) -> None:
    path = shelf / "hw9.mistakes.json"
    path.write_text(write(known({"sums": SUMS, "adds": SUMS}), "made"), encoding="utf-8")
    assert check(SUMS).mistake == sentence(["The answer sums.", "The answer adds."], OPENING)
    path.write_text(write(known({"sums": SUMS, "adds": SUMS, "totals": SUMS}), "made"), encoding="utf-8")
    assert check(SUMS).mistake == ""


def test_the_second_run_of_a_test_prints_nothing(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(SUMS.replace("return", "print('called')\n    return"))
    assert capsys.readouterr().out.count("called") == 1, "the case ends at its first wrong value"


@pytest.mark.parametrize(
    "content", [None, "", "[]", "{}", "null", '{"format": 99}', "deep", "prints", "cases"]
)
def test_a_missing_or_broken_file_names_nothing_and_breaks_nothing(shelf: Path, content: str | None) -> None:
    path = shelf / "hw9.mistakes.json"
    text = path.read_text(encoding="utf-8")
    whole = json.loads(text)
    path.unlink()
    if content == "prints":
        path.write_text(text.replace('"array"', '"strange"').replace("[6]", "6"), encoding="utf-8")
    elif content == "cases":
        whole["questions"]["q1"]["right"].pop()
        path.write_text(json.dumps(whole), encoding="utf-8")
    elif content is not None:
        path.write_text("[" * 50 if content == "deep" else content, encoding="utf-8")
    result = check(SUMS)
    assert result.mistake == ""
    assert "Divide by the width." in repr(result)


def test_the_file_is_no_assignment(shelf: Path) -> None:
    with pytest.raises(ValueError, match=r"knows are: hw9$"):
        Grader("hw9.mistakes")


def test_what_is_written_is_read_again() -> None:
    made = known(MUTANTS)
    again = read(write(made, "made"))
    assert again.stamp == "stamp"
    assert json.dumps(repr(again)) == json.dumps(repr(read(write(again, "made"))))
    assert [m.name for m in again.questions["q1"].mistakes] == list(MUTANTS)
    assert again.named("q1", seen_of(SUMS))[0].told == "The answer sums."


@pytest.mark.parametrize(("most", "named"), [(10_000, True), (100, False)])
def test_a_mistake_is_looked_for_on_the_same_files_as_the_check(shelf: Path, most: int, named: bool) -> None:
    np.save("signal.npy", np.arange(6.0))
    bundle = json.loads((shelf / "hw9.json").read_text(encoding="utf-8"))
    bundle["tests"]["q1"] = TESTS.replace(
        "mean, np.arange(6.0), 2", "mean, checks.handed_in('signal.npy'), 2"
    )
    file = {"name": "signal.npy", "kind": "npy", "most": most, "shape": None, "required": True}
    (shelf / "hw9.json").write_text(json.dumps(bundle | {"course": {"files": [file]}}), encoding="utf-8")
    result = check(SUMS)
    assert bool(result.mistake) is named
    assert ("at most 100 bytes" in repr(result)) is not named
