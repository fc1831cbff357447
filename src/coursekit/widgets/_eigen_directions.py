"""Gradient descent on a bowl, taken apart into its eigen-directions."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from coursekit.widgets._contours import contours, line
from coursekit.widgets._descent import descend, factors, turned, verdict
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table


@figure
def eigen_directions(
    curvatures: Sequence[float] = (10, 1),
    rate: float = 0.18,
    beta: float = 0,
    *,
    angle: float = 45,
    start: Sequence[float] = (3, 1),
    steps: int = 30,
    at: int | None = None,
) -> Figure:
    r"""Take gradient descent on a bowl apart: along each eigen-direction it goes its own way.

    .. math:: z_i \leftarrow (1 - \eta \lambda_i)\, z_i

    With momentum, :math:`v \leftarrow \beta v + \nabla L` and :math:`w \leftarrow w - \eta v`, a step
    multiplies coordinate and velocity by a matrix, and its two eigenvalues stand for the factor:

    .. math:: \begin{pmatrix} 1 - \eta \lambda & -\eta \beta \\ \lambda & \beta \end{pmatrix}

    All settings are on sliders and can be typed; the path starts where the reader clicks, taps, or goes with
    the arrow keys.

    Parameters
    ----------
    curvatures
        Eigenvalues :math:`\lambda_1, \lambda_2` of the Hessian, from 0.1 to 20.
    rate
        Learning rate :math:`\eta`, from 0 to 1.
    beta
        Share :math:`\beta` of the velocity that is kept, from 0 to 0.99.
    angle
        Angle of the first direction in degrees, from 0 to 90.
    start
        Where the path starts: two numbers, from −4 to 4 and from −3.27 to 3.27.
    steps
        Length of the path, 5 to 100.
    at
        The step that is shown first; by default the last.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a number is outside its limits.

    Examples
    --------
    >>> print(repr(eigen_directions(rate=0.25)).replace(". ", ".\n"))
    Rate 0.25, with the bound 0.2.
    Along λ₁ = 10 it diverges: it changes sides at every step, and grows 1.5-fold.
    Along λ₂ = 1 it converges monotonically: each step leaves 0.75 of it.
    """
    given = Given("eigen_directions")
    for name, pair in (("curvatures", curvatures), ("start", start)):
        if np.shape(pair) != (2,):
            raise given.refuse(f"{name} expects two numbers, got {pair!r}")
    length = given.count("steps", steps, 5, 100)
    state: dict[str, Any] = {
        "curvatures": [given.real("curvatures", one, 0.1, 20) for one in curvatures],
        "rate": given.real("rate", rate, 0, 1),
        "beta": given.real("beta", beta, 0, 0.99),
        "angle": given.real("angle", angle, 0, 90),
        "start": [given.real("start", one, -end, end) for one, end in zip(start, (4, 3.27), strict=True)],
        "steps": length,
        "at": length if at is None else given.count("at", at, 0, length),
    }
    numbers = descend(state)
    told = " ".join(
        f"Along λ{sign} = {number(curvature)} it {verdict(curvature, state['rate'], state['beta'])}."
        for sign, curvature in zip("₁₂", state["curvatures"], strict=True)
    )
    return Figure(
        "eigen_directions",
        "Along the directions of a bowl",
        f"Rate {number(state['rate'])}, with the bound {number(numbers['bound'])}. {told}",
        state,
        numbers,
        _drawing(state, numbers) + _table(state, numbers),
        ("chart.js", "contours.js", "eigen_directions_arithmetic.js"),
    )


def _table(state: dict[str, Any], numbers: dict[str, Any]) -> str:
    rows = [
        [
            f"λ{'₁₂'[i]} = {number(curvature)}",
            number(state["rate"] * curvature),
            factors(numbers["roots"][i], state["beta"]),
            number(numbers["sizes"][i]),
        ]
        for i, curvature in enumerate(state["curvatures"])
    ]
    heads = ("curvature", "ηλ", "eigenvalues" if state["beta"] else "1 − ηλ", "a step leaves")
    return table(rows, "The two directions", heads)


def _drawing(state: dict[str, Any], numbers: dict[str, Any]) -> str:
    """Draw the bowl, its directions and the path, as SVG."""
    width, height, scale = 320, 256, 40
    cos, sin = turned(state["angle"])
    first, second = state["curvatures"]

    def loss(x: float, y: float) -> float:
        return float(first * (cos * x + sin * y) ** 2 + second * (cos * y - sin * x) ** 2)

    def spot(point: Sequence[float]) -> tuple[float, float]:
        return width / 2 + scale * point[0], height / 2 - scale * point[1]

    lines = "".join(
        f'<path d="{line(map(spot, points))}" style="stroke: var(--{kind}); stroke-width: 2"/>'
        for points, kind in (
            ([(-6 * cos, -6 * sin), (6 * cos, 6 * sin)], "window"),
            ([(6 * sin, -6 * cos), (-6 * sin, 6 * cos)], "output"),
            (numbers["path"][: state["at"] + 1], "ink"),
        )
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="Contour lines of a '
        f'bowl, its two directions, and the path of gradient descent.">'
        f'<path d="{contours(loss, (-4, 4, -3.2, 3.2), width, height, 7)}" '
        f'style="stroke: var(--line); opacity: 0.7"/>{lines}</svg>'
    )
