"""Focal loss: its curves beside cross-entropy, and which examples have how much of the sum."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from coursekit.widgets._contours import line
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table

Array = NDArray[np.float64]

EXAMPLES = ((900, 0, 0.95), (80, 0, 0.7), (15, 1, 0.4), (5, 1, 0.1))
ROWS = "ABCDEF"
MANY = 100_000
"""The most examples of one kind."""


@figure
def focal_loss_shares(
    gamma: float = 2,
    alpha: float = 0.25,
    *,
    weigh: bool = False,
    p: float = 0.9,
    examples: Sequence[Sequence[float]] = EXAMPLES,
) -> Figure:
    r"""Show focal loss beside cross-entropy, and what each kind of example has of the whole loss.

    .. math:: \mathrm{FL} = -\alpha_t (1 - p_t)^\gamma \log p_t, \qquad
        \left|\frac{\partial\, \mathrm{FL}}{\partial x}\right|
        = \alpha_t (1 - p_t)^\gamma \left(1 - p_t - \gamma\, p_t \log p_t\right)

    where :math:`p_t` is the probability of the right label, the sigmoid of the score x or 1 less it. The
    curves have a point that the reader moves; the examples can be typed, and bars show their shares of the
    sum of losses and of the sum of the sizes of gradients, with cross-entropy and with focal loss.

    Parameters
    ----------
    gamma
        Focus :math:`\gamma`, from 0 (cross-entropy) to 5.
    alpha
        Weight :math:`\alpha` of label 1, from 0 to 1; label 0 weighs :math:`1 - \alpha`.
    weigh
        Whether focal loss weighs labels at all; cross-entropy never does.
    p
        Probability of the right label at the point, from 0.01 to 0.99.
    examples
        1 to 6 rows of three numbers: how many such examples there are (0 to 100,000), their label (0 or 1),
        and the probability of this label (0.01 to 0.99). In the figure they are called A, B, C, and so on.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a number is outside its limits, or a row has not three.

    Examples
    --------
    >>> focal_loss_shares(2, examples=[(99, 0, 0.9), (1, 1, 0.1)])
    Of the whole loss, A (99 examples with p = 0.9) has 81.9 % with cross-entropy and 5.3 % with focal loss, B
    (1 example with p = 0.1) has 18.1 % with cross-entropy and 94.7 % with focal loss.
    """
    given = Given("focal_loss_shares")
    if not 1 <= len(examples) <= len(ROWS):
        raise given.refuse(f"examples expects 1 to {len(ROWS)} rows, got {len(examples)}")
    if any(np.shape(one) != (3,) for one in examples):
        raise given.refuse(f"examples expects rows of three numbers, got {examples!r}")
    state: dict[str, Any] = {
        "gamma": given.real("gamma", gamma, 0, 5),
        "alpha": given.real("alpha", alpha, 0, 1),
        "weigh": bool(weigh),
        "p": given.real("p", p, 0.01, 0.99),
        "examples": [
            [
                given.count("how many in examples", cast(int, many), 0, MANY),
                given.count("label in examples", cast(int, label), 0, 1),
                given.real("p in examples", right, 0.01, 0.99),
            ]
            for many, label, right in examples
        ],
    }
    numbers = _share_out(state)
    told = [[_percent(share) for share in shares] for shares in numbers["shares"].tolist()]
    said = ", ".join(
        f"{ROWS[index]} ({many} example{'s' * (many != 1)} with p = {number(right)}) has {told[0][index]} "
        f"with cross-entropy and {told[1][index]} with focal loss"
        for index, (many, _, right) in enumerate(state["examples"])
    )
    return Figure(
        "focal_loss_shares",
        "Focal loss and its shares",
        f"Of the whole loss, {said}.",
        state,
        numbers,
        _drawing(state)
        + table(
            [[ROWS[index], *row] for index, row in enumerate(zip(*told, strict=True))],
            "Shares, with cross-entropy (CE) and focal loss (FL)",
            ("examples", "loss, CE", "loss, FL", "gradient, CE", "gradient, FL"),
        ),
        ("chart.js", "focal_loss_shares_arithmetic.js"),
    )


def _focal(p: Array, gamma: float, weight: Array) -> tuple[Array, Array]:
    """Return losses, and the sizes of their slopes by the score."""
    focus = weight * (1 - p) ** gamma
    return -focus * np.log(p), focus * (1 - p - gamma * p * np.log(p))


def _weight(state: dict[str, Any], labels: Array) -> Array:
    alpha = state["alpha"]
    return np.where(labels > 0, alpha, 1 - alpha) if state["weigh"] else np.ones(len(labels))


def _share_out(state: dict[str, Any]) -> dict[str, Array]:
    many, labels, p = np.asarray(state["examples"], dtype=float).T
    entropy, entropy_slopes = _focal(p, 0.0, np.ones(len(p)))
    focal, focal_slopes = _focal(p, state["gamma"], _weight(state, labels))
    parts = many * np.stack([entropy, focal, entropy_slopes, focal_slopes])
    totals = parts.sum(axis=1)
    point, one = np.array([state["p"]]), np.ones(1)
    return {
        "entropy": entropy,
        "focal": focal,
        "entropy_slopes": entropy_slopes,
        "focal_slopes": focal_slopes,
        "totals": totals,
        "shares": np.divide(parts, totals[:, None], out=np.zeros_like(parts), where=totals[:, None] > 0),
        "point": np.concatenate(
            [*_focal(point, 0.0, one), *_focal(point, state["gamma"], _weight(state, one))]
        ),
    }


def _percent(share: float) -> str:
    return f"{number(round(100 * share, 1))} %"


def _drawing(state: dict[str, Any]) -> str:
    """Draw both losses against the probability of the right label, as SVG."""
    p = np.linspace(0.02, 0.99, 98)
    focal = _focal(p, state["gamma"], _weight(state, np.ones(len(p))))[0]
    lines = "".join(
        f'<path d="{line([(10 + 240 * x, 150 - 35 * y) for x, y in zip(p, losses, strict=True)])}" '
        f'style="stroke: var(--{kind}); stroke-width: 2"/>'
        for losses, kind in ((-np.log(p), "output"), (focal, "window"))
    )
    return (
        '<svg viewBox="0 0 260 160" width="260" role="img" aria-label="Cross-entropy and focal loss against '
        f'the probability of the right label, from 0 to 1; both fall to 0.">{lines}</svg>'
    )
