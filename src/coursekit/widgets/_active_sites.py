"""Active sites, layer by layer: what an ordinary convolution wakes up, and a submanifold one does not."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import size, table
from coursekit.widgets._windows import windows

Mask = NDArray[np.int64]

LARGEST, SMALLEST, LAYERS = 11, 3, 4
BRUSHES = ("only look", "draw sites", "rub out")
DRAWINGS = {
    "a digit": ["..####...", ".#....#..", "......#..", ".....#...", "..###....", ".....##..",
                ".......#.", "#.....#..", ".#####..."],
    "one site": [".........", ".........", ".........", ".........", "....#...."],
    "a stroke": [".........", ".#.......", ".#.......", "..#......", "...##....", ".....##..",
                 ".......#.", "........#"],
    "two strokes": ["..#...#..", "..#...#..", "..#...#..", "..#...#..", "..#...#..", "..#...#..",
                    "..#...#..", "..#...#..", "..#...#.."],
    "a filled square": [".........", ".........", "..#####..", "..#####..", "..#####..", "..#####..",
                        "..#####.."],
}  # fmt: skip
"""What a list offers: rows of a grid of 11 × 11, from its second row and column on."""


def _drawn(lines: list[str]) -> list[list[int]]:
    mask = np.zeros((LARGEST, LARGEST), int)
    for row, line in enumerate(lines, 1):
        mask[row, 1 : 1 + len(line)] = [place == "#" for place in line]
    return [[int(on) for on in line] for line in mask]


PRESETS = {name: _drawn(lines) for name, lines in DRAWINGS.items()}


@figure
def active_sites(
    sites: ArrayLike | None = None, *, layer: int = 1, channels: int = 8, brush: str = "only look"
) -> Figure:
    r"""Show which places are active behind layers of 3 × 3 convolutions, and the rulebook of a layer.

    An ordinary layer, with padding 1, makes every place active whose window holds an active one. A
    submanifold layer keeps the sites of the input. Both take a product with the weights of a tap for each
    line of their rulebook, which makes :math:`P\,C^2` multiply-adds for :math:`C` channels before and
    behind. The reader draws sites, by mouse, finger or keyboard, goes from layer to layer, and reads the
    lines of an output.

    Parameters
    ----------
    sites
        1 at active sites and 0 elsewhere, shape (H, W), each side 3 to 11; a digit by default.
    layer
        The layer that is shown, 1 to 4.
    channels
        Channels before and behind each layer, 1 to 64.
    brush
        What a click or a tap does to the input: ``"only look"``, ``"draw sites"`` or ``"rub out"``.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the sites are no grid of zeros and ones of such a size, or a setting is outside its limits.

    Examples
    --------
    >>> active_sites([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    A 3 × 3 picture with 1 active site. Behind layer 1 an ordinary network has 9, a submanifold one still 1.
    """
    given = Given("active_sites")
    grid = given.grid("sites", PRESETS["a digit"] if sites is None else sites, largest=LARGEST)
    rows, columns = np.shape(grid)
    if min(rows, columns) < SMALLEST:
        raise given.refuse(
            f"sites expects at least {SMALLEST} rows and columns, got shape ({rows}, {columns})"
        )
    if not np.isin(grid, (0, 1)).all():
        raise given.refuse("sites expects 1 at active sites and 0 elsewhere, nothing else")
    shown = given.count("layer", layer, 1, LAYERS)
    width = given.count("channels", channels, 1, 64)
    given.choice("brush", brush, BRUSHES)

    mask = np.asarray(grid, dtype=int)
    masks = [mask]
    for _ in range(LAYERS):
        masks.append((_heard(given, masks[-1]) > 0).astype(int))
    pairs = [int((_heard(given, one) * after).sum()) for one, after in pairwise(masks)]
    lines_same = _heard(given, mask) * mask
    same = int(lines_same.sum())
    dense = (3 * rows - 2) * (3 * columns - 2) * width**2
    counts = [int(one.sum()) for one in masks]
    numbers: dict[str, Any] = {
        "before": masks[shown - 1],
        "ordinary": masks[shown],
        "lines_ordinary": _heard(given, masks[shown - 1]) * masks[shown],
        "lines_same": lines_same,
        "rows": _rows(mask),
        "rulebook": _rulebook(mask),
        "sites_ordinary": counts,
        "sites_same": [counts[0]] * (LAYERS + 1),
        "pairs_ordinary": pairs,
        "pairs_same": [same] * LAYERS,
        "dense": dense,
        "adds_ordinary": [one * width**2 for one in pairs],
        "adds_same": [same * width**2] * LAYERS,
        "totals": [sum(pairs[:shown]) * width**2, shown * same * width**2, shown * dense],
    }
    told = [
        [f"{number}", *(f"{one:,}" for one in (counts[number], pairs[number - 1] * width**2, counts[0],
                                               same * width**2, dense))]
        for number in range(1, LAYERS + 1)
    ]  # fmt: skip
    return Figure(
        "active_sites",
        "Active sites, layer by layer",
        f"A {size(mask)} picture with {counts[0]} active site{'' if counts[0] == 1 else 's'}. Behind layer "
        f"{shown} an ordinary network has {counts[shown]}, a submanifold one still {counts[0]}.",
        {"sites": grid, "layer": shown, "channels": width, "brush": brush},
        numbers,
        table(_seen(_rows(mask), mask), "Input: rows of the list of sites")
        + table(
            told,
            "Active sites and multiply-adds",
            ("layer", "ordinary: sites", "multiply-adds", "submanifold: sites", "multiply-adds", "dense"),
        ),
        ("windows.js", "active_sites_arithmetic.js"),
        {"PRESETS": PRESETS},
    )


def _heard(given: Given, mask: Mask) -> Mask:
    """How many active places each window holds."""
    counted: Mask = windows(given, mask, (3, 3), padding=1).sum(axis=(2, 3)).astype(int)
    return counted


def _rows(mask: Mask) -> Mask:
    """Return the number of each active site in the list of sites; −1 elsewhere."""
    return np.where(mask == 1, np.cumsum(mask).reshape(mask.shape) - 1, -1)


def _rulebook(mask: Mask) -> list[list[int]]:
    """Lines (output row, input row, row and column of the tap), in the order of the outputs."""
    numbers = np.pad(_rows(mask), 1, constant_values=-1)
    return [
        [int(numbers[r + 1, c + 1]), int(numbers[r + i, c + j]), i, j]
        for r, c in np.argwhere(mask)
        for i in range(3)
        for j in range(3)
        if numbers[r + i, c + j] >= 0
    ]


def _seen(values: Mask, mask: Mask) -> NDArray[Any]:
    """Numbers at the active sites, nothing elsewhere."""
    shown = values.astype(object)
    shown[mask == 0] = ""
    return shown
