"""Sums over the windows along an axis, and what goes back from them to the pixels: the core of averages."""

from __future__ import annotations

from convnet._array import Array, add_at, empty, in_32_bits, vector, zeros
from convnet._engine.windows import Axis


@in_32_bits
def means(x: Array, divisor: Array, rows: Axis, columns: Axis) -> Array:
    """Return the sums over windows, along the rows and then along the columns, divided."""
    total = window_sums(window_sums(x, rows, (slice(None),)), columns, ())
    total /= divisor
    return total


@in_32_bits
def shares(grad_out: Array, divisor: Array, rows: Axis, columns: Axis) -> Array:
    """Return for each pixel the sum of the shares of its windows: the adjoint of `means`."""
    return handed_back(handed_back(grad_out / divisor, columns, ()), rows, (slice(None),))


def window_sums(x: Array, axis: Axis, after: tuple[slice, ...]) -> Array:
    """Return the sums over windows along the axis before those that `after` stands for."""
    taps = axis.taps()
    whole = slice(0, axis.outputs)
    if len(taps) > 1 and all(outputs == whole for outputs, _ in taps):
        total = x[(..., taps[0].inputs, *after)] + x[(..., taps[1].inputs, *after)]
        taps = taps[2:]
    else:
        total = zeros(_with_length(x, axis.outputs, after), x)
    for outputs, inputs in taps:
        add_at(total, (..., outputs, *after), x[(..., inputs, *after)])
    return total


def handed_back(share: Array, axis: Axis, after: tuple[slice, ...]) -> Array:
    """Return for each pixel the sum of the shares of its windows along one axis: the adjoint of the above."""
    shape = _with_length(share, axis.size, after)
    apart = axis.stride > axis.reach  # no pixel is in two windows
    covered = axis == Axis(axis.kernel * axis.outputs, axis.kernel, axis.kernel)  # every pixel is in one
    target = empty(shape, share) if covered else zeros(shape, share)
    for outputs, inputs in axis.taps():
        add_at(target, (..., inputs, *after), share[(..., outputs, *after)], first=apart)
    return target


def _with_length(x: Array, length: int, after: tuple[slice, ...]) -> tuple[int, ...]:
    """Return the shape of `x` with another length of the axis before those that `after` stands for."""
    place = x.ndim - 1 - len(after)
    return (*x.shape[:place], length, *x.shape[place + 1 :])


def counts(axis: Axis, count_include_pad: bool) -> list[int]:
    """Return how many pixels of each window count, along one axis; `axis.before` is the padding asked for."""
    first, stop = (-axis.before, axis.size + axis.before) if count_include_pad else (0, axis.size)
    starts = (output * axis.stride - axis.before for output in range(axis.outputs))
    return [min(start + axis.kernel, stop) - max(start, first) for start in starts]


def divisors(x: Array, rows: Axis, columns: Axis, count_include_pad: bool) -> Array:
    """Return how many pixels of each window count: (H', W')."""
    along = [vector(counts(axis, count_include_pad), x) for axis in (rows, columns)]
    return along[0][:, None] * along[1]
