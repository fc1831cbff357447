"""Dropout: put inputs to zero by chance in training, and nothing else in evaluation."""

from __future__ import annotations

import numpy as np


def dropout_mask(
    shape: tuple[int, ...], p: float, generator: np.random.Generator
) -> np.ndarray:
    r"""Draw what is kept (1) and what is dropped (0).

    .. math:: P(m = 0) = p, \qquad P(m = 1) = 1 - p

    Parameters
    ----------
    shape : tuple of int
        That of x for `dropout`, (N, C) for `dropout2d`.
    p : float
        Probability to be dropped.
    generator : numpy.random.Generator
        Source of chance.

    Returns
    -------
    array of the shape
        Zeros and ones.

    Notes
    -----
    Source: Srivastava et al., "Dropout", 2014.

    Examples
    --------
    >>> dropout_mask((6,), 0.5, np.random.default_rng(1))
    array([1., 1., 0., 1., 0., 0.])
    """
    return np.where(generator.random(shape) >= p, 1.0, 0.0)


def dropout(
    x: np.ndarray, mask: np.ndarray, p: float
) -> np.ndarray:
    r"""Drop inputs, and scale up those that are kept, so that the expectation stays.

    .. math:: y = \frac{m}{1 - p}\, x

    Parameters
    ----------
    x, mask : arrays, of one shape
        Inputs, and a mask :math:`m` from `dropout_mask`.
    p : float
        Probability to be dropped.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `dropout_mask`.

    Examples
    --------
    >>> dropout(np.ones(4), np.array([1, 0, 0, 1]), 0.5)
    array([2., 0., 0., 2.])
    """
    return x * mask / (1 - p)


def dropout_backward(
    grad_out: np.ndarray, mask: np.ndarray, p: float
) -> np.ndarray:
    r"""Return the gradient of `dropout`: each input's gets the factor that the input had.

    .. math:: \frac{\partial L}{\partial x} = \frac{m}{1 - p}\, g

    Parameters
    ----------
    grad_out, mask : arrays, of one shape
        Upstream gradient :math:`g`, and the mask of the forward pass.
    p : float
        Probability to be dropped.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `dropout_mask`.

    Examples
    --------
    >>> dropout_backward(np.ones(4), np.array([1, 0, 0, 1]), 0.5)
    array([2., 0., 0., 2.])
    """
    return grad_out * mask / (1 - p)
