"""Network in Network: a small perceptron at every pixel."""

from __future__ import annotations

from convnet.nn import AdaptiveAvgPool2d, AvgPool2d, Conv2d, Dropout, Flatten, MaxPool2d, ReLU, Sequential


def network_in_network(num_classes: int = 10, dropout: float = 0.5) -> Sequential:
    """Return Network in Network, as the paper trains it on CIFAR-10.

    Each block is a convolution followed by two 1×1 convolutions: a perceptron that slides over the image,
    across channels. Global average pooling replaces the linear layers: the last block has one map a class.

    Parameters
    ----------
    num_classes : int
        Outputs.
    dropout : float
        Probability of dropout behind the first two blocks.

    Returns
    -------
    Sequential
        The network for images (3, 32, 32), not initialized; 966,986 parameters with ten classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: Lin, Chen and Yan, "Network in network", 2014, with the widths of the authors' CIFAR-10 model.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(network_in_network(), (3, 32, 32)).parameters
    966986
    """
    return Sequential(
        block1=_block(3, 192, 5, 160, 96),
        pool1=MaxPool2d(3, stride=2, ceil_mode=True),
        dropout1=Dropout(dropout),
        block2=_block(96, 192, 5, 192, 192),
        pool2=AvgPool2d(3, stride=2, ceil_mode=True),
        dropout2=Dropout(dropout),
        block3=_block(192, 192, 3, 192, num_classes),
        avgpool=AdaptiveAvgPool2d(1),
        flatten=Flatten(),
    )


def _block(in_channels: int, width: int, kernel_size: int, hidden: int, out_channels: int) -> Sequential:
    return Sequential(
        Conv2d(in_channels, width, kernel_size, padding=kernel_size // 2),
        ReLU(),
        Conv2d(width, hidden, 1),
        ReLU(),
        Conv2d(hidden, out_channels, 1),
        ReLU(),
    )
