"""LeNet-5."""

from __future__ import annotations

from convnet.nn import AvgPool2d, Conv2d, Flatten, Linear, Sequential, Tanh


def lenet5(num_classes: int = 10, in_channels: int = 1, padding: int = 2) -> Sequential:
    """Return LeNet-5: [CONV-POOL-CONV-POOL-CONV-FC], tanh, average pooling.

    The names are those of the paper: C1, S2, C3, S4, C5, F6. It reads 32×32 pixels; padding the first layer
    by 2 lets it read the 28×28 of MNIST and Fashion-MNIST.

    Parameters
    ----------
    num_classes : int
        Outputs.
    in_channels : int
        Channels of the images.
    padding : int
        Padding of C1: 2 for images of 28×28 pixels, 0 for 32×32.

    Returns
    -------
    Sequential
        The network, not initialized; 61,706 parameters.

    Raises
    ------
    ValueError
        When `num_classes` or `in_channels` is below 1, or `padding` below 0.

    Notes
    -----
    Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition",
    1998. As everybody does since: C3 sees all maps of S2, pooling has no weights, the output is linear.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> print(summary(lenet5(), (1, 28, 28)))
    input 1 × 28 × 28
    layer    kind             output  parameters  multiply-adds     sees
    c1       Conv2d      6 × 28 × 28         156        117,600    5 × 5
    tanh1    Tanh        6 × 28 × 28                               5 × 5
    s2       AvgPool2d   6 × 14 × 14                               6 × 6
    c3       Conv2d     16 × 10 × 10       2,416        240,000  14 × 14
    tanh3    Tanh       16 × 10 × 10                             14 × 14
    s4       AvgPool2d    16 × 5 × 5                             16 × 16
    c5       Conv2d      120 × 1 × 1      48,120         48,000  32 × 32
    tanh5    Tanh        120 × 1 × 1                             32 × 32
    flatten  Flatten             120                             32 × 32
    f6       Linear               84      10,164         10,080      all
    tanh6    Tanh                 84                                 all
    output   Linear               10         850            840      all
    total                                 61,706        416,520
    """
    return Sequential(
        c1=Conv2d(in_channels, 6, 5, padding=padding),
        tanh1=Tanh(),
        s2=AvgPool2d(2),
        c3=Conv2d(6, 16, 5),
        tanh3=Tanh(),
        s4=AvgPool2d(2),
        c5=Conv2d(16, 120, 5),
        tanh5=Tanh(),
        flatten=Flatten(),
        f6=Linear(120, 84),
        tanh6=Tanh(),
        output=Linear(84, num_classes),
    )
