"""One activation: its value and its slope at a point."""

import numpy as np

from coursekit.widgets._activations import CURVES
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table

NEAR = 1e-5
"""The distance of a finite difference."""


@figure
def activation_explorer(
    activation: str = "sigmoid", *, a: float = 1, slope: float = 0.1, grad: float = 1
) -> Figure:
    r"""Show the curve of an activation and its slope, with a point that the reader moves.

    .. math:: \frac{\partial L}{\partial a} = g \, \sigma'(a)

    Value, slope, a finite difference and what is handed on on the way back are given in numbers.

    Parameters
    ----------
    activation
        ``"sigmoid"``, ``"tanh"``, ``"ReLU"``, ``"leaky ReLU"`` or ``"softplus"``.
    a
        The pre-activation, from −6 to 6.
    slope
        The slope α of leaky ReLU on the left, from 0 to 1.
    grad
        The upstream gradient g, from −10 to 10.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a number is outside its limits, or the activation is another.

    Examples
    --------
    >>> activation_explorer("tanh", a=0.5, grad=2)
    tanh(0.5) = 0.462, and the slope there is 0.786. Of the upstream gradient 2 it hands on 1.57.
    """
    given = Given("activation_explorer")
    state = {
        "activation": given.choice("activation", activation, [name for name in CURVES if name != "none"]),
        "a": given.real("a", a, -6, 6),
        "slope": given.real("slope", slope, 0, 1),
        "grad": given.real("grad", grad, -10, 10),
    }
    curve, steepness = CURVES[activation]
    value, steep = (float(function(np.array(float(a)), slope)) for function in (curve, steepness))
    above, below = (float(curve(np.array(a + by), slope)) for by in (NEAR, -NEAR))
    numbers = {
        "value": value,
        "steepness": steep,
        "handed": grad * steep,
        "difference": (above - below) / (2 * NEAR),
    }
    return Figure(
        "activation_explorer",
        "An activation and its slope",
        f"{activation}({number(a)}) = {number(value)}, and the slope there is {number(steep)}. "
        f"Of the upstream gradient {number(grad)} it hands on {number(grad * steep)}.",
        state,
        numbers,
        _drawing(activation, a, slope)
        + table([[a, value, steep]], "At the point", ("pre-activation a", "output", "slope")),
        ("chart.js", "activations_arithmetic.js"),
    )


def _drawing(activation: str, a: float, leak: float) -> str:
    """Draw the curve and the point on it, as SVG."""
    curve, _ = CURVES[activation]
    low, high = {"sigmoid": (-0.2, 1.2), "tanh": (-1.2, 1.2)}.get(activation, (-1.5, 6.5))

    def spot(x: float) -> str:
        up = (high - float(curve(np.array(x), leak))) / (high - low)
        return f"{10 + 20 * (x + 6):.0f} {10 + 140 * up:.1f}"

    x, y = spot(a).split()
    path = "L".join(spot(float(place)) for place in np.linspace(-6, 6, 97))
    return (
        f'<svg viewBox="0 0 260 160" width="260" role="img" aria-label="The curve of {activation} from −6 '
        f'to 6, with a point at {number(a)}."><path d="M{path}"/>'
        f'<circle cx="{x}" cy="{y}" r="6" class="ck-on"/></svg>'
    )
