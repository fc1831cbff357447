"""Activations with their slopes in NumPy, and means over normally distributed numbers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Curve = Callable[[Array, float], Array]


def _sigmoid(a: Array, leak: float = 0.0) -> Array:
    return np.asarray(np.exp(-np.logaddexp(0.0, -a)), dtype=np.float64)


CURVES: dict[str, tuple[Curve, Curve]] = {
    "sigmoid": (_sigmoid, lambda a, leak: _sigmoid(a) * _sigmoid(-a)),
    "tanh": (lambda a, leak: np.tanh(a), lambda a, leak: 1.0 - np.tanh(a) ** 2),
    "ReLU": (lambda a, leak: np.maximum(a, 0.0), lambda a, leak: np.where(a > 0, 1.0, 0.0)),
    "leaky ReLU": (
        lambda a, leak: np.where(a > 0, a, leak * a),
        lambda a, leak: np.where(a > 0, 1.0, leak),
    ),
    "softplus": (lambda a, leak: np.logaddexp(0.0, a), _sigmoid),
    "none": (lambda a, leak: a, lambda a, leak: np.ones_like(a)),
}
"""Value and slope of each activation; the second argument is the slope of leaky ReLU on the left."""

NODES: Array = -8.0 + 0.04 * (np.arange(400, dtype=np.float64) + 0.5)
_BELL = np.exp(-(NODES**2) / 2)
SHARES: Array = np.asarray(_BELL / _BELL.sum(), dtype=np.float64)
"""Places of the standard normal distribution, and how much of it each stands for."""


def through(activation: str, layers: int, scale: float, leak: float) -> tuple[list[float], list[float]]:
    """Follow very wide layers of random weights.

    Returns for each layer the standard deviation of its pre-activations, and its factor on the way back: the
    scale of the weights times the root of the mean squared slope.
    """
    value, slope = CURVES[activation]
    spreads, factors, square = [], [], 1.0
    for _ in range(layers):
        spread = scale * float(np.sqrt(square))
        spreads.append(spread)
        factors.append(scale * float(np.sqrt(SHARES @ slope(spread * NODES, leak) ** 2)))
        square = float(SHARES @ value(spread * NODES, leak) ** 2)
    return spreads, factors
