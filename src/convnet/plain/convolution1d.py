"""The convolution layer for signals: `conv2d` with one axis less."""

from __future__ import annotations

import numpy as np


def conv1d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Slide F kernels over N signals: each window gives one number for each kernel.

    .. math:: y_{n f r} = b_f + \sum_{m, j} w_{f m j}\; x_{n,\, m,\, r s + j - p}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, L), (F, C, k), (F,)
        Signals, kernels, and one number for each kernel.
    stride, padding : int
        Step :math:`s` between windows, and zeros :math:`p` added at each end.

    Returns
    -------
    array, shape (N, F, L')
        Maps, with L' = ⌊(L + 2p − k) / s⌋ + 1.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Examples
    --------
    >>> conv1d(np.array([[[1.0, 2, 4, 7]]]), np.array([[[-1, 1]]]))
    array([[[1., 2., 3.]]])
    """
    k = weight.shape[2]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    length = (x.shape[2] - k) // stride + 1
    out = np.zeros((len(x), len(weight), length))
    for r in range(length):
        window = x[:, :, r * stride : r * stride + k]  # (N, C, k)
        out[:, :, r] = np.einsum("nmj,fmj->nf", window, weight)
    return out + np.reshape(bias, (-1, 1))


def conv1d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv1d`: each output hands its gradient to the numbers it was made from.

    .. math::

        \frac{\partial L}{\partial w_{f m j}} = \sum_{n, r} g_{n f r}\; x_{n,\, m,\, r s + j - p},
        \qquad \frac{\partial L}{\partial b_f} = \sum_{n, r} g_{n f r}

    and :math:`g_{n f r}\, w_{f m j}` is added to the gradient of the sample :math:`x_{n,\, m,\, r s + j - p}`.

    Parameters
    ----------
    grad_out : array, shape (N, F, L')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv1d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `conv1d`.

    Examples
    --------
    >>> x, weight = np.array([[[1.0, 2, 3]]]), np.array([[[10.0, 20]]])
    >>> conv1d_backward(np.ones((1, 1, 2)), x, weight)
    (array([[[10., 30., 20.]]]), array([[[3., 5.]]]), array([2.]))
    """
    length, k = x.shape[2], weight.shape[2]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for r in range(grad_out.shape[2]):
        here = slice(r * stride, r * stride + k)
        g = grad_out[:, :, r]  # (N, F)
        grad_weight += np.einsum("nf,nmj->fmj", g, x[:, :, here])
        grad_x[:, :, here] += np.einsum("nf,fmj->nmj", g, weight)
    grad_x = grad_x[:, :, padding : padding + length]
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2))
