"""Sigmoid and hyperbolic tangent, forward and backward."""

from __future__ import annotations

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    r"""Squash every number into (0, 1).

    .. math:: \sigma(x) = \frac{1}{1 + e^{-x}}

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
    Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.

    Examples
    --------
    >>> sigmoid(np.array([-2.0, 0, 2])).round(3)
    array([0.119, 0.5  , 0.881])
    """
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `sigmoid`: steepest in the middle.

    .. math:: \frac{\partial L}{\partial x} = g\, \sigma(x)\, (1 - \sigma(x))

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
    Source: as `sigmoid`.

    Examples
    --------
    >>> sigmoid_backward(np.array([1.0]), np.array([0.0]))
    array([0.25])
    """
    y = sigmoid(x)
    return grad_out * y * (1.0 - y)


def tanh(x: np.ndarray) -> np.ndarray:
    r"""Squash every number into (−1, 1).

    .. math:: \tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}

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
    Source: LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998.

    Examples
    --------
    >>> tanh(np.array([-1000.0, 0, 1000]))
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


def tanh_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `tanh`: steepest in the middle.

    .. math:: \frac{\partial L}{\partial x} = g\, (1 - \tanh^2 x)

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
    Source: as `tanh`.

    Examples
    --------
    >>> tanh_backward(np.array([1.0]), np.array([0.0]))
    array([1.])
    """
    return grad_out * (1.0 - np.tanh(x) ** 2)
