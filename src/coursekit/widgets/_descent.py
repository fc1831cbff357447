"""The arithmetic of `eigen_directions`: gradient descent with momentum on a bowl, direction by direction."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from coursekit.widgets._text import number

FARTHEST = 1e4
"""A path ends before a coordinate is larger."""
Root = tuple[float, float]


def turned(angle: float) -> tuple[float, float]:
    """Return cosine and sine of an angle in degrees."""
    return math.cos(angle * math.pi / 180), math.sin(angle * math.pi / 180)


def roots(curvature: float, rate: float, beta: float) -> tuple[Root, Root]:
    """Find the roots of r² − (1 + β − ηλ) r + β: real and imaginary part of each, the smaller first."""
    middle = (1 + beta - rate * curvature) / 2
    below = middle * middle - beta
    root = 0.0 if abs(below) < 1e-12 / 4 else math.sqrt(abs(below))
    return ((middle, -root), (middle, root)) if below < 0 else ((middle - root, 0.0), (middle + root, 0.0))


def radius(curvature: float, rate: float, beta: float) -> float:
    """Return the size of the larger root: what a step leaves in the long run."""
    return max(math.hypot(*root) for root in roots(curvature, rate, beta))


def descend(state: Mapping[str, Any]) -> dict[str, Any]:
    """Compute what follows from the state of the figure.

    Parameters
    ----------
    state
        Curvatures, rate, beta, angle, start and steps.

    Returns
    -------
    dict
        Coordinates along both directions and path, as long as they last; roots and their size for each
        direction; and the bound of the rate.
    """
    curvatures, rate, beta = state["curvatures"], state["rate"], state["beta"]
    cos, sin = turned(state["angle"])
    x, y = state["start"]
    runs, velocity = [[cos * x + sin * y], [cos * y - sin * x]], [0.0, 0.0]
    for _ in range(state["steps"]):
        velocity = [
            beta * v + curvature * run[-1]
            for v, curvature, run in zip(velocity, curvatures, runs, strict=True)
        ]
        after = [run[-1] - rate * v for run, v in zip(runs, velocity, strict=True)]
        if max(map(abs, after)) > FARTHEST:
            break
        for run, coordinate in zip(runs, after, strict=True):
            run.append(coordinate)
    return {
        "coordinates": runs,
        "path": [[cos * z1 - sin * z2, sin * z1 + cos * z2] for z1, z2 in zip(*runs, strict=True)],
        "roots": [roots(curvature, rate, beta) for curvature in curvatures],
        "sizes": [radius(curvature, rate, beta) for curvature in curvatures],
        "bound": 2 * (1 + beta) / max(curvatures),
    }


def verdict(curvature: float, rate: float, beta: float) -> str:
    """Say how one direction goes on; the script says the same."""
    (low, imaginary), (high, _) = roots(curvature, rate, beta)
    size = radius(curvature, rate, beta)
    leaves = f"each step leaves {number(size)} of it"
    if rate == 0:
        return "stands still"
    if size > 1 + 1e-9:
        return f"diverges: it changes sides at every step, and grows {number(size)}-fold"
    if size > 1 - 1e-9:
        return "neither converges nor diverges: it changes sides forever"
    if size < 1e-9:
        return "is at 0 after one step"
    if imaginary:
        swing = 2 * math.pi / abs(math.atan2(imaginary, low))
        return f"oscillates and converges: one swing takes {number(round(swing, 1))} steps, and {leaves}"
    if -low > max(high, 1e-9):
        return f"oscillates and converges: it changes sides at every step, and {leaves}"
    return f"converges monotonically: {'in the long run ' if beta else ''}{leaves}"


def factors(pair: Sequence[Root], beta: float) -> str:
    """Write the factor of a direction, or with momentum its two roots."""
    (low, imaginary), (high, _) = pair
    if not beta:
        return number(low if abs(low) > abs(high) else high)
    if imaginary:
        return f"{number(low)} ± {number(abs(imaginary))} i"
    return f"{number(low)}, twice" if low == high else f"{number(high)} and {number(low)}"
