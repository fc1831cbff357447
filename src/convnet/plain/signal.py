"""Correlation and convolution of one signal or image with one kernel, where the kernel fits inside."""

from __future__ import annotations

import numpy as np


def correlate1d(
    signal: np.ndarray, kernel: np.ndarray
) -> np.ndarray:
    r"""Slide a kernel over a signal.

    .. math:: y_r = \sum_j w_j\, x_{r + j}

    Parameters
    ----------
    signal, kernel : arrays, shapes (L,), (k,)
        The signal :math:`x` is at least as long as the kernel :math:`w`.

    Returns
    -------
    array, shape (L − k + 1,)
        One number for each place where the kernel fits.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Examples
    --------
    >>> correlate1d(np.array([1, 2, 4, 7]), np.array([-1, 1]))
    array([1., 2., 3.])
    """
    k = len(kernel)
    out = np.zeros(len(signal) - k + 1)
    for r in range(len(out)):
        out[r] = np.sum(signal[r : r + k] * kernel)
    return out


def convolve1d(
    signal: np.ndarray, kernel: np.ndarray
) -> np.ndarray:
    r"""Convolve a signal with a kernel: correlate with the kernel reversed.

    .. math:: y_r = \sum_j w_j\, x_{r + (k - 1) - j}

    Parameters
    ----------
    signal, kernel : arrays, shapes (L,), (k,)
        As in `correlate1d`.

    Returns
    -------
    array, shape (L − k + 1,)
        One number for each place where the kernel fits.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Examples
    --------
    >>> convolve1d(np.array([1, 2, 3]), np.array([0, 1, 10]))
    array([12.])
    """
    return correlate1d(signal, kernel[::-1])


def correlate2d(
    image: np.ndarray, kernel: np.ndarray
) -> np.ndarray:
    r"""Slide a kernel over an image: multiply what lies under it, and add up.

    .. math:: y_{r c} = \sum_{i, j} w_{i j}\, x_{r + i,\, c + j}

    Parameters
    ----------
    image, kernel : arrays, shapes (H, W), (k_h, k_w)
        The image :math:`x` is at least as high and wide as the kernel :math:`w`.

    Returns
    -------
    array, shape (H − k_h + 1, W − k_w + 1)
        One number for each place where the kernel fits.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Examples
    --------
    >>> image = np.array([[0, 1, 3], [1, 2, 2], [0, 0, 0]])
    >>> correlate2d(image, np.array([[1, 0], [0, -1]]))
    array([[-2., -1.],
           [ 1.,  2.]])
    """
    (height, width), (k_h, k_w) = image.shape, kernel.shape
    out = np.zeros((height - k_h + 1, width - k_w + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            window = image[r : r + k_h, c : c + k_w]
            out[r, c] = np.sum(window * kernel)
    return out


def convolve2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    r"""Convolve an image with a kernel: correlate with the kernel rotated by 180°.

    .. math:: y_{r c} = \sum_{i, j} w_{i j}\, x_{r + (k_h - 1) - i,\, c + (k_w - 1) - j}

    Parameters
    ----------
    image, kernel : arrays, shapes (H, W), (k_h, k_w)
        As in `correlate2d`.

    Returns
    -------
    array, shape (H − k_h + 1, W − k_w + 1)
        One number for each place where the kernel fits.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Examples
    --------
    >>> image = np.array([[0, 1, 3], [1, 2, 2], [0, 0, 0]])
    >>> convolve2d(image, np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]]))
    array([[9.]])
    """
    return correlate2d(image, kernel[::-1, ::-1])
