"""What the array API standard lacks, so that no other file asks which library an array comes from.

Everything in `convnet` is written against the Python array API standard
(https://data-apis.org/array-api/latest/), reached through `array_api_compat`. The same source then runs on
NumPy arrays and on torch tensors, wherever they live. The few things that the standard leaves out stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache, wraps
from types import ModuleType
from typing import Any, ParamSpec, Protocol, TypeVar

import array_api_compat
import numpy as np

BLOCK_BYTES = 1 << 19
"""Bytes taken at a time where several passes go over an array: with what they compute on the way, a block
then stays in the second-level cache of a core."""


OFF_CPU_BYTES = 1 << 28
"""Bytes taken at a time elsewhere: to start a kernel costs more than a trip to memory, so that blocks are
only there to bound what a layer takes on the way."""

BUFFER = 1024
"""Elements which NumPy may copy to a buffer at a time, see `short_buffers`."""

NARROW = frozenset({"float16", "torch.float16", "torch.bfloat16"})
"""Floating-point numbers in which sums overflow or lose digits, as their dtypes print."""

P = ParamSpec("P")
R = TypeVar("R")


class Array(Protocol):
    """An array of any library: the part of the standard's array object which `convnet` uses.

    The operators take `Any` because NumPy and torch disagree about what may stand on the right of `+`.
    """

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def ndim(self) -> int: ...
    @property
    def dtype(self) -> object: ...
    @property
    def device(self) -> object: ...
    def __getitem__(self, key: Any, /) -> Array: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __add__(self, other: Any, /) -> Array: ...
    def __radd__(self, other: Any, /) -> Array: ...
    def __sub__(self, other: Any, /) -> Array: ...
    def __rsub__(self, other: Any, /) -> Array: ...
    def __mul__(self, other: Any, /) -> Array: ...
    def __rmul__(self, other: Any, /) -> Array: ...
    def __truediv__(self, other: Any, /) -> Array: ...
    def __rtruediv__(self, other: Any, /) -> Array: ...
    def __and__(self, other: Any, /) -> Array: ...
    def __xor__(self, other: Any, /) -> Array: ...
    def __neg__(self) -> Array: ...
    def __gt__(self, other: Any, /) -> Array: ...
    def __lt__(self, other: Any, /) -> Array: ...
    def __ge__(self, other: Any, /) -> Array: ...
    def __le__(self, other: Any, /) -> Array: ...
    def __bool__(self) -> bool: ...
    def __float__(self) -> float: ...
    def __int__(self) -> int: ...


_SPACES: dict[type, ModuleType] = {}


class UnsuitableArrayError(TypeError):
    """An array of a library which does not let us write to its arrays through views."""


def namespace(*arrays: Array) -> ModuleType:
    """Return the array API namespace which the arrays share; `TypeError` when they share none.

    It is looked up once for each kind of array, because small layers ask for it as often as they compute.
    """
    kind = type(arrays[0])
    if kind in _SPACES and (len(arrays) == 1 or all(type(x) is kind for x in arrays)):
        return _SPACES[kind]
    xp: ModuleType = array_api_compat.array_namespace(*arrays)
    _check_suitable(kind, xp)
    _SPACES[kind] = xp
    return xp


def _check_suitable(kind: type, xp: ModuleType) -> None:
    """Raise `UnsuitableArrayError` for arrays whose views are copies (JAX, Dask), or which compute otherwise.

    On those, sums that we add to a view would be lost without a word.
    """
    suitable = not issubclass(kind, np.matrix | np.ma.MaskedArray)  # `*` means more there, or less
    if suitable:
        try:
            probe = xp.zeros((2,))
            view = probe[:1]
            view += 1.0
            suitable = float(probe[0]) == 1.0
        except (TypeError, ValueError, NotImplementedError, RuntimeError):
            suitable = False
    if not suitable:
        name = f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
        raise UnsuitableArrayError(f"convnet works on NumPy arrays and torch tensors; {name} is neither")


def device(x: Array) -> object:
    """Return the device that `x` lives on."""
    # NumPy's scalars, which sums over all axes give, know their device from NumPy 2.1 on.
    return getattr(x, "device", "cpu")


def empty(shape: Sequence[int], like: Array) -> Array:
    """Return an array of the given shape, not yet filled, with the library, dtype and device of `like`."""
    out: Array = namespace(like).empty(tuple(shape), dtype=native(like), device=device(like))
    return out


def zeros(shape: Sequence[int], like: Array) -> Array:
    """Return zeros of the given shape with the library, dtype and device of `like`."""
    return full(shape, 0, like)


def full(shape: Sequence[int], value: float, like: Array) -> Array:
    """Return a constant array of the given shape with the library, dtype and device of `like`."""
    out: Array = namespace(like).full(tuple(shape), value, dtype=native(like), device=device(like))
    return out


def vector(values: Sequence[float], like: Array) -> Array:
    """Return a Python sequence as an array with the library, dtype and device of `like`."""
    out: Array = namespace(like).asarray(list(values), dtype=native(like), device=device(like))
    return out


def mask(condition: Array, like: Array) -> Array:
    """Return 1 where the condition holds and 0 elsewhere, in the dtype of `like`.

    Multiplying by this is many times faster than `where` when the condition looks random.
    """
    out: Array = namespace(like).astype(condition, native(like))
    return out


def native(x: Array) -> Any:
    """Return the dtype of `x`, in this machine's byte order where NumPy has read it in the other."""
    dtype: Any = x.dtype
    return dtype if getattr(dtype, "isnative", True) else dtype.newbyteorder("=")


def wide(x: Array) -> Array:
    """Return `x` in at least 32 bits, where sums neither overflow nor lose digits; `x` itself where it is."""
    xp = namespace(x)
    out: Array = x if itemsize(x) >= 4 else xp.astype(x, xp.float32)
    return out


def narrow(x: Array, like: Array) -> Array:
    """Return `x` in the dtype of `like`, which it was computed for: the inverse of `wide`."""
    out: Array = namespace(x).astype(x, native(like), copy=False)
    return out


def in_32_bits(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a function of arrays which adds up: numbers of 16 bits are computed with in 32.

    Sums of them would overflow or lose digits. What comes back, an array or a tuple, has 16 bits again. The
    first array given decides; the others are of its dtype, or hold no floating-point numbers.
    """

    @wraps(function)
    def widened(*given: P.args, **named: P.kwargs) -> R:
        first: Any = given[0]
        if not _is_narrow(type(first.dtype).__module__, first.dtype):
            return function(*given, **named)
        found: Any = function(*(_widened(x, first) for x in given), **named)
        if isinstance(found, tuple):
            return tuple(narrow(x, first) for x in found)  # type: ignore[return-value]
        return narrow(found, first)  # type: ignore[return-value]

    return widened


@cache
def _is_narrow(_: str, dtype: Hashable) -> bool:
    return str(getattr(dtype, "name", dtype)) in NARROW


def _widened(x: Any, first: Array) -> Any:
    """Return arrays of the first one's dtype in 32 bits, and anything else as it is."""
    return wide(x) if getattr(x, "dtype", None) == first.dtype else x


def short_buffers(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a function that computes with views, or with one number for each of many rows.

    Where an operand has gaps, NumPy copies rows of it to a buffer until that is full, computes there and
    copies back. Its 8,192 elements hold several rows of our maps, and the copies take longer than the sums.
    With a short buffer, rows of hundreds of elements are computed with where they are: in half the time.
    """

    @wraps(function)
    def short(*given: P.args, **named: P.kwargs) -> R:
        with np.errstate():  # which brings the caller's buffer back
            np.setbufsize(BUFFER)
            return function(*given, **named)

    return short


def add_at(target: Array, index: tuple[Any, ...], value: Array, *, first: bool = False) -> None:
    """Add `value` to `target[index]` in place, where `index` holds slices only.

    The first share of a place is written, so that the place need not hold zeros before.
    `target[index] += value` would read, add and then write the view over itself once more.
    """
    if first:
        target[index] = value
        return
    view = target[index]
    view += value


def matmul_into(out: Array, left: Array, right: Array) -> None:
    """Write the matrix product `left` · `right` to `out`."""
    _write_to(out, "matmul", left, right)


def multiply_into(out: Array, left: Array, right: Array) -> None:
    """Write the products `left` * `right`, element by element, to `out`."""
    _write_to(out, "multiply", left, right)


def vecdot(left: Array, right: Array) -> Array:
    """Return the sums of products along the last axis.

    The standard's function multiplies torch's vectors pair by pair, as matrices of one row: ten times slower.
    """
    xp = namespace(left)
    is_torch = array_api_compat.is_torch_namespace(xp)
    out: Array = xp.sum(left * right, axis=-1) if is_torch else xp.vecdot(left, right)
    return out


def library_erf(x: Array) -> Array | None:
    """Return the error function of each element where the library has it, which is torch."""
    xp = namespace(x)
    return xp.special.erf(x) if array_api_compat.is_torch_namespace(xp) else None


def holds(condition: Array) -> bool:
    """Return whether a condition holds; not on torch's meta device, which knows of shapes alone."""
    return not getattr(condition, "is_meta", False) and bool(condition)


def chunks(size: int, step: int) -> Iterator[slice]:
    """Cut an axis into slices of `step` elements; the last one may be shorter."""
    for start in range(0, size, step):
        yield slice(start, min(size, start + step))


def is_off_cpu(x: Array) -> bool:
    """Return whether `x` lives on a GPU, or anywhere but in the processor's own memory."""
    return getattr(device(x), "type", "cpu") != "cpu"  # only torch has others here


def bytes_at_once(on_cpu: int, like: Array) -> int:
    """Return how many bytes to take at a time: `on_cpu`, or `OFF_CPU_BYTES` where `like` is not there."""
    return max(on_cpu, OFF_CPU_BYTES) if is_off_cpu(like) else on_cpu


def block_length(count: int, each: int, like: Array) -> int:
    """Return how many of `count` items of so many bytes each to take at a time, where `like` lives."""
    return max(1, min(count, bytes_at_once(BLOCK_BYTES, like) // max(1, each)))


def itemsize(x: Array) -> int:
    """Return the bytes which one element of the floating array `x` takes."""
    bits: int = namespace(x).finfo(x.dtype).bits
    return bits // 8


def _write_to(out: Array, operation: str, left: Array, right: Array) -> None:
    """Write the result of an operation to `out`.

    NumPy and torch take where to write as an argument, and save the copy; torch does not while it records
    what is done to a tensor.
    """
    xp = namespace(out)
    recorded = any(getattr(x, "requires_grad", False) for x in (left, right))
    if not recorded and (array_api_compat.is_numpy_namespace(xp) or array_api_compat.is_torch_namespace(xp)):
        getattr(xp, operation)(left, right, out=out)
    else:
        out[...] = getattr(xp, operation)(left, right)
