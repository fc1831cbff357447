"""A bowl with given curvatures along given directions: the loss surface whose steps can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def eigen_directions(angle: float) -> np.ndarray:
    r"""Return two directions at right angles, turned from the axes by an angle.

    .. math:: Q = \begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix}

    Parameters
    ----------
    angle : float
        Angle :math:`\theta` in radians, counterclockwise.

    Returns
    -------
    array, shape (2, 2)
        One direction in each column, of length 1.

    Notes
    -----
    Source: linear algebra; the matrix of a rotation.

    Examples
    --------
    >>> eigen_directions(np.pi / 2).round(3) + 0.0
    array([[ 0., -1.],
           [ 1.,  0.]])
    """
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def bowl(
    w: np.ndarray,
    curvatures: Sequence[float] = (1.0, 10.0),
    angle: float = 0.0,
) -> np.ndarray:
    r"""Compute a quadratic loss from its curvatures along two directions.

    .. math:: L(w) = \tfrac12 w^\top H w, \qquad
        H = Q \begin{pmatrix} \lambda_1 & 0 \\ 0 & \lambda_2 \end{pmatrix} Q^\top

    Along its own directions, the columns of :math:`Q`, it is the sum of two parabolas,
    :math:`\tfrac12 \lambda_1 z_1^2 + \tfrac12 \lambda_2 z_2^2` with :math:`z = Q^\top w`. Where both
    curvatures are above 0, the minimum is 0, at (0, 0); where one is below, there is a saddle.

    Parameters
    ----------
    w : array, shape (..., 2)
        Points.
    curvatures : two floats
        Eigenvalues :math:`\lambda_1, \lambda_2` of the Hessian :math:`H`.
    angle : float
        Angle of the first direction, in radians, as in `eigen_directions`.

    Returns
    -------
    array, shape (...)
        The loss at each point.

    Notes
    -----
    Source: Goodfellow, Bengio and Courville, "Deep learning", 2016, section 4.3.

    Examples
    --------
    >>> bowl(np.array([[1.0, 0], [0, 1], [1, 1]]), (1, 10))
    array([0.5, 5. , 5.5])
    """
    z = w @ eigen_directions(angle)
    return 0.5 * (np.asarray(curvatures) * z**2).sum(axis=-1)


def bowl_backward(
    w: np.ndarray,
    curvatures: Sequence[float] = (1.0, 10.0),
    angle: float = 0.0,
) -> np.ndarray:
    r"""Return the gradient of `bowl`.

    .. math:: \nabla L = H w = Q \begin{pmatrix} \lambda_1 z_1 \\ \lambda_2 z_2 \end{pmatrix}

    Parameters
    ----------
    w, curvatures, angle
        As in `bowl`.

    Returns
    -------
    array, shape (..., 2)
        The gradient at each point.

    Notes
    -----
    Source: as `bowl`.

    Examples
    --------
    >>> bowl_backward(np.array([1.0, 1]), (1, 10))
    array([ 1., 10.])
    """
    directions = eigen_directions(angle)
    z = w @ directions
    return (np.asarray(curvatures) * z) @ directions.T
