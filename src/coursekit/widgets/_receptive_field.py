"""The cone of a unit: what it sees below, and what it influences above."""

from collections.abc import Sequence

import numpy as np

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table
from coursekit.widgets._windows import places

LAYERS = ((3, 1), (3, 2), (3, 1))


@figure
def receptive_field(layers: Sequence[Sequence[int]] = LAYERS, *, pixels: int = 21) -> Figure:
    r"""Show the receptive field of every unit in a stack of layers, along one axis.

    .. math:: R_\ell = R_{\ell-1} + (k_\ell - 1)\, d_\ell\, J_{\ell-1}, \qquad J_\ell = J_{\ell-1}\, s_\ell

    The reader points at a unit of any layer, or walks there with the arrow keys: its cone runs down to the
    pixels it sees and up to the units it influences, and size, jump, first and last pixel are given in words.
    Kernel, stride and dilation of every layer can be changed on the spot. Each layer pads with
    ⌊d (k − 1) / 2⌋ zeros on each side, as odd kernels do to keep the size.

    Parameters
    ----------
    layers
        One to five layers from the input up, each (kernel, stride) or (kernel, stride, dilation): kernels up
        to 7, strides up to 4, dilations up to 8.
    pixels
        Pixels of the input, 5 to 33.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the layers are not as described.

    Examples
    --------
    >>> receptive_field([(3, 1), (3, 2)])
    2 layers above 21 pixels. A unit of the last sees 5 pixels, and neighbours are 2 apart.
    """
    given = Given("receptive_field")
    count = given.count("pixels", pixels, 5, 33)
    if not 1 <= len(layers) <= 5 or any(len(layer) not in (2, 3) for layer in layers):
        raise given.refuse(f"layers expects 1 to 5 of (kernel, stride[, dilation]), got {layers!r}")
    stack = [
        [
            given.count("kernel", kernel, 1, 7),
            given.count("stride", stride, 1, 4),
            given.count("dilation", rest[0] if rest else 1, 1, 8),
        ]
        for kernel, stride, *rest in layers
    ]
    sizes, jumps, starts, counts = [1], [1], [0.0], [count]
    for kernel, stride, dilation in stack:
        padding = dilation * (kernel - 1) // 2
        counts.append(places(given, counts[-1], kernel, stride, padding, dilation))
        sizes.append(sizes[-1] + (kernel - 1) * dilation * jumps[-1])
        starts.append(starts[-1] + (dilation * (kernel - 1) / 2 - padding) * jumps[-1])
        jumps.append(jumps[-1] * stride)
    reads = _reads(stack, counts)
    told = [
        [f"{n}", *map(number, (*layer, counts[n], sizes[n], jumps[n]))] for n, layer in enumerate(stack, 1)
    ]
    return Figure(
        "receptive_field",
        "What a unit sees",
        f"{len(stack)} layers above {count} pixels. A unit of the last sees {sizes[-1]} pixels, "
        f"and neighbours are {jumps[-1]} apart.",
        {"layers": stack, "pixels": count},
        {"sizes": sizes, "jumps": jumps, "starts": starts, "counts": counts, "reads": reads},
        _drawing(stack, counts, starts, jumps)
        + table(told, "The layers", ("layer", "kernel", "stride", "dilation", "units", "field R", "jump J")),
        ("windows.js", "receptive_field_arithmetic.js"),
    )


def _reads(stack: list[list[int]], counts: list[int]) -> list[list[int]]:
    """Count for each layer and unit how many pixels of the input it reads."""
    masks = np.eye(counts[0], dtype=bool)
    found = []
    for (kernel, stride, dilation), below, above in zip(stack, counts, counts[1:], strict=False):
        padding = dilation * (kernel - 1) // 2
        next_masks = np.zeros((above, counts[0]), dtype=bool)
        for unit in range(above):
            for tap in range(kernel):
                if 0 <= (source := unit * stride + tap * dilation - padding) < below:
                    next_masks[unit] |= masks[source]
        masks = next_masks
        found.append(masks.sum(axis=1).tolist())
    return found


def _drawing(stack: list[list[int]], counts: list[int], starts: list[float], jumps: list[int]) -> str:
    """Draw the cone of the middle unit of the last layer, as SVG."""
    step, gap = 20, 44
    height = gap * len(stack) + 30
    lit, lines = {(len(stack), counts[-1] // 2)}, []

    def spot(depth: int, unit: int) -> tuple[float, int]:
        return 15 + step * (starts[depth] + unit * jumps[depth]), height - 15 - gap * depth

    for depth in range(len(stack), 0, -1):
        kernel, stride, dilation = stack[depth - 1]
        padding = dilation * (kernel - 1) // 2
        for unit in sorted(unit for level, unit in lit if level == depth):
            for source in (unit * stride + tap * dilation - padding for tap in range(kernel)):
                if 0 <= source < counts[depth - 1]:
                    lit.add((depth - 1, source))
                    (x1, y1), (x2, y2) = spot(depth, unit), spot(depth - 1, source)
                    lines.append(f"M{x1:g} {y1}L{x2:g} {y2}")
    dots = "".join(
        f'<circle cx="{x:g}" cy="{y}" r="6"{mark}/>'
        for depth, units in enumerate(counts)
        for unit in range(units)
        for (x, y), mark in [(spot(depth, unit), ' class="ck-on"' if (depth, unit) in lit else "")]
    )
    width = 30 + step * (counts[0] - 1)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="Rows of dots, the '
        "input at the bottom. Lines lead from the middle unit of the last layer down to every pixel that it "
        f'sees.">'
        f'<path d="{"".join(lines)}"/>{dots}</svg>'
    )
