"""More matrices for `interpolate`: cubic curves through four pixels, and the pixel under the centre."""

from __future__ import annotations

import math

import numpy as np


def nearest_exact_matrix(size: int, outputs: int) -> np.ndarray:
    r"""Copy the pixel that the centre of each output lies on.

    .. math:: a_{r u} = 1 \text{ for } u = \lfloor (r + \tfrac12) L / L' \rfloor, \text{ else } 0

    Parameters
    ----------
    size, outputs : int
        Length :math:`L` of the axis before and :math:`L'` after.

    Returns
    -------
    array, shape (outputs, size)
        One row of shares for each output; each row sums to 1.

    Notes
    -----
    Source: `torch.nn.functional.interpolate`, mode nearest-exact.

    Examples
    --------
    >>> nearest_exact_matrix(3, 2).astype(int).tolist()
    [[1, 0, 0], [0, 0, 1]]
    """
    out = np.zeros((outputs, size))
    for r in range(outputs):
        out[r, (2 * r + 1) * size // (2 * outputs)] = 1.0
    return out


def cubic_share(distance: float) -> float:
    r"""Tell the share of a pixel at some distance, at most 2; beyond 1 it is negative.

    .. math:: a = -\tfrac34: \quad (a + 2) d^3 - (a + 3) d^2 + 1 \;\text{ for } d \le 1, \qquad a (d^3 - 5 d^2 + 8 d - 4) \;\text{ for } d > 1

    Parameters
    ----------
    distance : float
        Distance :math:`d` in pixels, from 0 to 2.

    Returns
    -------
    float
        The share.

    Notes
    -----
    Source: Keys, "Cubic convolution interpolation for digital image processing", 1981.

    Examples
    --------
    >>> cubic_share(0.0), cubic_share(0.5), cubic_share(1.5), cubic_share(2.0)
    (1.0, 0.59375, -0.09375, -0.0)
    """
    a, d = -0.75, distance
    if d <= 1:
        return (a + 2) * d**3 - (a + 3) * d**2 + 1
    return a * (d**3 - 5 * d**2 + 8 * d - 4)


def bicubic_matrix(
    size: int, outputs: int, align_corners: bool = False
) -> np.ndarray:
    r"""Tell how each output of an axis mixes the four pixels around it; beyond the edge is the edge.

    .. math:: a_{r u} = \text{share}(|t_r - u|), \qquad t_r \text{ as in } \text{bilinear\_matrix}

    Parameters
    ----------
    size, outputs : int
        Length :math:`L` of the axis before and :math:`L'` after.
    align_corners : bool
        As in `bilinear_matrix`.

    Returns
    -------
    array, shape (outputs, size)
        One row of shares for each output; each row sums to 1.

    Notes
    -----
    Source: Keys, "Cubic convolution interpolation for digital image processing", 1981.

    Examples
    --------
    >>> bicubic_matrix(2, 2, align_corners=True)
    array([[1., 0.],
           [0., 1.]])
    """
    places = (np.arange(outputs) + 0.5) * size / outputs - 0.5
    if align_corners:
        places = np.linspace(0, size - 1, outputs)
    out = np.zeros((outputs, size))
    for r, t in enumerate(places.tolist()):
        first = math.floor(t) - 1
        for tap in range(first, first + 4):
            u = min(max(tap, 0), size - 1)
            out[r, u] += cubic_share(abs(t - tap))
    return out
