"""Optimizers that start together on a loss surface."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from coursekit.widgets._contours import contours, line
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._race import BETAS, OPTIMIZERS, SQUARES, race
from coursekit.widgets._surfaces import SURFACES, Point
from coursekit.widgets._text import number, short, table

LARGEST = 0.9999
"""Of a share that is kept: with 1 nothing would be forgotten, and nothing added."""

KINDS = ("window", "output", "third")


@figure
def optimizer_race(
    surface: str = "Rosenbrock",
    start: Sequence[float] | None = None,
    *,
    runs: Sequence[str] = ("SGD", "momentum", "Adam"),
    rates: Mapping[str, float] | None = None,
    betas: Mapping[str, float] | None = None,
    squares: Mapping[str, float] | None = None,
    steps: int = 200,
    at: int | None = None,
) -> Figure:
    """Let optimizers start together on a loss surface, and show their paths and losses.

    The reader chooses surface and optimizers, types rates and shares, and starts anywhere: by a click or tap
    on the contour lines, with the arrow keys, or by typing. Steps are those of `convnet.optim`.

    Parameters
    ----------
    surface
        "bowl", "saddle", "plateau", "Rosenbrock", "Beale", "Himmelblau" or "Styblinski–Tang", as in
        `convnet.plain`; the bowl has the curvatures 1 and 10.
    start
        Two numbers from −6 to 6; by default a start of the surface's own.
    runs
        Optimizers that take part: any of "SGD", "momentum", "Nesterov" (as torch writes it), "Adagrad",
        "RMSProp" and "Adam".
    rates
        Learning rates by optimizer, from 0 to 10; the others keep the surface's own.
    betas
        Shares of the velocity that are kept, from 0 to 0.9999: by momentum, Nesterov and Adam (β₁).
    squares
        Shares of the average of squares that are kept, from 0 to 0.9999: by RMSProp (β) and Adam (β₂).
    steps
        Length of the race, 10 to 500.
    at
        The step that is shown first; by default the last.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a name is unknown, or a number outside its limits.

    Examples
    --------
    >>> optimizer_race("bowl", runs=["SGD"], rates={"SGD": 0.3})
    From (−3.5, 2) on the surface “bowl”, at step 200: SGD has diverged.
    """
    given = Given("optimizer_race")
    given.choice("surface", surface, tuple(SURFACES))
    for name in runs:
        given.choice("runs", name, OPTIMIZERS)
    length = given.count("steps", steps, 10, 500)
    place = SURFACES[surface].start if start is None else start
    if np.shape(place) != (2,):
        raise given.refuse(f"start expects two numbers, got {place!r}")
    own = dict(zip(OPTIMIZERS, SURFACES[surface].rates, strict=True))
    state: dict[str, Any] = {
        "surface": surface,
        "start": [given.real("start", one, -6, 6) for one in place],
        "runs": [name for name in OPTIMIZERS if name in runs],
        "rates": _settings(given, "rates", own, rates, 10),
        "betas": _settings(given, "betas", BETAS, betas, LARGEST),
        "squares": _settings(given, "squares", SQUARES, squares, LARGEST),
        "steps": length,
        "at": length if at is None else given.count("at", at, 0, length),
    }
    paths, losses = race(state)
    return Figure(
        "optimizer_race",
        "A race of optimizers",
        f"From ({', '.join(map(number, state['start']))}) on the surface “{surface}”, at step {state['at']}: "
        f"{_ends(state, losses)}.",
        state,
        {"paths": paths, "losses": losses},
        _drawing(surface, [path[: state["at"] + 1] for path in paths]) + _table(state, losses),
        ("chart.js", "contours.js", "optimizer_race_arithmetic.js"),
    )


def _settings(
    given: Given, name: str, own: Mapping[str, float], changed: Mapping[str, float] | None, largest: float
) -> dict[str, float]:
    """Take the numbers that are given for some optimizers; the others keep their own."""
    for key in changed or {}:
        given.choice(name, key, tuple(own))
    settings = {**own, **(changed or {})}
    return {key: given.real(f"{name}[{key!r}]", value, 0, largest) for key, value in settings.items()}


def _ends(state: Mapping[str, Any], losses: Sequence[Sequence[float]]) -> str:
    told = [
        f"{name} has diverged"
        if state["at"] >= len(own)
        else f"{name} has the loss {short(own[state['at']])}"
        for name, own in zip(OPTIMIZERS, losses, strict=True)
        if own
    ]
    return ", ".join(told) or "nobody takes part"


def _table(state: Mapping[str, Any], losses: Sequence[Sequence[float]]) -> str:
    rows = [
        [
            name,
            short(own[state["at"]], 0) if state["at"] < len(own) else "diverged",
            *(
                number(state[key][name]) if name in state[key] else "–"
                for key in ("rates", "betas", "squares")
            ),
        ]
        for name, own in zip(OPTIMIZERS, losses, strict=True)
        if own
    ]
    heads = ("optimizer", "loss", "rate η", "β₁", "β₂")
    return table(rows, f"At step {state['at']} of {state['steps']}", heads) if rows else ""


def _drawing(surface: str, paths: Sequence[Sequence[Point]]) -> str:
    """Draw the contour lines, and on them the paths, as SVG."""
    left, right, bottom, top = SURFACES[surface].view
    width, height = 300, 240

    def spot(point: Point) -> tuple[float, float]:
        return (point[0] - left) / (right - left) * width, (top - point[1]) / (top - bottom) * height

    lines = "".join(
        f'<path d="{line(map(spot, path))}" style="stroke: var(--{KINDS[index % 3]}); '
        f'stroke-width: 2; stroke-dasharray: {"none" if index < 3 else "5 3"}"/>'
        for index, path in enumerate(paths)
        if path
    )
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="Contour lines of the '
        f'surface, and on them the path of every optimizer.">'
        f'<path d="{contours(SURFACES[surface].loss, SURFACES[surface].view, width, height)}" '
        f'style="stroke: var(--line); opacity: 0.7"/>{lines}</svg>'
    )
