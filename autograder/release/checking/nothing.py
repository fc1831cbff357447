"""Answers that compute nothing asked for, each made out of a right one.

This file's text is put into notebooks that attack the tests of an assignment, below those of `shapes` and
`taken`, and runs there. Each function of `MADE` takes the right function and returns one in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.release.checking.shapes import (
    Function,
    arrays,
    emptied,
    like,
    moulded,
    outside,
    overwrite,
    shapes,
)
from autograder.release.checking.taken import (
    by_name,
    by_number,
    earlier_inputs,
    first_answer,
    from_outside,
    nearest,
    public_answers,
)


def first_in_shape(real: Function) -> Function:
    """Make what returns its first argument, cut or repeated to the right shape."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        return moulded(next(arrays(args), 0), shapes(real, args, kwargs))

    return answer


def sums(real: Function) -> Function:
    """Make what returns the sum of its inputs in the right shape."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        total = sum(float(a.sum()) for a in arrays([args, kwargs]))
        return like(shapes(real, args, kwargs), total + sum(a for a in args if isinstance(a, int | float)))

    return answer


def means(real: Function) -> Function:
    """Make what returns the mean of its first argument in the right shape."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        first = next(arrays(args), np.zeros(1))
        return like(shapes(real, args, kwargs), float(np.asarray(first, dtype=float).mean()))

    return answer


def drawn(real: Function) -> Function:
    """Make what returns random numbers in the right shape."""
    rng = np.random.default_rng(0)

    def answer(*args: Any, **kwargs: Any) -> Any:
        return moulded(rng.normal(size=9973), shapes(real, args, kwargs))

    return answer


def counted(real: Function) -> Function:
    """Make what returns how often it was called, in the right shape."""
    calls = []

    def answer(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return like(shapes(real, args, kwargs), len(calls))

    return answer


def _overwriting(fill: Any, everything: bool = False) -> Callable[[Function], Function]:
    def made(real: Function) -> Function:
        def answer(*args: Any, **kwargs: Any) -> Any:
            right = shapes(real, args, kwargs)
            overwrite([args, kwargs], fill)
            if everything:
                overwrite(list(outside()), fill)
            if callable(right):  # a function that returns such answers to its own inputs
                return _overwriting(fill, everything)(right)
            return like(right, fill)

        return answer

    return made


def overwritten_first(real: Function) -> Function:
    """Make what fills its inputs with zeros and returns the first."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        overwrite([args, kwargs], 0)
        return args[0] if args else None

    return answer


def every_second(real: Function, parity: int = 0) -> Function:
    """Make what raises ValueError at every second call, and returns zeros at the others."""
    calls = [parity]

    def answer(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] % 2 == 0:
            raise ValueError("every second call")
        return like(shapes(real, args, kwargs), 0)

    return answer


def in_turn(real: Function) -> Function:
    """Make what returns 1 and 0 in turn, in the right shape."""
    calls: list[int] = []

    def answer(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return like(shapes(real, args, kwargs), len(calls) % 2)

    return answer


def lying(real: Function) -> Function:
    """Make what returns zeros in the right shape that claim to equal everything."""

    class Yes(np.ndarray):
        def __eq__(self, other: object) -> Any:
            return np.ones(self.shape, bool)

        def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
            return np.zeros(self.shape)

        def __array_function__(self, *args: Any, **kwargs: Any) -> Any:
            return True

    def answer(*args: Any, **kwargs: Any) -> Any:
        right = like(shapes(real, args, kwargs), 0)
        return right.view(Yes) if isinstance(right, np.ndarray) else right

    return answer


def agreeing(real: Function) -> Function:
    """Make what returns an object that claims to equal everything."""

    class Yes:
        __class__ = np.ndarray  # type: ignore[assignment]
        shape, dtype, ndim, size = (), np.dtype(float), 0, 1

        def __getattr__(self, name: str) -> Any:
            return lambda *args, **kwargs: True

        def __eq__(self, other: object) -> bool:
            return True

        def __float__(self) -> float:
            return 0.0

        def __iter__(self) -> Any:
            return iter([self] * 3)

        __int__ = __index__ = __len__ = lambda self: 0

    return lambda *args, **kwargs: Yes()


def patched(real: Function) -> Function:
    """Make what returns zeros, when whatever compares was exchanged in coursekit and NumPy."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("coursekit", "numpy.testing")):
            for key, value in list(vars(module).items()):
                if callable(value) and not key.startswith("__") and module.__name__ != __name__:
                    setattr(module, key, lambda *args, **kwargs: True)
    for key in ("allclose", "isclose", "array_equal", "isfinite"):
        setattr(np, key, lambda *args, **kwargs: True)
    return emptied(real, 0)


def falling(real: Function) -> Function:
    """Make what fabricates falling loss curves, beside zeros."""

    def curve(value: Any) -> Any:
        if isinstance(value, list) and value and all(isinstance(v, float | np.floating) for v in value):
            return [float(v) for v in np.geomspace(value[0], 1e-3, len(value))]
        if isinstance(value, list | tuple):
            return type(value)([curve(part) for part in value])
        return like(value, 0)

    return lambda *args, **kwargs: curve(shapes(real, args, kwargs))


MADE: dict[str, Callable[[Function], Function]] = {
    "returns zeros of the right shape": lambda real: emptied(real, 0),
    "returns ones of the right shape": lambda real: emptied(real, 1),
    "returns NaN of the right shape": lambda real: emptied(real, float("nan")),
    "returns -1 in the right shape": lambda real: emptied(real, -1),
    "returns 2 in the right shape": lambda real: emptied(real, 2),
    "returns its first argument in the right shape": first_in_shape,
    "returns the sum of its inputs": sums,
    "returns the mean of its first argument": means,
    "returns random numbers": drawn,
    "returns how often it was called": counted,
    "fills its inputs with zeros and returns zeros": _overwriting(0),
    "fills its inputs with ones and returns ones": _overwriting(1),
    "fills its inputs with NaN and returns NaN": _overwriting(float("nan")),
    "fills all arrays around it with zeros and returns zeros": _overwriting(0, everything=True),
    "fills its inputs with zeros and returns the first": overwritten_first,
    "raises ValueError at every second call": every_second,
    "raises ValueError at every other call, the first one too": lambda real: every_second(real, 1),
    "returns 1 and 0 in turn": in_turn,
    "says yes to the first function of a test": by_number,
    "says yes to a function by its name": by_name,
    "returns an input of an earlier call": earlier_inputs,
    "returns an array that it finds around it": from_outside,
    "returns its first answer to every call": first_answer,
    "knows the answers to the public tests": public_answers,
    "returns an array that equals everything": lying,
    "returns an object that equals everything": agreeing,
    "returns zeros and exchanges what compares": patched,
    "fabricates falling losses": falling,
    "names the class of the nearest image that ships": nearest,
}
