"""Where the taps of a deformable convolution look, and what they read there."""

from __future__ import annotations

import numpy as np

from convnet.plain.bilinear_sampling import (
    bilinear_sample,
    bilinear_sample_backward,
)


def tap_positions(
    offset: np.ndarray,
    kernel_size: tuple[int, int],
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Tell where each tap of each window looks.

    .. math:: (u, v) = (r s + i - p,\; c s + j - p) + \Delta_{n i j r c}

    Parameters
    ----------
    offset : array, shape (N, 2 · k_h · k_w, H', W')
        The tap in row i, column j has its way down in channel 2(i k_w + j), its way right in the next one.
    kernel_size : pair of int
        Height and width of the kernel.
    stride, padding : int
        As in `conv2d`.

    Returns
    -------
    array, shape (N, k_h, k_w, 2, H', W')
        Rows and columns, in pixels.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> tap_positions(np.full((1, 2, 1, 2), 0.5), (1, 1)).reshape(2, 2)
    array([[0.5, 0.5],
           [0.5, 1.5]])
    """
    batch, _, rows, columns = offset.shape
    i, j = np.ogrid[: kernel_size[0], : kernel_size[1]]
    r, c = np.ogrid[:rows, :columns]
    at = offset.reshape(
        batch, *kernel_size, 2, rows, columns
    ).copy()
    at[:, :, :, 0] += i[:, :, None, None] + r * stride - padding
    at[:, :, :, 1] += j[:, :, None, None] + c * stride - padding
    return at


def sample_at(x: np.ndarray, at: np.ndarray) -> np.ndarray:
    r"""Read each image at many points.

    .. math:: z_{n m i j r c} = x_{n m}(u_{n i j r c},\, v_{n i j r c})

    Parameters
    ----------
    x, at : arrays, shapes (N, C, H, W), (N, k_h, k_w, 2, H', W')
        Images, and rows :math:`u` and columns :math:`v` from `tap_positions`.

    Returns
    -------
    array, shape (N, C, k_h, k_w, H', W')
        One number for each channel and point.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> sample_at(np.array([[[[2.0, 4]]]]), np.array([0, 0.5]).reshape(1, 1, 1, 2, 1, 1)).item()
    3.0
    """
    batch, k_h, k_w, _, rows, columns = at.shape
    z = np.zeros((batch, x.shape[1], k_h, k_w, rows, columns))
    for n, i, j, r, c in np.ndindex(batch, k_h, k_w, rows, columns):
        u, v = at[n, i, j, :, r, c]
        z[n, :, i, j, r, c] = bilinear_sample(x[n], u, v)
    return z


def sample_at_backward(
    grad_out: np.ndarray, x: np.ndarray, at: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    r"""Return the gradients of `sample_at`.

    .. math:: \frac{\partial L}{\partial u_{n i j r c}} = \sum_m g_{n m i j r c}\, \frac{\partial x_{n m}}{\partial u}(u_{n i j r c},\, v_{n i j r c})

    Parameters
    ----------
    grad_out : array, shape (N, C, k_h, k_w, H', W')
        Upstream gradient :math:`g`.
    x, at
        As in `sample_at`.

    Returns
    -------
    grad_x, grad_at : arrays
        In the shapes of x and at.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> x, at = np.array([[[[2.0, 4]]]]), np.array([0, 0.5]).reshape(1, 1, 1, 2, 1, 1)
    >>> sample_at_backward(np.ones((1, 1, 1, 1, 1, 1)), x, at)[0]
    array([[[[0.5, 0.5]]]])
    """
    grad_x, grad_at = np.zeros(x.shape), np.zeros(at.shape)
    batch, k_h, k_w, _, rows, columns = at.shape
    for n, i, j, r, c in np.ndindex(batch, k_h, k_w, rows, columns):
        g, (u, v) = grad_out[n, :, i, j, r, c], at[n, i, j, :, r, c]
        image, du, dv = bilinear_sample_backward(g, x[n], u, v)
        grad_x[n] += image
        grad_at[n, i, j, :, r, c] = du, dv
    return grad_x, grad_at
