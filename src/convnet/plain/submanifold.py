"""Submanifold sparse convolution: active sites hear their active neighbours, and no others wake."""

from __future__ import annotations

import numpy as np


def submanifold_rulebook(
    coordinates: np.ndarray, kernel_size: tuple[int, int]
) -> list[tuple[int, int, int, int]]:
    r"""List who hears whom: each active site, each active neighbour under the kernel, and the tap between them.

    .. math:: (p, q, i, j) \quad\text{with}\quad q = p + \bigl(i - \tfrac{k_h - 1}{2},\; j - \tfrac{k_w - 1}{2}\bigr)

    Parameters
    ----------
    coordinates : array of integers, shape (M, 3)
        Image number, row and column of each active site.
    kernel_size : pair of odd int
        Height and width of the kernel.

    Returns
    -------
    list of (site, neighbour, i, j)
        Numbers of two sites, and the tap.

    Notes
    -----
    Source: Graham and van der Maaten, "Submanifold sparse convolutional networks", 2017.

    Examples
    --------
    >>> submanifold_rulebook(np.array([[0, 4, 4], [0, 4, 5], [0, 9, 9]]), (1, 3))
    [(0, 0, 0, 1), (0, 1, 0, 2), (1, 0, 0, 0), (1, 1, 0, 1), (2, 2, 0, 1)]
    """
    k_h, k_w = kernel_size
    sites = [(int(n), int(u), int(v)) for n, u, v in coordinates]
    number = {site: place for place, site in enumerate(sites)}
    pairs = []
    for n, u, v in sites:
        for i in range(k_h):
            for j in range(k_w):
                other = (n, u + i - k_h // 2, v + j - k_w // 2)
                if other in number:
                    pairs.append(
                        (number[n, u, v], number[other], i, j)
                    )
    return pairs


def submanifold_conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float,
    pairs: list[tuple[int, int, int, int]],
) -> np.ndarray:
    r"""Convolve the features of the active sites; what is not active counts as 0 and stays so.

    .. math:: y_{p f} = b_f + \sum_{(p, q, i, j)} \sum_m w_{f m i j}\; x_{q m}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (M, C), (F, C, k_h, k_w), (F,)
        Features of the active sites, kernels, biases.
    pairs : list of (site, neighbour, i, j)
        From `submanifold_rulebook`.

    Returns
    -------
    array, shape (M, F)
        Features of the same sites.

    Notes
    -----
    Source: Graham and van der Maaten, "Submanifold sparse convolutional networks", 2017.

    Examples
    --------
    >>> pairs = submanifold_rulebook(np.array([[0, 4, 4], [0, 4, 5], [0, 9, 9]]), (3, 3))
    >>> submanifold_conv2d(np.array([[1.0], [2], [8]]), np.ones((1, 1, 3, 3)), 0.0, pairs)
    array([[3.],
           [3.],
           [8.]])
    """
    y = np.zeros((len(x), len(weight)))
    for site, neighbour, i, j in pairs:
        y[site] += weight[:, :, i, j] @ x[neighbour]
    return y + bias


def submanifold_conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    pairs: list[tuple[int, int, int, int]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `submanifold_conv2d`: the same list, read from its other end.

    .. math:: \frac{\partial L}{\partial x_{q m}} = \sum_{(p, q, i, j)} \sum_f w_{f m i j}\, g_{p f}, \qquad
        \frac{\partial L}{\partial w_{f m i j}} = \sum_{(p, q, i, j)} g_{p f}\, x_{q m}

    Parameters
    ----------
    grad_out : array, shape (M, F)
        Upstream gradient :math:`g`.
    x, weight, pairs
        As in `submanifold_conv2d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: Graham and van der Maaten, "Submanifold sparse convolutional networks", 2017.

    Examples
    --------
    >>> pairs = submanifold_rulebook(np.array([[0, 4, 4], [0, 4, 5]]), (1, 3))
    >>> g, x = np.array([[1.0], [0]]), np.array([[1.0], [2]])
    >>> submanifold_conv2d_backward(g, x, np.array([[[[5.0, 6, 7]]]]), pairs)
    (array([[6.],
           [7.]]), array([[[[0., 1., 2.]]]]), array([1.]))
    """
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for site, neighbour, i, j in pairs:
        g = grad_out[site]  # (F,)
        grad_x[neighbour] += weight[:, :, i, j].T @ g
        grad_weight[:, :, i, j] += np.outer(g, x[neighbour])
    return grad_x, grad_weight, grad_out.sum(axis=0)
