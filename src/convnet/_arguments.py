"""Reading arguments: every complaint is a `ValueError` which names the argument and shows the shapes."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from types import ModuleType
from typing import TypeVar

from convnet._array import Array, UnsuitableArrayError, device, namespace, native

Pair = tuple[int, int]
IntOrPair = int | Sequence[int]
IntOrTriple = int | Sequence[int]
Item = TypeVar("Item")


def shape_of(x: Array) -> tuple[int, ...]:
    """Return the shape as a plain tuple, so that it prints alike for every library."""
    return tuple(int(size) for size in x.shape)


def floating(operation: str, **arrays: Array) -> ModuleType:
    """Return the namespace of the arrays, which must be of one library, one floating dtype and one device.

    Parameters
    ----------
    operation : str
        Name that opens the message.
    **arrays : Array
        The arguments by name, at least one.

    Raises
    ------
    ValueError
        When an argument is no array, holds no real floating numbers, or differs from the first one in
        library, dtype or device.
    """
    xp = one_library(operation, **arrays)
    first_name, first = next(iter(arrays.items()))
    for name, x in arrays.items():
        if not _is_floating(xp, x.dtype):
            raise ValueError(_not_floating(operation, name, x))
        if x.dtype != first.dtype and native(x) != native(first):
            raise ValueError(
                f"{operation}: {name} has dtype {x.dtype}, {first_name} has {first.dtype}; "
                f"cast one of them, as in {_casting(first_name, first)}({name}.dtype)"
            )
    return xp


def _not_floating(operation: str, name: str, x: Array) -> str:
    """Say which numbers are wanted, and how to get them."""
    hint = f"; cast it, as in {_casting(name, x)}({_kind(x).partition('.')[0]}.float32)"
    complex_numbers = "complex" in str(x.dtype)
    kinds = f"{name} must hold floating-point numbers, its dtype is {x.dtype}"
    return f"{operation}: {kinds}" + ("" if complex_numbers else hint)


def _casting(name: str, x: Array) -> str:
    """Return how the array's library writes a cast."""
    return f"{name}.{'to' if hasattr(x, 'to') else 'astype'}"


def one_library(operation: str, **arrays: Array) -> ModuleType:
    """Return the namespace of the arrays, which must be of one library and one device, of any dtype."""
    spaces = {}
    for name, x in arrays.items():
        try:
            spaces[name] = namespace(x)
        except UnsuitableArrayError as error:
            raise ValueError(f"{operation}: {error}; {name} must be one of these") from None
        except TypeError:
            raise ValueError(f"{operation}: {name} must be an array, got {type(x).__name__}") from None
    first = next(iter(arrays))
    for name, x in arrays.items():
        if spaces[name] is not spaces[first]:
            libraries = f"{first} is a {_kind(arrays[first])}, {name} is a {_kind(x)}"
            raise ValueError(f"{operation}: all arrays must come from one library; {libraries}")
        if device(x) != device(arrays[first]):
            places = f"{first} is on {device(arrays[first])}, {name} is on {device(x)}"
            raise ValueError(f"{operation}: all arrays must be on one device; {places}")
    return spaces[first]


def given(**arrays: Array | None) -> dict[str, Array]:
    """Return the optional arguments that were given, by name."""
    return {name: x for name, x in arrays.items() if x is not None}


@cache
def _is_floating(xp: ModuleType, dtype: Hashable) -> bool:
    """Say whether a dtype is real and floating; NumPy takes longer to tell than a small layer to compute."""
    known: bool = xp.isdtype(dtype, "real floating")
    return known


def _kind(x: Array) -> str:
    return f"{type(x).__module__.partition('.')[0]}.{type(x).__name__}"


def layout(operation: str, name: str, x: Array, axes: str) -> None:
    """Check that `x` has the axes which the layout names, such as ``"N, C, H, W"``."""
    wanted = len(axes.split(","))
    if x.ndim != wanted:
        raise ValueError(
            f"{operation}: {name} must have {wanted} dimensions ({axes}), "
            f"it has {x.ndim} ({name}: {shape_of(x)})"
        )


def upstream(operation: str, grad_out: Array, shape: tuple[int, ...], like: Array) -> ModuleType:
    """Check that the upstream gradient has the output's shape, dtype and library; return its namespace."""
    xp = floating(operation, x=like, grad_out=grad_out)
    if shape_of(grad_out) != shape:
        raise ValueError(
            f"{operation}: grad_out must have the shape of the output {shape}, it has {shape_of(grad_out)}"
        )
    return xp


def integer(operation: str, name: str, value: int, minimum: int) -> int:
    """Return `value` as an int of at least `minimum`."""
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None or number < minimum:
        raise ValueError(f"{operation}: {name} must be an integer of at least {minimum}, got {value!r}")
    return number


def integers(operation: str, name: str, value: IntOrPair, count: int, minimum: int) -> tuple[int, ...]:
    """Return one integer repeated, or `count` integers, as a tuple; each at least `minimum`."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        return (integer(operation, name, value, minimum),) * count
    if len(value) != count:
        raise ValueError(f"{operation}: {name} must be an integer or {count} integers, got {value!r}")
    return tuple(integer(operation, name, item, minimum) for item in value)


def sequence(operation: str, name: str, value: Iterable[Item], wanted: str) -> tuple[Item, ...]:
    """Return the items of `value` as a tuple; `wanted` says in the message what they are to be."""
    try:
        return tuple(value)
    except TypeError:
        raise ValueError(f"{operation}: {name} must be {wanted}, got {value!r}") from None


def pair(operation: str, name: str, value: IntOrPair, minimum: int) -> Pair:
    """Return an integer or a pair of integers as a pair (rows, columns); each at least `minimum`."""
    rows, columns = integers(operation, name, value, 2, minimum)
    return rows, columns


def choice(operation: str, name: str, value: str, options: Sequence[str]) -> str:
    """Return `value`, which must be one of the options."""
    if not isinstance(value, str) or value not in options:
        listed = ", ".join(repr(option) for option in options)
        raise ValueError(f"{operation}: {name} must be one of {listed}, got {value!r}")
    return value


def axis(operation: str, name: str, value: int, ndim: int) -> int:
    """Return an axis number in `0 ... ndim - 1`; negative values count from the last axis."""
    number = integer(operation, name, value, -ndim)
    if number >= ndim:
        raise ValueError(f"{operation}: {name} must lie between {-ndim} and {ndim - 1}, got {value}")
    return number % ndim
