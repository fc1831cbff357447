"""Padding: a border of a constant, of a reflection, of the edge, or of the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from types import ModuleType

from convnet._arguments import choice, floating, integer, sequence, shape_of, upstream
from convnet._array import Array, add_at, full, in_32_bits, namespace, zeros

MODES = ("constant", "reflect", "replicate", "circular")


@dataclass(frozen=True, slots=True)
class PadCache:
    """What `pad_backward` needs of the forward pass."""

    x: Array
    borders: tuple[tuple[int, int, int], ...]
    mode: str
    shape: tuple[int, ...]


def pad_forward(
    x: Array, pad: Sequence[int], mode: str = "constant", value: float = 0.0
) -> tuple[Array, PadCache]:
    r"""Put a border around the last axes.

    With :math:`b` elements added before an axis of length :math:`L`, a border is read from inside, or is
    constant:

    .. math::

        y_i = x_{m(i - b)}, \qquad m(j) = \begin{cases}
        -j \text{ or } 2 (L - 1) - j & \text{reflect} \\
        \min(\max(j, 0),\, L - 1) & \text{replicate} \\
        j \bmod L & \text{circular}
        \end{cases}

    Parameters
    ----------
    x : Array, any shape
        Inputs.
    pad : sequence of int
        Elements to add before and after each axis, **last axis first**: (left, right, top, bottom, ...), as
        in torch. Negative numbers crop, in constant mode only.
    mode : {"constant", "reflect", "replicate", "circular"}
        What the border holds: `value`; the inside mirrored at the edge pixel, which is not repeated; the
        edge pixel; or the opposite side.
    value : float
        What a constant border holds.

    Returns
    -------
    out : Array
        The padded array, never `x` itself; each axis of its shape grows by the two numbers of its border.
    cache : PadCache
        For `pad_backward`.

    Raises
    ------
    ValueError
        When `pad` is no sequence, has an odd number of entries or too many, the mode is unknown, `value` is
        no number, or the border is wider than the mode can fill: a reflection needs more pixels than it
        adds, the other side at least as many.

    Notes
    -----
    Source: the padding modes of the convolution lectures (Georgia Tech CS 7643; CUHK ELEG5491; Buffalo).

    Plain version: `convnet.plain.pad`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([1.0, 2.0, 3.0, 4.0])
    >>> pad_forward(x, (2, 1), mode="reflect")[0]
    array([3., 2., 1., 2., 3., 4., 3.])
    >>> pad_forward(x, (2, 1), mode="circular")[0]
    array([3., 4., 1., 2., 3., 4., 1.])
    """
    if not isinstance(value, Real):
        raise ValueError(f"pad: value must be a number, got {value!r}")
    return padded("pad", x, pad, mode, float(value))


def padded(name: str, x: Array, pad: Sequence[int], mode: str, value: float = 0.0) -> tuple[Array, PadCache]:
    """Do the work of `pad_forward` for the operation `name`, with which complaints open."""
    xp = floating(name, x=x)
    choice(name, "mode", mode, MODES)
    sides = sequence(name, "pad", pad, "a sequence of integers (left, right, top, bottom, ...)")
    borders = _borders(name, x, sides, mode)
    out = x
    if mode == "constant" or not borders:  # even without a border the output is an array of its own
        out, _ = _with_border(x, borders, value)
    else:
        for axis, before, after in borders:
            out = _extended(xp, out, axis, before, after, mode)
    return out, PadCache(x, borders, mode, shape_of(out))


def pad_backward(grad_out: Array, cache: PadCache) -> Array:
    r"""Return the gradient of `pad_forward`: border pixels give theirs to the pixels they are copies of.

    .. math:: \frac{\partial L}{\partial x_l} = \sum_{i\,:\; m(i - b) = l} g_i

    along each padded axis. A constant border is a copy of nothing: its gradient is dropped. What was cropped
    away gets 0.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : PadCache
        From `pad_forward`.

    Returns
    -------
    Array
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `pad_forward`.

    Plain version: `convnet.plain.pad_backward`.
    """
    upstream("pad_backward", grad_out, cache.shape, cache.x)
    if cache.mode == "constant" or not cache.borders:
        crop = tuple((axis, -before, -after) for axis, before, after in cache.borders)
        return _with_border(grad_out, crop, 0.0)[0]
    grad = grad_out
    for axis, before, after in reversed(cache.borders):
        grad = _folded(grad, axis, before, after, cache.mode)
    return grad


def _borders(name: str, x: Array, pad: tuple[int, ...], mode: str) -> tuple[tuple[int, int, int], ...]:
    """Read torch's order: (axis, before, after), the last axis first; the untouched axes are left out."""
    shapes = f"(x: {shape_of(x)}, pad: {pad})"
    if len(pad) % 2 or len(pad) > 2 * x.ndim:
        raise ValueError(
            f"{name}: pad must hold two integers for each padded axis, {2 * x.ndim} at most {shapes}"
        )
    if mode != "constant" and 0 in x.shape[1:]:
        raise ValueError(f"{name}: {mode} padding has nothing to copy {shapes}")
    borders = []
    for axis, before, after in zip(range(x.ndim - 1, -1, -1), pad[::2], pad[1::2], strict=False):
        size = x.shape[axis]
        lowest = -size if mode == "constant" else 0
        before, after = integer(name, "pad", before, lowest), integer(name, "pad", after, lowest)
        widest = {"reflect": size - 1, "circular": size, "replicate": max(before, after) * min(size, 1)}
        if max(before, after) > widest.get(mode, max(before, after)):
            raise ValueError(
                f"{name}: {mode} padding of axis {axis} can be {widest[mode]} wide at most {shapes}"
            )
        if size + before + after < (0 if mode == "constant" else 1):
            raise ValueError(f"{name}: pad crops more of axis {axis} than there is {shapes}")
        borders.append((axis, before, after))
    return tuple(border for border in borders if border[1] or border[2])


def _with_border(
    x: Array, borders: tuple[tuple[int, int, int], ...], value: float
) -> tuple[Array, tuple[slice, ...]]:
    """Copy `x` into a constant array that is larger by the borders, or smaller where they are negative."""
    shape = list(shape_of(x))
    source = [slice(0, size) for size in shape]
    target = list(source)
    for axis, before, after in borders:
        size = shape[axis]
        shape[axis] = size + before + after
        source[axis] = slice(max(0, -before), size - max(0, -after))
        target[axis] = slice(max(0, before), shape[axis] - max(0, after))
    out = full(shape, value, x)
    out[tuple(target)] = x[tuple(source)]
    return out, tuple(target)


def _along(x: Array, axis: int, start: int, stop: int) -> tuple[slice, ...]:
    """Index `start ... stop - 1` of one axis and everything of the others."""
    return tuple(slice(start, stop) if number == axis else slice(None) for number in range(x.ndim))


def _extended(xp: ModuleType, x: Array, axis: int, before: int, after: int, mode: str) -> Array:
    """Put the two borders of one axis beside it."""
    size = x.shape[axis]
    if mode == "circular":
        first, last = x[_along(x, axis, size - before, size)], x[_along(x, axis, 0, after)]
    elif mode == "reflect":
        first = xp.flip(x[_along(x, axis, 1, before + 1)], axis=axis)
        last = xp.flip(x[_along(x, axis, size - 1 - after, size - 1)], axis=axis)
    else:
        first = xp.repeat(x[_along(x, axis, 0, 1)], before, axis=axis)
        last = xp.repeat(x[_along(x, axis, size - 1, size)], after, axis=axis)
    out: Array = xp.concat([first, x, last], axis=axis)
    return out


@in_32_bits
def _folded(grad: Array, axis: int, before: int, after: int, mode: str) -> Array:
    """Fold the borders of one axis back onto the pixels they came from: the adjoint of `_extended`."""
    xp = namespace(grad)
    size = grad.shape[axis] - before - after
    first = grad[_along(grad, axis, 0, before)]
    last = grad[_along(grad, axis, before + size, before + size + after)]
    out = zeros([size if number == axis else length for number, length in enumerate(shape_of(grad))], grad)
    out[...] = grad[_along(grad, axis, before, before + size)]
    if mode == "circular":
        add_at(out, _along(out, axis, size - before, size), first)
        add_at(out, _along(out, axis, 0, after), last)
    elif mode == "reflect":
        add_at(out, _along(out, axis, 1, before + 1), xp.flip(first, axis=axis))
        add_at(out, _along(out, axis, size - 1 - after, size - 1), xp.flip(last, axis=axis))
    else:
        add_at(out, _along(out, axis, 0, 1), xp.sum(first, axis=axis, keepdims=True))
        add_at(out, _along(out, axis, size - 1, size), xp.sum(last, axis=axis, keepdims=True))
    return out
