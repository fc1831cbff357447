"""What losses do with their elements: nothing, the mean or the sum."""

from __future__ import annotations

from math import prod

from convnet._arguments import choice, shape_of
from convnet._array import Array, namespace, wide

REDUCTIONS = ("mean", "sum", "none")


def check_reduction(name: str, reduction: str) -> None:
    """Refuse what is no reduction."""
    choice(name, "reduction", reduction, REDUCTIONS)


def reduced(losses: Array, reduction: str) -> Array:
    """Return the losses, their mean over all elements, or their sum; a mean of none is NaN."""
    xp = namespace(losses)
    total: Array = losses if reduction == "none" else xp.sum(losses)
    return total / _elements(losses) if reduction == "mean" else total


def share(grad_out: Array, losses_shape: tuple[int, ...], reduction: str) -> Array:
    """Return the upstream gradient of the elements, in at least 32 bits; the mean divides it."""
    grad = wide(grad_out)
    return grad / max(1, prod(losses_shape)) if reduction == "mean" else grad


def _elements(losses: Array) -> float:
    return float(prod(shape_of(losses))) or float("nan")
