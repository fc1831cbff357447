"""Softmax and cross-entropy: scores become probabilities, and these a loss."""

from __future__ import annotations

import numpy as np


def softmax(scores: np.ndarray, axis: int = 1) -> np.ndarray:
    r"""Turn the scores of each example into probabilities.

    .. math:: p_{n c} = \frac{e^{x_{n c} - m_n}}{\sum_j e^{x_{n j} - m_n}}, \qquad m_n = \max_j x_{n j}

    Parameters
    ----------
    scores : array, shape (N, K), or any shape
        Scores of K classes, not yet normalized.
    axis : int
        Axis along which the classes lie.

    Returns
    -------
    array, in the shape of scores
        Probabilities :math:`p`, which sum to 1 along the axis.

    Notes
    -----
    Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Examples
    --------
    >>> softmax(np.log([[1.0, 3]])).round(3)
    array([[0.25, 0.75]])
    """
    largest = scores.max(axis=axis, keepdims=True)
    powers = np.exp(scores - largest)  # at most 1: no overflow
    return powers / powers.sum(axis=axis, keepdims=True)


def softmax_backward(
    grad_out: np.ndarray, scores: np.ndarray, axis: int = 1
) -> np.ndarray:
    r"""Return the gradient of `softmax`: every score moves every probability.

    .. math:: \frac{\partial L}{\partial x_{n c}} = p_{n c} \Bigl(g_{n c} - \sum_j p_{n j}\, g_{n j}\Bigr)

    Parameters
    ----------
    grad_out, scores : arrays, shape (N, K), or any one shape
        Upstream gradient :math:`g`, and the scores.
    axis : int
        Axis along which the classes lie.

    Returns
    -------
    array
        In the shape of scores.

    Notes
    -----
    Source: as `softmax`.

    Examples
    --------
    >>> softmax_backward(np.array([[1.0, 0]]), np.array([[0.0, 0]]))
    array([[ 0.25, -0.25]])
    """
    p = softmax(scores, axis)
    average = (p * grad_out).sum(axis=axis, keepdims=True)
    return p * (grad_out - average)


def cross_entropy(scores: np.ndarray, labels: np.ndarray) -> float:
    r"""Take the mean of −log p over the examples, where p is the probability given to the right class.

    .. math:: L = -\frac{1}{N} \sum_n \log \operatorname{softmax}(x_n)_{t_n}

    Parameters
    ----------
    scores, labels : arrays, shapes (N, K), (N,)
        Scores of K classes for N examples, and the numbers of the right classes.

    Returns
    -------
    float
        The loss.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> round(cross_entropy(np.zeros((2, 10)), np.array([3, 7])), 4), round(float(np.log(10)), 4)
    (2.3026, 2.3026)
    """
    scores = scores - scores.max(axis=1, keepdims=True)
    right = scores[np.arange(len(labels)), labels]  # (N,)
    log_p = right - np.log(np.exp(scores).sum(axis=1))
    return float(-log_p.mean())


def cross_entropy_backward(
    scores: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `cross_entropy`: the probabilities, less 1 at the right class.

    .. math:: \frac{\partial L}{\partial x_{n c}} = \frac{1}{N} \bigl(\operatorname{softmax}(x_n)_c - 1_{c = t_n}\bigr)

    Parameters
    ----------
    scores, labels : arrays, shapes (N, K), (N,)
        Scores of K classes for N examples, and the numbers of the right classes.

    Returns
    -------
    array, shape (N, K)
        In the shape of scores.

    Notes
    -----
    Source: as `cross_entropy`.

    Examples
    --------
    >>> cross_entropy_backward(np.zeros((1, 4)), np.array([2]))
    array([[ 0.25,  0.25, -0.75,  0.25]])
    """
    grad = softmax(scores)
    grad[np.arange(len(labels)), labels] -= 1.0
    return grad / len(labels)
