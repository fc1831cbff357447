"""Cases for calls of one function: numbers within bounds, every dtype, one argument changed at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

DTYPES = ("float64", "float32", "int64")
LEAST, MOST = 1e-3, 1e3  # of what `drawn` gives, without its sign


def drawn(
    rng: np.random.Generator, size: int | Sequence[int] | NDArray[np.integer[Any]], scale: float = 1.0
) -> NDArray[np.float64]:
    """Draw an array of numbers that a notebook promises: none is nearly 0, and none is huge.

    Parameters
    ----------
    rng : Generator
        What they are drawn from.
    size : int or sequence of int
        The shape of the array.
    scale : float
        How large they are; 0 for the least that there are.

    Returns
    -------
    array of float64
        Normal numbers times ``scale``, moved to where they are between 0.001 and 1000, or the same below 0.

    Examples
    --------
    >>> x = drawn(np.random.default_rng(1), (2, 3), 0)
    >>> x.shape, bool(0.001 <= abs(x).min() <= abs(x).max() < 0.01)
    ((2, 3), True)
    """
    x = np.asarray(rng.normal(size=size))
    sizes = LEAST * (1 + np.abs(x)) if scale == 0 else np.clip(np.abs(scale * x), LEAST, MOST)
    return np.asarray(np.copysign(sizes, x), np.float64)


def one_changed(first: Sequence[Any], *others: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return a case, and the same with a single argument of another one, by turns.

    A function that keeps its answer under a name which leaves an argument out, or goes by the array alone, is
    wrong in one of them.

    Parameters
    ----------
    first : sequence
        The arguments of a call.
    *others : sequence
        As many arguments each: those that are not the same object take the place of the first, one at a time.

    Examples
    --------
    >>> one_changed((1, 2), (1, 5), (3, 2))
    [(1, 2), (1, 5), (1, 2), (3, 2), (1, 2)]
    """
    found = [tuple(first)]
    for other in others:
        for place, (old, new) in enumerate(zip(first, other, strict=True)):
            if new is not old:
                found += [(*first[:place], new, *first[place + 1 :]), tuple(first)]
    return found


def mixed(cases: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return cases whose arrays are float64, float32 and whole numbers, in all combinations by turns.

    The arrays cannot be written into: nobody may, not even to put back what was there.

    Parameters
    ----------
    cases : sequence
        Arguments of calls; their arrays hold floats, a few times as large as 1.

    Returns
    -------
    list of tuple
        The same, with arrays of other dtypes. Whole numbers are the floats times 4, rounded.

    Examples
    --------
    >>> [x.dtype.name for x, _ in mixed([(np.ones(2), 1)] * 4)]
    ['float64', 'float32', 'int64', 'float64']
    """
    found: list[tuple[Any, ...]] = []
    for number, case in enumerate(cases):
        arrays = sum(isinstance(value, np.ndarray) for value in case)
        combinations = list(product(DTYPES, repeat=arrays))
        dtypes = iter(combinations[number % len(combinations)])
        found.append(
            tuple(_as(value, next(dtypes)) if isinstance(value, np.ndarray) else value for value in case)
        )
    return found


def in_float64(case: Sequence[Any]) -> list[Any]:
    """Return arguments with every array as float64: what the right answer is worked out from."""
    return [value.astype(np.float64) if isinstance(value, np.ndarray) else value for value in case]


def _as(value: NDArray[Any], dtype: str) -> NDArray[Any]:
    found = (np.round(4 * value) if dtype == "int64" else value).astype(dtype)
    found.flags.writeable = False
    return found
