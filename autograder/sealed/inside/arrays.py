"""Arrays as they cross the wire: a dtype code, a shape and bytes, each checked against the others."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .wire import Buffer, Tree, WireError

NUMBERS = frozenset("?bBhHiIlLqQefdFD")
TEXTS = frozenset("SU")


@dataclass(frozen=True)
class ValueLimits:
    """How large one value may be.

    ``depth`` counts nested containers, ``nodes`` all values in it, ``entries`` those of one dict or set
    (few, because keys that collide make a dict slow), ``text`` characters of a string, ``bits`` of an
    int, ``axis`` the length of one array axis. ``empty`` is the product of the axes, those of length 0 left
    out, of an array without elements: sums over it are arrays of that size.
    """

    depth: int = 32
    nodes: int = 500_000
    entries: int = 20_000
    text: int = 4 << 20
    bits: int = 4096
    axis: int = 1 << 31
    empty: int = 1 << 22


LIMITS = ValueLimits()


def array_code(dtype: np.dtype[Any]) -> str | None:
    """Return the little-endian code of a dtype that may cross, such as ``"<f4"``, or None."""
    if dtype.char in NUMBERS or (dtype.kind in TEXTS and 0 < dtype.itemsize <= 40_000):
        return dtype.newbyteorder("<").str
    return None


def parse_code(code: Tree) -> np.dtype[Any]:
    """Return the dtype of a code, or raise :class:`WireError` when it is not exactly one we write."""
    if (
        type(code) is not str
        or len(code) > 8
        or not code.isascii()
        or not code[1:2].isalpha()
        or not code[2:].isdigit()
    ):
        raise WireError("an array of unknown dtype")
    try:
        dtype = np.dtype(code)
    except (TypeError, ValueError):
        raise WireError("an array of unknown dtype") from None
    if array_code(dtype) != code:
        raise WireError("an array of a dtype that may not cross")
    return dtype


def expanse(shape: Sequence[int]) -> int:
    """Return how many elements the axes of an array span, those of length 0 left out."""
    return math.prod(length for length in shape if length)


def raw(array: np.ndarray[Any, Any]) -> Buffer:
    """Return the bytes of an array in C order, without a copy where it already is contiguous."""
    if array.size == 0:
        return b""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


def rebuild(code: Tree, shape: Tree, data: Buffer, limits: ValueLimits = LIMITS) -> np.ndarray[Any, Any]:
    """Rebuild an array from its parts, copying the bytes; raise :class:`WireError` when they disagree."""
    dtype = parse_code(code)
    if type(shape) is not list or len(shape) > 32:
        raise WireError("an array with a wrong shape")
    lengths: list[int] = []
    size = 1
    for length in shape:
        if type(length) is not int or not 0 <= length <= limits.axis:
            raise WireError("an array with a wrong shape")
        lengths.append(length)
        size *= length
    if size * dtype.itemsize != len(data):
        raise WireError("an array whose bytes do not fill its shape")
    if size == 0:
        if expanse(lengths) > limits.empty:
            raise WireError("an array with a wrong shape")
        return np.zeros(lengths, dtype)
    if dtype.kind == "b":  # a bool of neither 0 nor 1 would compare as both
        return np.array(np.frombuffer(data, np.uint8) != 0).reshape(lengths)
    if dtype.kind == "U" and int(np.frombuffer(data, "<u4").max()) > sys.maxunicode:
        raise WireError("text that is no Unicode")
    return np.frombuffer(data, dtype).reshape(lengths).copy()
