"""GELU: inputs weighed by how large they are, a smooth relative of the rectifier."""

from __future__ import annotations

import math

import numpy as np


def gaussian_share(x: np.ndarray) -> np.ndarray:
    r"""Return the share of a normal distribution that lies below each number.

    .. math:: \Phi(x) = \frac12 \Bigl(1 + \operatorname{erf} \frac{x}{\sqrt 2}\Bigr)

    Parameters
    ----------
    x : array, any shape
        Inputs.

    Returns
    -------
    array
        Numbers from 0 to 1, in the shape of x.

    Notes
    -----
    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.

    Examples
    --------
    >>> gaussian_share(np.array([-1.96, 0, 1.96])).round(3)
    array([0.025, 0.5  , 0.975])
    """
    erf = np.vectorize(math.erf, otypes=[float])
    return (1 + erf(x / np.sqrt(2))) / 2


def gelu(x: np.ndarray) -> np.ndarray:
    r"""Weigh each input by the share of a normal distribution that lies below it.

    .. math:: y = x\, \Phi(x)

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
    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.

    Examples
    --------
    >>> gelu(np.array([-1.0, 0, 1])).round(3)
    array([-0.159,  0.   ,  0.841])
    """
    return x * gaussian_share(x)


def gelu_backward(
    grad_out: np.ndarray, x: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `gelu`.

    .. math:: \frac{\partial L}{\partial x} = g \Bigl(\Phi(x) + \frac{x}{\sqrt{2 \pi}}\, e^{-x^2 / 2}\Bigr)

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
    Source: as `gelu`.

    Examples
    --------
    >>> gelu_backward(np.ones(3), np.array([-1.0, 0, 1])).round(3)
    array([-0.083,  0.5  ,  1.083])
    """
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return grad_out * (gaussian_share(x) + x * density)
