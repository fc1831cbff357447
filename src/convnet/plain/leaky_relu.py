"""The leaky rectifier, forward and backward."""

from __future__ import annotations

import numpy as np


def leaky_relu(
    x: np.ndarray, negative_slope: float = 0.01
) -> np.ndarray:
    r"""Scale what is negative by a small fixed slope.

    .. math:: y = \max(x, 0) + a \min(x, 0)

    Parameters
    ----------
    x : array, any shape
        Inputs.
    negative_slope : float
        Slope :math:`a`, the same for all.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.

    Examples
    --------
    >>> leaky_relu(np.array([-2.0, 0, 3]), 0.1)
    array([-0.2,  0. ,  3. ])
    """
    return np.where(x > 0, x, negative_slope * x)


def leaky_relu_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    negative_slope: float = 0.01,
) -> np.ndarray:
    r"""Return the gradient of `leaky_relu`.

    .. math:: \frac{\partial L}{\partial x} = g \text{ where } x > 0, \text{ else } a g

    Parameters
    ----------
    grad_out, x : arrays, of one shape
        Upstream gradient :math:`g`, and the input.
    negative_slope : float
        Slope :math:`a`, the same for all.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `leaky_relu`.

    Examples
    --------
    >>> leaky_relu_backward(np.ones(3), np.array([-2.0, 0, 3]), 0.1)
    array([0.1, 0.1, 1. ])
    """
    return np.where(x > 0, grad_out, negative_slope * grad_out)
