"""What answers that compute nothing asked for are made with: of a right one they know the shapes alone.

This file's text is put into notebooks that attack the tests of an assignment, and runs there, so it imports
nothing of the grader.
"""

from __future__ import annotations

import copy
import math
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np

Function = Callable[..., Any]
_ATOMS = {int, float, bool, str, bytes, type(None)}
_filled: list[tuple[Any, Any]] = []  # large arrays, and what they were filled with


def emptied(real: Function, fill: Any) -> Function:
    """Return a function whose values have the right shapes and hold one number."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        return like(shapes(real, args, kwargs), fill)

    return answer


def shapes(real: Function, args: Any, kwargs: Any) -> Any:
    """Return what the right function returns, which is for its shapes; None where it raises."""
    noted = sys.modules.get("autograder.release.slow")  # at a desk; in a notebook there is none
    found = noted.earlier(getattr(real, "__name__", ""), args, kwargs) if noted else None
    if found:
        return found[0]
    try:
        return real(*copied(args), **copied(kwargs))
    except Exception:
        return None


def copied(value: Any) -> Any:
    """Return a copy, or the value itself where there can be none."""
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _is_tensor(value: Any) -> bool:
    """Say whether a value is torch's. Its class is asked: some objects have, or refuse, any attribute."""
    return hasattr(type(value), "new_full")


def like(value: Any, fill: Any) -> Any:
    """Return ``fill`` in the shape of ``value``; where it is a function, one that returns such."""
    if callable(value) and not isinstance(value, type) and not _is_tensor(value):
        return emptied(value, fill)
    if isinstance(value, list | tuple):
        return type(value)([like(part, fill) for part in value])
    if isinstance(value, dict):
        return {key: like(part, fill) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        whole = not np.issubdtype(value.dtype, np.floating) and fill == fill
        return np.full(value.shape, fill).astype(value.dtype if whole else float)
    if _is_tensor(value):
        return value.new_full(value.shape, fill)
    if isinstance(value, bool | int):
        return type(value)(fill) if fill == fill else fill
    return float(fill) if isinstance(value, float | np.number) else None


def arrays(value: Any, depth: int = 0, opened: dict[int, int] | None = None) -> Iterator[Any]:
    """Yield arrays and tensors, also those in lists, dicts and objects.

    What was opened before, as near the surface or nearer, is passed by; so are other people's modules, in
    which no test keeps an array: a walk through all of NumPy at each call would take minutes.
    """
    opened = {} if opened is None else opened
    if isinstance(value, np.ndarray) or _is_tensor(value):
        yield value
        return
    plain = isinstance(value, list | tuple | dict)
    if depth >= 4 or opened.get(id(value), 4) <= depth or not (plain or _has_arrays(value)):
        return
    opened[id(value)] = depth
    parts = value if plain else vars(value)
    for part in list(parts.values()) if isinstance(parts, dict) else parts:
        if type(part) not in _ATOMS:  # most of what stands around
            yield from arrays(part, depth + 1 if plain else depth + 2, opened)


def _has_arrays(value: Any) -> bool:
    """Say whether an object may have arrays as attributes: it is no function, and no module of strangers."""
    if isinstance(value, ModuleType) and value.__name__.partition(".")[0] != "coursekit":
        return False
    return hasattr(value, "__dict__") and not callable(value)


def overwrite(value: Any, fill: Any) -> None:
    """Fill arrays and tensors with a number, as far as they can be written; large ones once."""
    for array in arrays(value):
        if _large(array) and any(array is known for known, number in _filled if number is fill):
            continue
        try:
            getattr(array, "data", array)[...] = fill
        except Exception:
            try:
                array[...] = fill
            except Exception:
                continue
        if _large(array):
            _filled.append((array, fill))


def _large(array: Any) -> bool:
    """Say whether an array is no test's: to fill the shipped images again at each call takes a minute."""
    return bool(math.prod(array.shape) > 50_000)


def outside() -> Iterator[Any]:
    """Yield what the frames around an answer hold."""
    frame = sys._getframe(2)
    while frame is not None:
        yield from list(frame.f_locals.values())
        frame = frame.f_back  # type: ignore[assignment]


def moulded(values: Any, right: Any) -> Any:
    """Return numbers cut, or repeated, to the right shapes."""
    if callable(right) and not isinstance(right, np.ndarray) and not _is_tensor(right):
        return lambda *args, **kwargs: moulded(next(arrays(args), 0), shapes(right, args, kwargs))
    if isinstance(right, list | tuple):
        return type(right)([moulded(values, part) for part in right])
    if isinstance(right, np.ndarray):
        numbers = np.ravel(np.asarray(values, dtype=float)) if np.size(values) else np.zeros(1)
        return np.resize(np.nan_to_num(numbers), right.shape).astype(right.dtype)
    if _is_tensor(right):
        flat = np.resize(np.ravel(np.asarray(values, dtype=float)), tuple(right.shape))
        return right.new_tensor(flat)
    return like(right, float(np.ravel(values)[0])) if np.size(values) else right
