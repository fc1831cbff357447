"""A small network forward and backward in NumPy, and its picture: what the figures of both passes share."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._activations import CURVES, Array
from coursekit.widgets._given import Given
from coursekit.widgets._text import number

INPUT = (1, 0, 2, -1, 3)
WEIGHTS = (
    ((1, 2, 1, -1, 1, -1), (-2, 1, 3, 1, -1, 1), (3, -1, 2, 2, 1, -1)),
    ((1, 3, 1, -2), (-4, 2, 1, -1)),
)
"""The network that the book computes by hand."""
BOUND, UNITS, LAYERS = 10, 6, 3
ACTIVATIONS = ("ReLU", "sigmoid", "tanh")


def vector(given: Given, name: str, values: ArrayLike, length: int | None = None) -> Any:
    """Take a row of numbers within the limits of the figures of networks."""
    row = given.grid(name, values, axes=1, largest=UNITS)
    if length is not None and len(row) != length:
        raise given.refuse(f"{name} expects {length} numbers, one for each output, got {len(row)}")
    return _bounded(given, name, row)


def network_state(
    given: Given, x: ArrayLike, weights: Sequence[ArrayLike], activation: str
) -> dict[str, Any]:
    """Check inputs, matrices and activation, and return them as a figure's state."""
    read = vector(given, "x", x)
    if not 1 <= len(weights) <= LAYERS:
        raise given.refuse(f"weights expects 1 to {LAYERS} matrices, got {len(weights)}")
    matrices, inputs = [], len(read)
    for layer, weight in enumerate(weights, 1):
        name = f"the matrix of layer {layer}"
        matrix = given.grid(name, weight, largest=UNITS + 1)
        units, columns = np.shape(matrix)
        if columns != inputs + 1:
            raise given.refuse(
                f"{name} expects {inputs + 1} columns, a bias and {inputs} weights, got {columns}"
            )
        if units > UNITS:
            raise given.refuse(f"{name} expects at most {UNITS} rows, one for each unit, got {units}")
        matrices.append(_bounded(given, name, matrix))
        inputs = units
    return {
        "x": read,
        "weights": matrices,
        "activation": given.choice("activation", activation, ACTIVATIONS),
    }


def forward(state: dict[str, Any]) -> tuple[list[Array], list[Array]]:
    """Return the pre-activations of every layer, and what every layer writes, the input first."""
    outputs, sums = [np.asarray(state["x"], dtype=float)], []
    activate, _ = CURVES[state["activation"]]
    for weight in state["weights"]:
        sums.append(np.asarray(weight, dtype=float) @ np.array([1.0, *outputs[-1]]))
        outputs.append(activate(sums[-1], 0.0))
    outputs[-1] = sums[-1]  # the last layer has no activation
    return sums, outputs


def backward(state: dict[str, Any], sums: list[Array], outputs: list[Array], grad: Array) -> dict[str, Any]:
    """Return the derivatives of the loss by every pre-activation, every weight and every input."""
    _, slope = CURVES[state["activation"]]
    matrices = [np.asarray(weight, dtype=float)[:, 1:] for weight in state["weights"]]
    deltas = [grad]
    for weight, a in zip(matrices[:0:-1], sums[-2::-1], strict=True):
        deltas.insert(0, slope(a, 0.0) * (deltas[0] @ weight))
    grads = [np.outer(delta, [1.0, *z]) for delta, z in zip(deltas, outputs[:-1], strict=True)]
    return {"deltas": lists(deltas), "grads": lists(grads), "grad_x": deltas[0] @ matrices[0]}


def lists(arrays: Sequence[Array]) -> list[Any]:
    """Write arrays of different shapes as lists, as the script holds them."""
    return [array.tolist() for array in arrays]


def drawing(state: dict[str, Any], words: Sequence[Sequence[str]], told: str) -> str:
    """Draw the network as SVG: a column of words for each layer, a line for each weight."""
    across, down, top = 130, 34, 20
    columns = [["1", *column] for column in words[:-1]] + [list(words[-1])]
    tallest = max(map(len, columns))

    def spot(layer: int, row: int) -> tuple[float, float]:
        return 40 + across * layer, top + down * (row + (tallest - len(columns[layer])) / 2)

    lines = ""
    for layer, weight in enumerate(state["weights"], 1):
        ones = int(layer < len(columns) - 1)
        for (unit, source), value in np.ndenumerate(weight):
            (x1, y1), (x2, y2) = spot(layer - 1, source), spot(layer, unit + ones)
            bold = f' stroke-width="{min(0.7 + 0.6 * abs(value), 5):.2g}"' if value else ' opacity="0.2"'
            lines += f'<path d="M{x1 + 32} {y1:g}L{x2 - 32} {y2:g}"{bold}/>'
    texts = "".join(
        f'<text x="{spot(layer, row)[0]}" y="{spot(layer, row)[1] + 5:g}">{word}</text>'
        for layer, column in enumerate(columns)
        for row, word in enumerate(column)
    )
    width, height = 80 + across * (len(columns) - 1), 2 * top + down * (tallest - 1)
    return (
        f'<svg viewBox="0 0 {width} {height:g}" width="{width}" role="img" aria-label="{told}">'
        f"{lines}{texts}</svg>"
    )


def sizes(state: dict[str, Any]) -> str:
    """Say how many inputs, units and outputs a network has."""
    inputs, *units = len(state["x"]), *(len(weight) for weight in state["weights"])
    hidden = [_some(count, "hidden unit") for count in units[:-1]]
    return ", ".join([_some(inputs, "input"), *hidden, _some(units[-1], "output")])


def row(values: ArrayLike) -> str:
    """Write numbers one after another."""
    return ", ".join(map(number, np.asarray(values, dtype=float).tolist()))


def _some(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"


def _bounded(given: Given, name: str, values: Any) -> Any:
    largest = float(np.abs(values).max())
    if largest > BOUND:
        raise given.refuse(f"{name} expects numbers from −{BOUND} to {BOUND}, got {largest:g}")
    return values
