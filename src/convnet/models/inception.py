"""Inception v3: large kernels taken apart."""

from __future__ import annotations

from convnet.models._basic_convolution import basic_conv2d
from convnet.nn import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    Branches,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    Module,
    Sequential,
    inline,
)


def inception_v3(num_classes: int = 1000, dropout: float = 0.5) -> Sequential:
    """Return Inception v3 without its auxiliary head, as torchvision builds it.

    A 5×5 becomes two 3×3, a 7×7 becomes 1×7 and 7×1, a 3×3 becomes 1×3 beside 3×1: fewer weights for the
    same view. Where maps shrink, pooling stands beside convolution, not before it.

    Parameters
    ----------
    num_classes : int
        Outputs.
    dropout : float
        Probability of dropout in front of the linear layer.

    Returns
    -------
    Sequential
        The network for images (3, 299, 299), not initialized; 23,834,568 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: Szegedy et al., "Rethinking the Inception architecture for computer vision", 2016. Names and
    layers of torchvision. Its trained weights expect pixels between −1 and 1; load them with `strict=False`,
    which leaves their auxiliary head out.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(inception_v3(), (3, 299, 299)).parameters
    23834568
    """
    blocks: dict[str, Module] = {
        "Conv2d_1a_3x3": basic_conv2d(3, 32, 3, stride=2),
        "Conv2d_2a_3x3": basic_conv2d(32, 32, 3),
        "Conv2d_2b_3x3": basic_conv2d(32, 64, 3, padding=1),
        "maxpool1": MaxPool2d(3, stride=2),
        "Conv2d_3b_1x1": basic_conv2d(64, 80, 1),
        "Conv2d_4a_3x3": basic_conv2d(80, 192, 3),
        "maxpool2": MaxPool2d(3, stride=2),
        "Mixed_5b": _block_a(192, pool_features=32),
        "Mixed_5c": _block_a(256, pool_features=64),
        "Mixed_5d": _block_a(288, pool_features=64),
        "Mixed_6a": _block_b(288),
        "Mixed_6b": _block_c(768, width=128),
        "Mixed_6c": _block_c(768, width=160),
        "Mixed_6d": _block_c(768, width=160),
        "Mixed_6e": _block_c(768, width=192),
        "Mixed_7a": _block_d(768),
        "Mixed_7b": _block_e(1280),
        "Mixed_7c": _block_e(2048),
        "avgpool": AdaptiveAvgPool2d(1),
        "flatten": Flatten(),
        "dropout": Dropout(dropout),
        "fc": Linear(2048, num_classes),
    }
    return Sequential(**blocks)


def _chain(**layers: Module) -> Sequential:
    """Return layers in a row whose names are the block's own, as torchvision has them."""
    return inline(Sequential(**layers))


def _block_a(channels: int, pool_features: int) -> Branches:
    """5×5 beside two 3×3."""
    return Branches(
        branch1x1=basic_conv2d(channels, 64, 1),
        branch5x5=_chain(
            branch5x5_1=basic_conv2d(channels, 48, 1),
            branch5x5_2=basic_conv2d(48, 64, 5, padding=2),
        ),
        branch3x3dbl=_chain(
            branch3x3dbl_1=basic_conv2d(channels, 64, 1),
            branch3x3dbl_2=basic_conv2d(64, 96, 3, padding=1),
            branch3x3dbl_3=basic_conv2d(96, 96, 3, padding=1),
        ),
        pool=_pool(channels, pool_features),
    )


def _block_b(channels: int) -> Branches:
    """Halve the maps, with pooling beside convolution."""
    return Branches(
        branch3x3=basic_conv2d(channels, 384, 3, stride=2),
        branch3x3dbl=_chain(
            branch3x3dbl_1=basic_conv2d(channels, 64, 1),
            branch3x3dbl_2=basic_conv2d(64, 96, 3, padding=1),
            branch3x3dbl_3=basic_conv2d(96, 96, 3, stride=2),
        ),
        pool=MaxPool2d(3, stride=2),
    )


def _block_c(channels: int, width: int) -> Branches:
    """7×7 as 1×7 and 7×1, once and twice."""
    across, down = {"kernel_size": (1, 7), "padding": (0, 3)}, {"kernel_size": (7, 1), "padding": (3, 0)}
    return Branches(
        branch1x1=basic_conv2d(channels, 192, 1),
        branch7x7=_chain(
            branch7x7_1=basic_conv2d(channels, width, 1),
            branch7x7_2=basic_conv2d(width, width, **across),
            branch7x7_3=basic_conv2d(width, 192, **down),
        ),
        branch7x7dbl=_chain(
            branch7x7dbl_1=basic_conv2d(channels, width, 1),
            branch7x7dbl_2=basic_conv2d(width, width, **down),
            branch7x7dbl_3=basic_conv2d(width, width, **across),
            branch7x7dbl_4=basic_conv2d(width, width, **down),
            branch7x7dbl_5=basic_conv2d(width, 192, **across),
        ),
        pool=_pool(channels, 192),
    )


def _block_d(channels: int) -> Branches:
    """Halve the maps again, with a 7×7 taken apart."""
    return Branches(
        branch3x3=_chain(
            branch3x3_1=basic_conv2d(channels, 192, 1),
            branch3x3_2=basic_conv2d(192, 320, 3, stride=2),
        ),
        branch7x7x3=_chain(
            branch7x7x3_1=basic_conv2d(channels, 192, 1),
            branch7x7x3_2=basic_conv2d(192, 192, (1, 7), padding=(0, 3)),
            branch7x7x3_3=basic_conv2d(192, 192, (7, 1), padding=(3, 0)),
            branch7x7x3_4=basic_conv2d(192, 192, 3, stride=2),
        ),
        pool=MaxPool2d(3, stride=2),
    )


def _block_e(channels: int) -> Branches:
    """3×3 as 1×3 beside 3×1: wide, for the smallest maps."""
    return Branches(
        branch1x1=basic_conv2d(channels, 320, 1),
        branch3x3=_chain(
            branch3x3_1=basic_conv2d(channels, 384, 1),
            both=inline(
                Branches(
                    branch3x3_2a=basic_conv2d(384, 384, (1, 3), padding=(0, 1)),
                    branch3x3_2b=basic_conv2d(384, 384, (3, 1), padding=(1, 0)),
                )
            ),
        ),
        branch3x3dbl=_chain(
            branch3x3dbl_1=basic_conv2d(channels, 448, 1),
            branch3x3dbl_2=basic_conv2d(448, 384, 3, padding=1),
            both=inline(
                Branches(
                    branch3x3dbl_3a=basic_conv2d(384, 384, (1, 3), padding=(0, 1)),
                    branch3x3dbl_3b=basic_conv2d(384, 384, (3, 1), padding=(1, 0)),
                )
            ),
        ),
        pool=_pool(channels, 192),
    )


def _pool(channels: int, out_channels: int) -> Sequential:
    return _chain(
        average=AvgPool2d(3, stride=1, padding=1),
        branch_pool=basic_conv2d(channels, out_channels, 1),
    )
