"""Optimizers with a rate for each number: one step of Adagrad, of RMSProp, and of Adam."""

from __future__ import annotations

import numpy as np


def adagrad_step(
    w: np.ndarray,
    grad: np.ndarray,
    squares: np.ndarray,
    lr: float,
    eps: float = 1e-10,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Divide the step of each number by the root of all its squared gradients so far.

    .. math:: G \leftarrow G + g^2, \qquad w \leftarrow w - \eta \frac{g}{\sqrt{G} + \varepsilon}

    Parameters
    ----------
    w, grad, squares : arrays, of one shape
        Parameters, their gradient :math:`g`, and the sum of squares :math:`G`: zeros at first.
    lr : float
        Learning rate :math:`\eta`.
    eps : float
        Keeps the division finite.

    Returns
    -------
    w, squares : arrays, of the same shape
        The new ones.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Duchi, Hazan and Singer, 2011.

    Examples
    --------
    >>> w, squares = adagrad_step(np.ones(2), np.array([3.0, -400]), np.zeros(2), 0.1)
    >>> w, squares
    (array([0.9, 1.1]), array([9.0e+00, 1.6e+05]))
    """
    squares = squares + grad**2
    return w - lr * grad / (np.sqrt(squares) + eps), squares


def rmsprop_step(
    w: np.ndarray,
    grad: np.ndarray,
    squares: np.ndarray,
    lr: float,
    beta: float = 0.99,
    eps: float = 1e-8,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Divide the step of each number by the root of a moving average of its squared gradients.

    .. math:: G \leftarrow \beta G + (1 - \beta)\, g^2, \qquad
        w \leftarrow w - \eta \frac{g}{\sqrt{G} + \varepsilon}

    Parameters
    ----------
    w, grad, squares, lr, eps
        As in `adagrad_step`; squares is an average now.
    beta : float
        Share :math:`\beta` of the average that is kept; torch calls it alpha.

    Returns
    -------
    w, squares : arrays, of one shape
        The new ones.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Hinton, "Neural networks for machine learning", 2012.

    Examples
    --------
    >>> w, squares = rmsprop_step(np.ones(1), np.array([2.0]), np.zeros(1), 0.01)
    >>> w.round(6), squares
    (array([0.9]), array([0.04]))
    """
    squares = beta * squares + (1 - beta) * grad**2
    return w - lr * grad / (np.sqrt(squares) + eps), squares


def adam_step(
    w: np.ndarray,
    grad: np.ndarray,
    v: np.ndarray,
    squares: np.ndarray,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    correct: bool = True,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Step along a moving average of gradients, divided as in `rmsprop_step`.

    .. math:: v \leftarrow \beta_1 v + (1 - \beta_1)\, g, \quad
        G \leftarrow \beta_2 G + (1 - \beta_2)\, g^2, \quad
        w \leftarrow w - \eta \frac{v / (1 - \beta_1^t)}{\sqrt{G / (1 - \beta_2^t)} + \varepsilon}

    Parameters
    ----------
    w, grad, v, squares : arrays, of one shape
        Parameters, their gradient :math:`g`, and the averages :math:`v` and :math:`G`: zeros at first.
    t : int
        Number of the step, counted from 1.
    lr, beta1, beta2, eps : float
        Learning rate, shares of the two averages that are kept, and what keeps the division finite.
    correct : bool
        Whether to divide the averages by :math:`1 - \beta^t`, which makes up for their start at zero.

    Returns
    -------
    w, v, squares : arrays, of one shape
        The new ones; v and squares without the correction.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Kingma and Ba, 2015.

    Examples
    --------
    >>> w, zero, grad = np.ones(1), np.zeros(1), np.array([5.0])
    >>> adam_step(w, grad, zero, zero, 1, 0.1)[0].round(6)
    array([0.9])
    >>> adam_step(w, grad, zero, zero, 1, 0.1, correct=False)[0].round(6)
    array([0.683772])
    """
    v = beta1 * v + (1 - beta1) * grad
    squares = beta2 * squares + (1 - beta2) * grad**2
    step, scale = v, squares
    if correct:
        step, scale = v / (1 - beta1**t), squares / (1 - beta2**t)
    return w - lr * step / (np.sqrt(scale) + eps), v, squares
