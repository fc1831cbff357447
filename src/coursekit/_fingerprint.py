"""Fingerprints of values: enough to see that two answers are equal, too little to read either.

An array or a floating-point number becomes its shape, its dtype, its size (root mean square) and a few random
projections, which are compared with a tolerance; whole numbers and texts become digests. A fingerprint is
plain JSON. The same value has the same fingerprint in a notebook and under seal, on every machine, up to what
float32 loses where large numbers cancel: processors add them up in other orders.
"""

from __future__ import annotations

import builtins
import hashlib
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Print = list[Any]
SCHEME = 1  # to be raised when the same value gets another fingerprint
TOLERANCE = 1e-5  # relative to the values' size, as in checks
_NEAR_ZERO = 1e-7
_CANCELLED = 5e-6  # relative to the largest numbers that came back beside them
_PROJECTIONS, _BLOCK = 3, 4096
_FACTOR = 1.618033988749895  # of the size, so that a number does not stand there as it is
_DEPTH, _ITEMS = 6, 2000
OPAQUE: Print = ["opaque"]
_LARGEST = 1e308
_SPECIAL = (np.isnan, np.isposinf, np.isneginf)


def of(value: Any, depth: int = 0) -> Print:
    """Return the fingerprint of a value; what is no plain value has that of any other such."""
    if value is None or value is ...:
        return ["nothing"]
    kind = type(value)  # an object of a student's own class has no plain value, whatever it derives from
    if kind in (bool, np.bool_):
        return ["bool", _digest(str(bool(value)))]
    if kind is int or isinstance(value, np.integer):
        return ["int", _digest(str(int(value))), abs(int(value)) > 1]
    if kind is float or isinstance(value, np.floating):
        return ["float", *_numbers(np.array([value], dtype=float))]
    if kind in (str, bytes):
        return ["text", _digest(repr(value)), len(value) > 0]
    array = as_array(value)
    if array is not None:
        return [
            "array" if kind is np.ndarray else "tensor",
            array.dtype.str[1:],
            list(array.shape),
            *_content(array),
        ]
    if kind in (list, tuple) and depth < _DEPTH and len(value) <= _ITEMS:
        return _sequence(value, depth)
    if kind is dict and depth < _DEPTH and len(value) <= _ITEMS:
        pairs = sorted((_digest(repr(key)), of(item, depth + 1)) for key, item in value.items())
        return ["dict", [list(pair) for pair in pairs]]
    return OPAQUE


def of_error(error: BaseException) -> Print:
    """Return the fingerprint of an exception: its class, where every Python has it, and nothing more."""
    known = next((k for k in type(error).__mro__ if vars(builtins).get(k.__name__) is k), Exception)
    return ["raised", known.__name__]


def same(one: Print, other: Print) -> bool:
    """Say whether two fingerprints are of equal values, as far as tests and processors tell them apart."""
    return _same(one, other, _NEAR_ZERO + _CANCELLED * max(_largest(one), _largest(other)))


def _same(one: Print, other: Print, rounding: float) -> bool:
    if one[0] != other[0] or len(one) != len(other):
        return False
    if one[0] == "float":
        return _near(one[1], other[1], rounding) and one[2] == other[2]
    if one[0] in ("array", "tensor"):
        loose = one[1].startswith(other[1]) or other[1].startswith(one[1])
        if not loose or one[2] != other[2]:
            return False
        if one[1][0] not in "fc":
            return bool(one[3:] == other[3:])
        return _near(one[3], other[3], rounding) and one[4] == other[4]
    if one[0] == "sequence":
        pairs = zip(one[1], other[1], strict=False)
        return len(one[1]) == len(other[1]) and all(_same(a, b, rounding) for a, b in pairs)
    if one[0] in ("dict", "changed"):
        if one[0] == "changed" and not _same(one[2], other[2], rounding):
            return False
        pairs = zip(one[1], other[1], strict=False)
        return len(one[1]) == len(other[1]) and all(
            a[0] == b[0] and _same(a[1], b[1], rounding) for a, b in pairs
        )
    return one == other


def _largest(value: Print) -> float:
    """Return the largest size of floating-point numbers in a fingerprint."""
    kind = value[0]
    if kind == "float":
        return float(value[1][0])
    if kind in ("array", "tensor"):
        return float(value[3][0]) if value[1][0] in "fc" else 0.0
    if kind == "sequence":
        return max(map(_largest, value[1]), default=0.0)
    if kind in ("dict", "changed"):
        inside = max((_largest(item) for _, item in value[1]), default=0.0)
        return max(inside, _largest(value[2])) if kind == "changed" else inside
    return 0.0


def without_precision(value: Print) -> Print:
    """Return the fingerprint of an array in any precision: ``f4`` and ``f8`` become ``f``."""
    return [value[0], value[1][0], *value[2:]] if value[0] in ("array", "tensor") else value


def is_value(value: Print) -> bool:
    """Say whether something came back: no exception, not None, not what has no plain value."""
    if value[0] == "changed":
        return is_value(value[2])
    return value[0] not in ("raised", "nothing", "opaque")


def says_something(value: Print) -> bool:
    """Say whether a value is more than zeros, a yes or no, or one of the numbers -1, 0 and 1."""
    kind = value[0]
    if kind in ("int", "text"):
        return bool(value[2])
    if kind == "float":
        return bool(value[1][0] > _NEAR_ZERO)
    if kind in ("array", "tensor"):
        return bool(value[3][0] > _NEAR_ZERO) if value[1][0] in "fc" else bool(value[4])
    if kind == "sequence":
        return any(map(says_something, value[1]))
    if kind in ("dict", "changed"):
        whole = kind == "changed" and says_something(value[2])
        return whole or any(says_something(item) for _, item in value[1])
    return False


def as_array(value: Any) -> NDArray[Any] | None:
    """Return the numbers of an array or a tensor; None for anything else."""
    torch = sys.modules.get("torch")
    if torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter):
        tensor = value.detach().cpu()
        if tensor.dtype is torch.bfloat16:
            tensor = tensor.float()
        found: NDArray[Any] = tensor.resolve_conj().resolve_neg().numpy()
        return found
    return value if type(value) is np.ndarray and value.dtype.kind in "fciub" else None


def _sequence(value: Sequence[Any], depth: int) -> Print:
    """Return the fingerprint of a list or tuple; many floating-point numbers count as one array."""
    if len(value) > 8 and all(isinstance(item, float | np.floating) for item in value):
        return ["sequence", [of(np.array(value, dtype=float))]]
    return ["sequence", [of(item, depth + 1) for item in value]]


def _content(array: NDArray[Any]) -> list[Any]:
    if array.dtype.kind in "fc":
        flat = np.ascontiguousarray(array).ravel()
        wide = flat.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
        return _numbers(np.concatenate([wide.real, wide.imag]) if array.dtype.kind == "c" else wide)
    whole = np.ascontiguousarray(array).astype(np.uint64 if array.dtype.str[1:] == "u8" else np.int64)
    return [_digest(whole.tobytes()), bool((np.abs(whole.astype(float)) > 1).any())]


def _numbers(values: NDArray[Any]) -> list[Any]:
    """Return size and projections of finite numbers, and where there are others."""
    finite = np.isfinite(values)
    special, kept = "", values
    if not finite.all():
        special = _digest(b"".join(np.packbits(f(values)).tobytes() for f in _SPECIAL))
        kept = np.where(finite, values, 0.0)
    largest = max(float(kept.max(initial=0.0)), -float(kept.min(initial=0.0)))
    if largest == 0.0:
        return [[0.0] * (1 + _PROJECTIONS), special]
    blocks = -(-kept.size // _BLOCK)
    inner, outer = _weights(min(kept.size, _BLOCK)), _weights(blocks)
    padded = np.zeros(blocks * inner.shape[1])
    scaled = padded[: kept.size]
    np.divide(kept, largest, out=scaled)  # so that no square overflows
    size = largest * float(np.sqrt(np.dot(scaled, scaled) / scaled.size))
    sums = (outer.T * (padded.reshape(blocks, -1) @ inner.T)).sum(axis=0)
    told = np.array([_FACTOR * size / largest, *(sums / np.sqrt(scaled.size))])
    with np.errstate(over="ignore"):  # near the largest number there is
        told = np.clip(told * largest, -_LARGEST, _LARGEST)
    return [[float(f"{v:.9g}") for v in told], special]


@lru_cache(maxsize=64)
def _weights(count: int) -> NDArray[np.float64]:
    """Return random weights, a row for each projection; this generator's numbers are the same for ever."""
    drawn: NDArray[np.float64] = np.random.RandomState(271828 + count).standard_normal((_PROJECTIONS, count))
    return drawn


def _near(one: Sequence[float], other: Sequence[float], rounding: float) -> bool:
    allowed = TOLERANCE * max(one[0], other[0]) + rounding
    return all(abs(a - b) <= allowed for a, b in zip(one, other, strict=True))


def _digest(content: str | bytes) -> str:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.blake2b(data, digest_size=6, person=b"coursekit").hexdigest()
