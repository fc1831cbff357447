import pytest

from coursekit.plots import matrix, row


def test_shows_every_part_in_order() -> None:
    page = row(matrix([[1]], alt="one"), "<", matrix([[2]], alt="two"))._repr_html_()
    assert page.index('aria-label="one"') < page.index("&lt;") < page.index('aria-label="two"')
    assert page.count("<svg") == 2
    assert "flex-wrap:wrap" in page


def test_says_in_words_what_it_shows() -> None:
    assert repr(row(matrix([[1]], alt="one"), "=", matrix([[1]], alt="the same"))) == "one\n=\nthe same"


def test_wants_a_figure() -> None:
    with pytest.raises(ValueError, match="at least one figure"):
        row("=")
