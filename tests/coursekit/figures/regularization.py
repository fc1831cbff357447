"""The numbers of the figures of regularization once more, from `convnet`: for `references`."""

from itertools import product
from typing import Any

import numpy as np

from convnet import functional as F
from convnet import plain
from tests.coursekit.figures.networks import ACTIVATIONS

State = dict[str, Any]
Numbers = dict[str, Any]


def output_function(name: str, scores: Any) -> Any:
    """Apply what comes after the last layer; scores have the shape (N, outputs)."""
    if name == "linear":
        return scores
    if name == "softmax":
        return F.softmax_forward(scores, dim=1)[0]
    return ACTIVATIONS[name][0](scores)[0]


def layers(state: State) -> tuple[Any, Any, Any]:
    """The hidden units of the one example, shape (1, units), and weights and biases behind them."""
    first, second = (np.asarray(rows, dtype=float) for rows in state["weights"])
    x = np.asarray([state["x"]], dtype=float)
    sums, _ = F.linear_forward(x, first[:, 1:].copy(), first[:, 0].copy())
    hidden, _ = ACTIVATIONS[state["activation"]][0](sums)
    return hidden, second[:, 1:].copy(), second[:, 0].copy()


def dropout_ensemble(state: State) -> Numbers:
    hidden, weight, bias = layers(state)
    p, inverted = state["p"], state["scaling"] == "training"
    outputs, scores, probabilities = [], [], []
    for mask in product((1.0, 0.0), repeat=hidden.size):
        left = plain.dropout(hidden, np.array([mask]), p) * (1 if inverted else 1 - p)
        score, _ = F.linear_forward(left, weight, bias)
        scores.append(score[0].tolist())
        outputs.append(output_function(state["output"], score)[0].tolist())
        probabilities.append(float(np.prod([1 - p if bit else p for bit in mask])))
    whole, _ = F.dropout_forward(hidden, p, training=False)
    one, _ = F.linear_forward(whole, weight * (1 if inverted else 1 - p), bias)
    one_pass = output_function(state["output"], one)[0]
    average = np.asarray(probabilities) @ np.asarray(outputs)
    return {
        "hidden": hidden[0],
        "probabilities": probabilities,
        "scores": scores,
        "outputs": outputs,
        "one_scores": one[0],
        "one_pass": one_pass,
        "average": average,
        "gap": average - one_pass,
    }


def _focal(p: Any, labels: Any, gamma: float, alpha: float | None) -> tuple[Any, Any]:
    """Losses and sizes of gradients of scores that give the right labels the probabilities p."""
    labels = np.asarray(labels, dtype=np.int64)
    scores = np.log(p / (1 - p)) * np.where(labels == 1, 1.0, -1.0)
    losses, cache = F.sigmoid_focal_loss_forward(scores, labels, alpha, gamma, reduction="none")
    return losses, np.abs(F.sigmoid_focal_loss_backward(np.ones_like(scores), cache))


def focal_loss_shares(state: State) -> Numbers:
    many, labels, p = np.asarray(state["examples"], dtype=float).T
    alpha, gamma = (float(state["alpha"]) if state["weigh"] else None), float(state["gamma"])
    entropy, entropy_slopes = _focal(p, labels, 0.0, None)
    focal, focal_slopes = _focal(p, labels, gamma, alpha)
    parts = [many * part for part in (entropy, focal, entropy_slopes, focal_slopes)]
    point = np.array([float(state["p"])])
    return {
        **{"entropy": entropy, "focal": focal},
        **{"entropy_slopes": entropy_slopes, "focal_slopes": focal_slopes},
        "totals": [part.sum() for part in parts],
        "shares": [(part / part.sum() if part.sum() else part).tolist() for part in parts],
        "point": np.concatenate([*_focal(point, [1], 0.0, None), *_focal(point, [1], gamma, alpha)]),
    }


def normalization(state: State) -> Numbers:
    x, grad = (np.asarray(state[key], dtype=float) for key in ("x", "grad"))
    gamma, beta, eps = (np.array([float(state[key])]) for key in ("gamma", "beta", "eps"))
    maps, upstream = x[:, None, :], grad[:, None, :]  # (images, one channel, pixels)
    running = [(np.array([float(state["running_mean"])]), np.array([float(state["running_var"])]))]
    for _ in range(40):
        _, fed = F.batch_norm_forward(
            maps, *running[-1], training=True, momentum=float(state["momentum"]), eps=eps.item()
        )
        running.append((fed.running_mean, fed.running_var))
    if state["over"] == "layer":
        pixels = x.shape[1]
        scale, shift = np.full(pixels, gamma), np.full(pixels, beta)
        output, layer = F.layer_norm_forward(x, pixels, scale, shift, eps.item())
        normalized, _ = F.layer_norm_forward(x, pixels, eps=eps.item())
        grad_x, by_gamma, by_beta = F.layer_norm_backward(grad, layer)
        mean, var = x.mean(axis=1), x.var(axis=1)
    else:
        training, now = state["mode"] == "training", running[state["fed"]]
        settings = {"training": training, "eps": eps.item()}
        output, batch = F.batch_norm_forward(maps, *now, gamma, beta, **settings)
        normalized, _ = F.batch_norm_forward(maps, *now, **settings)
        grad_x, by_gamma, by_beta = F.batch_norm_backward(upstream, batch)
        mean, var = [x.mean()], [x.var()]
    grad_x = grad_x.reshape(x.shape)
    return {
        **{"mean": mean, "var": var, "grad_x": grad_x},
        "normalized": normalized.reshape(x.shape),
        "output": output.reshape(x.shape),
        "sums": grad_x.sum(axis=1),
        "total": grad_x.sum(),
        "grad_gamma": by_gamma.sum(),
        "grad_beta": by_beta.sum(),
        "running_means": [mean.item() for mean, _ in running],
        "running_vars": [var.item() for _, var in running],
    }
