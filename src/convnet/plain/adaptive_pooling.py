"""Adaptive average pooling: name the size of the output, and the windows follow."""

from __future__ import annotations

import math

import numpy as np


def adaptive_windows(size: int, outputs: int) -> list[slice]:
    r"""Return the window of each output along one axis; neighbours overlap where the sizes do not divide.

    .. math:: \left\lfloor \frac{r L}{O} \right\rfloor \;\dots\; \left\lceil \frac{(r + 1) L}{O} \right\rceil - 1

    Parameters
    ----------
    size, outputs : int
        Length :math:`L` of the axis and number :math:`O` of outputs.

    Returns
    -------
    list of slice
        The pixels that each output :math:`r` sees.

    Notes
    -----
    Source: `torch.nn.functional.adaptive_avg_pool2d`.

    Examples
    --------
    >>> adaptive_windows(5, 2)
    [slice(0, 3, None), slice(2, 5, None)]
    """
    windows = []
    for r in range(outputs):
        start = math.floor(r * size / outputs)
        stop = math.ceil((r + 1) * size / outputs)
        windows.append(slice(start, stop))
    return windows


def adaptive_avg_pool2d(
    x: np.ndarray, output_size: tuple[int, int]
) -> np.ndarray:
    r"""Take the mean of each of H' × W' windows that cover the map.

    .. math:: y_{n m r c} = \frac{1}{|R_r|\,|C_c|} \sum_{u \in R_r,\, v \in C_c} x_{n m u v}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    output_size : pair of int
        Height H' and width W' of the output.

    Returns
    -------
    array, shape (N, C, H', W')
        Maps.

    Notes
    -----
    Source: as `adaptive_windows`.

    Examples
    --------
    >>> adaptive_avg_pool2d(np.array([[[[1.0, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[2., 4.]]]])
    """
    rows = adaptive_windows(x.shape[2], output_size[0])
    columns = adaptive_windows(x.shape[3], output_size[1])
    y = np.zeros((*x.shape[:2], *output_size))
    for r in range(len(rows)):
        for c in range(len(columns)):
            window = x[:, :, rows[r], columns[c]]
            y[:, :, r, c] = window.mean(axis=(2, 3))
    return y


def adaptive_avg_pool2d_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `adaptive_avg_pool2d`: each number of a window gets an equal share.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c\;:\; u \in R_r,\, v \in C_c} \frac{g_{n m r c}}{|R_r|\,|C_c|}

    Parameters
    ----------
    grad_out : array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    x : array, shape (N, C, H, W)
        As in `adaptive_avg_pool2d`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `adaptive_windows`.

    Examples
    --------
    >>> adaptive_avg_pool2d_backward(np.array([[[[3.0, 6]]]]), np.zeros((1, 1, 1, 5)))
    array([[[[1., 1., 3., 2., 2.]]]])
    """
    rows = adaptive_windows(x.shape[2], grad_out.shape[2])
    columns = adaptive_windows(x.shape[3], grad_out.shape[3])
    grad_x = np.zeros(x.shape)
    for r in range(len(rows)):
        for c in range(len(columns)):
            window = grad_x[:, :, rows[r], columns[c]]
            area = window.shape[2] * window.shape[3]
            window += grad_out[:, :, r : r + 1, c : c + 1] / area
    return grad_x
