"""What checks say: where values differ, what a call was, and how a failed check ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np
from numpy.typing import DTypeLike, NDArray

from coursekit import _recording


def show(value: object) -> str:
    """Return an argument in few words: arrays by their shape, anything else as written."""
    return f"array {value.shape}" if isinstance(value, np.ndarray) else repr(value)


def label_of(name: str, args: Sequence[Any], keywords: dict[str, Any]) -> str:
    """Return a call in words."""
    words = [show(a) for a in args] + [f"{k}={show(v)}" for k, v in keywords.items()]
    return f"{name}({', '.join(words)})"


def places_of(wrong: NDArray[np.bool_]) -> str:
    """Return in words where wrong values lie: the first, and what all of them have in common."""
    places = np.argwhere(wrong)
    words = f"first at index {tuple(int(i) for i in places[0])}" if len(places) else "nowhere"
    shared = [
        f"{int(places[0, axis])} of axis {axis}"
        for axis, size in enumerate(wrong.shape)
        if size > 1 and len(places) > 1 and (places[:, axis] == places[0, axis]).all()
    ]
    return f"{words}, all at index {' and '.join(shared)}" if shared else words


def first_wrong(given: object, right: object, at: str = "") -> str:
    """Return in words where whole numbers, or lists of such, differ first."""
    if isinstance(given, tuple) and isinstance(right, tuple):
        if len(given) != len(right):
            return f"{len(given)} is a wrong length{at and f' at index {at}'}"
        for place, (one, other) in enumerate(zip(given, right, strict=True)):
            if one != other:
                return first_wrong(one, other, f"{at}[{place}]")
    return f"wrong from index {at} on" if at else "that is wrong"


def whole_numbers(value: object) -> object:
    """Return a whole number as `int`, lists and tuples of such as tuples, and None for anything else."""
    if type(value) is int or isinstance(value, np.integer):
        return int(value)
    if type(value) not in (list, tuple):
        return None
    items = tuple(whole_numbers(item) for item in value)  # type: ignore[attr-defined]
    return None if None in items else items


def plain(value: Any) -> Any:
    """Return a value as one writes it: whole numbers of NumPy as `int`, lists and tuples as given."""
    if isinstance(value, np.integer):
        return int(value)
    return type(value)(map(plain, value)) if type(value) in (list, tuple) else value


def dtypes_of(given: Iterable[Any]) -> frozenset[str]:
    """Return the dtypes of the arrays among some arguments, by name."""
    return frozenset(_name(value.dtype) for value in given if isinstance(value, np.ndarray))


@lru_cache(maxsize=64)
def _name(dtype: np.dtype[Any]) -> str:
    return dtype.name  # which NumPy puts together each time


def named_type(value: object) -> str:
    """Return the name of a value's type behind "a" or "an"."""
    name = type(value).__name__
    return f"an {name}" if name.startswith(("nd", *"aeioAEIO")) else f"a {name}"


def require(true: Any, facts: str, advice: str = "") -> None:
    if not true:
        fail(facts, advice)


def fail(facts: str, advice: str = "") -> NoReturn:
    """Fail with what is the case and what to do; where the mistake is known, the facts alone are told."""
    _recording.note_difference(facts)
    raise AssertionError(f"{facts} {advice}".rstrip())


def wanted_dtype(dtype: DTypeLike) -> str:
    """Return what to do about an array of another dtype than asked for."""
    if dtype is np.floating:
        return "Return floating-point numbers: an array made with np.zeros(shape) holds them."
    if dtype is np.integer:
        return "Return whole numbers: an array of integers."
    return "Return numbers." if dtype is np.generic else f"Return dtype {np.dtype(dtype)}."
