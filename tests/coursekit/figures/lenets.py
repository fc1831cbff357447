"""The numbers of the figure of LeNet-5 once more, from `convnet`: for `references`."""

import importlib.util
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from convnet import functional as F
from coursekit import safetensors
from tests.support import ROOT

State = dict[str, Any]
Numbers = dict[str, Any]

KEPT = ROOT / "src/coursekit/_widgets/lenet_live.safetensors"


@cache
def tool() -> ModuleType:
    """The script that trains the networks."""
    spec = importlib.util.spec_from_file_location("train_lenet", ROOT / "tools/train_lenet.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def exported(name: str) -> dict[str, Any]:
    """Whole numbers, scales and biases of one network, as they are kept."""
    arrays = safetensors.load(KEPT)
    return {key.removeprefix(f"{name}."): value for key, value in arrays.items() if key.startswith(name)}


def network(name: str) -> Any:
    """The network of `convnet.models` with the kept weights, in float32."""
    return tool().restored({key: value for key, value in exported(name).items() if key != "pictures"})


@cache
def weights(name: str) -> dict[str, tuple[Any, Any]]:
    """Kernels (F, C, k, k) and biases of each layer, in float64."""
    kept, found = exported(name), {}
    for layer in ("c1", "c3", "c5", "f6", "output"):
        whole, scale = kept[f"{layer}.weight"].astype(float), kept[f"{layer}.scale"].astype(float)
        whole = whole.reshape(*whole.shape, *[1] * (4 - whole.ndim))
        found[layer] = (whole * scale[:, None, None, None], kept[f"{layer}.bias"].astype(float))
    return found


def lenet_live(state: State) -> Numbers:
    """Each layer by itself, and the opened value by a kernel of its own in front of every map."""
    x = np.asarray(state["image"], dtype=float)[None, None]
    found = {"input": x.ravel()}
    below, (layer, channel, row, column) = x, state["opened"]
    sums: Any = []
    bias = total = float(x[0, 0, row, column]) if layer == "input" else 0.0
    for name in ("C1", "S2", "C3", "S4", "C5", "F6", "output"):
        if name.startswith("S"):
            x, _ = F.avg_pool2d_forward(below, 2)
            each, add = x[0, channel % x.shape[1] : channel % x.shape[1] + 1], 0.0
        else:
            weight, biases = weights(state["weights"])[name.lower()]
            padding = 2 if name == "C1" else 0
            x, _ = F.conv2d_forward(below, weight, biases, padding=padding)
            if name == layer:
                apart = np.ascontiguousarray(weight[channel][:, None])
                maps, _ = F.conv2d_forward(below, apart, None, padding=padding, groups=len(apart))
                each, add = maps[0], float(biases[channel])
            if name != "output":
                x, _ = F.tanh_forward(x)
        if name == layer:
            sums, bias = each[:, row, column], add
            total = float(sums.sum()) + bias
        found[name], below = x.ravel(), x
    if layer == "input":
        bias = 0.0
    side = {"input": 28, "C1": 28, "S2": 14, "C3": 10, "S4": 5}.get(layer, 1)
    value = found[layer][(channel * side + row) * side + column]
    probabilities, _ = F.softmax_forward(found["output"][None], dim=1)
    return {**found, "probabilities": probabilities[0], "sums": sums, "opened": [bias, total, value]}
