"""Dropout as an ensemble: every mask's network, their average, and the one pass that stands for them."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._activations import CURVES, Array
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._network import drawing, forward, network_state, row
from coursekit.widgets._text import number, table

WEIGHTS = (((0, 1, 1), (1, -1, 1), (1, 2, -1)), ((-1, 0.5, -0.5, 1), (1, -0.5, 0.5, 1)))
INPUTS, UNITS, OUTPUTS = 4, 4, 3
"""The most of each: 16 masks are still read on a phone."""
ENDS = ("linear", "ReLU", "sigmoid", "softmax")


@figure
def dropout_ensemble(
    x: ArrayLike = (1, 2),
    weights: Sequence[ArrayLike] = WEIGHTS,
    p: float = 0.5,
    *,
    activation: str = "ReLU",
    output: str = "linear",
    scaling: str = "training",
) -> Figure:
    r"""Show all networks that dropout makes of one, their average, and the one pass without dropout.

    .. math:: \sum_m P(m)\, y(m), \qquad P(m) = \prod_k (1 - p)^{m_k}\, p^{1 - m_k}

    Dropout stands behind the hidden layer. The average is the one pass where the output is linear in the
    hidden units, and in general is not where a sigmoid, a softmax or a ReLU follows. Inputs and weights can
    be typed.

    Parameters
    ----------
    x
        One example of 1 to 4 numbers.
    weights
        Two matrices with a row for each unit, its bias first: of 1 to 4 hidden units, then of 1 to 3 outputs.
        All numbers are from −10 to 10.
    p
        Probability that a hidden unit is dropped, from 0 to 0.9.
    activation
        Of the hidden units, before they are dropped: ``"ReLU"``, ``"sigmoid"`` or ``"tanh"``.
    output
        What is applied to the last layer's scores: ``"linear"`` (nothing), ``"ReLU"``, ``"sigmoid"`` or
        ``"softmax"``.
    scaling
        ``"training"``: units that are kept are divided by 1 − p, and the one pass is the whole network
        (inverted dropout). ``"evaluation"``: nothing is scaled in training, and the one pass multiplies the
        weights behind the hidden units by 1 − p.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is outside its limits, or a word is none of those above.

    Examples
    --------
    >>> dropout_ensemble([1], [[[0, 2]], [[1, 3]]], output="ReLU")
    2 masks of 1 hidden unit, dropped with probability 0.5: the outputs are 7 on average, and 7 in one pass.
    """
    given = Given("dropout_ensemble")
    state = network_state(given, x, weights, activation)
    shape = [len(state["x"]), *map(len, state["weights"])]
    if len(shape) != 3:
        raise given.refuse(f"weights expects 2 matrices, got {len(shape) - 1}")
    named = zip(("inputs", "hidden units", "outputs"), shape, (INPUTS, UNITS, OUTPUTS), strict=True)
    for words, count, most in named:
        if count > most:
            raise given.refuse(f"expects at most {most} {words}, got {count}")
    state |= {
        "p": given.real("p", p, 0, 0.9),
        "output": given.choice("output", output, ENDS),
        "scaling": given.choice("scaling", scaling, ("training", "evaluation")),
    }
    numbers = _ensemble(state)
    masks = list(product((1, 0), repeat=shape[1]))
    outputs = [f"y{'₁₂₃'[k]}" for k in range(shape[2])]
    units = f"{shape[1]} hidden unit{'s' * (shape[1] > 1)}"
    return Figure(
        "dropout_ensemble",
        "Dropout as an ensemble",
        f"{len(masks)} masks of {units}, dropped with probability {number(state['p'])}: the outputs are "
        f"{row(numbers['average'])} on average, and {row(numbers['one_pass'])} in one pass.",
        state,
        numbers,
        drawing(
            state,
            [
                list(map(number, part))
                for part in (state["x"], numbers["hidden"].tolist(), numbers["one_pass"].tolist())
            ],
            "The whole network: inputs, hidden units, outputs, and a line for each weight.",
        )
        + table(
            [
                [" ".join(map(str, mask)), chance, *values]
                for mask, chance, values in zip(
                    masks, numbers["probabilities"].tolist(), numbers["outputs"].tolist(), strict=True
                )
            ],
            "Every mask",
            ("mask", "P", *outputs),
        )
        + table(
            [["average", *numbers["average"].tolist()], ["one pass", *numbers["one_pass"].tolist()]],
            "Their average, and one pass",
            ("outputs", *outputs),
        ),
        (
            "activations_arithmetic.js",
            "network_arithmetic.js",
            "brief.js",
            "network_drawing.js",
            "dropout_ensemble_arithmetic.js",
        ),
    )


def _ensemble(state: dict[str, Any]) -> dict[str, Array]:
    """Run the network once for every mask, and once without dropout."""
    p, hidden = state["p"], forward(state)[1][1]
    matrix = np.asarray(state["weights"][1], dtype=float)
    masks = np.array(list(product((1.0, 0.0), repeat=len(hidden))))
    kept, whole = (1 / (1 - p), 1.0) if state["scaling"] == "training" else (1.0, 1 - p)
    probabilities = np.where(masks > 0, 1 - p, p).prod(axis=1)
    scores = kept * masks * hidden @ matrix[:, 1:].T + matrix[:, 0]
    one_scores = whole * hidden @ matrix[:, 1:].T + matrix[:, 0]
    outputs, one_pass = _end(state["output"], scores), _end(state["output"], one_scores)
    average = probabilities @ outputs
    return {
        "hidden": hidden,
        "probabilities": probabilities,
        "scores": scores,
        "outputs": outputs,
        "one_scores": one_scores,
        "one_pass": one_pass,
        "average": average,
        "gap": average - one_pass,
    }


def _end(name: str, scores: Array) -> Array:
    """Apply the output function to scores whose last axis is that of the outputs."""
    if name == "softmax":
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
    return CURVES["none" if name == "linear" else name][0](scores, 0.0)
