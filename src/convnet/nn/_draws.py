"""What initializers draw, as functions of a module: closures cannot be pickled, and layers hold them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def filled(value: float, generator: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return one number everywhere."""
    return np.full(shape, value, dtype=np.float32)


def even(bound: float, generator: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return numbers drawn evenly between `-bound` and `bound`."""
    values = generator.random(shape, dtype=np.float32)
    values *= np.float32(2 * bound)
    values -= np.float32(bound)
    return values


def gaussian(std: float, generator: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return numbers drawn from a normal distribution around 0."""
    values = generator.standard_normal(shape, dtype=np.float32)
    values *= np.float32(std)
    return values
