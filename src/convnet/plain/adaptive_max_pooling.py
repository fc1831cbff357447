"""Adaptive max pooling: name the size of the output, and the windows follow."""

from __future__ import annotations

import numpy as np

from convnet.plain.adaptive_pooling import adaptive_windows


def adaptive_max_pool2d(
    x: np.ndarray, output_size: tuple[int, int]
) -> np.ndarray:
    r"""Keep the largest number of each of H' × W' windows that cover the map.

    .. math:: y_{n m r c} = \max_{u \in R_r,\, v \in C_c} x_{n m u v}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    output_size : pair of int
        Height H' and width W' of the output; the windows are those of `adaptive_windows`.

    Returns
    -------
    array, shape (N, C, H', W')
        Maps.

    Notes
    -----
    Source: `torch.nn.functional.adaptive_max_pool2d`.

    Examples
    --------
    >>> adaptive_max_pool2d(np.array([[[[1.0, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[3., 5.]]]])
    """
    rows = adaptive_windows(x.shape[2], output_size[0])
    columns = adaptive_windows(x.shape[3], output_size[1])
    y = np.zeros((*x.shape[:2], *output_size))
    for r in range(len(rows)):
        for c in range(len(columns)):
            window = x[:, :, rows[r], columns[c]]
            y[:, :, r, c] = window.max(axis=(2, 3))
    return y


def adaptive_max_pool2d_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `adaptive_max_pool2d`: all of it goes to the first largest number.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c\;:\; (u, v) \text{ won}} g_{n m r c}

    Parameters
    ----------
    grad_out : array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    x : array, shape (N, C, H, W)
        Maps.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `adaptive_max_pool2d`.

    Examples
    --------
    >>> adaptive_max_pool2d_backward(np.array([[[[7.0, 8]]]]), np.array([[[[1.0, 2, 3, 4, 5]]]]))
    array([[[[0., 0., 7., 0., 8.]]]])
    """
    rows = adaptive_windows(x.shape[2], grad_out.shape[2])
    columns = adaptive_windows(x.shape[3], grad_out.shape[3])
    n, m = np.ogrid[: x.shape[0], : x.shape[1]]
    grad_x = np.zeros(x.shape)
    for r in range(len(rows)):
        for c in range(len(columns)):
            window = x[:, :, rows[r], columns[c]]
            flat = window.reshape(*x.shape[:2], -1)
            i, j = np.divmod(flat.argmax(axis=2), window.shape[3])
            u, v = rows[r].start + i, columns[c].start + j  # (N, C)
            grad_x[n, m, u, v] += grad_out[:, :, r, c]
    return grad_x
