"""The numbers of figures about optimizers once more, from `convnet`: for `references`."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from convnet import optim, plain
from coursekit.widgets import FIGURES

State = dict[str, Any]
Numbers = dict[str, Any]

SURFACES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "bowl": (plain.bowl, plain.bowl_backward),
    "saddle": (plain.saddle, plain.saddle_backward),
    "plateau": (plain.plateau, plain.plateau_backward),
    "Rosenbrock": (plain.rosenbrock, plain.rosenbrock_backward),
    "Beale": (plain.beale, plain.beale_backward),
    "Himmelblau": (plain.himmelblau, plain.himmelblau_backward),
    "Styblinski–Tang": (plain.styblinski_tang, plain.styblinski_tang_backward),
}
OPTIMIZERS = ("SGD", "momentum", "Nesterov", "Adagrad", "RMSProp", "Adam")


def optimizer(state: State, name: str, weights: Any) -> optim.Optimizer:
    """Make an optimizer of `convnet` with the settings of a race."""
    rate, beta, square = (state[key].get(name, 0) for key in ("rates", "betas", "squares"))
    if name == "Adagrad":
        return optim.Adagrad([weights], lr=rate)
    if name == "RMSProp":
        return optim.RMSprop([weights], lr=rate, alpha=square)
    if name == "Adam":
        return optim.Adam([weights], lr=rate, betas=(beta, square))
    # With β = 0 Nesterov's step is plain gradient descent, and refuses to be called otherwise.
    return optim.SGD([weights], lr=rate, momentum=beta, nesterov=name == "Nesterov" and beta > 0)


def optimizer_race(state: State) -> Numbers:
    """Every optimizer's way, each step from where the figure stood.

    With large rates a path is chaotic: a last digit more or less, and a hundred steps later it is elsewhere.
    So every single step is compared, and not where all of them lead; `test_descents` compares whole paths.
    """
    figure = FIGURES["optimizer_race"](**state)
    told = dict(zip(OPTIMIZERS, figure.numbers["paths"], strict=True))
    ways = [way(state, name, told[name]) if name in state["runs"] else ([], []) for name in OPTIMIZERS]
    return {"paths": [path for path, _ in ways], "losses": [losses for _, losses in ways]}


def way(state: State, name: str, told: Sequence[Any] = ()) -> tuple[list[Any], list[float]]:
    """Return path and losses of one optimizer until a loss is above 10⁸; steps from a path that is told."""
    loss, slope = SURFACES[state["surface"]]
    weights = SimpleNamespace(data=np.array(state["start"], dtype=float), grad=None)
    goes = optimizer(state, name, weights)
    path: list[Any] = []
    losses: list[float] = []
    while len(path) <= state["steps"] and (now := float(loss(weights.data))) <= 1e8:
        path.append(weights.data.tolist())
        losses.append(now)
        if len(path) <= len(told):
            weights.data[...] = told[len(path) - 1]
        weights.grad = slope(weights.data)
        goes.step()
    return path, losses


def eigen_directions(state: State) -> Numbers:
    """The path of `SGD`, seen from the directions; the roots from the matrix of one step."""
    angle = np.deg2rad(state["angle"])
    rate, beta = state["rate"], state["beta"]
    weights = SimpleNamespace(data=np.array(state["start"], dtype=float), grad=None)
    goes = optim.SGD([weights], lr=rate, momentum=beta)
    directions = plain.eigen_directions(angle)
    path = [weights.data.copy()]
    for _ in range(state["steps"]):
        weights.grad = plain.bowl_backward(weights.data, state["curvatures"], angle)
        goes.step()
        if np.abs(weights.data @ directions).max() > 1e4:
            break
        path.append(weights.data.copy())
    # Of a coordinate and its velocity: v ← λz + βv, then z ← z − ηv.
    steps = [
        np.array([[1 - rate * curvature, -rate * beta], [curvature, beta]])
        for curvature in state["curvatures"]
    ]
    roots = [np.sort_complex(np.linalg.eigvals(step)) for step in steps]
    return {
        "coordinates": (np.array(path) @ directions).T,
        "path": path,
        "roots": [[[root.real, root.imag] for root in pair] for pair in roots],
        "sizes": [np.abs(pair).max() for pair in roots],
        "bound": 2 * (1 + beta) / max(state["curvatures"]),
    }
