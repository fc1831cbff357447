"""Focal loss: cross-entropy that turns away from examples which are already right."""

from __future__ import annotations

import numpy as np

from convnet.plain.softmax import softmax


def focal_loss(
    scores: np.ndarray,
    labels: np.ndarray,
    alpha: np.ndarray,
    gamma: float = 2.0,
) -> float:
    r"""Take the weighted mean of the losses, each made smaller by how right the example already is.

    .. math:: L = \frac{\sum_n \alpha_{t_n} (1 - p_n)^\gamma\, (-\log p_n)}{\sum_n \alpha_{t_n}}, \qquad
        p_n = \operatorname{softmax}(x_n)_{t_n}

    Parameters
    ----------
    scores, labels : arrays, shapes (N, K), (N,)
        Scores of K classes for N examples, and the numbers of the right classes.
    alpha : array, shape (K,)
        Weight :math:`\alpha` of each class, such as `class_balanced_weights`.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right.

    Returns
    -------
    float
        The loss.

    Notes
    -----
    Source: Lin et al., "Focal loss for dense object detection", 2017.

    Examples
    --------
    >>> x, labels = np.log([[0.9, 0.1]]), np.array([0])
    >>> ratio = focal_loss(x, labels, np.ones(2), gamma=0.0) / focal_loss(x, labels, np.ones(2))
    >>> round(ratio, 6)
    100.0
    """
    p = softmax(scores)[np.arange(len(labels)), labels]  # (N,)
    weights = alpha[labels]
    losses = weights * (1 - p) ** gamma * -np.log(p)
    return float(losses.sum() / weights.sum())


def focal_loss_backward(
    scores: np.ndarray,
    labels: np.ndarray,
    alpha: np.ndarray,
    gamma: float = 2.0,
) -> np.ndarray:
    r"""Return the gradient of `focal_loss` by the scores: first by p, then through the softmax.

    .. math:: \frac{\partial L_n}{\partial p} = \gamma (1 - p)^{\gamma - 1} \log p - \frac{(1 - p)^\gamma}{p}, \qquad
        \frac{\partial p}{\partial x_c} = p\, (1_{c = t} - p_c)

    Parameters
    ----------
    scores, labels : arrays, shapes (N, K), (N,)
        Scores of K classes for N examples, and the numbers of the right classes.
    alpha : array, shape (K,)
        Weight :math:`\alpha` of each class, such as `class_balanced_weights`.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right.

    Returns
    -------
    array, shape (N, K)
        In the shape of scores.

    Notes
    -----
    Source: as `focal_loss`.

    Examples
    --------
    >>> focal_loss_backward(np.zeros((1, 2)), np.array([0]), np.ones(2), gamma=0.0)
    array([[-0.5,  0.5]])
    """
    examples = np.arange(len(labels))
    probabilities, weights = softmax(scores), alpha[labels]
    p = probabilities[examples, labels]  # (N,)
    by_focus = gamma * (1 - p) ** (gamma - 1) * np.log(p)
    by_p = weights * (by_focus - (1 - p) ** gamma / p)
    right = np.zeros(scores.shape)
    right[examples, labels] = 1.0
    grad = (by_p * p)[:, None] * (right - probabilities)
    return grad / weights.sum()


def class_balanced_weights(
    counts: np.ndarray, beta: float
) -> np.ndarray:
    r"""Weigh rare classes more: the more examples there are, the less one more of them says.

    .. math:: w_c = K\, \frac{u_c}{\sum_j u_j}, \qquad u_c = \frac{1 - \beta}{1 - \beta^{n_c}}

    Parameters
    ----------
    counts : array, shape (K,)
        Examples :math:`n_c` of each class.
    beta : float
        From 0 (all weigh 1) to nearly 1 (inverse counts).

    Returns
    -------
    array, shape (K,)
        Weights that sum to K.

    Notes
    -----
    Source: Cui et al., "Class-balanced loss based on effective number of samples", 2019.

    Examples
    --------
    >>> class_balanced_weights(np.array([1000, 10]), 0.999).round(3)
    array([0.031, 1.969])
    """
    raw = (1 - beta) / (1 - beta**counts)
    return len(counts) * raw / raw.sum()
