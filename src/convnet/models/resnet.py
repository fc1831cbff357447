"""ResNet: blocks that learn what to add to their input."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convnet.nn import (
    AdaptiveAvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Residual,
    Sequential,
)

Block = Callable[[int, int, int], Sequential]
"""A block from its channels in, its width and its stride."""


def resnet18(num_classes: int = 1000) -> Sequential:
    """Return ResNet-18: 2, 2, 2, 2 blocks of two 3×3 convolutions.

    Parameters
    ----------
    num_classes : int
        Outputs.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 11,689,512 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1.

    Notes
    -----
    Source: as `resnet50`.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(resnet18(), (3, 224, 224)).parameters
    11689512
    """
    return _resnet(_basic_block, 1, (2, 2, 2, 2), num_classes)


def resnet34(num_classes: int = 1000) -> Sequential:
    """Return ResNet-34: 3, 4, 6, 3 blocks of two 3×3 convolutions.

    Parameters
    ----------
    num_classes : int
        Outputs.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 21,797,672 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1.

    Notes
    -----
    Source: as `resnet50`.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(resnet34(), (3, 224, 224)).parameters
    21797672
    """
    return _resnet(_basic_block, 1, (3, 4, 6, 3), num_classes)


def resnet50(num_classes: int = 1000) -> Sequential:
    """Return ResNet-50: 3, 4, 6, 3 bottlenecks of 1×1, 3×3 and 1×1 convolutions.

    The addition comes before the activation, so the gradient passes straight to early layers.

    Parameters
    ----------
    num_classes : int
        Outputs.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 25,557,032 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016; Michigan, CNN
    overview. Names of torchvision, and its place for the stride of a bottleneck: the 3×3.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(resnet50(), (3, 224, 224)).parameters
    25557032
    """
    return _resnet(_bottleneck, 4, (3, 4, 6, 3), num_classes)


def _resnet(block: Block, expansion: int, depths: Sequence[int], num_classes: int) -> Sequential:
    layer1, layer2, layer3, layer4 = depths
    return Sequential(
        conv1=Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
        bn1=BatchNorm2d(64),
        relu=ReLU(),
        maxpool=MaxPool2d(3, stride=2, padding=1),
        layer1=_stage(block, 64, 64, expansion, layer1, stride=1),
        layer2=_stage(block, 64 * expansion, 128, expansion, layer2, stride=2),
        layer3=_stage(block, 128 * expansion, 256, expansion, layer3, stride=2),
        layer4=_stage(block, 256 * expansion, 512, expansion, layer4, stride=2),
        avgpool=AdaptiveAvgPool2d(1),
        flatten=Flatten(),
        fc=Linear(512 * expansion, num_classes),
    )


def _stage(block: Block, channels: int, width: int, expansion: int, depth: int, stride: int) -> Sequential:
    """Return a row of blocks, of which the first changes the shape."""
    rest = [block(width * expansion, width, 1) for _ in range(depth - 1)]
    return Sequential(block(channels, width, stride), *rest)


def _basic_block(channels: int, width: int, stride: int) -> Sequential:
    return _with_relu(
        Residual(
            conv1=Conv2d(channels, width, 3, stride, padding=1, bias=False),
            bn1=BatchNorm2d(width),
            relu=ReLU(),
            conv2=Conv2d(width, width, 3, padding=1, bias=False),
            bn2=BatchNorm2d(width),
            downsample=_projection(channels, width, stride),
        )
    )


def _bottleneck(channels: int, width: int, stride: int) -> Sequential:
    return _with_relu(
        Residual(
            conv1=Conv2d(channels, width, 1, bias=False),
            bn1=BatchNorm2d(width),
            relu1=ReLU(),
            conv2=Conv2d(width, width, 3, stride, padding=1, bias=False),
            bn2=BatchNorm2d(width),
            relu2=ReLU(),
            conv3=Conv2d(width, width * 4, 1, bias=False),
            bn3=BatchNorm2d(width * 4),
            downsample=_projection(channels, width * 4, stride),
        )
    )


def _projection(channels: int, out_channels: int, stride: int) -> Sequential | None:
    """Return the shortcut where the shape changes, and None where the identity will do."""
    if channels == out_channels and stride == 1:
        return None
    return Sequential(Conv2d(channels, out_channels, 1, stride, bias=False), BatchNorm2d(out_channels))


def _with_relu(residual: Residual) -> Sequential:
    """Return the block with the activation after its addition; only the block's names show."""
    residual.inlined = True
    return Sequential(residual=residual, relu=ReLU())
