"""Parameters and multiply-adds of one layer."""

from __future__ import annotations

from math import prod

from convnet._arguments import IntOrPair, integer, pair


def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> int:
    r"""Return the parameters of a fully connected layer: its weights and its biases.

    .. math:: M N + N

    Parameters
    ----------
    in_features : int
        Numbers in, :math:`M`.
    out_features : int
        Numbers out, :math:`N`.
    bias : bool
        Whether there is one bias for each output.

    Returns
    -------
    int
        Number of parameters.

    Raises
    ------
    ValueError
        When a size is below 1.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Examples
    --------
    >>> linear_parameters(32 * 32 * 3, 10)
    30730
    """
    name = "linear_parameters"
    in_features = integer(name, "in_features", in_features, 1)
    out_features = integer(name, "out_features", out_features, 1)
    return in_features * out_features + (out_features if bias else 0)


def locally_connected_parameters(kernel_size: IntOrPair, outputs: int) -> int:
    r"""Return the parameters of a layer whose nodes each own a small window.

    .. math:: (K_1 K_2 + 1)\, N

    Parameters
    ----------
    kernel_size : int or pair of int
        Window :math:`K_1 × K_2` which a node sees; an integer is a square.
    outputs : int
        Number of nodes :math:`N`, each with its own weights and bias.

    Returns
    -------
    int
        Number of parameters.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture (the first of its three ideas; sharing the weights is
    the second, counted by `conv_parameters`).

    Examples
    --------
    >>> locally_connected_parameters(3, outputs=100)
    1000
    """
    name = "locally_connected_parameters"
    rows, columns = pair(name, "kernel_size", kernel_size, 1)
    return (rows * columns + 1) * integer(name, "outputs", outputs, 1)


def conv_parameters(
    in_channels: int, out_channels: int, kernel_size: IntOrPair, groups: int = 1, bias: bool = True
) -> int:
    r"""Return the parameters of a 2D convolution: its kernels and its biases.

    .. math:: \left( K_1 K_2 \frac{C}{g} + 1 \right) F

    Parameters
    ----------
    in_channels : int
        Channels in, :math:`C`.
    out_channels : int
        Kernels, :math:`F`.
    kernel_size : int or pair of int
        Height :math:`K_1` and width :math:`K_2` of a kernel; an integer is a square.
    groups : int
        Groups :math:`g` of channels that do not see each other.
    bias : bool
        Whether there is one bias for each kernel.

    Returns
    -------
    int
        Number of parameters.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture; Buffalo, CNN lecture.

    Examples
    --------
    >>> conv_parameters(3, 4, 3)
    112
    >>> conv_parameters(3, 10, 5)
    760
    """
    weights = _weights("conv_parameters", in_channels, out_channels, kernel_size, groups)
    return weights + (integer("conv_parameters", "out_channels", out_channels, 1) if bias else 0)


def linear_multiply_adds(in_features: int, out_features: int) -> int:
    r"""Return the multiply-adds of a fully connected layer for one example.

    .. math:: M N

    Parameters
    ----------
    in_features, out_features : int
        Numbers in, :math:`M`, and out, :math:`N`.

    Returns
    -------
    int
        Number of multiply-adds.

    Raises
    ------
    ValueError
        When a size is below 1.

    Notes
    -----
    Source: as `conv_multiply_adds`.

    Examples
    --------
    >>> linear_multiply_adds(3072, 10)
    30720
    """
    return linear_parameters(in_features, out_features, bias=False)


def conv_multiply_adds(
    in_channels: int, out_channels: int, kernel_size: IntOrPair, output_size: IntOrPair, groups: int = 1
) -> int:
    r"""Return the multiply-adds of a 2D convolution for one image: weights times output positions.

    .. math:: K_1 K_2 \frac{C}{g} F \cdot H' W'

    One multiply-add is a product and the addition that takes it in; the bias is not counted.

    Parameters
    ----------
    in_channels : int
        Channels in, :math:`C`.
    out_channels : int
        Kernels, :math:`F`.
    kernel_size : int or pair of int
        Height :math:`K_1` and width :math:`K_2` of a kernel; an integer is a square.
    output_size : int or pair of int
        Height :math:`H'` and width :math:`W'` of the output; an integer is a square.
    groups : int
        Groups :math:`g` of channels that do not see each other.

    Returns
    -------
    int
        Number of multiply-adds.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Source: Buffalo, CNN lecture.

    Examples
    --------
    >>> conv_multiply_adds(3, 6, 5, output_size=28)
    352800
    """
    name = "conv_multiply_adds"
    positions = prod(pair(name, "output_size", output_size, 1))
    return _weights(name, in_channels, out_channels, kernel_size, groups) * positions


def _weights(operation: str, in_channels: int, out_channels: int, kernel_size: IntOrPair, groups: int) -> int:
    in_channels = integer(operation, "in_channels", in_channels, 1)
    out_channels = integer(operation, "out_channels", out_channels, 1)
    groups = integer(operation, "groups", groups, 1)
    rows, columns = pair(operation, "kernel_size", kernel_size, 1)
    if in_channels % groups or out_channels % groups:
        raise ValueError(
            f"{operation}: groups={groups} must divide in_channels={in_channels} "
            f"and out_channels={out_channels}"
        )
    return rows * columns * (in_channels // groups) * out_channels
