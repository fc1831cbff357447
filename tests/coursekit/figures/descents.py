"""The numbers of figures about optimizers once more, from `convnet`: for `references`."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from convnet import optim, plain

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
    """Every optimizer's way, until the loss is above 10⁸."""
    paths: list[list[Any]] = []
    losses: list[list[float]] = []
    loss, slope = SURFACES[state["surface"]]
    for name in OPTIMIZERS:
        paths.append([])
        losses.append([])
        if name not in state["runs"]:
            continue
        weights = SimpleNamespace(data=np.array(state["start"], dtype=float), grad=None)
        goes = optimizer(state, name, weights)
        while len(paths[-1]) <= state["steps"]:
            now = float(loss(weights.data))
            if not now <= 1e8:
                break
            paths[-1].append(weights.data.tolist())
            losses[-1].append(now)
            weights.grad = slope(weights.data)
            goes.step()
    return {"paths": paths, "losses": losses}


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
