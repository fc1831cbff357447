"""A convolution layer written out as one matrix."""

from __future__ import annotations

import numpy as np


def conv2d_matrix(
    weight: np.ndarray,
    x_shape: tuple[int, int, int],
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Return the matrix that does to a flattened image what `conv2d` does to the image.

    .. math:: \operatorname{vec}(y) = M \operatorname{vec}(x)

    Parameters
    ----------
    weight : array, shape (F, C, k_h, k_w)
        Kernels.
    x_shape : (C, H, W)
        Shape of one image.
    stride, padding : int
        As in `conv2d`.

    Returns
    -------
    array, shape (F · H' · W', C · H · W)
        One row for each output pixel: the kernel at its place, zeros elsewhere.

    Notes
    -----
    Source: Michigan, CNN overview: nine pixels, four outputs, a 4×9 matrix.

    Examples
    --------
    >>> conv2d_matrix(np.array([[[[1.0, 2], [3, 4]]]]), (1, 3, 3)).astype(int)
    array([[1, 2, 0, 3, 4, 0, 0, 0, 0],
           [0, 1, 2, 0, 3, 4, 0, 0, 0],
           [0, 0, 0, 1, 2, 0, 3, 4, 0],
           [0, 0, 0, 0, 1, 2, 0, 3, 4]])
    """
    p, (k_h, k_w) = padding, weight.shape[2:]
    channels, height, width = x_shape
    rows = []
    for kernel in weight:
        for top in range(0, height + 2 * p - k_h + 1, stride):
            for left in range(0, width + 2 * p - k_w + 1, stride):
                row = np.zeros(
                    (channels, height + 2 * p, width + 2 * p)
                )
                row[:, top : top + k_h, left : left + k_w] = kernel
                row = row[:, p : p + height, p : p + width]
                rows.append(row.ravel())
    return np.stack(rows)
