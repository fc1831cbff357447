"""The quiz: what it refuses, what it escapes, and what it says in a browser."""

import pytest
from playwright.sync_api import Browser, Page

from coursekit.quiz import Answer, Quiz, quiz

HOSTILE = (
    """It's "a" < b & <script>document.title = 'no'</script> <img src=x onerror="document.title='no'">"""
)


def one_right() -> Quiz:
    return quiz(
        r"How many weights has a $k \times k$ kernel, isn't it `k*k`?",
        [
            Answer("$2k$", False, "That is one row and one column."),
            Answer("$k^2$", True, "Each of $k$ rows has $k$."),
            Answer(HOSTILE, False, HOSTILE),
        ],
        seed=2,  # this one leaves the answers in this order
    )


def two_right() -> Quiz:
    return quiz(
        "Which are odd?",
        [Answer("1", True, "One."), Answer("2", False, "Even."), Answer("3", True, "Three.")],
        seed=7,
    )


def show(browser: Browser, *parts: object) -> Page:
    """A page with these parts, as a notebook front end puts them in."""
    tab = browser.new_page()
    tab.set_content("<!doctype html><title>whole</title>" + "".join(part._repr_html_() for part in parts))  # type: ignore[attr-defined]
    return tab


@pytest.mark.parametrize(
    ("question", "answers", "message"),
    [
        (" ", [Answer("a", True, ""), Answer("b", False, "")], "question is empty"),
        ("?", [Answer("a", True, "")], "at least 2 answers, got 1"),
        ("?", [Answer("a", False, ""), Answer("b", False, "")], "none is"),
        ("?", [Answer("a", True, ""), Answer("a", False, "")], "different texts"),
    ],
)
def test_refuses_in_words(question: str, answers: list[Answer], message: str) -> None:
    with pytest.raises(ValueError, match=f"^quiz: .*{message}"):
        quiz(question, answers)


def test_html_is_the_same_each_time_and_names_no_host() -> None:
    assert one_right()._repr_html_() == one_right()._repr_html_()
    assert "http" not in one_right()._repr_html_()


def test_the_order_is_drawn_from_the_question_and_stays() -> None:
    answers = [Answer(text, text == "a", "Because.") for text in "abcd"]
    orders = {"".join(a.text for a in quiz(f"Question {n}?", answers).answers) for n in range(300)}
    assert len(orders) == 24, "every order is drawn"
    places = [quiz(f"Question {n}?", answers).answers.index(answers[0]) for n in range(4_000)]
    assert all(900 < places.count(place) < 1_100 for place in range(4)), "none is favoured"
    first = quiz("Question?", answers)
    assert quiz("Question?", answers[::-1]).answers == first.answers, "whatever order the author wrote"
    assert repr(first).split("  ( ) ")[1:] == [f"{a.text}\n" for a in first.answers[:3]] + [
        first.answers[3].text
    ]
    assert {quiz("Question?", answers, seed).answers for seed in range(99)} >= {first.answers}
    assert len({quiz("Question?", answers, seed).answers for seed in range(99)}) > 12


def test_reads_well_in_a_terminal() -> None:
    assert repr(two_right()) == "Which are odd?\n  [ ] 1\n  [ ] 2\n  [ ] 3"
    assert repr(one_right()).startswith(
        "How many weights has a k × k kernel, isn't it k*k?\n  ( ) 2k\n  ( ) k2"
    )


@pytest.mark.site
def test_right_and_wrong_answers_are_told(browser: Browser) -> None:
    tab = show(browser, one_right())
    feedback, check = tab.get_by_role("status"), tab.get_by_role("button", name="Check")
    assert tab.get_by_role("group").get_by_role("radio").count() == 3
    check.click()
    assert feedback.inner_text() == "Choose an answer first."
    tab.get_by_role("radio").nth(0).check()
    assert feedback.inner_text() == ""
    check.click()
    assert feedback.inner_text().split("\n")[0] == "Not yet."
    assert "one row and one column" in feedback.inner_text()
    tab.get_by_role("radio").nth(1).check()
    check.click()
    assert feedback.inner_text().startswith("Right.")
    assert feedback.get_attribute("aria-live") == "polite"


@pytest.mark.site
def test_quotes_and_tags_are_shown_as_written(browser: Browser) -> None:
    tab = show(browser, one_right())
    assert HOSTILE in " ".join(tab.locator("label").nth(2).inner_text().split())
    tab.get_by_role("radio").nth(2).check()
    tab.get_by_role("button", name="Check").click()
    assert HOSTILE in tab.get_by_role("status").inner_text()
    assert tab.title() == "whole"
    assert tab.locator("form script, form img").count() == 0


@pytest.mark.site
def test_several_right_answers_must_all_be_chosen(browser: Browser) -> None:
    tab = show(browser, two_right())
    boxes, check = tab.get_by_role("checkbox"), tab.get_by_role("button", name="Check")
    boxes.nth(0).check()
    check.click()
    assert "something is missing" in tab.get_by_role("status").inner_text()
    boxes.nth(2).check()
    check.click()
    assert tab.get_by_role("status").inner_text().split("\n")[0] == "Right."
    boxes.nth(1).check()
    check.click()
    assert tab.get_by_role("status").inner_text().split("\n")[0] == "Not yet."


@pytest.mark.site
def test_the_same_cell_run_twice_gives_two_separate_quizzes(browser: Browser) -> None:
    question = one_right()
    tab = show(browser, question, two_right(), question)
    first, _, last = tab.locator("form").all()
    first.get_by_role("radio").nth(0).check()
    last.get_by_role("radio").nth(1).check()
    assert first.get_by_role("radio").nth(0).is_checked(), "radio buttons of two quizzes share a name"
    for form, words in ((first, "Not yet."), (last, "Right.")):
        form.get_by_role("button").click()
        assert form.get_by_role("status").inner_text().split("\n")[0] == words


@pytest.mark.site
def test_a_keyboard_is_enough(browser: Browser) -> None:
    tab = show(browser, one_right())
    for key in ("Tab", "Space", "ArrowDown", "Enter"):
        tab.keyboard.press(key)
    assert tab.get_by_role("status").inner_text().startswith("Right.")


@pytest.mark.site
def test_maths_reads_well_without_mathjax(browser: Browser) -> None:
    tab = show(browser, one_right())
    assert "k × k kernel" in tab.locator("legend").inner_text()
    assert "$" not in tab.locator("form").inner_text()
    assert tab.locator("label sup").first.inner_text() == "2"
