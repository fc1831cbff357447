"""The steps of `optimizer_race`, number by number, in the script's order of operations."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coursekit.widgets._surfaces import SURFACES, Point

HIGHEST = 1e8
"""A loss above it is the end of a path."""
OPTIMIZERS = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSProp", "Adam")
BETAS = {"momentum": 0.9, "Nesterov": 0.9, "Adam": 0.9}
"""Those that keep a velocity, and the share of it that they keep."""
SQUARES = {"RMSProp": 0.9, "Adam": 0.999}
"""Those that keep an average of squares, and the share of it that they keep."""


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


def race(state: Mapping[str, Any]) -> tuple[list[list[Point]], list[list[float]]]:
    """Follow every optimizer that takes part, until the last step or to where it diverges.

    Parameters
    ----------
    state
        The state of the figure.

    Returns
    -------
    tuple
        Paths and losses in the order of `OPTIMIZERS`, each as long as it lasted, the start among them; empty
        for those that do not take part.
    """
    runs = [_follow(state, name) if name in state["runs"] else ([], []) for name in OPTIMIZERS]
    return [path for path, _ in runs], [losses for _, losses in runs]


def _follow(state: Mapping[str, Any], name: str) -> tuple[list[Point], list[float]]:
    surface = SURFACES[state["surface"]]
    shares = [state[key].get(name, 0) for key in ("betas", "squares")]
    w: Point = (state["start"][0], state["start"][1])
    memories = (Memory(), Memory())
    path, losses = [w], [surface.loss(*w)]
    for _ in range(state["steps"]):
        g = surface.slope(*w)
        x, y = (
            step(name, one, slope, memory, state["rates"][name], *shares)
            for one, slope, memory in zip(w, g, memories, strict=True)
        )
        loss = surface.loss(x, y)
        if not loss <= HIGHEST:
            break
        w = (x, y)
        path.append(w)
        losses.append(loss)
    return path, losses
