"""The small ResNets of the paper's CIFAR-10 experiments."""

from __future__ import annotations

from convnet._arguments import shape_of
from convnet._array import Array, zeros
from convnet.nn import (
    AdaptiveAvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    Module,
    ReLU,
    Residual,
    Sequential,
    inline,
)
from convnet.nn.flow import Shape, Window


def resnet20(num_classes: int = 10) -> Sequential:
    """Return ResNet-20 for CIFAR-10: three stages of three blocks, 16, 32 and 64 channels.

    Its shortcuts have no weights: where maps shrink, they skip every second pixel and fill the new channels
    with zeros (option A of the paper).

    Parameters
    ----------
    num_classes : int
        Outputs.

    Returns
    -------
    Sequential
        The network for images (3, 32, 32), not initialized; 269,722 parameters with ten classes.

    Raises
    ------
    ValueError
        When `num_classes` is below 1.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016, section 4.2.

    Examples
    --------
    >>> from convnet.nn import summary
    >>> summary(resnet20(), (3, 32, 32)).parameters
    269722
    """
    return Sequential(
        conv1=Conv2d(3, 16, 3, padding=1, bias=False),
        bn1=BatchNorm2d(16),
        relu=ReLU(),
        layer1=Sequential(_block(16, 16), _block(16, 16), _block(16, 16)),
        layer2=Sequential(_block(16, 32), _block(32, 32), _block(32, 32)),
        layer3=Sequential(_block(32, 64), _block(64, 64), _block(64, 64)),
        avgpool=AdaptiveAvgPool2d(1),
        flatten=Flatten(),
        fc=Linear(64, num_classes),
    )


def _block(channels: int, width: int) -> Sequential:
    stride = 1 if channels == width else 2
    residual = Residual(
        conv1=Conv2d(channels, width, 3, stride, padding=1, bias=False),
        bn1=BatchNorm2d(width),
        relu=ReLU(),
        conv2=Conv2d(width, width, 3, padding=1, bias=False),
        bn2=BatchNorm2d(width),
        downsample=None if stride == 1 else SkipPixels(width),
    )
    return Sequential(residual=inline(residual), relu=ReLU())


class SkipPixels(Module):
    """Take every second pixel, and add channels of zeros, as many before as after.

    Parameters
    ----------
    out_channels : int
        Channels of the output.

    Examples
    --------
    >>> import numpy as np
    >>> SkipPixels(4)(np.ones((1, 2, 3, 3)))[0, :, 0, 0]
    array([0., 1., 1., 0.])
    """

    def __init__(self, out_channels: int) -> None:
        self.out_channels = out_channels
        self._cache: tuple[int, ...] | None = None

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, out_channels, ⌈H / 2⌉, ⌈W / 2⌉)."""
        batch, channels, height, width = self._cache = shape_of(x)
        out = zeros((batch, *self.output_shape((channels, height, width))), x)
        out[:, self._kept_channels(channels), :, :] = x[:, :, ::2, ::2]
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input: zero at the pixels that were skipped."""
        shape, self._cache = self._kept(self._cache), None
        grad_x = zeros(shape, grad_out)
        grad_x[:, :, ::2, ::2] = grad_out[:, self._kept_channels(shape[1]), :, :]
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (out_channels, ⌈H / 2⌉, ⌈W / 2⌉)."""
        return (self.out_channels, -(-shape[1] // 2), -(-shape[2] // 2))

    def windows(self, shape: Shape) -> tuple[Window, Window]:
        """Return windows of one pixel, two apart."""
        return (1, 2, 0, 1), (1, 2, 0, 1)

    def _kept_channels(self, channels: int) -> slice:
        before = (self.out_channels - channels) // 2
        return slice(before, before + channels)
