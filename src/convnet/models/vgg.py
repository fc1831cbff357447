"""VGG: nothing but 3×3 convolutions and 2×2 pooling."""

from __future__ import annotations

from convnet.nn import (
    AdaptiveAvgPool2d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    Module,
    ReLU,
    Sequential,
)

Plan = tuple[int | str, ...]
"""Kernels of a 3×3 convolution, or "M" for a 2×2 max pooling: a column of the paper's table."""

A: Plan = (64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M")
D: Plan = (
    *(64, 64, "M"),
    *(128, 128, "M"),
    *(256, 256, 256, "M"),
    *(512, 512, 512, "M"),
    *(512, 512, 512, "M"),
)


def vgg11(num_classes: int = 1000, dropout: float = 0.5) -> Sequential:
    """Return VGG11, column A of the paper: eight convolutions, three linear layers.

    Parameters
    ----------
    num_classes, dropout
        As in `vgg16`.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 132,863,336 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: as `vgg16`.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(vgg11(), (3, 224, 224)).parameters
    132863336
    """
    return _vgg(A, num_classes, dropout)


def vgg16(num_classes: int = 1000, dropout: float = 0.5) -> Sequential:
    """Return VGG16, column D of the paper: thirteen convolutions, three linear layers.

    Two 3×3 convolutions in a row see 5×5 pixels, three see 7×7, for fewer weights and with more ReLUs.
    Nearly nine tenths of the parameters sit in the linear layers; pooling has none.

    Parameters
    ----------
    num_classes : int
        Outputs.
    dropout : float
        Probability of dropout behind the first two linear layers.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 138,357,544 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition",
    2015; Michigan, CNN overview; names of torchvision.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(vgg16(), (3, 224, 224)).parameters
    138357544
    """
    return _vgg(D, num_classes, dropout)


def _vgg(plan: Plan, num_classes: int, dropout: float) -> Sequential:
    features: list[Module] = []
    channels = 3
    for entry in plan:
        if isinstance(entry, str):
            features.append(MaxPool2d(2))
        else:
            features += [Conv2d(channels, entry, 3, padding=1), ReLU()]
            channels = entry
    return Sequential(
        features=Sequential(*features),
        avgpool=AdaptiveAvgPool2d(7),
        flatten=Flatten(),
        classifier=Sequential(
            Linear(512 * 7 * 7, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, num_classes),
        ),
    )
