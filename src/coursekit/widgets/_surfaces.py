"""Loss surfaces of `optimizer_race`: those of `convnet.plain`, in the script's order of operations."""

from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]


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
