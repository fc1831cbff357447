import io

import numpy as np
import pytest
from matplotlib.image import imread

from coursekit.notebook import GRADING
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


def test_is_one_picture_where_a_notebook_is_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GRADING, "1")
    small, large = matrix([[1]]), matrix(np.ones((6, 2)))
    shown = row(small, "→", large)
    png = shown._repr_png_()
    assert shown._repr_html_() is None
    assert png is not None
    whole = imread(io.BytesIO(png))
    left, right = small.pixels(), large.pixels()
    assert whole.shape[0] == max(len(left), len(right))
    assert whole.shape[1] > left.shape[1] + right.shape[1]  # the arrow has room between them
    np.testing.assert_array_equal(np.round(whole[:, -right.shape[1] :] * 255), right)
