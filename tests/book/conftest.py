"""Executed pages for the tests of the book.

Each page is executed once, by the build. Tests read what it saved:

    def test_parameters(saved):
        page = saved("convolution/channels")        # the page's place in the table of contents
        assert page["parameters"] == (3 * 3 * 3 + 1) * 64   # a cell of the page: record(parameters=…)
        np.testing.assert_allclose(page["y"], expected)     # arrays come back as lists
        assert "28 × 28" in page.output             # text of what its cells show
        page.records, page.cells, page.text         # everything recorded; code cells; the page's source

When the page, or a module that it imports, has changed since, `saved` fails with one line that says what to
run: ``make book``, or ``python book/_ext/chapter_execution.py convolution/channels`` for one page.

What holds for every page (numbers of the prose, frame, length, terms) is tested in ``test_pages.py`` and its
neighbours, not in a chapter's own file.
"""

from collections.abc import Callable

import pytest

from tests.book.saved import Saved
from tests.book.saved import saved as saved_page


@pytest.fixture(scope="session")
def saved() -> Callable[[str], Saved]:
    """Give ``saved("convolution/pooling")``: the page as the build executed it."""
    return saved_page
