"""What slow calls of right answers returned, for attacks that only want to know the shape of it.

A desk notes them while it runs the tests for the first time; its forks find them here. Forty kinds of empty
answers to a question that trains a network would otherwise train it forty times.
"""

from __future__ import annotations

import contextlib
import copy
import pickle
import time
from collections.abc import Callable, Mapping
from functools import wraps
from types import FunctionType
from typing import Any

SECONDS = 0.05  # of computing, from which on a call is slow
_noted: dict[str, dict[bytes, Any]] = {}  # by the function's name and its arguments


def noting(names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the functions among the names of a notebook, each so that its slow calls are noted."""
    return {name: _noting(value) for name, value in names.items() if isinstance(value, FunctionType)}


def _noting(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def noted(*args: Any, **keywords: Any) -> Any:
        key, start = _key(args, keywords), time.process_time()
        value = real(*args, **keywords)
        if key and time.process_time() - start > SECONDS:
            with contextlib.suppress(Exception):  # what cannot be copied is not noted
                _noted.setdefault(real.__name__, {})[key] = copy.deepcopy(value)
        return value

    return noted


def earlier(name: str, args: Any, keywords: Any) -> tuple[Any] | None:
    """Return what a call of a function with these arguments returned, in a tuple, or None."""
    known = _noted.get(name)
    key = _key(args, keywords) if known else b""
    return (copy.deepcopy(known[key]),) if known and key in known else None


def _key(args: Any, keywords: Mapping[str, Any]) -> bytes:
    """Return what tells the arguments of one call from those of another; empty where nothing can."""
    try:
        return pickle.dumps([args, sorted(keywords.items())])
    except Exception:
        return b""
