"""Checks the arguments of a figure: small grids of finite numbers, and settings within limits."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

SIDE = 12
"""More rows or columns than this are too small to read on a phone."""
LARGEST = 1e6
"""The largest number that a reader can type, on both sides of zero."""


class Given:
    """Reads the arguments of one figure, and names it in what it refuses.

    Parameters
    ----------
    figure
        Name of the function that was called.
    """

    def __init__(self, figure: str) -> None:
        self.figure = figure

    def refuse(self, words: str) -> ValueError:
        """Make the error that a figure raises.

        Parameters
        ----------
        words
            What was expected and what came.

        Returns
        -------
        ValueError
            To be raised.
        """
        return ValueError(f"{self.figure}: {words}")

    def grid(self, name: str, values: ArrayLike, axes: int = 2, largest: int = SIDE) -> Any:
        """Take numbers as nested lists; whole numbers become integers, which read better.

        Parameters
        ----------
        name
            Name of the argument.
        values
            Finite numbers, shape with ``axes`` axes.
        axes
            Number of axes.
        largest
            The most entries along an axis.

        Returns
        -------
        list
            Nested lists.

        Raises
        ------
        ValueError
            If the values are no such grid.
        """
        try:
            array = np.asarray(values, dtype=float)
        except (TypeError, ValueError):
            raise self.refuse(f"{name} expects a grid of numbers, got {values!r}") from None
        if array.ndim != axes or not 1 <= min(array.shape) <= max(array.shape) <= largest:
            raise self.refuse(
                f"{name} expects {axes} axes of 1 to {largest} entries, got shape {array.shape}"
                if axes != 2
                else f"{name} expects 1 to {largest} rows and columns, got shape {array.shape}"
            )
        if not np.isfinite(array).all():
            raise self.refuse(f"{name} expects finite numbers, got {array.tolist()}")
        if np.abs(array).max() > LARGEST:
            raise self.refuse(f"{name} expects numbers up to {LARGEST:,.0f}, got {np.abs(array).max():g}")
        return _readable(array.tolist())

    def count(self, name: str, value: int, smallest: int, largest: int = 99) -> int:
        """Take a whole number within limits.

        Parameters
        ----------
        name
            Name of the argument.
        value
            The number.
        smallest, largest
            The limits, both allowed.

        Returns
        -------
        int
            The number.

        Raises
        ------
        ValueError
            If it is no whole number, or outside.
        """
        if not _is_whole(value) or value < smallest:
            raise self.refuse(f"{name} expects a whole number of at least {smallest}, got {value!r}")
        if value > largest:
            raise self.refuse(f"{name} expects a whole number of at most {largest}, got {value}")
        return int(value)

    def real(self, name: str, value: float, smallest: float = -LARGEST, largest: float = LARGEST) -> float:
        """Take a finite number within limits.

        Parameters
        ----------
        name
            Name of the argument.
        value
            The number.
        smallest, largest
            The limits, both allowed.

        Returns
        -------
        float
            The number, an integer where it is whole.

        Raises
        ------
        ValueError
            If it is not finite, or outside.
        """
        if not isinstance(value, int | float | np.number) or not smallest <= value <= largest:
            raise self.refuse(f"{name} expects a number from {smallest:,g} to {largest:,g}, got {value!r}")
        return cast(float, _readable(float(value)))

    def choice(self, name: str, value: str, options: Sequence[str]) -> str:
        """Take one of a few words.

        Parameters
        ----------
        name
            Name of the argument.
        value
            The word.
        options
            Those allowed.

        Returns
        -------
        str
            The word.

        Raises
        ------
        ValueError
            If it is another.
        """
        if value not in options:
            raise self.refuse(f"{name} expects one of {', '.join(options)}, got {value!r}")
        return value


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) or (isinstance(value, float) and value.is_integer())


def _readable(value: Any) -> Any:
    if isinstance(value, list):
        return [_readable(part) for part in value]
    return int(value) if value.is_integer() else value
