"""Normalization of one channel: batch norm or layer norm, forward, backward, and the running statistics."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, size, table

Array = NDArray[np.float64]

X = ((0, 1, 3, 2), (2, 6, 0, 4), (5, 3, 6, 4))
GRAD = ((0, 1, 0, 0), (0, 2, 0, 2), (0, -1, 2, 0))
"""Mean 3, variance 4; upstream gradients whose means with x̂ are round."""
SIDE, LARGEST, FEEDS = 6, 100, 40


@figure
def normalization(
    x: ArrayLike = X,
    grad: ArrayLike | None = None,
    gamma: float = 1,
    beta: float = 0,
    *,
    over: str = "batch",
    mode: str = "training",
    momentum: float = 0.1,
    running_mean: float = 0,
    running_var: float = 1,
    fed: int = 0,
    eps: float = 1e-5,
) -> Figure:
    r"""Show how one channel is normalized, what its gradient is, and how running statistics follow the batch.

    .. math::

        y = \gamma\, \hat x + \beta, \qquad \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \qquad
        \frac{\partial L}{\partial x} = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}}
        \left(g - \overline{g} - \hat x\, \overline{g \hat x}\right)

    Batch norm takes mean and variance over all images, layer norm over each. In evaluation batch norm takes
    the running statistics, and only :math:`g` stays in the bracket. Batch, upstream gradient and all settings
    can be typed; a button feeds the batch once more and moves the running statistics.

    Parameters
    ----------
    x
        Numbers of one channel, shape (images, pixels): 1 to 6 of each, at least 2 numbers, from −100 to 100.
    grad
        Upstream gradient :math:`g = \partial L / \partial y` in the shape of `x`, from −10 to 10. By default
        a few small numbers, or 1, 0, 0, … for an `x` of another shape.
    gamma, beta
        Scale :math:`\gamma` and shift :math:`\beta`, from −10 to 10.
    over
        ``"batch"`` or ``"layer"``.
    mode
        ``"training"`` or ``"evaluation"``; the same for layer norm.
    momentum
        Share of a batch in the new running statistics, from 0 to 1.
    running_mean, running_var
        Running statistics before the first batch, from −100 to 100 and from 0 to 1000.
    fed
        How often the batch was fed, 0 to 40.
    eps
        The :math:`\varepsilon` under the root, from 10⁻⁸ to 1.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a grid has not the right shape, a number is outside its limits, or a word is none of those above.

    Examples
    --------
    >>> normalization([[1, 5], [5, 1]], fed=1)
    Batch norm of 2 × 2 numbers: mean 3, variance 4; after 1 update the running mean is 0.3, the running
    variance 1.43.
    """
    given = Given("normalization")
    pixels = _bounded(given, "x", x, LARGEST)
    if np.size(pixels) < 2:
        raise given.refuse("x expects at least 2 numbers: one alone has no variance")
    if grad is None:
        first = np.zeros(np.shape(pixels))
        first[0, 0] = 1
        grad = GRAD if np.shape(pixels) == np.shape(GRAD) else first
    upstream = _bounded(given, "grad", grad, 10)
    if np.shape(upstream) != np.shape(pixels):
        raise given.refuse(f"grad expects the shape of x, {np.shape(pixels)}, got {np.shape(upstream)}")
    state = {
        "x": pixels,
        "grad": upstream,
        "gamma": given.real("gamma", gamma, -10, 10),
        "beta": given.real("beta", beta, -10, 10),
        "over": given.choice("over", over, ("batch", "layer")),
        "mode": given.choice("mode", mode, ("training", "evaluation")),
        "momentum": given.real("momentum", momentum, 0, 1),
        "running_mean": given.real("running_mean", running_mean, -LARGEST, LARGEST),
        "running_var": given.real("running_var", running_var, 0, 1000),
        "fed": given.count("fed", fed, 0, FEEDS),
        "eps": given.real("eps", eps, 1e-8, 1),
    }
    numbers = _normalize(state)
    means, spreads = (", ".join(map(number, numbers[key].tolist())) for key in ("mean", "var"))
    running, spread = (float(numbers[key][state["fed"]]) for key in ("running_means", "running_vars"))
    says = (
        f"Layer norm of {size(pixels)} numbers, each image by itself: means {means}, variances {spreads}."
        if over == "layer"
        else f"Batch norm of {size(pixels)} numbers: mean {means}, variance {spreads}; "
        f"after {state['fed']} update{'s' * (state['fed'] != 1)} the running mean is {number(running)}, "
        f"the running variance {number(spread)}."
    )
    return Figure(
        "normalization",
        "Normalization, forward and backward",
        says,
        state,
        numbers,
        table(pixels, "Input x")
        + table(numbers["output"], "Output y")
        + table(upstream, "Upstream ∂L/∂y")
        + table(numbers["grad_x"], "Gradient ∂L/∂x"),
        ("chart.js", "brief.js", "normalization_arithmetic.js"),
    )


def _bounded(given: Given, name: str, values: ArrayLike, most: float) -> Any:
    grid = given.grid(name, values, largest=SIDE)
    largest = float(np.abs(grid).max())
    if largest > most:
        raise given.refuse(f"{name} expects numbers from −{most:g} to {most:g}, got {largest:g}")
    return grid


def _normalize(state: dict[str, Any]) -> dict[str, Any]:
    x, grad = (np.asarray(state[key], dtype=float) for key in ("x", "grad"))
    axis, gamma = (1 if state["over"] == "layer" else None), state["gamma"]
    mean, var = x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True)
    kept = (1 - state["momentum"]) ** np.arange(FEEDS + 1)
    running_means = kept * state["running_mean"] + (1 - kept) * x.mean()
    running_vars = kept * state["running_var"] + (1 - kept) * x.var(ddof=1)
    constant = state["over"] == "batch" and state["mode"] == "evaluation"
    fed = state["fed"]
    used = (running_means[fed], running_vars[fed]) if constant else (mean, var)
    std = np.sqrt(used[1] + state["eps"])
    normalized = (x - used[0]) / std
    met = grad * normalized
    h, product = (0.0 if constant else part.mean(axis=axis, keepdims=True) for part in (grad, met))
    grad_x = gamma * (grad - h - normalized * product) / std
    return {
        "mean": mean.ravel(),
        "var": var.ravel(),
        "normalized": normalized,
        "output": gamma * normalized + state["beta"],
        "grad_x": grad_x,
        "sums": grad_x.sum(axis=1),
        "total": grad_x.sum(),
        "grad_gamma": met.sum(),
        "grad_beta": grad.sum(),
        "running_means": running_means,
        "running_vars": running_vars,
    }
