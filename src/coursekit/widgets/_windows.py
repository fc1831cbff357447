"""The arithmetic of the still pictures, in NumPy. The scripts compute the same in the page."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.widgets._given import Given

Array = NDArray[np.float64]


def places(given: Given, size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Count the windows along one axis, and refuse when there is none."""
    reach = dilation * (kernel - 1) + 1
    if reach > size + 2 * padding:
        raise given.refuse(
            f"no room: the kernel reaches over {reach} pixels, the padded input has {size + 2 * padding}"
        )
    return (size + 2 * padding - reach) // stride + 1


def windows(
    given: Given,
    image: ArrayLike,
    kernel: tuple[int, int],
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Array:
    """Cut every window out of an image: shape (H', W', k_h, k_w)."""
    padded = np.pad(np.asarray(image, dtype=float), padding)
    height, width = np.shape(image)
    rows = places(given, height, kernel[0], stride, padding, dilation)
    columns = places(given, width, kernel[1], stride, padding, dilation)
    down = stride * np.arange(rows)[:, None] + dilation * np.arange(kernel[0])
    across = stride * np.arange(columns)[:, None] + dilation * np.arange(kernel[1])
    cut: Array = padded[down[:, None, :, None], across[None, :, None, :]]
    return cut


def correlate(given: Given, image: ArrayLike, kernel: ArrayLike, **settings: Any) -> Array:
    """Every window times the kernel, summed: shape (H', W')."""
    taps = np.asarray(kernel, dtype=float)
    rows, columns = taps.shape
    output: Array = np.einsum("rcij,ij->rc", windows(given, image, (rows, columns), **settings), taps)
    return output
