"""Cross-entropy in two steps: logarithms of probabilities, and the one of the right class."""

from __future__ import annotations

import numpy as np

from convnet.plain.softmax import softmax


def log_softmax(scores: np.ndarray) -> np.ndarray:
    r"""Return the logarithms of `softmax`, without the detour that rounds small ones to 0.

    .. math:: \log p_{n c} = x_{n c} - m_n - \log \sum_j e^{x_{n j} - m_n}, \qquad m_n = \max_j x_{n j}

    Parameters
    ----------
    scores : array, shape (N, K)
        Scores of K classes.

    Returns
    -------
    array, shape (N, K)
        In the shape of scores.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> log_softmax(np.array([[0.0, 1000]]))
    array([[-1000.,     0.]])
    """
    scores = scores - scores.max(axis=1, keepdims=True)
    total = np.exp(scores).sum(axis=1, keepdims=True)
    return scores - np.log(total)


def log_softmax_backward(
    grad_out: np.ndarray, scores: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `log_softmax`.

    .. math:: \frac{\partial L}{\partial x_{n c}} = g_{n c} - p_{n c} \sum_j g_{n j}

    Parameters
    ----------
    grad_out, scores : arrays, shape (N, K)
        Upstream gradient :math:`g`, and the scores.

    Returns
    -------
    array, shape (N, K)
        In the shape of scores.

    Notes
    -----
    Source: as `log_softmax`.

    Examples
    --------
    >>> log_softmax_backward(np.array([[1.0, 0]]), np.array([[0.0, 0]]))
    array([[ 0.5, -0.5]])
    """
    total = grad_out.sum(axis=1, keepdims=True)
    return grad_out - softmax(scores) * total


def nll_loss(log_p: np.ndarray, labels: np.ndarray) -> float:
    r"""Take the mean of −log p of the right classes: after `log_softmax` this is `cross_entropy`.

    .. math:: L = -\frac1N \sum_n \log p_{n t_n}

    Parameters
    ----------
    log_p, labels : arrays, shapes (N, K), (N,)
        Logarithms of probabilities, and the numbers of the right classes.

    Returns
    -------
    float
        The loss.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> nll_loss(np.array([[-1.0, -2], [-3, -4]]), np.array([1, 0]))
    2.5
    """
    right = log_p[np.arange(len(labels)), labels]  # (N,)
    return float(-right.mean())


def nll_loss_backward(
    log_p: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `nll_loss`: only the right classes were read.

    .. math:: \frac{\partial L}{\partial \log p_{n c}} = -\frac1N \text{ for } c = t_n, \text{ else } 0

    Parameters
    ----------
    log_p, labels : arrays, shapes (N, K), (N,)
        Logarithms of probabilities, and the numbers of the right classes.

    Returns
    -------
    array, shape (N, K)
        In the shape of log_p.

    Notes
    -----
    Source: as `nll_loss`.

    Examples
    --------
    >>> nll_loss_backward(np.array([[-1.0, -2], [-3, -4]]), np.array([1, 0]))
    array([[ 0. , -0.5],
           [-0.5,  0. ]])
    """
    grad = np.zeros(log_p.shape)
    grad[np.arange(len(labels)), labels] = -1 / len(labels)
    return grad
