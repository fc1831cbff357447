"""The length of a gradient on its way back through many layers."""

from coursekit.widgets._activations import CURVES, through
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import short, table


@figure
def gradient_through_layers(
    activation: str = "sigmoid",
    *,
    layers: int = 20,
    scale: float = 1,
    slope: float = 0.1,
    back: int | None = None,
) -> Figure:
    r"""Show how layers of random weights shorten a gradient, or lengthen it, on its way back.

    .. math:: \text{factor of a layer} = s \sqrt{\operatorname{mean} \, \sigma'(a)^2}

    Weights are drawn with the standard deviation :math:`s / \sqrt{\text{inputs}}`. In very wide layers the
    pre-activations are then normally distributed around 0, and the factors follow without drawing anything.
    The reader goes back layer by layer and sees the length, the factor and where the pre-activations lie.

    Parameters
    ----------
    activation
        ``"sigmoid"``, ``"tanh"``, ``"ReLU"``, ``"leaky ReLU"``, ``"softplus"`` or ``"none"``.
    layers
        How many, 1 to 30.
    scale
        The factor s of the weights, from 0.1 to 32.
    slope
        The slope α of leaky ReLU on the left, from 0 to 1.
    back
        How many layers the gradient has gone back where the figure starts; by default all.

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
    >>> gradient_through_layers("ReLU", layers=20)
    20 layers with ReLU and weights times 1: the gradient arrives 9.8·10⁻⁴ times as long.
    """
    given = Given("gradient_through_layers")
    count = given.count("layers", layers, 1, 30)
    state = {
        "activation": given.choice("activation", activation, list(CURVES)),
        "layers": count,
        "scale": given.real("scale", scale, 0.1, 32),
        "slope": given.real("slope", slope, 0, 1),
        "back": given.count("back", count if back is None else back, 0, count),
    }
    spreads, factors = through(activation, count, scale, slope)
    lengths = [1.0]
    for times in factors[::-1]:
        lengths.append(lengths[-1] * times)
    places = sorted({int(share * count / 4 + 0.5) for share in range(5)})
    told = [[str(gone), short(lengths[gone])] for gone in places]
    return Figure(
        "gradient_through_layers",
        "A gradient through many layers",
        f"{count} layer{'s' * (count > 1)} with {'no activation' if activation == 'none' else activation} "
        f"and weights times {short(scale)}: the gradient arrives {short(lengths[-1])} times as long.",
        state,
        {"spreads": spreads, "factors": factors, "lengths": lengths},
        table(told, "Length of the gradient", ("layers gone back", "length")),
        ("chart.js", "activations_arithmetic.js", "layers_arithmetic.js"),
    )
