"""AlexNet."""

from __future__ import annotations

from convnet.nn import AdaptiveAvgPool2d, Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential


def alexnet(num_classes: int = 1000, dropout: float = 0.5) -> Sequential:
    """Return AlexNet, as torchvision builds it: five convolutions, three linear layers.

    It took the error on ImageNet from 26 % to 16 %, with ReLU, dropout, overlapping pooling and two GPUs.

    Parameters
    ----------
    num_classes : int
        Outputs.
    dropout : float
        Probability of dropout in front of the first two linear layers.

    Returns
    -------
    Sequential
        The network for images (3, 224, 224), not initialized; 61,100,840 parameters with 1000 classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1, or `dropout` is no probability.

    Notes
    -----
    Source: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
    networks", 2012; the widths and the names of torchvision, after Krizhevsky, "One weird trick for
    parallelizing convolutional neural networks", 2014.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(alexnet(), (3, 224, 224)).parameters
    61100840
    """
    return Sequential(
        features=Sequential(
            Conv2d(3, 64, 11, stride=4, padding=2),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(64, 192, 5, padding=2),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(192, 384, 3, padding=1),
            ReLU(),
            Conv2d(384, 256, 3, padding=1),
            ReLU(),
            Conv2d(256, 256, 3, padding=1),
            ReLU(),
            MaxPool2d(3, stride=2),
        ),
        avgpool=AdaptiveAvgPool2d(6),
        flatten=Flatten(),
        classifier=Sequential(
            Dropout(dropout),
            Linear(256 * 6 * 6, 4096),
            ReLU(),
            Dropout(dropout),
            Linear(4096, 4096),
            ReLU(),
            Linear(4096, num_classes),
        ),
    )
