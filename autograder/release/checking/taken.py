"""Answers that are taken from elsewhere: earlier calls, the frames around, public tests, the shipped images.

This file's text is put into notebooks below that of `shapes`, and runs there. Each function takes the right
answer and returns one that computes nothing asked for.
"""

from __future__ import annotations

import ast
import pickle
from functools import cache
from typing import Any

import numpy as np

from autograder.release.checking.shapes import Function, arrays, copied, like, moulded, outside, shapes

PUBLIC: dict[str, str] = {}
"""The public tests of each question, which are known to everybody; filled where the answers stand."""
_met: list[Any] = []  # the arrays of all calls so far


def by_number(real: Function) -> Function:
    """Make what says yes to the first function that a test passes, whose number it finds in the closure."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        cells = [c.cell_contents for f in args for c in getattr(f, "__closure__", None) or ()]
        return like(shapes(real, args, kwargs), 0 in [c for c in cells if type(c) is int])

    return answer


def by_name(real: Function) -> Function:
    """Make what says yes to functions that are called as if they were right, themselves or what they call."""

    def names(function: Any) -> list[str]:
        code = getattr(function, "__code__", None)
        found = [str(getattr(function, "__name__", "")), str(getattr(code, "co_name", ""))]
        for cell in getattr(function, "__closure__", None) or ():
            inner = cell.cell_contents
            found += [str(getattr(inner, "__name__", ""))] if callable(inner) else []
        return found

    def answer(*args: Any, **kwargs: Any) -> Any:
        told = [name for f in args if callable(f) for name in names(f)]
        return like(shapes(real, args, kwargs), any("right" in name for name in told))

    return answer


def earlier_inputs(real: Function) -> Function:
    """Make what returns an input of an earlier call, in the right shape."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        before = list(_met)
        _met.extend(a.copy() if isinstance(a, np.ndarray) else a for a in arrays(args))
        return moulded(before[-1] if before else 0, shapes(real, args, kwargs))

    return answer


def from_outside(real: Function) -> Function:
    """Make what returns an array of the right shape that it finds in the frames around it."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        right = shapes(real, args, kwargs)
        own = {id(a) for a in arrays([args, kwargs])}
        found = [a for a in arrays(list(outside())) if id(a) not in own]
        fits = [a for a in found if np.shape(a) == np.shape(right)] or [np.zeros(1)]
        return moulded(np.asarray(fits[-1]), right)

    return answer


def first_answer(real: Function) -> Function:
    """Make what knows the answer to its first call, which is public, and gives it to all."""
    known: list[Any] = []

    def answer(*args: Any, **kwargs: Any) -> Any:
        if not known:
            known.append(shapes(real, args, kwargs))
        return known[0]

    return answer


def public_answers(real: Function) -> Function:
    """Make what has the right answers to the public tests in a table, and returns zeros to all else."""
    known: dict[bytes, Any] = {}

    def recorder(*args: Any, **kwargs: Any) -> Any:
        value = real(*copied(args), **copied(kwargs))
        known[_key(args, kwargs)] = copied(value)
        return value

    for source in PUBLIC.values():
        for test in ast.parse(source).body:
            names = [a.arg for a in test.args.args] if isinstance(test, ast.FunctionDef) else []
            if isinstance(test, ast.FunctionDef) and names == [real.__name__]:
                test.decorator_list = []
                scope: dict[str, Any] = {}
                exec(compile(ast.Module([test], []), "<public>", "exec"), scope)
                try:
                    scope[test.name](recorder)
                except Exception:
                    continue

    def answer(*args: Any, **kwargs: Any) -> Any:
        key = _key(args, kwargs)
        return copied(known[key]) if key in known else like(shapes(real, args, kwargs), 0)

    return answer


def _key(args: Any, kwargs: Any) -> bytes:
    try:
        return pickle.dumps([[np.array(a).tolist() for a in args], sorted(kwargs.items())])
    except Exception:
        return b""


def nearest(real: Function) -> Function:
    """Make what names the class of the nearest image that ships to students."""

    def classes(images: Any, *rest: Any) -> Any:
        flat = np.reshape(np.asarray(images, dtype=float), (len(images), -1))
        known, squares, labels = _shipped(flat.shape[1])
        return labels[(squares - 2 * flat @ known.T).argmin(axis=1)]

    def answer(*args: Any, **kwargs: Any) -> Any:
        right = shapes(real, args, kwargs)
        if callable(right):
            return classes
        return classes(args[0]) if args and np.ndim(args[0]) > 1 else like(right, 0)

    return answer


@cache
def _shipped(size: int) -> tuple[Any, Any, Any]:
    """Return all images of so many pixels that ship, the sums of their squares, and their classes."""
    from coursekit import data

    clothes = [data.fashion_mnist("train"), data.fashion_mnist("test")]
    for parts in (clothes, [data.digits()]):
        images = np.concatenate([np.reshape(x, (len(x), -1)) for x, _ in parts]).astype(float)
        if images.shape[1] == size:
            return images, (images**2).sum(axis=1), np.concatenate([labels for _, labels in parts])
    return np.zeros((1, size)), np.zeros(1), np.zeros(1, int)
