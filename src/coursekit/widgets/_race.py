"""Surfaces and optimizers of `optimizer_race`, number by number, in the script's order of operations."""

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]

HIGHEST = 1e8
"""A loss above it is the end of a path."""
OPTIMIZERS = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSProp", "Adam")
BETAS = {"momentum": 0.9, "Nesterov": 0.9, "Adam": 0.9}
"""Those that keep a velocity, and the share of it that they keep."""
SQUARES = {"RMSProp": 0.9, "Adam": 0.999}
"""Those that keep an average of squares, and the share of it that they keep."""


@dataclass(frozen=True)
class Surface:
    """A loss of two weights.

    Parameters
    ----------
    loss, slope
        The loss at a point, and its gradient.
    view
        What is drawn of it: left, right, bottom, top.
    start
        Where a race starts unless the reader says otherwise.
    rates
        Rates with which each optimizer does well there, in their order.
    """

    loss: Callable[[float, float], float]
    slope: Callable[[float, float], Point]
    view: tuple[float, float, float, float]
    start: Point
    rates: tuple[float, ...]


def _beale(x: float, y: float) -> tuple[float, float, float]:
    return 1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y


def _beale_slope(x: float, y: float) -> Point:
    a, b, c = _beale(x, y)
    across = 2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1))
    return across, 2 * (x * (a + 2 * b * y + 3 * c * y * y))


def _himmelblau_slope(x: float, y: float) -> Point:
    r, s = x * x + y - 11, x + y * y - 7
    return 4 * x * r + 2 * s, 2 * r + 4 * y * s


def _plateau_slope(x: float, y: float) -> Point:
    below = (1 + (x * x + y * y)) * (1 + (x * x + y * y))
    return 2 * x / below, 2 * y / below


def _wave(w: float) -> float:
    return w * w * (w * w) - 16 * (w * w) + 5 * w


def _wave_slope(w: float) -> float:
    return w * (2 * (w * w) - 16) + 2.5


def _square(value: float) -> float:
    return value * value


SURFACES = {
    "bowl": Surface(
        lambda x, y: 0.5 * (x * x + 10 * (y * y)),
        lambda x, y: (x, 10 * y),
        (-4, 4, -3, 3),
        (-3.5, 2),
        (0.18, 0.02, 0.02, 0.8, 0.05, 0.2),
    ),
    "saddle": Surface(
        lambda x, y: 0.5 * (x * x) + 0.25 * _square(y * y - 1),
        lambda x, y: (x, y * (y * y - 1)),
        (-2, 2, -1.5, 1.5),
        (-1.8, 0.001),
        (0.1, 0.02, 0.02, 0.3, 0.02, 0.05),
    ),
    "plateau": Surface(
        lambda x, y: (x * x + y * y) / (1 + (x * x + y * y)),
        _plateau_slope,
        (-4, 4, -3, 3),
        (-3.5, 2),
        (0.3, 0.1, 0.1, 0.5, 0.05, 0.1),
    ),
    "Rosenbrock": Surface(
        lambda x, y: _square(1 - x) + 100 * _square(y - x * x),
        lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
        (-2, 2, -1, 3),
        (-1.2, 1),
        (0.001, 0.0005, 0.0005, 0.4, 0.02, 0.1),
    ),
    "Beale": Surface(
        lambda x, y: sum(_square(one) for one in _beale(x, y)),
        _beale_slope,
        (-4.5, 4.5, -4.5, 4.5),
        (1, 1.5),
        (0.01, 0.002, 0.002, 0.5, 0.02, 0.1),
    ),
    "Himmelblau": Surface(
        lambda x, y: _square(x * x + y - 11) + _square(x + y * y - 7),
        _himmelblau_slope,
        (-5, 5, -5, 5),
        (0, -4),
        (0.01, 0.002, 0.002, 0.5, 0.05, 0.2),
    ),
    "Styblinski–Tang": Surface(
        lambda x, y: 0.5 * (_wave(x) + _wave(y)),
        lambda x, y: (_wave_slope(x), _wave_slope(y)),
        (-5, 5, -5, 5),
        (4, 4),
        (0.01, 0.02, 0.02, 0.5, 0.05, 0.2),
    ),
}


@dataclass
class Memory:
    """What an optimizer remembers of one weight: a velocity or average, squares, and powers of the shares."""

    v: float = 0.0
    s: float = 0.0
    a: float = 1.0
    b: float = 1.0


def step(name: str, w: float, g: float, memory: Memory, rate: float, share: float, squares: float) -> float:
    """Take one step of one weight, and change the memory.

    Parameters
    ----------
    name
        Which optimizer.
    w, g
        The weight and its gradient.
    memory
        What is remembered of it.
    rate, share, squares
        The rate, the share of the velocity and the share of the average of squares that are kept.

    Returns
    -------
    float
        The new weight.
    """
    if name == "SGD":
        return w - rate * g
    if name in ("momentum", "Nesterov"):
        memory.v = memory.v * share + g
        return w - rate * (memory.v if name == "momentum" else g + share * memory.v)
    if name == "Adagrad":
        memory.s += g * g
        return w - g / (math.sqrt(memory.s) + 1e-10) * rate
    if name == "RMSProp":
        memory.s = memory.s * squares + (1 - squares) * g * g
        return w - rate * (g / (math.sqrt(memory.s) + 1e-8))
    memory.v = memory.v * share + (1 - share) * g
    memory.s = memory.s * squares + g * g * (1 - squares)
    memory.a *= share
    memory.b *= squares
    root = math.sqrt(1 - memory.b)
    return w - memory.v / (math.sqrt(memory.s) + 1e-8 * root) * (rate * (root / (1 - memory.a)))
