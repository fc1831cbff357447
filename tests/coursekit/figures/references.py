"""The numbers of each figure once more, from `convnet`: data for `test_arithmetic`.

A figure that is not named here is compared with its own Python function alone.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from convnet import arithmetic, plain
from convnet import functional as F
from tests.coursekit.figures import deformed, descents, lenets, networks, regularization

State = dict[str, Any]
Numbers = dict[str, Any]


def _images(values: Any, axes: int = 4) -> Any:
    array = np.asarray(values, dtype=float)
    return array.reshape((1,) * (axes - array.ndim) + array.shape)


def _convolution(state: State) -> Numbers:
    kernel = np.asarray(state["kernel"], dtype=float)
    weight = _images(kernel[::-1, ::-1] if state["flip"] else kernel)
    settings = {key: state[key] for key in ("stride", "padding", "dilation")}
    output, _ = F.conv2d_forward(
        _images(state["image"]), weight, np.array([float(state["bias"])]), **settings
    )
    return {"output": output[0, 0]}


def _channels(state: State) -> Numbers:
    weight, bias = np.asarray(state["kernels"], dtype=float), np.asarray(state["bias"], dtype=float)
    settings = {key: state[key] for key in ("stride", "padding")}
    image = _images(state["image"])
    output, _ = F.conv2d_forward(image, weight, bias, **settings)
    sums = [
        F.conv2d_forward(image[:, m : m + 1], weight[:, m : m + 1], None, **settings)[0][0]
        for m in range(weight.shape[1])
    ]
    return {"output": output[0], "sums": np.stack(sums, axis=1)}


def _matrix(state: State) -> Numbers:
    """Column by column: the output of an image that is 1 in one pixel; the taps by a kernel of 1, 2, 3 …"""
    image, kernel = np.asarray(state["image"], dtype=float), np.asarray(state["kernel"], dtype=float)
    settings = {key: state[key] for key in ("stride", "padding")}
    pixels = np.eye(image.size).reshape(image.size, 1, *image.shape)

    def columns(weight: Any) -> Any:
        return F.conv2d_forward(pixels, _images(weight), None, **settings)[0].reshape(image.size, -1).T

    numbered = 1.0 + np.arange(kernel.size).reshape(kernel.shape)
    output, _ = F.conv2d_forward(_images(image), _images(kernel), None, **settings)
    return {"matrix": columns(kernel), "tap": columns(numbered) - 1, "output": output[0, 0]}


def _pooling(state: State) -> Numbers:
    pool = {
        "max": (F.max_pool2d_forward, F.max_pool2d_backward),
        "average": (F.avg_pool2d_forward, F.avg_pool2d_backward),
    }
    forward, backward = pool[state["kind"]]
    output, cache = forward(_images(state["image"]), state["kernel_size"], state["stride"])
    return {"output": output[0, 0], "downstream": backward(_images(state["grad"]), cache)[0, 0]}


def _transposed(state: State) -> Numbers:
    """The layer of one row, its other view by `np.pad` and a turned kernel, and ones in the plane."""
    x, kernel = np.asarray(state["x"], dtype=float), np.asarray(state["kernel"], dtype=float)
    settings = {key: state[key] for key in ("stride", "padding", "output_padding")}
    output, _ = F.conv_transpose1d_forward(x[None, None], kernel[None, None], None, **settings)
    square = [np.ones((1, 1, len(side), len(side))) for side in (x, kernel)]
    plane, _ = F.conv_transpose2d_forward(*square, None, **settings)
    row = [np.ones((1, 1, len(side))) for side in (x, kernel)]
    counts, _ = F.conv_transpose1d_forward(*row, None, **settings)
    spread = plain.dilate(x[None, None, None], state["stride"])[0, 0, 0]
    frame = np.array([0, state["output_padding"]]) + len(kernel) - 1 - state["padding"]
    framed = np.pad(spread, np.maximum(frame, 0))[max(0, -frame[0]) :][: len(spread) + frame.sum()]
    slid = plain.convolve1d(framed, kernel)
    return {"output": output[0, 0], "slid": slid, "counts": counts[0, 0], "plane": plane[0, 0]}


def _linked_gradients(state: State) -> Numbers:
    settings = {key: state[key] for key in ("stride", "padding", "dilation")}
    grad = _images(state["grad"])
    output, cache = F.conv2d_forward(_images(state["image"]), _images(state["kernel"]), None, **settings)
    by_x, by_w, *_ = F.conv2d_backward(grad, cache)
    return {
        "output": output[0, 0],
        "grad_x": by_x[0, 0],
        "grad_w": by_w[0, 0],
        "loss": float((grad * output).sum()),
    }


def _receptive_field(state: State) -> Numbers:
    layers = [(k, s, d * (k - 1) // 2, d) for k, s, d in state["layers"]]
    fields = arithmetic.receptive_field(layers)
    counts = [state["pixels"]]
    for layer in layers:
        counts.append(arithmetic.conv_output_size(counts[-1], *layer))
    return {
        "sizes": [1, *(field.size for field in fields)],
        "jumps": [1, *(field.jump for field in fields)],
        "starts": [0, *(field.start for field in fields)],
        "counts": counts,
        "reads": [_reads(layers[: depth + 1], state["pixels"]) for depth in range(len(layers))],
    }


def _reads(layers: list[tuple[int, int, int, int]], pixels: int) -> list[int]:
    """How many pixels each unit reads: where the output of ones reacts to one pixel."""
    signal = np.eye(pixels)[:, None, :, None]  # every image has one pixel that is not zero
    for kernel, stride, padding, dilation in layers:
        weight = np.ones((1, 1, kernel, 1))
        signal, _ = F.conv2d_forward(
            signal, weight, None, stride=(stride, 1), padding=(padding, 0), dilation=(dilation, 1)
        )
    return [int(count) for count in (signal[:, 0, :, 0] > 0).sum(axis=0)]


def _window_line(state: State) -> Numbers:
    """A convolution of the pixels' own numbers with kernels that pick one tap each."""
    size, kernel, padding = state["size"], state["kernel"], state["padding"]
    numbered = np.arange(-padding, size + padding, dtype=float)[None, None, :, None]
    taps = np.eye(kernel)[:, None, :, None]
    reads, _ = F.conv2d_forward(
        numbered, taps, None, stride=(state["stride"], 1), dilation=(state["dilation"], 1)
    )
    reads = reads[0, :, :, 0].T
    return {"reads": reads, "times": [int((reads == pixel).sum()) for pixel in range(size)]}


def _dense_or_convolution(state: State) -> Numbers:
    """The weights by least squares, the answers as a matrix product and as a convolution."""
    height, width, k = state["height"], state["width"], state["kernel"]
    first = np.zeros((height, width))
    first[:, state["edge"] :] = 1.0
    image = np.asarray(state["image"], dtype=float)
    weight = np.zeros((k, k))
    weight[:, 0], weight[:, -1] = -1.0, 1.0

    def answers(pixels: Any) -> Any:
        return F.conv2d_forward(_images(pixels), _images(weight), None)[0][0, 0]

    wanted = answers(first)
    dense = np.linalg.lstsq(first.reshape(1, -1), wanted.reshape(1, -1), rcond=None)[0]
    local = np.empty_like(wanted)
    for r, c in np.ndindex(*wanted.shape):
        own = np.linalg.lstsq(
            first[r : r + k, c : c + k].reshape(1, -1), wanted[r, c].reshape(1, 1), rcond=None
        )[0]
        local[r, c] = (image[r : r + k, c : c + k].reshape(1, -1) @ own).item()
    outputs = wanted.size
    return {
        "dense": (image.reshape(1, -1) @ dense).reshape(wanted.shape),
        "local": local,
        "convolution": answers(image),
        "connections": [
            arithmetic.linear_multiply_adds(image.size, outputs),
            arithmetic.locally_connected_parameters(k, outputs) - outputs,  # without the biases
            arithmetic.conv_multiply_adds(1, 1, k, wanted.shape),
        ],
        "parameters": [
            arithmetic.linear_parameters(image.size, outputs),
            arithmetic.locally_connected_parameters(k, outputs),
            arithmetic.conv_parameters(1, 1, k),
        ],
    }


def _partial_mask(state: State) -> Numbers:
    image, mask, weight = (_images(state[name]) for name in ("image", "mask", "kernel"))
    bias = np.array([float(state["bias"])])
    holes, left = [int((mask == 0).sum())], mask
    for _ in range(5):
        left = F.partial_conv2d_forward(image, weight, None, left, padding=1)[1].new_mask
        holes.append(int((left == 0).sum()))
    ordinary = image * mask
    partial, after = image, mask
    for _ in range(state["layer"]):
        ordinary, _ = F.conv2d_forward(ordinary, weight, bias, padding=1)
        image, mask = partial, after
        partial, cache = F.partial_conv2d_forward(image, weight, bias, mask, padding=1)
        after = cache.new_mask
    known, _ = F.conv2d_forward(mask, np.ones((1, 1, 3, 3)), None, padding=1)
    found = {
        "before": image,
        "before_mask": mask,
        "known": known,
        "ratio": plain.window_scales(mask, weight, padding=1)[0],
        "sum": F.conv2d_forward(image * mask, weight, None, padding=1)[0],
        "partial": partial,
        "after": after,
        "ordinary": ordinary,
    }
    return {name: values[0, 0] for name, values in found.items()} | {"holes": holes}


def _active_sites(state: State) -> Numbers:
    """Sites by an ordinary convolution with ones, lines by `plain.submanifold_rulebook`."""
    mask, square, layer = np.asarray(state["sites"], dtype=float), state["channels"] ** 2, state["layer"]

    def heard(one: Any) -> Any:
        return F.conv2d_forward(_images(one), np.ones((1, 1, 3, 3)), None, padding=1)[0][0, 0]

    masks = [mask]
    for _ in range(4):
        masks.append((heard(masks[-1]) > 0).astype(float))
    sites = np.argwhere(mask)
    lines = plain.submanifold_rulebook(np.insert(sites, 0, 0, axis=1), (3, 3))
    rows, begin = np.full(mask.shape, -1), np.zeros(mask.shape)
    for number, (r, c) in enumerate(sites):
        rows[r, c] = number
        begin[r, c] = sum(line[0] == number for line in lines)
    pairs = [heard(before)[after > 0].sum() for before, after in pairwise(masks)]
    dense = heard(np.ones(mask.shape)).sum() * square
    return {
        **{"before": masks[layer - 1], "ordinary": masks[layer], "rows": rows, "lines_same": begin},
        "lines_ordinary": heard(masks[layer - 1]),
        "rulebook": [list(line) for line in lines],
        "sites_ordinary": [one.sum() for one in masks],
        "sites_same": [mask.sum()] * 5,
        "pairs_ordinary": pairs,
        "pairs_same": [len(lines)] * 4,
        "dense": dense,
        "adds_ordinary": [one * square for one in pairs],
        "adds_same": [len(lines) * square] * 4,
        "totals": [sum(pairs[:layer]) * square, layer * len(lines) * square, layer * dense],
    }


REFERENCES: dict[str, Callable[[State], Numbers]] = {
    "active_sites": _active_sites,
    "convolution_stepper": _convolution,
    "channel_stepper": _channels,
    "matrix_stepper": _matrix,
    "pooling_stepper": _pooling,
    "linked_gradients": _linked_gradients,
    "receptive_field": _receptive_field,
    "transposed_stepper": _transposed,
    "window_line": _window_line,
    "deformable_points": deformed.deformable_points,
    "dense_or_convolution": _dense_or_convolution,
    "partial_mask": _partial_mask,
    "forward_pass": networks.forward_pass,
    "backward_pass": networks.backward_pass,
    "activation_explorer": networks.activation_explorer,
    "gradient_through_layers": networks.gradient_through_layers,
    "optimizer_race": descents.optimizer_race,
    "eigen_directions": descents.eigen_directions,
    "dropout_ensemble": regularization.dropout_ensemble,
    "focal_loss_shares": regularization.focal_loss_shares,
    "normalization": regularization.normalization,
    "lenet_live": lenets.lenet_live,
}
