"""The same answers from a dense layer, a locally connected one and a convolution."""

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import table
from coursekit.widgets._windows import correlate, windows

KINDS = ("dense", "locally connected", "convolution")


@figure
def dense_or_convolution(
    height: int = 5,
    width: int = 7,
    kernel: int = 3,
    *,
    edge: int | None = None,
    image: ArrayLike | None = None,
) -> Figure:
    r"""Show what a dense layer, a locally connected one and a convolution read, share and cost.

    .. math:: \underbrace{M N + N}_{\text{dense}} \qquad \underbrace{(k^2 + 1)\,N}_{\text{local}}
        \qquad \underbrace{k^2 + 1}_{\text{shared}}

    The image holds an upright edge, dark left and bright right. The convolution subtracts the left side of
    each window from the right side. The two others have the smallest weights that give the same answers
    on the initial picture. Then the reader moves the edge, or types pixels, and sees whose answers
    follow. Pointing at an output shows what it reads and with which weights.

    Parameters
    ----------
    height, width
        Sides of the image, each from ``kernel`` to 8.
    kernel
        Side k of the window, 2 to 4.
    edge
        Column where the bright part begins when the layers are fitted; by default in the middle.
    image
        Numbers shown first, shape (height, width); by default the picture that the layers were fitted to.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a size is outside its limits, or the image has another shape.

    Examples
    --------
    >>> dense_or_convolution()
    An image of 5 × 7 pixels and 15 outputs. Parameters: 540 dense, 150 locally connected, 10 in a
    convolution.
    """
    given = Given("dense_or_convolution")
    k = given.count("kernel", kernel, 2, 4)
    rows, columns = given.count("height", height, k, 8), given.count("width", width, k, 8)
    place = given.count("edge", columns // 2 if edge is None else edge, 1, columns - 1)
    first = np.where(np.arange(columns) < place, 0.0, 1.0) * np.ones((rows, 1))
    pixels = given.grid("image", first if image is None else image)
    if np.shape(pixels) != (rows, columns):
        raise given.refuse(f"image expects the shape ({rows}, {columns}), got {np.shape(pixels)}")
    taps = np.zeros((k, k))
    taps[:, 0], taps[:, -1] = -1.0, 1.0
    wanted = correlate(given, first, taps)
    then, now = windows(given, first, (k, k)), windows(given, pixels, (k, k))
    # The smallest weights with one given answer w·x = y are y x / (x·x).
    power = np.maximum((then**2).sum(axis=(2, 3)), 1e-300)
    answers = {
        "dense": wanted * (first * np.asarray(pixels)).sum() / (first**2).sum(),
        "local": wanted
        * np.where((then**2).sum(axis=(2, 3)) > 0, (then * now).sum(axis=(2, 3)) / power, 0.0),
        "convolution": correlate(given, pixels, taps),
    }
    outputs, inputs = wanted.size, rows * columns
    counts = {
        "connections": [inputs * outputs, k * k * outputs, k * k * outputs],
        "parameters": [(inputs + 1) * outputs, (k * k + 1) * outputs, k * k + 1],
    }
    dense, local, shared = counts["parameters"]
    state = {"height": rows, "width": columns, "kernel": k, "edge": place, "image": pixels}
    told = [[name, f"{c:,}", f"{p:,}"] for name, c, p in zip(KINDS, *counts.values(), strict=True)]
    return Figure(
        "dense_or_convolution",
        "Dense, local, shared",
        f"An image of {rows} × {columns} pixels and {outputs} outputs. Parameters: {dense:,} dense, "
        f"{local:,} locally connected, {shared} in a convolution.",
        state,
        {**answers, **counts},
        table(pixels, "Image")
        + table(answers["convolution"], "Answers of the convolution")
        + table(told, "What each layer costs", ("layer", "connections", "parameters")),
        ("windows.js", "dense_or_convolution_arithmetic.js"),
    )
