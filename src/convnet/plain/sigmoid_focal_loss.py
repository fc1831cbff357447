"""Focal loss on yes-or-no questions."""

from __future__ import annotations

import numpy as np

from convnet.plain.sigmoid import sigmoid


def sigmoid_focal_loss(
    x: np.ndarray,
    target: np.ndarray,
    alpha: float = 0.25,
    gamma: float = 2.0,
) -> np.ndarray:
    r"""Compare each score with its label, a yes-or-no question of its own.

    .. math:: L = -\alpha_t (1 - p)^\gamma \log p, \qquad p = \sigma(x) \text{ for label } 1, \; \sigma(-x) \text{ for label } 0

    Parameters
    ----------
    x, target : arrays, of one shape
        Scores before the sigmoid, and labels 0 and 1.
    alpha : float
        Weight of label 1; label 0 weighs :math:`1 - \alpha`.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right.

    Returns
    -------
    array
        Losses, in the shape of x.

    Notes
    -----
    Source: Lin et al., "Focal loss for dense object detection", 2017.

    Examples
    --------
    >>> x, target = np.array([0.0]), np.array([1])
    >>> sigmoid_focal_loss(x, target, alpha=1.0) / np.log(2)
    array([0.25])
    """
    p = sigmoid(np.where(target == 1, x, -x))  # of the right answer
    weight = np.where(target == 1, alpha, 1 - alpha)
    return -weight * (1 - p) ** gamma * np.log(p)


def sigmoid_focal_loss_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    target: np.ndarray,
    alpha: float = 0.25,
    gamma: float = 2.0,
) -> np.ndarray:
    r"""Return the gradient of `sigmoid_focal_loss` by the scores.

    .. math:: \frac{\partial L}{\partial x} = \pm \alpha_t (1 - p)^\gamma \bigl(\gamma\, p \log p - (1 - p)\bigr)\, g, \qquad + \text{ for label } 1

    Parameters
    ----------
    grad_out : array, shape of x
        Upstream gradient :math:`g`.
    x, target : arrays, of one shape
        Scores before the sigmoid, and labels 0 and 1.
    alpha : float
        Weight of label 1; label 0 weighs :math:`1 - \alpha`.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: as `sigmoid_focal_loss`.

    Examples
    --------
    >>> x, target = np.array([0.0]), np.array([0])
    >>> sigmoid_focal_loss_backward(np.ones(1), x, target, alpha=0.0, gamma=0.0)
    array([0.5])
    """
    sign = np.where(target == 1, 1.0, -1.0)
    p = sigmoid(sign * x)  # of the right answer
    weight = np.where(target == 1, alpha, 1 - alpha)
    slope = (1 - p) ** gamma * (gamma * p * np.log(p) - (1 - p))
    return grad_out * sign * weight * slope
