"""GoogLeNet, the first Inception network."""

from __future__ import annotations

from convnet.models._basic_convolution import basic_conv2d
from convnet.nn import AdaptiveAvgPool2d, Branches, Dropout, Flatten, Linear, MaxPool2d, Sequential


def googlenet(num_classes: int = 1000, dropout: float = 0.2) -> Sequential:
    """Return GoogLeNet without its auxiliary heads, as torchvision builds it.

    Nine blocks look at each place with several kernels at once. 1×1 convolutions in front of the larger
    kernels keep the channels few, and with them the multiply-adds.

    Parameters
    ----------
    num_classes : int
        Outputs.
    dropout : float
        Probability of dropout in front of the linear layer.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 6,624,904 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: Szegedy et al., "Going deeper with convolutions", 2015. Names and layers of torchvision: batch
    normalization after each convolution, and 3×3 where the paper has 5×5. Its trained weights expect pixels
    between −1 and 1; load them with `strict=False`, which leaves their auxiliary heads out.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(googlenet(), (3, 224, 224)).parameters
    6624904
    """
    return Sequential(
        conv1=basic_conv2d(3, 64, 7, stride=2, padding=3),
        maxpool1=MaxPool2d(3, stride=2, ceil_mode=True),
        conv2=basic_conv2d(64, 64, 1),
        conv3=basic_conv2d(64, 192, 3, padding=1),
        maxpool2=MaxPool2d(3, stride=2, ceil_mode=True),
        #                       in   1×1  →3×3 3×3  →5×5 5×5 pool
        inception3a=_inception(192, 64, 96, 128, 16, 32, 32),
        inception3b=_inception(256, 128, 128, 192, 32, 96, 64),
        maxpool3=MaxPool2d(3, stride=2, ceil_mode=True),
        inception4a=_inception(480, 192, 96, 208, 16, 48, 64),
        inception4b=_inception(512, 160, 112, 224, 24, 64, 64),
        inception4c=_inception(512, 128, 128, 256, 24, 64, 64),
        inception4d=_inception(512, 112, 144, 288, 32, 64, 64),
        inception4e=_inception(528, 256, 160, 320, 32, 128, 128),
        maxpool4=MaxPool2d(2, stride=2, ceil_mode=True),
        inception5a=_inception(832, 256, 160, 320, 32, 128, 128),
        inception5b=_inception(832, 384, 192, 384, 48, 128, 128),
        avgpool=AdaptiveAvgPool2d(1),
        flatten=Flatten(),
        dropout=Dropout(dropout),
        fc=Linear(1024, num_classes),
    )


def _inception(
    in_channels: int, ch1x1: int, ch3x3red: int, ch3x3: int, ch5x5red: int, ch5x5: int, pool_proj: int
) -> Branches:
    """Return one block; the arguments are a row of the paper's table."""
    return Branches(
        branch1=basic_conv2d(in_channels, ch1x1, 1),
        branch2=Sequential(
            basic_conv2d(in_channels, ch3x3red, 1),
            basic_conv2d(ch3x3red, ch3x3, 3, padding=1),
        ),
        branch3=Sequential(
            basic_conv2d(in_channels, ch5x5red, 1),
            basic_conv2d(ch5x5red, ch5x5, 3, padding=1),
        ),
        branch4=Sequential(
            MaxPool2d(3, stride=1, padding=1, ceil_mode=True),
            basic_conv2d(in_channels, pool_proj, 1),
        ),
    )
