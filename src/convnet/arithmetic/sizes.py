"""Lengths along one axis: outputs, padding, pixels left over."""

from __future__ import annotations

from convnet._arguments import integer


def conv_output_size(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    r"""Return the number of outputs of a convolution along one axis.

    .. math:: L' = \left\lfloor \frac{L + 2p - d\,(k - 1) - 1}{s} \right\rfloor + 1

    Parameters
    ----------
    size : int
        Input length :math:`L`, in pixels.
    kernel_size : int
        Taps :math:`k` of the kernel.
    stride : int
        Step :math:`s` between two windows, in pixels.
    padding : int
        Pixels :math:`p` added at each of the two ends.
    dilation : int
        Distance :math:`d` between two taps, in pixels.

    Returns
    -------
    int
        Output length :math:`L'`.

    Raises
    ------
    ValueError
        When the kernel is larger than the padded input, or an argument is out of range.

    Notes
    -----
    Source: Michigan, CNN overview; CUHK ELEG5491, convolution variants.

    Examples
    --------
    >>> conv_output_size(32, 5, padding=2)
    32
    >>> conv_output_size(7, 3, stride=3)  # the last pixel is never read
    2
    """
    name = "conv_output_size"
    size = integer(name, "size", size, 0)
    span = extent(name, kernel_size, dilation)
    stride = integer(name, "stride", stride, 1)
    padding = integer(name, "padding", padding, 0)
    padded = size + 2 * padding
    if padded < span:
        raise ValueError(
            f"{name}: the kernel spans {span} pixels (kernel_size {kernel_size}, dilation {dilation}), "
            f"the padded input has {padded} (size {size}, padding {padding})"
        )
    return (padded - span) // stride + 1


def pool_output_size(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    r"""Return the number of outputs of a pooling layer along one axis.

    .. math:: L' = \left\lfloor \frac{L + 2p - d\,(k - 1) - 1}{s} \right\rfloor + 1

    With `ceil_mode` the division rounds up: a last window may hang over the right edge, provided that it
    starts inside the input or the left padding.

    Parameters
    ----------
    size, kernel_size, padding, dilation : int
        As in `conv_output_size`.
    stride : int, optional
        Step between two windows; `kernel_size` unless given, as in torch.
    ceil_mode : bool
        Round up instead of down.

    Returns
    -------
    int
        Output length.

    Raises
    ------
    ValueError
        When no window fits, or an argument is out of range.

    Notes
    -----
    Source: Buffalo, CNN lecture; `ceil_mode` is that of `torch.nn.MaxPool2d`.

    Examples
    --------
    >>> pool_output_size(5, 2), pool_output_size(5, 2, ceil_mode=True)
    (2, 3)
    """
    name = "pool_output_size"
    size = integer(name, "size", size, 0)
    span = extent(name, kernel_size, dilation)
    stride = integer(name, "stride", kernel_size if stride is None else stride, 1)
    padding = integer(name, "padding", padding, 0)
    room = size + 2 * padding - span
    outputs = (-(-room // stride) if ceil_mode else room // stride) + 1
    if ceil_mode and (outputs - 1) * stride >= size + padding:
        outputs -= 1
    if outputs < 1:
        raise ValueError(
            f"{name}: no window fits: it spans {span} pixels "
            f"(kernel_size {kernel_size}, dilation {dilation}), the padded input "
            f"has {size + 2 * padding} (size {size}, padding {padding})"
        )
    return outputs


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    r"""Return the padding (before, after) that keeps the length at stride 1.

    .. math:: \left\lfloor \tfrac{1}{2} d\,(k - 1) \right\rfloor, \quad
        \left\lceil \tfrac{1}{2} d\,(k - 1) \right\rceil

    Where the total is odd, the larger half comes after, as in torch.

    Parameters
    ----------
    kernel_size, dilation : int
        As in `conv_output_size`.

    Returns
    -------
    tuple of int
        Pixels before and after the axis. They agree for an odd kernel: (k − 1) / 2 each.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Buffalo, CNN lecture.

    Examples
    --------
    >>> same_padding(5), same_padding(4), same_padding(3, dilation=2)
    ((2, 2), (1, 2), (2, 2))
    """
    total = extent("same_padding", kernel_size, dilation) - 1
    return total // 2, total - total // 2


def leftover(size: int, kernel_size: int, stride: int, padding: int = 0, dilation: int = 1) -> int:
    r"""Return how many pixels at the end of the padded axis no window reaches.

    .. math:: (L + 2p - d\,(k - 1) - 1) \bmod s

    Parameters
    ----------
    size, kernel_size, stride, padding, dilation : int
        As in `conv_output_size`.

    Returns
    -------
    int
        0 when the stride fits; otherwise the pixels after the last window, padding included.

    Raises
    ------
    ValueError
        As in `conv_output_size`.

    Notes
    -----
    Source: Buffalo, CNN lecture, where such a stride "does not fit".

    Examples
    --------
    >>> leftover(7, 3, stride=3), leftover(5, 3, stride=3), leftover(7, 3, stride=2)
    (1, 2, 0)
    """
    outputs = conv_output_size(size, kernel_size, stride, padding, dilation)
    name = "leftover"
    stride, padding = integer(name, "stride", stride, 1), integer(name, "padding", padding, 0)
    read = (outputs - 1) * stride + extent(name, kernel_size, dilation)
    return integer(name, "size", size, 0) + 2 * padding - read


def extent(operation: str, kernel_size: int, dilation: int) -> int:
    """Return the pixels from the first tap of a kernel to its last: d (k − 1) + 1."""
    kernel_size = integer(operation, "kernel_size", kernel_size, 1)
    return integer(operation, "dilation", dilation, 1) * (kernel_size - 1) + 1
