"""A mistake that was recognised reaches the student and the class report, and is kept with the result."""

from dataclasses import replace

import pytest

from autograder import mistakes
from autograder.gradescope import bundle, results
from autograder.gradescope.settings import BUILD, Settings
from autograder.pages.feedback import student_page
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records.results import CaseResult, NotebookResult
from autograder.records.standing import Standing
from autograder.records.store import Conditions, Record, Store
from autograder.sealed import naming
from coursekit._recording import Recording
from tests.autograder import tiny
from tests.autograder.test_feedback import check_harmless

TOLD = "Your output is exactly what this mistake gives: "
SETTINGS = Settings("tiny", "after_published", 20)
HOSTILE = "Adds <b>one</b>\x1b[31m twice."


def made(**mistakes: str) -> NotebookResult:
    """Return the result of a notebook with mistakes recognised in q1."""
    whole = tiny.result(q1=(False, True))
    first, *others = whole.questions
    return replace(whole, questions=(replace(first, mistakes=mistakes), *others))


def record(student: str, **mistakes: str) -> Record:
    result = made(**mistakes)
    return Record("x", Conditions("tiny", "", "", "bubblewrap"), tiny.row(student, 2.0), result)


def test_a_student_reads_it_at_the_question_alone(assignment):
    page = student_page(tiny.row(), made(q1_adds="It adds & halves."), assignment)
    text = check_harmless(page).text
    assert text.count(f"{TOLD}It adds & halves.") == 1
    assert text.index("q1") < text.index(TOLD) < text.index("test_two: failed")
    assert TOLD not in student_page(tiny.row(), made(), assignment)


def test_both_of_two_that_look_alike_are_told_and_their_words_are_harmless(assignment):
    page = student_page(tiny.row(), made(one=HOSTILE, other="It adds."), assignment)
    text = check_harmless(page).text
    assert "either of two mistakes" in text
    assert "Adds <b>one</b>" in text
    assert "\x1b" not in page


@pytest.mark.parametrize("hidden", ["visible", "after_published"])
def test_gradescope_tells_it_with_the_score_and_not_before(assignment, hidden):
    found = results.graded(made(q1_adds="It adds."), assignment, hidden, 1.0, "")
    told = [test for test in found["tests"] if TOLD in test["output"]]
    assert [(t["number"], t["visibility"]) for t in told] == [("1", hidden)]
    assert "score" in told[0]
    assert told[0]["output"].startswith(f"{TOLD}It adds.\n")


def test_the_report_counts_mistakes_by_question_the_most_frequent_first(assignment):
    class_ = [record("ann", a="It adds."), record("bob", b="It halves."), record("cid", b="It halves.")]
    class_ += [record("dee"), record("eva", b="It halves.", c="It doubles.")]
    whole = report(class_, assignment)
    q1, q2 = whole.questions
    assert [(m.name, m.words, [s for s, _ in m.who]) for m in q1.mistakes] == [
        ("b", "It halves.", ["bob", "cid"]),
        ("a", "It adds.", ["ann"]),
        ("b or c", "It halves. Or: It doubles.", ["eva"]),
    ]
    assert q2.mistakes == ()
    page = report_page(whole, "")
    assert page.index("2 of 5") < page.index("It halves.") < page.index("It adds.")
    assert '<a href="feedback/cid.html">cid</a>' in page
    assert "recognised" not in report_page(report([record("dee")], assignment), "")


def test_an_attempt_that_does_not_count_is_not_counted(assignment):
    whole = report([record("ann", a="It adds.")], assignment, lambda slug: Standing(counts=False))
    assert whole.questions[0].mistakes == ()


def test_a_result_is_kept_with_its_mistakes_and_older_ones_have_none(tmp_path):
    store = Store(tmp_path)
    store.write(record("ann", q1_adds="It adds."))
    assert store.read("ann") == record("ann", q1_adds="It adds.")
    path = tmp_path / "results" / "ann.json"
    path.write_text(path.read_text().replace(', "mistakes": {"q1_adds": "It adds."}', ""))
    assert store.read("ann") == record("ann")


def test_gradescope_gets_the_file_that_names_mistakes(assignment):
    name = f"{BUILD}/{assignment.name}/{mistakes.NAME}"
    assert name not in bundle.contents(assignment, SETTINGS)
    (assignment.folder / mistakes.NAME).write_text("{}", encoding="utf-8")
    files = bundle.contents(assignment, SETTINGS)
    assert files[name] == b"{}"
    assert "packages/autograder/mistakes.py" in files


def test_what_a_test_guesses_gives_way_to_what_is_known():
    noted = Recording(difference="f(2) returned 3, the right answer is 4.")
    public = CaseResult("a", False, False, "You forgot one.\nYour code raised ValueError: no", "detail")
    shown = naming._without_guess(public, "You forgot one.", noted)
    assert shown.message == "f(2) returned 3, the right answer is 4.\nYour code raised ValueError: no"
    hidden = naming._without_guess(replace(public, hidden=True), "You forgot one.", noted)
    assert hidden.message == "Your code raised ValueError: no"
    passed = replace(public, passed=True)
    assert naming._without_guess(passed, "You forgot one.", noted) == passed


@pytest.mark.parametrize("content", [None, "", "[]", '{"format": 1}'])
def test_a_missing_or_broken_file_names_nothing(assignment, content):
    if content is not None:
        (assignment.folder / mistakes.NAME).write_text(content, encoding="utf-8")
    assert mistakes.known(assignment.graded[0]).questions == {}
