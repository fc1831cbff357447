"""Dropout: put inputs to zero by chance in training, and nothing else in evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convnet._arguments import floating, layout, shape_of, upstream
from convnet._array import Array, device, mask, namespace
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class DropoutCache:
    """The factor of each input, 0 or 1 / (1 − p); None where nothing was dropped."""

    x: Array
    factors: Array | None


def dropout_forward(
    x: Array, p: float = 0.5, training: bool = True, *, generator: np.random.Generator | None = None
) -> tuple[Array, DropoutCache]:
    r"""Put each input to zero with probability p, and scale up the rest.

    .. math:: y_i = \frac{m_i}{1 - p}\, x_i, \qquad P(m_i = 0) = p, \quad P(m_i = 1) = 1 - p

    The scale keeps the expectation, so that evaluation can leave the inputs alone ("inverted" dropout).

    Parameters
    ----------
    x : Array, any shape
        Inputs.
    p : float
        Probability to be dropped, from 0 to 1.
    training : bool
        Whether to drop at all.
    generator : numpy.random.Generator, optional
        Source of chance; needed where something can be dropped. It moves on with each call. One seed drops
        the same inputs for each library, device and dtype.

    Returns
    -------
    out : Array
        In the shape of `x`; `x` itself where nothing is dropped.
    cache : DropoutCache
        For `dropout_backward`.

    Raises
    ------
    ValueError
        When `p` is no probability, or the generator is missing or not NumPy's.

    Notes
    -----
    Source: Srivastava et al., "Dropout", 2014; Georgia Tech CS 7643, regularization.

    Plain version: `convnet.plain.dropout`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.ones(6)
    >>> dropout_forward(x, 0.5, generator=np.random.default_rng(1))[0]
    array([0., 2., 2., 2., 0., 0.])
    >>> dropout_forward(x, 0.5, training=False)[0]
    array([1., 1., 1., 1., 1., 1.])
    """
    floating("dropout", x=x)
    return _forward("dropout", x, shape_of(x), p, training, generator)


def dropout_backward(grad_out: Array, cache: DropoutCache) -> Array:
    r"""Return the gradient of `dropout_forward`: each input's gets the factor which the input had.

    .. math:: \frac{\partial L}{\partial x_i} = \frac{m_i}{1 - p}\, g_i

    Where nothing was dropped, as in evaluation, it is :math:`g` itself.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : DropoutCache
        From `dropout_forward`.

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
    Source: as `dropout_forward`.

    Plain version: `convnet.plain.dropout_backward`.
    """
    return _backward("dropout_backward", grad_out, cache)


def dropout2d_forward(
    x: Array, p: float = 0.5, training: bool = True, *, generator: np.random.Generator | None = None
) -> tuple[Array, DropoutCache]:
    r"""Put whole channels to zero with probability p, each image for itself, and scale up the rest.

    .. math:: y_{n c i j} = \frac{m_{n c}}{1 - p}\, x_{n c i j}, \qquad P(m_{n c} = 0) = p

    with :math:`m_{n c}` otherwise 1.

    Neighbouring pixels of a map say nearly the same; dropping single ones hides little.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Maps.
    p, training, generator
        As in `dropout_forward`.

    Returns
    -------
    out : Array
        In the shape of `x`; `x` itself where nothing is dropped.
    cache : DropoutCache
        For `dropout2d_backward`.

    Raises
    ------
    ValueError
        As in `dropout_forward`, and when `x` does not have four dimensions.

    Notes
    -----
    Source: Tompson et al., "Efficient object localization using convolutional networks", 2015; CUHK ELEG5491.

    Plain version: `convnet.plain.dropout2d`.

    Examples
    --------
    >>> import numpy as np
    >>> out, _ = dropout2d_forward(np.ones((1, 3, 1, 2)), 0.5, generator=np.random.default_rng(1))
    >>> out[0, :, 0, :]
    array([[0., 0.],
           [2., 2.],
           [2., 2.]])
    """
    floating("dropout2d", x=x)
    layout("dropout2d", "x", x, "N, C, H, W")
    return _forward("dropout2d", x, (*shape_of(x)[:2], 1, 1), p, training, generator)


def dropout2d_backward(grad_out: Array, cache: DropoutCache) -> Array:
    r"""Return the gradient of `dropout2d_forward`, as `dropout_backward` does.

    .. math:: \frac{\partial L}{\partial x_{n c i j}} = \frac{m_{n c}}{1 - p}\, g_{n c i j}

    Parameters
    ----------
    grad_out : Array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    cache : DropoutCache
        From `dropout2d_forward`.

    Returns
    -------
    Array, shape (N, C, H, W)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `dropout2d_forward`.

    Plain version: `convnet.plain.dropout2d_backward`.
    """
    return _backward("dropout2d_backward", grad_out, cache)


def _forward(
    name: str,
    x: Array,
    shape: tuple[int, ...],
    p: float,
    training: bool,
    generator: np.random.Generator | None,
) -> tuple[Array, DropoutCache]:
    """Multiply `x` by factors drawn in `shape`, which broadcasts against it."""
    xp = namespace(x)
    p = number(name, "p", p, 0.0, 1.0)
    if not training or p == 0.0:
        return x, DropoutCache(x, None)
    if generator is None:
        raise ValueError(f"{name}: generator must be given in training, as numpy.random.default_rng(seed)")
    if not isinstance(generator, np.random.Generator):
        kind = f"{type(generator).__module__}.{type(generator).__qualname__}"
        raise ValueError(
            f"{name}: generator must be NumPy's for every library, "
            f"as numpy.random.default_rng(seed), got {kind}"
        )
    kept = xp.asarray(generator.random(shape, dtype=np.float32) >= p, device=device(x))
    factors = mask(kept, x) * (1.0 / (1.0 - p) if p < 1.0 else 0.0)
    return x * factors, DropoutCache(x, factors)


def _backward(name: str, grad_out: Array, cache: DropoutCache) -> Array:
    upstream(name, grad_out, shape_of(cache.x), cache.x)
    return grad_out if cache.factors is None else grad_out * cache.factors
