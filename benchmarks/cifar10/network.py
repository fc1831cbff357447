"""The network: a whitening layer, stages of 3×3 convolutions, the largest of each map, scaled logits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .settings import Setting
from .whitening import whitening_kernels

SCALE = 1 / 9
"""Of the logits: the head's own weights then have the size that its learning rate suits."""


def largest_of_four(x: Tensor) -> Tensor:
    """Return the largest of each 2 × 2 pixels; an odd row or column at the end is left out."""
    return F.max_pool2d(x, 2)


class Between(nn.Module):
    """What stands between two convolutions: pooling in some places, normalization, the activation.

    Parameters
    ----------
    width : int
        Channels.
    pool : callable, optional
        Applied first.
    """

    def __init__(self, width: int, pool: Callable[[Tensor], Tensor] | None) -> None:
        super().__init__()
        self.norm, self.pool = shifting_norm(width), pool

    def forward(self, x: Tensor, shortcut: Tensor | None = None) -> Tensor:
        """Return the activations; a shortcut is added before them."""
        x = self.norm(x if self.pool is None else self.pool(x))
        return F.gelu(x if shortcut is None else x + shortcut)


class Stage(nn.Module):
    """Convolution, pooling, and more convolutions on the smaller maps; all but the first may have a shortcut.

    Parameters
    ----------
    channels, width : int
        Channels of the input and of every output.
    depth : int
        Convolutions.
    residual : bool
        Whether what the first one gives is added to what the last one gives.
    pool : callable
        `largest_of_four`, as it is or compiled.
    """

    def __init__(
        self, channels: int, width: int, depth: int, residual: bool, pool: Callable[[Tensor], Tensor]
    ) -> None:
        super().__init__()
        inputs = [channels, *[width] * (depth - 1)]
        self.convolutions = nn.ModuleList(nn.Conv2d(c, width, 3, padding=1, bias=False) for c in inputs)
        self.between = nn.ModuleList(Between(width, None if at else pool) for at in range(depth))
        self.residual = residual and depth > 1

    def forward(self, x: Tensor) -> Tensor:
        """Return maps of half the height and width, shape (N, width, ⌊H / 2⌋, ⌊W / 2⌋)."""
        first = x = self.between[0](self.convolutions[0](x))
        last = len(self.between) - 1
        for at in range(1, last + 1):
            shortcut = first if self.residual and at == last else None
            x = self.between[at](self.convolutions[at](x), shortcut)
        return x


def shifting_norm(width: int) -> nn.BatchNorm2d:
    """Return batch normalization that learns a bias but no factor: the next layer's weights can do that."""
    norm = nn.BatchNorm2d(width, momentum=0.4)
    norm.weight.requires_grad_(False)
    return norm


class Network(nn.Module):
    """The network of a setting for images of so many channels."""

    def __init__(self, setting: Setting, channels: int, classes: int = 10) -> None:
        super().__init__()
        kernels = 2 * channels * 4
        self.setting = setting
        pool = largest_of_four
        if setting.compile == "pooling":
            pool = torch.compile(largest_of_four, dynamic=False)
        self.first = nn.Conv2d(channels, kernels, 2)
        widths = (kernels, *setting.widths)
        self.stages = nn.Sequential(
            *(
                Stage(before, width, setting.depth, setting.residual, pool)
                for before, width in pairwise(widths)
            )
        )
        self.head = nn.Linear(widths[-1], classes, bias=False)
        if setting.compile == "between":
            for stage in self.stages:
                for part in stage.between:
                    part.compile(dynamic=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, classes), of normalized images (N, C, H, W)."""
        x = self.stages(F.gelu(self.first(x)))
        return self.head(F.max_pool2d(x, x.shape[2:]).flatten(1)) * SCALE

    def kernels(self) -> list[nn.Parameter]:
        """Return the weights of the 3×3 convolutions."""
        return [stage.convolutions[at].weight for stage in self.stages for at in range(len(stage.between))]

    def biases(self) -> list[nn.Parameter]:
        """Return the first layer's bias and those of the normalizations."""
        return [self.first.bias, *(part.norm.bias for stage in self.stages for part in stage.between)]

    @torch.no_grad()
    def reset(self, sample: Tensor) -> None:
        """Start anew, in place: a compiled network stays compiled.

        Parameters
        ----------
        sample : Tensor, shape (N, C, H, W)
            Normalized images, which the first layer will whiten.
        """
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm2d):
                module.reset_parameters()
        if self.setting.identity:
            for weight in self.kernels():
                nn.init.dirac_(weight[: weight.shape[1]])
        if self.setting.whitening:
            self.first.weight.copy_(whitening_kernels(sample))
            self.first.bias.zero_()
        self.first.weight.requires_grad_(not self.setting.whitening)
        self.first.bias.requires_grad_(True)
