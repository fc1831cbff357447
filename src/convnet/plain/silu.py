"""SiLU: inputs weighed by their own sigmoid, forward and backward."""

from __future__ import annotations

import numpy as np

from convnet.plain.sigmoid import sigmoid


def silu(x: np.ndarray) -> np.ndarray:
    r"""Weigh each input by its sigmoid.

    .. math:: y = x\, \sigma(x)

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
    Source: Ramachandran, Zoph and Le, "Searching for activation functions", 2017.

    Examples
    --------
    >>> silu(np.array([-1.0, 0, 1])).round(3)
    array([-0.269,  0.   ,  0.731])
    """
    return x * sigmoid(x)


def silu_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `silu`.

    .. math:: \frac{\partial L}{\partial x} = g\, \sigma(x) \bigl(1 + x (1 - \sigma(x))\bigr)

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
    Source: as `silu`.

    Examples
    --------
    >>> silu_backward(np.ones(3), np.array([-1.0, 0, 1])).round(3)
    array([0.072, 0.5  , 0.928])
    """
    p = sigmoid(x)
    return grad_out * p * (1 + x * (1 - p))
