"""Reading hyper-parameters: a complaint is a `ValueError` which names the argument."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from numbers import Real

from convnet._arguments import sequence


def number(operation: str, name: str, value: float, low: float = 0.0, high: float = inf) -> float:
    """Return `value` as a float, which must lie between `low` and `high`, both included; NumPy's will do."""
    if isinstance(value, bool) or not isinstance(value, Real) or not low <= value <= high:
        bounds = f"at least {low:g}" if high == inf else f"from {low:g} to {high:g}"
        raise ValueError(f"{operation}: {name} must be a number {bounds}, got {value!r}")
    return float(value)


def rate(operation: str, name: str, value: float) -> float:
    """Return the share of the past that a running mean keeps: 0 ≤ β < 1."""
    value = number(operation, name, value, 0.0, 1.0)
    if value == 1.0:
        raise ValueError(f"{operation}: {name} must be less than 1: a mean that keeps all learns nothing")
    return value


def rates(operation: str, name: str, values: Sequence[float]) -> tuple[float, float]:
    """Return a pair of such shares."""
    pair = sequence(operation, name, values, "two numbers")
    if len(pair) != 2:
        raise ValueError(f"{operation}: {name} must be two numbers, got {values!r}")
    return rate(operation, f"{name}[0]", pair[0]), rate(operation, f"{name}[1]", pair[1])
