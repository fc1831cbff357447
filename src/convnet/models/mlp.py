"""The multilayer perceptron: linear layers with an activation between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convnet.nn import Flatten, Linear, Module, ReLU, Sequential


def mlp(sizes: Sequence[int], activation: type[Module] = ReLU) -> Sequential:
    r"""Return a multilayer perceptron.

    .. math::

        z^{(0)} = x, \qquad a^{(\ell)} = W^{(\ell)} z^{(\ell - 1)} + b^{(\ell)}, \qquad
        z^{(\ell)} = \sigma(a^{(\ell)}), \qquad f(x) = a^{(L)}

    Parameters
    ----------
    sizes : sequence of int
        Numbers of units from the input to the output, at least two. Images are flattened first.
    activation : type of Module
        What follows every linear layer but the last: `ReLU`, `Tanh`, `Sigmoid`.

    Returns
    -------
    Sequential
        The network, not initialized.

    Raises
    ------
    ValueError
        When there are fewer than two sizes.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(mlp([784, 100, 10]), (1, 28, 28)).parameters
    79510
    """
    if len(sizes) < 2:
        raise ValueError(f"mlp: sizes must hold at least the input's and the output's, got {list(sizes)}")
    layers: list[Module] = [Flatten(), Linear(sizes[0], sizes[1])]
    for inputs, outputs in pairwise(sizes[1:]):
        layers += [activation(), Linear(inputs, outputs)]
    return Sequential(*layers)
