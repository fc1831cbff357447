"""Tables: numbers to the right with separators, words to the left, nothing that breaks a page."""

import numpy as np
import pytest
from bs4 import BeautifulSoup

from coursekit.tables import table


def test_numbers_are_set_for_reading() -> None:
    found = table({"who": ["a", "b"], "count": [1234567, -5], "share": [np.float32(0.5), -1]}, "Counts", 2)
    html = BeautifulSoup(found._repr_html_(), "html.parser")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in html.select("tr")]
    assert rows == [["who", "count", "share"], ["a", "1,234,567", "0.50"], ["b", "−5", "−1"]]
    assert [str(cell["scope"]) for cell in html.select("th")] == ["col"] * 3 + ["row"] * 2
    assert len(html.select(".text-right")) == 6
    assert html.select_one("caption") is not None
    assert html.select_one("[role=region]")["aria-label"] == "Counts"  # type: ignore[index]
    assert repr(found).splitlines()[0] == "Counts"


def test_maths_and_code_are_marked_and_everything_else_is_text() -> None:
    html = table({"$k_h$": ["`x`", "<b>"]})._repr_html_()
    assert 'data-tex="k_h"' in html
    assert "<code>x</code>" in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("columns", [{}, {"a": []}, {"a": [1], "b": [1, 2]}])
def test_columns_that_do_not_fit_are_refused(columns: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="table: columns expects columns of one length"):
        table(columns)
