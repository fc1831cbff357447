"""The convolution layer for volumes, such as scans and videos: `conv2d` with one axis more."""

from __future__ import annotations

import numpy as np


def conv3d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Slide F kernels over N volumes: each window gives one number for each kernel.

    .. math:: y_{n f q r c} = b_f + \sum_{m, h, i, j} w_{f m h i j}\;
        x_{n,\, m,\, q s + h - p,\, r s + i - p,\, c s + j - p}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, D, H, W), (F, C, k_d, k_h, k_w), (F,)
        Volumes, kernels, and one number for each kernel.
    stride, padding : int
        As in `conv2d`, along all three axes.

    Returns
    -------
    array, shape (N, F, D', H', W')
        Maps.

    Notes
    -----
    Source: Ji et al., "3D convolutional neural networks for human action recognition", 2013.

    Examples
    --------
    >>> conv3d(np.ones((1, 1, 2, 2, 3)), np.ones((1, 1, 2, 2, 2)))
    array([[[[[8., 8.]]]]])
    """
    p, kernel = padding, weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p), (p, p)))
    sizes = (np.array(x.shape[2:]) - kernel) // stride + 1
    out = np.zeros((len(x), len(weight), *sizes))
    for place in np.ndindex(*sizes):
        starts = np.array(place) * stride
        here = [slice(a, a + k) for a, k in zip(starts, kernel)]
        window = x[:, :, *here]  # (N, C, k_d, k_h, k_w)
        out[:, :, *place] = np.einsum(
            "nmhij,fmhij->nf", window, weight
        )
    return out + np.reshape(bias, (-1, 1, 1, 1))


def conv3d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv3d`: each output hands its gradient to the numbers it was made from.

    .. math:: \frac{\partial L}{\partial w_{f m h i j}} = \sum_{n, q, r, c} g_{n f q r c}\;
        x_{n,\, m,\, q s + h - p,\, r s + i - p,\, c s + j - p}, \qquad
        \frac{\partial L}{\partial b_f} = \sum_{n, q, r, c} g_{n f q r c}

    Parameters
    ----------
    grad_out : array, shape (N, F, D', H', W')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv3d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `conv3d`.

    Examples
    --------
    >>> x, weight = np.ones((1, 1, 1, 1, 3)), np.ones((1, 1, 1, 1, 2))
    >>> conv3d_backward(np.ones((1, 1, 1, 1, 2)), x, weight)[0]
    array([[[[[1., 2., 1.]]]]])
    """
    p, kernel = padding, weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p), (p, p)))
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for place in np.ndindex(*grad_out.shape[2:]):
        starts = np.array(place) * stride
        here = [slice(a, a + k) for a, k in zip(starts, kernel)]
        window = x[:, :, *here]  # (N, C, k_d, k_h, k_w)
        g = grad_out[:, :, *place]  # (N, F)
        grad_weight += np.einsum("nf,nmhij->fmhij", g, window)
        share = np.einsum("nf,fmhij->nmhij", g, weight)
        grad_x[:, :, *here] += share
    inside = slice(p, -p or None)
    grad_x = grad_x[:, :, inside, inside, inside]
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3, 4))
