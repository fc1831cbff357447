"""A network forward: what every unit computes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._network import INPUT, WEIGHTS, drawing, forward, lists, network_state, row, sizes
from coursekit.widgets._text import number, table


@figure
def forward_pass(
    x: ArrayLike = INPUT, weights: Sequence[ArrayLike] = WEIGHTS, *, activation: str = "ReLU"
) -> Figure:
    r"""Show a small network whose every unit can be opened: its sum of products, and its output.

    .. math:: a_k^{(\ell)} = \sum_h w_{k h}^{(\ell)} z_h^{(\ell - 1)}, \qquad z_0 = 1, \qquad
        z_k^{(\ell)} = \sigma(a_k^{(\ell)})

    Inputs and weights can be typed. The last layer has no activation.

    Parameters
    ----------
    x
        One example of 1 to 6 numbers.
    weights
        For each of 1 to 3 layers a matrix with a row for each unit, at most 6: its bias, then its weights.
        All numbers are from −10 to 10.
    activation
        ``"ReLU"``, ``"sigmoid"`` or ``"tanh"``.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is outside its limits, or the activation is another.

    Examples
    --------
    >>> forward_pass([1, 2], [[[0, 1, -1]], [[1, 2]]])
    A network of 2 inputs, 1 hidden unit, 1 output, with ReLU, makes 1 of the inputs 1, 2.
    """
    given = Given("forward_pass")
    state = network_state(given, x, weights, activation)
    sums, outputs = forward(state)
    words = [
        [number(value) for value in outputs[0]],
        *(
            [f"{number(before)} → {number(after)}" for before, after in zip(a, z, strict=True)]
            for a, z in zip(sums[:-1], outputs[1:-1], strict=True)
        ),
        [number(value) for value in outputs[-1]],
    ]
    told = "Columns of numbers from inputs to outputs, and a line for each weight."
    return Figure(
        "forward_pass",
        "A network forward",
        f"A network of {sizes(state)}, with {activation}, makes {row(outputs[-1])} "
        f"of the inputs {row(outputs[0])}.",
        state,
        {"sums": lists(sums), "outputs": lists(outputs)},
        drawing(state, words, told)
        + "".join(
            table(np.asarray(weight), f"Weights of layer {layer}, biases first")
            for layer, weight in enumerate(state["weights"], 1)
        ),
        ("activations_arithmetic.js", "network_arithmetic.js", "brief.js", "network_drawing.js"),
    )
