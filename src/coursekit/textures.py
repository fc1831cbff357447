"""Pictures made by a formula: tasks of known answer and adjustable difficulty.

Examples
--------
>>> images, labels = stripes(16, seed=0)
>>> images.shape, labels[:4].tolist()
((16, 1, 28, 28), [0, 1, 2, 3])
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = 8
"""Classes of `stripes`: class n is turned by n · 22.5°."""

_SIZE, _RADIUS, _WAVELENGTH = 28, 7, (4.0, 6.0)  # pixels


def stripes(count: int, seed: int, noise: float = 0.7) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return pictures of a patch of stripes hidden in noise; the class is the direction of the stripes.

    The patch lies somewhere, its stripes start anywhere, and they are 4 to 6 pixels apart.

    Parameters
    ----------
    count : int
        How many pictures. The classes take turns.
    seed : int
        Start of the random generator: equal seeds give equal pictures.
    noise : float
        Standard deviation of the noise; the stripes reach from -1 to 1.

    Returns
    -------
    images : ndarray of float32, shape (count, 1, 28, 28)
        The pictures; their mean is 0 up to chance.
    labels : ndarray of int64, shape (count,)
        The classes 0 to 7.

    Raises
    ------
    ValueError
        If ``count`` is below 1 or ``noise`` below 0.
    """
    if count < 1 or noise < 0:
        raise ValueError(f"stripes: count expects at least 1 and noise at least 0, got {count} and {noise}")
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:_SIZE, :_SIZE]
    labels = np.arange(count) % DIRECTIONS
    images = np.empty((count, 1, _SIZE, _SIZE), dtype=np.float32)
    for image, label in zip(images, labels, strict=True):
        angle = np.pi * label / DIRECTIONS
        row, column = rng.uniform(_RADIUS, _SIZE - _RADIUS, size=2)
        waves = (columns * np.cos(angle) + rows * np.sin(angle)) / rng.uniform(*_WAVELENGTH)
        patch = np.exp(-2 * ((rows - row) ** 2 + (columns - column) ** 2) / _RADIUS**2)
        image[0] = patch * np.cos(2 * np.pi * (waves + rng.uniform())) + rng.normal(0, noise, rows.shape)
    return images, labels
