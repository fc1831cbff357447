"""Rectifiers: ReLU and its relatives that let something of the negative through."""

from __future__ import annotations

import numpy as np


def relu(x: np.ndarray) -> np.ndarray:
    r"""Keep what is positive.

    .. math:: y = \max(x, 0)

    Parameters
    ----------
    x : array, any shape
        Inputs.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.

    Examples
    --------
    >>> relu(np.array([-2.0, 0, 3]))
    array([0., 0., 3.])
    """
    return np.maximum(x, 0.0)


def relu_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `relu`: it passes where the input was positive.

    .. math:: \frac{\partial L}{\partial x} = g \text{ where } x > 0, \text{ else } 0

    Parameters
    ----------
    grad_out, x : arrays, of one shape
        Upstream gradient :math:`g`, and the input.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `relu`.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 5, 5]), np.array([-2.0, 0, 3]))
    array([0., 0., 5.])
    """
    return np.where(x > 0, grad_out, 0.0)


def prelu(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    r"""Scale what is negative by a learned slope for each channel.

    .. math:: y = \max(x, 0) + a_m \min(x, 0)

    Parameters
    ----------
    x, weight : arrays, shapes (N, C, H, W), (C,)
        Maps, and the slope :math:`a_m` of each channel.

    Returns
    -------
    array, shape (N, C, H, W)
        Maps.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.

    Examples
    --------
    >>> prelu(np.array([[[[-2.0, 3]]]]), np.array([0.25]))
    array([[[[-0.5,  3. ]]]])
    """
    slope = weight[:, None, None]  # (C, 1, 1)
    return np.where(x > 0, x, slope * x)


def prelu_backward(
    grad_out: np.ndarray, x: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    r"""Return the gradients of `prelu`.

    .. math:: \frac{\partial L}{\partial x} = g \text{ where } x > 0, \text{ else } a_m g, \qquad
        \frac{\partial L}{\partial a_m} = \sum_{n, u, v} g \min(x, 0)

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    x, weight : arrays, shapes (N, C, H, W), (C,)
        As in `prelu`.

    Returns
    -------
    grad_x, grad_weight : arrays
        In the shapes of x and weight.

    Notes
    -----
    Source: as `prelu`.

    Examples
    --------
    >>> prelu_backward(np.ones((1, 1, 1, 2)), np.array([[[[-2.0, 3]]]]), np.array([0.25]))
    (array([[[[0.25, 1.  ]]]]), array([-2.]))
    """
    slope = weight[:, None, None]  # (C, 1, 1)
    grad_x = np.where(x > 0, grad_out, slope * grad_out)
    grad_weight = grad_out * np.minimum(x, 0.0)
    return grad_x, grad_weight.sum(axis=(0, 2, 3))
