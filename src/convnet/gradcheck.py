"""Check a backward pass against finite differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos

from convnet._arguments import floating, shape_of
from convnet._array import Array, namespace, vector, zeros

Forward = Callable[..., tuple[Array, object]]
Backward = Callable[..., "Array | tuple[Array | None, ...] | None"]


@dataclass(frozen=True, slots=True)
class GradientReport:
    """How far the gradients of one call lie from finite differences."""

    absolute_errors: tuple[float, ...]
    """Largest difference, for each differentiable argument."""
    relative_errors: tuple[float, ...]
    """Largest difference over the largest element of the gradient, for each differentiable argument."""


def numerical_gradient(f: Callable[[Array], float | Array], x: Array, eps: float = 1e-6) -> Array:
    r"""Return the gradient of a scalar function by central differences.

    .. math::

        \frac{\partial f}{\partial x_i} \approx \frac{f(x + \epsilon e_i) - f(x - \epsilon e_i)}{2 \epsilon}

    Parameters
    ----------
    f : callable
        Takes an array in the shape of `x` and returns one number.
    x : Array, any shape
        Where to take the gradient; use 64-bit floats. It is not changed.
    eps : float
        Step :math:`\epsilon`.

    Returns
    -------
    Array
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> numerical_gradient(lambda x: x[0] * x[1], np.asarray([3.0, 5.0])).round(6)
    array([5., 3.])
    """
    xp = floating("numerical_gradient", x=x)
    moved = xp.asarray(x, copy=True)
    gradient = zeros(x.shape, x)
    for index in product(*(range(size) for size in x.shape)):
        here = float(x[index])
        moved[index] = here + eps
        above = float(f(moved))
        moved[index] = here - eps
        below = float(f(moved))
        moved[index] = here
        gradient[index] = (above - below) / (2 * eps)
    return gradient


def gradcheck(
    forward: Forward,
    backward: Backward,
    args: Sequence[object],
    kwargs: Mapping[str, object] | None = None,
    *,
    eps: float = 1e-6,
    rtol: float = 1e-5,
    atol: float = 1e-8,
) -> GradientReport:
    """Compare `backward` with finite differences of `forward`.

    The output is weighted with fixed numbers that look random, and summed, so that one scalar tests every
    output.

    Parameters
    ----------
    forward, backward : callable
        A pair: `forward(*args, **kwargs) -> (out, cache)` and `backward(grad_out, cache) -> gradients`.
    args : sequence
        Positional arguments. The floating arrays among them are the differentiable ones; give 64-bit floats.
    kwargs : mapping, optional
        Further arguments, held fixed.
    eps : float
        Step of the differences.
    rtol, atol : float
        An element fails when it differs by more than `atol + rtol * (largest element of the gradient)`.

    Returns
    -------
    GradientReport
        The errors found.

    Raises
    ------
    AssertionError
        When a gradient is wrong; the message says of which argument, where, and by how much.
    ValueError
        When there is nothing to differentiate, or `backward` returns another number of gradients.

    Notes
    -----
    Source: the gradient check of CS231n's assignments.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet import functional as F
    >>> report = gradcheck(F.tanh_forward, F.tanh_backward, (np.asarray([0.5, -1.0]),))
    >>> report.absolute_errors[0] < 1e-8
    True
    """
    fixed = dict(kwargs or {})
    places = [place for place, arg in enumerate(args) if _is_differentiable(arg)]
    if not places:
        raise ValueError("gradcheck: args must hold at least one floating array")
    out, cache = forward(*args, **fixed)
    grad_out = _weights(out)
    gradients = backward(grad_out, cache)
    if not isinstance(gradients, tuple):
        gradients = (gradients,)
    gradients = tuple(gradient for gradient in gradients if gradient is not None)
    if len(gradients) != len(places):
        raise ValueError(
            f"gradcheck: backward must return {len(places)} gradients, one for each floating array in args, "
            f"it returned {len(gradients)}"
        )
    absolute, relative = [], []
    for place, gradient in zip(places, gradients, strict=True):

        def weighted_sum(value: Array, place: int = place) -> Array:
            changed = [value if number == place else arg for number, arg in enumerate(args)]
            total: Array = namespace(value).sum(forward(*changed, **fixed)[0] * grad_out)
            return total

        argument = args[place]
        numerical = numerical_gradient(weighted_sum, argument, eps)  # type: ignore[arg-type]
        error, largest = _compare(place, gradient, numerical, rtol, atol)
        absolute.append(error)
        relative.append(error / largest if largest else 0.0)
    return GradientReport(tuple(absolute), tuple(relative))


def _is_differentiable(arg: object) -> bool:
    try:
        floating("gradcheck", arg=arg)  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def _weights(out: Array) -> Array:
    """Return numbers between −1 and 1 in the shape of `out`, the same every time."""
    size = 1
    for length in out.shape:
        size *= length
    values = vector([cos(1.0 + 7.0 * number) for number in range(size)], out)
    shaped: Array = namespace(out).reshape(values, out.shape)
    return shaped


def _compare(place: int, gradient: Array, numerical: Array, rtol: float, atol: float) -> tuple[float, float]:
    """Return the largest difference and the largest element; raise where they differ too much."""
    xp = namespace(numerical)
    if shape_of(gradient) != shape_of(numerical):
        raise AssertionError(
            f"gradcheck: the gradient of args[{place}] has shape {shape_of(gradient)}, "
            f"the argument has {shape_of(numerical)}"
        )
    differences = xp.abs(gradient - numerical)
    error, largest = float(xp.max(differences)), float(xp.max(xp.abs(numerical)))
    if not error <= atol + rtol * largest:
        flat = int(xp.argmax(xp.reshape(differences, (-1,))))
        index = _unravel(flat, shape_of(numerical))
        raise AssertionError(
            f"gradcheck: the gradient of args[{place}] is wrong at index {index}: "
            f"backward says {float(gradient[index]):.6g}, "
            f"finite differences say {float(numerical[index]):.6g}"
        )
    return error, largest


def _unravel(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    index: list[int] = []
    for size in reversed(shape):
        flat, rest = divmod(flat, size)
        index.append(rest)
    return tuple(reversed(index))
