"""Values to start with: drawn so that neither signals nor gradients grow or fade from layer to layer.

All are drawn by NumPy in 32-bit floats. One seed gives the same start in each library and dtype.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import prod, sqrt

import numpy as np
from numpy.typing import NDArray

from convnet._arguments import choice, sequence
from convnet.nn._draws import even, filled, gaussian

Initializer = Callable[[np.random.Generator, tuple[int, ...]], NDArray[np.float32]]


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many inputs an output of a layer reads, and how many outputs an input feeds.

    Parameters
    ----------
    shape : tuple of int
        Of a weight, (outputs, inputs, ...): what follows is the kernel, whose every tap counts.

    Returns
    -------
    tuple of int
        `fan_in` and `fan_out`.

    Raises
    ------
    ValueError
        When the shape has fewer than two axes.

    Examples
    --------
    >>> fans((16, 6, 5, 5))
    (150, 400)
    """
    shape = sequence("fans", "shape", shape, "a shape such as (outputs, inputs)")
    if len(shape) < 2:
        raise ValueError(f"fans: a weight has at least 2 dimensions (outputs, inputs, ...), got {shape}")
    taps = prod(shape[2:])
    return shape[1] * taps, shape[0] * taps


def constant(value: float) -> Initializer:
    """Return an initializer that fills with one number.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    callable
        Takes a generator and a shape; returns an array of 32-bit floats in that shape.

    Examples
    --------
    >>> constant(1.0)(np.random.default_rng(0), (2,))
    array([1., 1.], dtype=float32)
    """
    return partial(filled, value)


def uniform(bound: float) -> Initializer:
    """Return an initializer that draws evenly between `-bound` and `bound`.

    Parameters
    ----------
    bound : float
        Largest absolute value.

    Returns
    -------
    callable
        Takes a generator and a shape; returns an array of 32-bit floats in that shape.

    Examples
    --------
    >>> bool(abs(uniform(0.1)(np.random.default_rng(0), (9,))).max() <= 0.1)
    True
    """
    return partial(even, bound)


def normal(std: float) -> Initializer:
    """Return an initializer that draws from a normal distribution around 0.

    Parameters
    ----------
    std : float
        Standard deviation.

    Returns
    -------
    callable
        Takes a generator and a shape; returns an array of 32-bit floats in that shape.

    Examples
    --------
    >>> normal(0.01)(np.random.default_rng(0), (2, 3)).shape
    (2, 3)
    """
    return partial(gaussian, std)


def kaiming_uniform(
    generator: np.random.Generator, shape: tuple[int, ...], a: float = 0.0, mode: str = "fan_in"
) -> NDArray[np.float32]:
    r"""Draw evenly with the variance of `kaiming_normal`: bound :math:`\sqrt{3}` standard deviations.

    `a = √5` gives :math:`1 / \sqrt{fan_{in}}`, which the layers use unless told otherwise, as torch's do.

    Parameters
    ----------
    generator, shape, a, mode
        As in `kaiming_normal`.

    Returns
    -------
    ndarray of float32
        In the shape asked for.

    Raises
    ------
    ValueError
        As in `kaiming_normal`.

    Notes
    -----
    Source: He et al., "Delving deep into rectifiers", 2015; `torch.nn.init.kaiming_uniform_`.

    Examples
    --------
    >>> weight = kaiming_uniform(np.random.default_rng(0), (100, 600))
    >>> round(float(weight.max()), 3), round(float(weight.std()), 3)  # √(6 / 600), √(2 / 600)
    (0.1, 0.058)
    """
    return uniform(sqrt(3.0) * _kaiming_std(shape, a, mode))(generator, shape)


def kaiming_normal(
    generator: np.random.Generator, shape: tuple[int, ...], a: float = 0.0, mode: str = "fan_in"
) -> NDArray[np.float32]:
    r"""Draw from a normal distribution that keeps the variance through layers with ReLU.

    .. math:: σ = \sqrt{\frac{2}{(1 + a^2)\, fan}}

    ReLU throws half of the signal's power away; the 2 gives it back.

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    shape : tuple of int
        Of the weight, (outputs, inputs, ...).
    a : float
        Slope of the negative side of the activation; 0 is ReLU.
    mode : {"fan_in", "fan_out"}
        Keep the variance of signals on the way forward, or of gradients on the way back.

    Returns
    -------
    ndarray of float32
        In the shape asked for.

    Raises
    ------
    ValueError
        When the shape has fewer than two axes or the mode is unknown.

    Notes
    -----
    Source: He et al., "Delving deep into rectifiers", 2015; `torch.nn.init.kaiming_normal_`.

    Examples
    --------
    >>> weight = kaiming_normal(np.random.default_rng(0), (64, 128, 3, 3))
    >>> round(float(weight.std()), 2)  # √(2 / 1152)
    0.04
    """
    return normal(_kaiming_std(shape, a, mode))(generator, shape)


def xavier_uniform(
    generator: np.random.Generator, shape: tuple[int, ...], gain: float = 1.0
) -> NDArray[np.float32]:
    r"""Draw evenly with the variance of `xavier_normal`: bound :math:`\sqrt{6 / (fan_{in} + fan_{out})}`.

    Parameters
    ----------
    generator, shape, gain
        As in `xavier_normal`.

    Returns
    -------
    ndarray of float32
        In the shape asked for.

    Raises
    ------
    ValueError
        As in `xavier_normal`.

    Notes
    -----
    Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    2010; `torch.nn.init.xavier_uniform_`.

    Examples
    --------
    >>> round(float(xavier_uniform(np.random.default_rng(0), (200, 400)).max()), 3)  # √(6 / 600)
    0.1
    """
    return uniform(sqrt(3.0) * _xavier_std(shape, gain))(generator, shape)


def xavier_normal(
    generator: np.random.Generator, shape: tuple[int, ...], gain: float = 1.0
) -> NDArray[np.float32]:
    r"""Draw from a normal distribution that suits activations which are linear around 0, such as tanh.

    .. math:: σ = g \sqrt{\frac{2}{fan_{in} + fan_{out}}}

    A compromise between keeping the variance forward (:math:`1 / fan_{in}`) and back
    (:math:`1 / fan_{out}`).

    Parameters
    ----------
    generator : numpy.random.Generator
        Source of chance.
    shape : tuple of int
        Of the weight, (outputs, inputs, ...).
    gain : float
        Factor :math:`g` for the activation; 5/3 is usual with tanh.

    Returns
    -------
    ndarray of float32
        In the shape asked for.

    Raises
    ------
    ValueError
        When the shape has fewer than two axes.

    Notes
    -----
    Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    2010; `torch.nn.init.xavier_normal_`.

    Examples
    --------
    >>> round(float(xavier_normal(np.random.default_rng(0), (400, 400)).std()), 2)  # √(2 / 800)
    0.05
    """
    return normal(_xavier_std(shape, gain))(generator, shape)


def _kaiming_std(shape: tuple[int, ...], a: float, mode: str) -> float:
    fan = fans(shape)[choice("kaiming", "mode", mode, ("fan_in", "fan_out")) == "fan_out"]
    return sqrt(2.0 / ((1.0 + a * a) * max(1, fan)))  # without a fan there is nothing to draw


def _xavier_std(shape: tuple[int, ...], gain: float) -> float:
    return gain * sqrt(2.0 / max(1, sum(fans(shape))))
