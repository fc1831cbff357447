"""Padding of images: a border of a constant, of a reflection, of the edge, or of the other side."""

from __future__ import annotations

import numpy as np


def border_indices(
    length: int, before: int, after: int, mode: str
) -> np.ndarray:
    r"""Tell which pixel each place of a padded axis is a copy of.

    .. math:: m(t) = |t| \text{ or } 2(L - 1) - t \text{ (reflect)}, \quad
        \min(\max(t, 0), L - 1) \text{ (replicate)}, \quad t \bmod L \text{ (circular)}

    Parameters
    ----------
    length, before, after : int
        Pixels of the axis, and pixels that are added at its two ends.
    mode : {"reflect", "replicate", "circular"}
        As in `pad`.

    Returns
    -------
    array, shape (before + length + after,)
        Indices from 0 to length − 1.

    Notes
    -----
    Source: the padding modes of the convolution lectures (Georgia Tech CS 7643; CUHK ELEG5491; Buffalo).

    Examples
    --------
    >>> border_indices(4, 2, 1, "reflect"), border_indices(4, 2, 1, "circular")
    (array([2, 1, 0, 1, 2, 3, 2]), array([2, 3, 0, 1, 2, 3, 0]))
    """
    t = np.arange(-before, length + after)
    last = length - 1
    if (
        mode == "reflect"
    ):  # mirrors at the first and at the last pixel
        return last - np.abs(last - np.abs(t))
    if mode == "replicate":
        return np.clip(t, 0, last)
    return t % length


def pad(
    x: np.ndarray,
    pad: tuple[int, int, int, int],
    mode: str = "constant",
    value: float = 0.0,
) -> np.ndarray:
    r"""Put a border around images.

    .. math:: y_{n m u v} = x_{n,\, m,\, m(u - \text{top}),\, m(v - \text{left})}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    pad : four int
        Columns added left and right, rows added on top and at the bottom, in this order.
    mode : {"constant", "reflect", "replicate", "circular"}
        What the border holds: `value`; the inside mirrored; the edge pixel; or the opposite side.
    value : float
        What a constant border holds.

    Returns
    -------
    array, shape (N, C, top + H + bottom, left + W + right)
        Larger images.

    Notes
    -----
    Source: as `border_indices`.

    Examples
    --------
    >>> pad(np.array([[[[1, 2, 3]]]]), (1, 2, 0, 0), mode="replicate")
    array([[[[1, 1, 2, 3, 3, 3]]]])
    """
    left, right, top, bottom = pad
    if mode == "constant":
        border = ((0, 0), (0, 0), (top, bottom), (left, right))
        return np.pad(x, border, constant_values=value)
    rows = border_indices(x.shape[2], top, bottom, mode)
    columns = border_indices(x.shape[3], left, right, mode)
    return x[:, :, rows[:, None], columns]


def pad_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    pad: tuple[int, int, int, int],
    mode: str = "constant",
) -> np.ndarray:
    r"""Return the gradient of `pad`: each copy of a pixel adds its gradient to that of the pixel.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{u',\, v' \text{ copied from } u,\, v} g_{n m u' v'}

    Parameters
    ----------
    grad_out : array, shape (N, C, top + H + bottom, left + W + right)
        Upstream gradient :math:`g`.
    x, pad, mode
        As in `pad`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `border_indices`.

    Examples
    --------
    >>> pad_backward(np.ones((1, 1, 1, 6)), np.zeros((1, 1, 1, 3)), (1, 2, 0, 0), "replicate")
    array([[[[2., 1., 3.]]]])
    """
    left, right, top, bottom = pad
    height, width = x.shape[2:]
    if mode == "constant":
        # A constant copies no pixel: its gradient is lost.
        inside = grad_out[:, :, top : top + height]
        return inside[:, :, :, left : left + width]
    rows = border_indices(height, top, bottom, mode)
    columns = border_indices(width, left, right, mode)
    narrow = np.zeros((*grad_out.shape[:3], width))
    for c, v in enumerate(columns):
        narrow[:, :, :, v] += grad_out[:, :, :, c]
    grad_x = np.zeros(x.shape)
    for r, u in enumerate(rows):
        grad_x[:, :, u] += narrow[:, :, r]
    return grad_x
