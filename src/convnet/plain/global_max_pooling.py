"""Global max pooling: the largest number of each map, forward and backward."""

from __future__ import annotations

import numpy as np


def global_max_pool2d(x: np.ndarray) -> np.ndarray:
    r"""Keep the largest number of each map.

    .. math:: y_{n m} = \max_{u, v} x_{n m u v}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    array, shape (N, C, 1, 1)
        One number for each map.

    Notes
    -----
    Source: `torch.nn.functional.adaptive_max_pool2d`.

    Examples
    --------
    >>> global_max_pool2d(np.array([[[[1.0, 2], [3, 6]]]]))
    array([[[[6.]]]])
    """
    return x.max(axis=(2, 3), keepdims=True)


def global_max_pool2d_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `global_max_pool2d`: all of it goes to the first largest number.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = g_{n m} \text{ for the pixel that won, else } 0

    Parameters
    ----------
    grad_out : array, shape (N, C, 1, 1)
        Upstream gradient :math:`g`.
    x : array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `global_max_pool2d`.

    Examples
    --------
    >>> global_max_pool2d_backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2], [3, 6]]]]))
    array([[[[0., 0.],
             [0., 5.]]]])
    """
    n, m = np.ogrid[: x.shape[0], : x.shape[1]]
    pixels = x.reshape(*x.shape[:2], -1)  # (N, C, H · W)
    u, v = np.divmod(pixels.argmax(axis=2), x.shape[3])
    grad_x = np.zeros(x.shape)
    grad_x[n, m, u, v] = grad_out[:, :, 0, 0]
    return grad_x
