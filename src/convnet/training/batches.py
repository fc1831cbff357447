"""Cut a set of examples into batches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from convnet._arguments import integer
from convnet._array import Array, device, namespace

Indices = NDArray[np.int64]


def batches(count: int, batch_size: int, generator: np.random.Generator | None = None) -> Iterator[Indices]:
    """Yield the numbers of the examples of each batch; the last batch may be smaller.

    Parameters
    ----------
    count : int
        Examples in the set.
    batch_size : int
        Examples in a batch.
    generator : numpy.random.Generator, optional
        Shuffles the set; without it examples come in their order.

    Yields
    ------
    ndarray of int64
        Numbers of examples; every example comes once.

    Raises
    ------
    ValueError
        When a number is below 1.

    Examples
    --------
    >>> [batch.tolist() for batch in batches(5, 2)]
    [[0, 1], [2, 3], [4]]
    """
    count = integer("batches", "count", count, 1)
    batch_size = integer("batches", "batch_size", batch_size, 1)
    order = np.arange(count) if generator is None else generator.permutation(count)
    for start in range(0, count, batch_size):
        yield order[start : start + batch_size]


def take(x: Array, indices: Indices) -> Array:
    """Return the examples with these numbers, on the device of `x`.

    Parameters
    ----------
    x : Array, shape (N, ...)
        Examples, of NumPy or torch.
    indices : ndarray of int, shape (M,)
        Their numbers, such as `batches` yields.

    Returns
    -------
    Array, shape (M, ...)
        The examples, in the order of the numbers.

    Examples
    --------
    >>> take(np.asarray([5.0, 6.0, 7.0]), np.asarray([2, 0]))
    array([7., 5.])
    """
    xp = namespace(x)
    chosen: Array = xp.take(x, xp.asarray(indices, device=device(x)), axis=0)
    return chosen
