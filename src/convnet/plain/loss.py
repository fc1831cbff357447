"""Squared error, and binary cross-entropy of scores."""

from __future__ import annotations

import numpy as np

from convnet.plain.sigmoid import sigmoid


def mse_loss(x: np.ndarray, target: np.ndarray) -> float:
    r"""Take the mean of the squared errors.

    .. math:: L = \frac1n \sum (x - t)^2

    Parameters
    ----------
    x, target : arrays, of one shape
        Outputs, and what they should be.

    Returns
    -------
    float
        The loss.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> mse_loss(np.array([1.0, 5]), np.array([0.0, 2]))
    5.0
    """
    return float(((x - target) ** 2).mean())


def mse_loss_backward(
    x: np.ndarray, target: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `mse_loss` by x.

    .. math:: \frac{\partial L}{\partial x} = \frac{2 (x - t)}{n}

    Parameters
    ----------
    x, target : arrays, of one shape
        Outputs, and what they should be.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `mse_loss`.

    Examples
    --------
    >>> mse_loss_backward(np.array([1.0, 5]), np.array([0.0, 2]))
    array([1., 3.])
    """
    return 2 * (x - target) / x.size


def binary_cross_entropy_with_logits(
    x: np.ndarray, target: np.ndarray
) -> float:
    r"""Take the mean of the losses of yes-or-no questions.

    .. math:: L = -\frac1n \sum \bigl(t \log \sigma(x) + (1 - t) \log \sigma(-x)\bigr)
        = \frac1n \sum \bigl(\max(x, 0) - t x + \log(1 + e^{-|x|})\bigr)

    Parameters
    ----------
    x, target : arrays, of one shape
        Scores before the sigmoid, and labels from 0 to 1.

    Returns
    -------
    float
        The loss.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> binary_cross_entropy_with_logits(np.array([0.0]), np.array([1.0])) / float(np.log(2))
    1.0
    """
    losses = np.maximum(x, 0) - target * x  # no overflow in exp
    losses += np.log(1 + np.exp(-np.abs(x)))
    return float(losses.mean())


def binary_cross_entropy_with_logits_backward(
    x: np.ndarray, target: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `binary_cross_entropy_with_logits`: the probability, less the label.

    .. math:: \frac{\partial L}{\partial x} = \frac{\sigma(x) - t}{n}

    Parameters
    ----------
    x, target : arrays, of one shape
        Scores before the sigmoid, and labels from 0 to 1.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `binary_cross_entropy_with_logits`.

    Examples
    --------
    >>> binary_cross_entropy_with_logits_backward(np.array([0.0]), np.array([1.0]))
    array([-0.5])
    """
    return (sigmoid(x) - target) / x.size
