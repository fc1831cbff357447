"""The numbers of the figures of networks and activations once more, from `convnet`."""

from typing import Any

import numpy as np

from convnet import functional as F

State = dict[str, Any]
Numbers = dict[str, Any]

ACTIVATIONS: dict[str, tuple[Any, Any]] = {
    "ReLU": (F.relu_forward, F.relu_backward),
    "sigmoid": (F.sigmoid_forward, F.sigmoid_backward),
    "tanh": (F.tanh_forward, F.tanh_backward),
}


def _activation(state: State, a: Any, grad: Any) -> tuple[Any, Any]:
    """Values, and what is handed on of the upstream gradient."""
    a, grad = np.asarray(a, dtype=float), np.broadcast_to(np.asarray(grad, dtype=float), np.shape(a)).copy()
    if state["activation"] == "none":
        return a, grad
    if state["activation"] == "leaky ReLU":
        value, cache = F.leaky_relu_forward(a, float(state["slope"]))
        return value, F.leaky_relu_backward(grad, cache)
    if state["activation"] == "softplus":  # the loss of a score whose label is 0
        value, cache = F.binary_cross_entropy_with_logits_forward(a, np.zeros_like(a), reduction="none")
        return value, F.binary_cross_entropy_with_logits_backward(grad, cache)
    forward, backward = ACTIVATIONS[state["activation"]]
    value, cache = forward(a)
    return value, backward(grad, cache)


def _run(state: State) -> tuple[Numbers, list[Any]]:
    """The numbers of a network forward, and what its layers keep for the way back."""
    z, kept = np.asarray([state["x"]], dtype=float), []
    sums, outputs = [], [z[0].tolist()]
    for layer, rows in enumerate(state["weights"], 1):
        weight = np.asarray(rows, dtype=float)
        a, linear = F.linear_forward(z, weight[:, 1:].copy(), weight[:, 0].copy())
        z, cache = a, None
        if layer < len(state["weights"]):
            z, cache = ACTIVATIONS[state["activation"]][0](a)
        kept.append((linear, cache))
        sums.append(a[0].tolist())
        outputs.append(z[0].tolist())
    return {"sums": sums, "outputs": outputs}, kept


def forward_pass(state: State) -> Numbers:
    return _run(state)[0]


def backward_pass(state: State) -> Numbers:
    numbers, kept = _run(state)
    y, target = np.asarray([numbers["outputs"][-1]]), np.asarray([state["target"]], dtype=float)
    if state["loss"] == "upstream gradient":
        grad = np.asarray([state["grad"]], dtype=float)
        loss = float((grad * y).sum())
    else:
        forward, backward = {
            "squared error": (F.mse_loss_forward, F.mse_loss_backward),
            "cross-entropy": (F.cross_entropy_forward, F.cross_entropy_backward),
        }[state["loss"]]
        half = 0.5 if state["loss"] == "squared error" else 1.0
        loss, cache = forward(y, target, reduction="sum")
        loss, grad = half * float(loss), backward(np.asarray(half), cache)
    deltas, grads = [], []
    for linear, cache in kept[::-1]:
        if cache is not None:
            grad = ACTIVATIONS[state["activation"]][1](grad, cache)
        deltas.insert(0, grad[0].tolist())
        grad, by_weight, by_bias = F.linear_backward(grad, linear)
        grads.insert(0, np.concatenate([by_bias[:, None], by_weight], axis=1).tolist())
    return {**numbers, "loss": float(loss), "deltas": deltas, "grads": grads, "grad_x": grad[0]}


def activation_explorer(state: State) -> Numbers:
    value, handed = _activation(state, [state["a"]], state["grad"])
    _, slope = _activation(state, [state["a"]], 1.0)
    (above, below), _ = _activation(state, [state["a"] + 1e-5, state["a"] - 1e-5], 1.0)
    return {
        "value": value[0],
        "steepness": slope[0],
        "handed": handed[0],
        "difference": (above - below) / 2e-5,
    }


def gradient_through_layers(state: State) -> Numbers:
    """Means of what `convnet` computes, over numbers that stand for the normal distribution."""
    nodes = np.linspace(-7.98, 7.98, 400)
    shares = np.exp(-(nodes**2) / 2)
    shares /= shares.sum()
    spreads, factors, square = [], [], 1.0
    for _ in range(state["layers"]):
        spreads.append(state["scale"] * np.sqrt(square))
        value, slope = _activation(state, spreads[-1] * nodes, 1.0)
        factors.append(state["scale"] * np.sqrt(shares @ slope**2))
        square = shares @ value**2
    return {"spreads": spreads, "factors": factors, "lengths": np.cumprod([1.0, *factors[::-1]])}
