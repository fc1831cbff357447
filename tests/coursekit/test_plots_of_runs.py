"""Rows of dots: every number is there, and the mean where it belongs."""

import numpy as np

from coursekit import plots


def test_every_number_is_a_dot_and_their_mean_a_stroke() -> None:
    rows = {"nothing": [79.0, 80.0, 75.0], "dropout": [81.0, 80.0]}
    (axes,) = plots.dots(rows, line=78.5).axes
    *drawn, line = axes.lines
    for place, (values, dots, mean) in enumerate(zip(rows.values(), drawn[::2], drawn[1::2], strict=True)):
        np.testing.assert_array_equal(dots.get_xdata(), values)
        assert set(dots.get_ydata()) == {place}
        assert set(mean.get_xdata()) == {np.mean(values)}
    assert set(line.get_xdata()) == {78.5}
    assert [text.get_text() for text in axes.get_yticklabels()] == list(rows)
    assert plots.dots(rows, limits=(70, 90)).axes[0].get_xlim() == (70, 90)
    low, high = axes.get_ylim()
    assert low > high, "the first row is on top"
