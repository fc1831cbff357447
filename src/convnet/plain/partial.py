"""Partial convolution: convolve known pixels only, and scale up by how many there are."""

from __future__ import annotations

import numpy as np

from convnet.plain.convolution import conv2d, conv2d_backward


def window_scales(
    mask: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Count what is known in each window.

    .. math:: s = \frac{C k_h k_w}{\sum m}, \qquad m' = 1 \text{ where } \sum m > 0, \text{ else } s = m' = 0

    Parameters
    ----------
    mask, weight : arrays, shapes (N, C, H, W), (F, C, k_h, k_w)
        1 where a pixel is known, 0 in the holes; kernels.
    stride, padding : int
        As in `conv2d`; padding is unknown.

    Returns
    -------
    scale, new_mask : arrays, shape (N, 1, H', W')
        How much each window is scaled up, and the mask of the next layer.

    Notes
    -----
    Source: Liu et al., "Image inpainting for irregular holes using partial convolutions", 2018.

    Examples
    --------
    >>> window_scales(np.array([[[[1, 0, 0, 0]]]]), np.ones((1, 1, 1, 3)))
    (array([[[[3., 0.]]]]), array([[[[1., 0.]]]]))
    """
    window = np.ones((1, *weight.shape[1:]))
    known = conv2d(
        mask, window, 0.0, stride, padding
    )  # (N, 1, H', W')
    new_mask = np.where(known > 0, 1.0, 0.0)
    scale = new_mask * window.size / np.maximum(known, 1)
    return scale, new_mask


def partial_conv2d(
    x: np.ndarray,
    mask: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Convolve what is known; a window that knows nothing gives 0.

    .. math:: y = m' \Bigl(s \sum w\, m\, x + b\Bigr)

    Parameters
    ----------
    x, mask : arrays, shape (N, C, H, W)
        Images, and 1 where a pixel is known, 0 in the holes.
    weight, bias : arrays, shapes (F, C, k_h, k_w), (F,)
        As in `conv2d`.
    stride, padding : int
        As in `conv2d`.

    Returns
    -------
    y, new_mask : arrays, shapes (N, F, H', W'), (N, 1, H', W')
        Maps, and the mask of the next layer: the holes close layer by layer.

    Notes
    -----
    Source: Liu et al., "Image inpainting for irregular holes using partial convolutions", 2018.

    Examples
    --------
    >>> x, mask = np.array([[[[5.0, 9, 9, 9]]]]), np.array([[[[1, 0, 0, 0]]]])
    >>> partial_conv2d(x, mask, np.ones((1, 1, 1, 3)), 1.0)
    (array([[[[16.,  0.]]]]), array([[[[1., 0.]]]]))
    """
    scale, new_mask = window_scales(mask, weight, stride, padding)
    seen = conv2d(x * mask, weight, 0.0, stride, padding)
    y = scale * seen + new_mask * np.reshape(bias, (-1, 1, 1))
    return y, new_mask


def partial_conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    mask: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `partial_conv2d`: those of `conv2d`, scaled; nothing goes back into a hole.

    .. math:: \frac{\partial L}{\partial w} = \sum s\, g\, m\, x, \qquad \frac{\partial L}{\partial x} = m \sum s\, g\, w, \qquad \frac{\partial L}{\partial b} = \sum m' g

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    x, mask, weight, stride, padding
        As in `partial_conv2d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: Liu et al., "Image inpainting for irregular holes using partial convolutions", 2018.

    Examples
    --------
    >>> x, mask = np.array([[[[5.0, 9, 9, 9]]]]), np.array([[[[1, 0, 0, 0]]]])
    >>> partial_conv2d_backward(np.ones((1, 1, 1, 2)), x, mask, np.ones((1, 1, 1, 3)))[0]
    array([[[[3., 0., 0., 0.]]]])
    """
    scale, new_mask = window_scales(mask, weight, stride, padding)
    grad_seen, grad_weight, _ = conv2d_backward(
        scale * grad_out, x * mask, weight, stride, padding
    )
    grad_bias = (new_mask * grad_out).sum(axis=(0, 2, 3))
    return grad_seen * mask, grad_weight, grad_bias
