"""Local response normalization: a unit is damped by those of neighbouring channels at its pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from convnet._arguments import floating, integer, shape_of, upstream
from convnet._array import Array, namespace, narrow, short_buffers, wide
from convnet._engine.window_sums import handed_back, window_sums
from convnet._engine.windows import Axis
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class LocalResponseCache:
    """What `local_response_norm_backward` needs of the forward pass."""

    x: Array
    damping: Array
    """D, in the shape of `x`, in at least 32 bits."""
    channels: Axis
    alpha: float
    beta: float


@short_buffers
def local_response_norm_forward(
    x: Array, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> tuple[Array, LocalResponseCache]:
    r"""Divide each number by the size of those around it in neighbouring channels.

    .. math:: y_{n m r c} = \frac{x_{n m r c}}{D_{n m r c}^{\beta}}, \qquad
        D_{n m r c} = k + \frac{\alpha}{q} \sum_{l = m - \lfloor q / 2 \rfloor}^{m + \lceil q / 2 \rceil - 1}
        x_{n l r c}^2

    over a window of :math:`q` channels; outside there are zeros. AlexNet has it; batch normalization has
    taken its place.

    Parameters
    ----------
    x : Array, shape (N, C, L) or (N, C, H, W) or (N, C, ...)
        Maps.
    size : int
        Channels :math:`q` of the window.
    alpha : float
        How much the neighbours damp.
    beta : float
        Exponent.
    k : float
        What the damping starts from.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : LocalResponseCache
        For `local_response_norm_backward`.

    Raises
    ------
    ValueError
        When `x` has fewer than three axes, or an option is out of range.

    Notes
    -----
    Source: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
    networks", 2012. As in torch, :math:`\alpha` is divided by the size of the window; in the paper it is not.

    Plain version: `convnet.plain.local_response_norm`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([1.0, 2.0, 2.0]).reshape(1, 3, 1)
    >>> local_response_norm_forward(x, 3, alpha=3.0, beta=1.0)[0].ravel().round(3)
    array([0.167, 0.2  , 0.222])
    """
    name = "local_response_norm"
    floating(name, x=x)
    if x.ndim < 3:
        raise ValueError(f"{name}: x must have shape (N, C, L), (N, C, H, W) or more (x: {shape_of(x)})")
    size = integer(name, "size", size, 1)
    alpha, beta, k = (
        number(name, label, value, -inf) for label, value in (("alpha", alpha), ("beta", beta), ("k", k))
    )
    channels = Axis(x.shape[1], size, before=size // 2, after=(size - 1) // 2)
    values = wide(x)
    damping = window_sums(values * values, channels, _pixels(x))
    damping *= alpha / size
    damping += k
    return narrow(values / namespace(x).pow(damping, beta), x), LocalResponseCache(
        x, damping, channels, alpha, beta
    )


@short_buffers
def local_response_norm_backward(grad_out: Array, cache: LocalResponseCache) -> Array:
    r"""Return the gradient of `local_response_norm_forward`.

    .. math:: \frac{\partial L}{\partial x_m} = \frac{g_m}{D_m^{\beta}} -
        \frac{2 \alpha \beta}{q}\, x_m \sum_{l} \frac{g_l\, x_l}{D_l^{\beta + 1}}

    over the channels :math:`l` whose window holds channel :math:`m`, at the same pixel.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`g`, in the shape of the output.
    cache : LocalResponseCache
        From `local_response_norm_forward`.

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
    Source: as `local_response_norm_forward`.

    Plain version: `convnet.plain.local_response_norm_backward`.
    """
    x, damping = wide(cache.x), cache.damping
    upstream("local_response_norm_backward", grad_out, shape_of(x), cache.x)
    pulled = wide(grad_out) / namespace(x).pow(damping, cache.beta)
    spread = handed_back(pulled * x / damping, cache.channels, _pixels(x))
    factor = 2.0 * cache.alpha * cache.beta / cache.channels.kernel
    return narrow(pulled - factor * x * spread, cache.x)


def _pixels(x: Array) -> tuple[slice, ...]:
    """Return what stands for the axes behind the channels."""
    return (slice(None),) * (x.ndim - 2)
