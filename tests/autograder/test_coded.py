"""Code in the words of a test is shown as code, and whatever stands in it stays text."""

from autograder.pages.feedback import student_page
from tests.autograder import tiny


def test_code_in_a_message_is_shown_as_code_and_stays_text(assignment):
    page = student_page(
        tiny.row(),
        tiny.result(
            tiny.executed(), (True, False), message="Put `<img src=x>` for the `...`.\nA ` alone\nand `"
        ),
        assignment,
    )
    assert page.count("<code>...</code>") == 1
    assert "<code>&lt;img src=x&gt;</code>" in page
    assert "A ` alone\nand `" in page
