"""A network backward: the derivative of the loss by everything in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._activations import Array
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._network import (
    INPUT,
    WEIGHTS,
    backward,
    drawing,
    forward,
    lists,
    network_state,
    row,
    sizes,
    vector,
)
from coursekit.widgets._text import number, table

LOSSES = ("squared error", "cross-entropy", "upstream gradient")


@figure
def backward_pass(
    x: ArrayLike = INPUT,
    weights: Sequence[ArrayLike] = WEIGHTS,
    *,
    activation: str = "ReLU",
    loss: str = "squared error",
    target: ArrayLike | None = None,
    grad: ArrayLike | None = None,
) -> Figure:
    r"""Show the derivatives of a loss on their way back through a small network, unit by unit.

    .. math:: \delta_k^{(\ell)} = \sigma'(a_k^{(\ell)}) \sum_q \delta_q^{(\ell + 1)} w_{q k}^{(\ell + 1)},
        \qquad \frac{\partial L}{\partial w_{k h}^{(\ell)}} = \delta_k^{(\ell)} z_h^{(\ell - 1)}

    Every unit can be opened, and shows the sum of products that its :math:`\delta` is. Every weight can be
    opened, and shows its derivative beside a finite difference. Inputs, weights and the target can be typed.

    Parameters
    ----------
    x, weights, activation
        As in `forward_pass`.
    loss
        ``"squared error"``: half the sum of :math:`(y_k - t_k)^2` over the outputs. ``"cross-entropy"``: of
        the softmax of y. ``"upstream gradient"``: ``grad`` is given in place of a loss.
    target
        One number for each output; for a cross-entropy probabilities. By default 1, 2, …, or the first class.
    grad
        The upstream gradient, one number for each output; by default all are 1.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is outside its limits, or a word is not one of those above.

    Examples
    --------
    >>> backward_pass([1, 2], [[[0, 2, -1]], [[1, 2]]], target=[3])
    A network of 2 inputs, 1 hidden unit, 1 output, with ReLU. The loss is 2, its derivatives by the outputs
    −2.
    """
    given = Given("backward_pass")
    state = network_state(given, x, weights, activation)
    count = len(state["weights"][-1])
    if target is None:
        target = np.eye(count)[0] if loss == "cross-entropy" else np.arange(1, count + 1)
    state |= {
        "loss": given.choice("loss", loss, LOSSES),
        "target": vector(given, "target", target, count),
        "grad": vector(given, "grad", np.ones(count) if grad is None else grad, count),
    }
    sums, written = forward(state)
    amount, upstream = _loss(given, state, written[-1])
    derivatives = backward(state, sums, written, upstream)
    words = [[number(value) for value in written[0]]]
    for z, delta in zip(written[1:], derivatives["deltas"], strict=True):
        words.append([f"{number(value)}, δ {number(back)}" for value, back in zip(z, delta, strict=True)])
    told = "Columns of numbers from inputs to outputs, beside each output its δ, and a line for each weight."
    return Figure(
        "backward_pass",
        "A network backward",
        f"A network of {sizes(state)}, with {activation}. The loss is {number(amount)}, "
        f"its derivatives by the outputs {row(upstream)}.",
        state,
        {"sums": lists(sums), "outputs": lists(written), "loss": amount, **derivatives},
        drawing(state, words, told)
        + "".join(
            table(np.asarray(grads), f"Derivatives by weights, layer {layer}")
            for layer, grads in enumerate(derivatives["grads"], 1)
        ),
        ("activations_arithmetic.js", "network_arithmetic.js", "brief.js", "network_drawing.js"),
    )


def _loss(given: Given, state: dict[str, Any], y: Array) -> tuple[float, Array]:
    """Return the loss of the outputs y, and its derivative by each of them."""
    target, grad = np.asarray(state["target"], dtype=float), np.asarray(state["grad"], dtype=float)
    if state["loss"] == "squared error":
        return float(((y - target) ** 2).sum() / 2), y - target
    if state["loss"] == "upstream gradient":
        return float(grad @ y), grad
    if target.min() < 0 or abs(target.sum() - 1) >= 1e-9:
        raise given.refuse(
            f"target expects probabilities that add up to 1 for a cross-entropy, got {target.tolist()}"
        )
    log_p = y - np.logaddexp.reduce(y)
    return float(-(target @ log_p)), np.exp(log_p) - target
