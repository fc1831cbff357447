"""Convolution, batch normalization, ReLU: the brick of both Inception networks."""

from __future__ import annotations

from convnet._arguments import IntOrPair
from convnet.nn import BatchNorm2d, Conv2d, ReLU, Sequential


def basic_conv2d(
    in_channels: int,
    out_channels: int,
    kernel_size: IntOrPair,
    stride: IntOrPair = 1,
    padding: IntOrPair = 0,
) -> Sequential:
    """Return a convolution without bias (the normalization has one), its normalization and ReLU."""
    return Sequential(
        conv=Conv2d(in_channels, out_channels, kernel_size, stride, padding, bias=False),
        bn=BatchNorm2d(out_channels, eps=0.001),
        relu=ReLU(),
    )
