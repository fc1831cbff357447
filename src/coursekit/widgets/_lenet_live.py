"""LeNet-5, trained, in the reader's browser: he draws, and sees every number that follows."""

import base64
import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from coursekit import safetensors
from coursekit.data import FASHION_CLASSES
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import number, table

Numbers = NDArray[np.float64]

CLASSES = {"digits": tuple("0123456789"), "garments": FASHION_CLASSES}
BRUSHES = ("pen", "fine pen", "rubber")
MAPS = {
    "input": (1, 28), "C1": (6, 28), "S2": (6, 14), "C3": (16, 10), "S4": (16, 5), "C5": (120, 1),
    "F6": (84, 1), "output": (10, 1),
}  # fmt: skip
"""How many maps a layer has, and the side of each."""
LEARNED = ("c1", "c3", "c5", "f6", "output")
FIRST = 3
"""The picture that is shown first."""


@figure
def lenet_live(
    image: ArrayLike | None = None,
    weights: Literal["digits", "garments"] = "digits",
    brush: Literal["pen", "fine pen", "rubber"] = "pen",
    opened: tuple[str, int, int, int] = ("C3", 4, 3, 5),
) -> Figure:
    r"""Run LeNet-5 in the browser on what the reader draws, and open any of its numbers.

    The network is `convnet.models.lenet5`, trained by ``tools/train_lenet.py`` on digits and on clothes. The
    reader draws with mouse, finger or keyboard, picks a picture or loads his own; all maps from C1 to F6 and
    the class scores follow. Any value can be opened into its window, its products and their sum.

    Parameters
    ----------
    image
        Ink from 0 to 1, shape (28, 28); by default a handwritten 3, or a dress, that was not learned from.
    weights
        What the network has learned: ``"digits"`` or ``"garments"``.
    brush
        What draws: ``"pen"``, ``"fine pen"`` or ``"rubber"``.
    opened
        The value that is opened first: layer, map, row, column.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If the image has another shape or numbers outside 0 to 1, or a setting or place does not exist.

    Examples
    --------
    >>> lenet_live()
    LeNet-5, trained on digits, reads a picture of 28 × 28 pixels. It takes it for 3, with a
    probability of > 99.9 %.
    """
    given = Given("lenet_live")
    given.choice("weights", weights, tuple(CLASSES))
    given.choice("brush", brush, BRUSHES)
    pixels = given.grid("image", _pictures(weights)[FIRST] / 100 if image is None else image, largest=28)
    if np.shape(pixels) != (28, 28):
        raise given.refuse(f"image expects the shape (28, 28), got {np.shape(pixels)}")
    if np.min(pixels) < 0 or np.max(pixels) > 1:
        raise given.refuse(f"image expects ink from 0 to 1, got {np.min(pixels):g} to {np.max(pixels):g}")
    state = {"image": pixels, "weights": weights, "brush": brush, "opened": _place(given, opened)}
    numbers = _run(np.asarray(pixels, dtype=float), weights)
    scores, probabilities = numbers["output"], numbers["probabilities"]
    best = int(np.argmax(scores))
    names = CLASSES[weights]
    rows: list[list[str | float]] = [[name, float(score)] for name, score in zip(names, scores, strict=True)]
    return Figure(
        "lenet_live",
        "LeNet-5, live",
        f"LeNet-5, trained on {weights}, reads a picture of 28 × 28 pixels. It takes it for {names[best]}, "
        f"with a probability of {_percent(probabilities[best])}.",
        state,
        {**numbers, **_opened(state, numbers)},
        _still(pixels) + table(np.array(rows, dtype=object), "Scores", ("class", "score")),
        (
            "lenet_live_arithmetic.js", "lenet_live_maps.js", "lenet_live_pad.js",
            "lenet_live_opened.js", "lenet_live.css",
        ),
        {"KEPT": {name: _packed(name) for name in CLASSES}},
    )  # fmt: skip


def _percent(share: float) -> str:
    return "> 99.9 %" if share > 0.9995 else f"{number(round(1000 * share) / 10)} %"


@cache
def _kept() -> dict[str, NDArray[Any]]:
    content = (files("coursekit") / "_widgets" / "lenet_live.safetensors").read_bytes()
    return safetensors.loads(content)


def _pictures(name: str) -> NDArray[np.uint8]:
    """One picture of each class, ink in hundredths, shape (10, 28, 28)."""
    return _kept()[f"{name}.pictures"]


@cache
def _weights(name: str) -> dict[str, tuple[Numbers, Numbers]]:
    """Weights and biases of each layer: whole numbers times the scale of their unit."""
    kept, found = _kept(), {}
    for layer in LEARNED:
        whole = kept[f"{name}.{layer}.weight"].astype(float)
        scale = kept[f"{name}.{layer}.scale"].astype(float).reshape(-1, *[1] * (whole.ndim - 1))
        found[layer] = (whole * scale, kept[f"{name}.{layer}.bias"].astype(float))
    return found


@cache
def _packed(name: str) -> dict[str, Any]:
    """Write what the script reads as text: scales, biases, weights; pictures; names of the classes."""
    kept = _kept()
    parts = [
        kept[f"{name}.{layer}.{what}"].tobytes() for what in ("scale", "bias", "weight") for layer in LEARNED
    ]
    texts = [base64.b64encode(content) for content in (b"".join(parts), _pictures(name).tobytes())]
    weights, pictures = (text.decode().rstrip("=") for text in texts)
    return {"weights": weights, "pictures": pictures, "classes": CLASSES[name]}


def _place(given: Given, opened: Any) -> list[str | int]:
    if not isinstance(opened, list | tuple) or len(opened) != 4:
        raise given.refuse(f"opened expects (layer, map, row, column), got {opened!r}")
    layer = given.choice("layer of opened", opened[0], tuple(MAPS))
    maps, side = MAPS[layer]
    limits = {"map": maps, "row": side, "column": side}
    places = zip(limits.items(), opened[1:], strict=True)
    return [layer, *(given.count(f"{name} of opened", at, 0, most - 1) for (name, most), at in places)]


def _windows(maps: Numbers, side: int, padding: int = 0) -> Numbers:
    """All windows of maps (M, H, W): shape (M, H', W', side, side)."""
    wide = np.pad(maps, ((0, 0), (padding, padding), (padding, padding)))
    return sliding_window_view(wide, (side, side), axis=(1, 2))


def _run(image: Numbers, name: str) -> dict[str, Numbers]:
    """All maps, flat, and the probabilities of the classes."""
    learned = _weights(name)
    found, maps = {"input": image.ravel()}, image[None]
    for layer in list(MAPS)[1:]:
        if layer.startswith("S"):
            maps = _windows(maps, 2)[:, ::2, ::2].mean(axis=(-1, -2))
        else:
            weight, bias = learned[layer.lower()]
            weight = weight.reshape(*weight.shape, *[1] * (4 - weight.ndim))
            windows = _windows(maps, weight.shape[-1], 2 if layer == "C1" else 0)
            maps = np.einsum("mrcij,fmij->frc", windows, weight) + bias[:, None, None]
            maps = maps if layer == "output" else np.tanh(maps)
        found[layer] = maps.ravel()
    powers = np.exp(found["output"] - found["output"].max())
    return {**found, "probabilities": powers / powers.sum()}


def _opened(state: dict[str, Any], numbers: dict[str, Numbers]) -> dict[str, Any]:
    """Compute the sum of products over each map below, and the bias, sum and value."""
    layer, channel, row, column = state["opened"]
    side = MAPS[layer][1]
    value = float(numbers[layer][(channel * side + row) * side + column])
    if layer == "input":
        return {"sums": [], "opened": [0.0, value, value]}
    below = list(MAPS)[list(MAPS).index(layer) - 1]
    maps = numbers[below].reshape(MAPS[below][0], MAPS[below][1], -1)
    if layer.startswith("S"):
        sums, bias = maps[channel, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2].mean().reshape(1), 0.0
    else:
        weight, biases = _weights(state["weights"])[layer.lower()]
        kernel = weight[channel].reshape(len(maps), *(weight.shape[2:] or (1, 1)))
        window = _windows(maps, kernel.shape[-1], 2 if layer == "C1" else 0)[:, row, column]
        sums, bias = (window * kernel).sum(axis=(1, 2)), float(biases[channel])
    return {"sums": sums, "opened": [bias, float(sums.sum()) + bias, value]}


def _still(pixels: Any) -> str:
    """Draw the picture, one square for each pixel with ink."""
    squares = "".join(
        f'<rect x="{c}" y="{r}" width="1" height="1" opacity="{ink}"/>'
        for (r, c), ink in np.ndenumerate(np.asarray(pixels, dtype=float))
        if ink > 0.05
    )
    return (
        '<svg viewBox="0 0 28 28" width="168" height="168" role="img" aria-label="The picture that is read" '
        f'style="border: 1px solid var(--line)"><g style="fill: var(--ink)">{squares}</g></svg>'
    )


def record() -> dict[str, Any]:
    """Return how the weights were made and how good they are: seeds, versions, checksum, accuracies.

    Returns
    -------
    dict
        The record that ``tools/train_lenet.py`` wrote.
    """
    text = (files("coursekit") / "_widgets" / "lenet_live.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
