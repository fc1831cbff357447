"""Grids of words and contour plots show what they are given."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from coursekit import plots
from coursekit.plots._figure import BLUE

WALK = np.array([[1.5, 0.5], [0.5, 0.25], [0.25, 0.0]])


def round_bowl(w):
    return (w**2).sum(axis=-1)


def test_cells_say_what_stands_in_them() -> None:
    figure = plots.cells(
        [["$w_1$", ""], ["", "$w_1$"]], [[BLUE, None], [None, BLUE]], rows=["a", "b"], columns=["c", "d"]
    )
    assert figure.alt == "A grid: $w_1$ –; – $w_1$."
    fills = [patch.get_facecolor() for patch in figure.axes[0].patches]
    assert [to_hex(fill) for fill in fills if fill[3]] == [BLUE, BLUE]
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["$w_1$", "$w_1$", "a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.cells([]), "texts expects rows of one length"),
        (lambda: plots.cells([["a"], ["b", "c"]]), r"rows of one length, got \[1, 2\]"),
        (lambda: plots.cells([["a"]], [[None, None]]), "colors expects 1 rows of 1"),
        (lambda: plots.cells([["a"]], rows=["b", "c"]), "rows expects 1 names, got 2"),
    ],
)
def test_cells_that_do_not_fit_are_refused(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("logarithmic", [False, True])
def test_contour_lines_join_points_of_equal_loss(logarithmic: bool) -> None:
    """Those of a round bowl are circles: each at one distance, a larger one where the loss is larger."""
    axes = plots.contours(round_bowl, levels=5, logarithmic=logarithmic, x=(-1, 1), y=(-1, 1)).axes[0]
    (lines,) = axes.collections
    radii = []
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        away = np.hypot(*path.vertices.T)
        np.testing.assert_allclose(away, np.sqrt(level), atol=1e-3)
        radii.append(away.mean())
    steps = np.diff(np.log(radii) if logarithmic else np.square(radii))
    assert len(steps) == 4
    np.testing.assert_allclose(steps, steps[0], rtol=1e-2)


def test_a_path_starts_at_a_ring_and_ends_at_a_dot() -> None:
    figure = plots.contours(round_bowl, {"down": WALK}, minima=[(0, 0)])
    walk, ring, dot, cross = figure.axes[0].get_lines()
    np.testing.assert_array_equal(walk.get_xydata(), WALK)
    np.testing.assert_array_equal(ring.get_xydata(), WALK[:1])
    np.testing.assert_array_equal(dot.get_xydata(), WALK[-1:])
    assert (ring.get_markerfacecolor(), dot.get_marker(), cross.get_marker()) == ("none", "o", "x")
    assert not figure.legends, "one path needs no name"
    assert "down goes from (1.50, 0.50) to (0.25, 0.00)" in figure.alt
