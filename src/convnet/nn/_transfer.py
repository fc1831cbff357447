"""Move an array to another library, device or dtype."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

import array_api_compat
import numpy as np

from convnet._arguments import choice
from convnet._array import Array, device, namespace

LIBRARIES = ("numpy", "torch")


def library(name: str) -> ModuleType:
    """Return the array API namespace of a library, imported on demand.

    Raises
    ------
    ValueError
        When the library is unknown or not installed.
    """
    if isinstance(name, str) and name.partition(":")[0] in ("cpu", "cuda", "mps"):
        raise ValueError(f"to: library must be one of 'numpy', 'torch', got {name!r}; pass device={name!r}")
    choice("to", "library", name, LIBRARIES)
    try:
        return import_module(f"array_api_compat.{name}")
    except ImportError:
        raise ValueError(f"to: library {name!r} is not installed") from None


def floating_dtype(xp: ModuleType, dtype: object) -> object:
    """Return a real floating dtype of the library: `dtype` itself, or the one of that name.

    Raises
    ------
    ValueError
        When it is none.
    """
    found = getattr(xp, dtype, None) if isinstance(dtype, str) else dtype
    try:
        known = xp.isdtype(found, "real floating")
    except (AttributeError, TypeError):  # no dtype, or one of another library
        known = False
    if not known:
        home = xp.__name__.rpartition(".")[2]
        raise ValueError(
            f"to: dtype must be a real floating dtype of {home} or its name, such as 'float32', got {dtype!r}"
        )
    return found


def check_device(xp: ModuleType, where: object) -> None:
    """Ask the library whether it has a device.

    Raises
    ------
    ValueError
        When it has none of that name; with what the library says of it.
    """
    try:
        xp.empty((0,), device=where)
    except Exception as error:  # each library has its own
        home = xp.__name__.rpartition(".")[2]
        why = str(error).partition("\n")[0]
        raise ValueError(f"to: {home} cannot use device {where!r} here: {why}") from None


def moved(x: Array, xp: ModuleType, where: object | None, dtype: object | None) -> Array:
    """Return a copy of `x` as an array of the library, on the device, in the dtype (its own unless given)."""
    source = namespace(x)
    if source is xp:
        out: Array = xp.asarray(x, dtype=dtype, device=device(x) if where is None else where, copy=True)
        return out
    plain: Any = np.asarray(array_api_compat.to_device(x, "cpu"))
    out = xp.asarray(plain, dtype=dtype, copy=True)
    return out if where is None else array_api_compat.to_device(out, where)


def like(x: Array, wanted: Array) -> Array:
    """Return a copy of `x` in the library, dtype and device of `wanted`."""
    return moved(x, namespace(wanted), device(wanted), wanted.dtype)


def counter_like(x: Array) -> Array:
    """Return a counter at 0 in the library and on the device of `x`."""
    xp = namespace(x)
    counter: Array = xp.zeros((), dtype=xp.int64, device=device(x))
    return counter
