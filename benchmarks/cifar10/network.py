"""The network: a whitening layer, stages of 3×3 convolutions, the largest of each map, scaled logits."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .settings import Setting
from .whitening import whitening_kernels

SCALE = 1 / 9
"""Of the logits: the head's own weights then have the size that its learning rate suits."""


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
    """

    def __init__(self, channels: int, width: int, depth: int, residual: bool) -> None:
        super().__init__()
        inputs = [channels, *[width] * (depth - 1)]
        self.convolutions = nn.ModuleList(nn.Conv2d(c, width, 3, padding=1, bias=False) for c in inputs)
        self.norms = nn.ModuleList(shifting_norm(width) for _ in inputs)
        self.residual = residual and depth > 1

    def forward(self, x: Tensor) -> Tensor:
        """Return maps of half the height and width, shape (N, width, ⌊H / 2⌋, ⌊W / 2⌋)."""
        first = x = F.gelu(self.norms[0](F.max_pool2d(self.convolutions[0](x), 2)))
        for at in range(1, len(self.norms)):
            x = self.norms[at](self.convolutions[at](x))
            if self.residual and at == len(self.norms) - 1:
                x = x + first
            x = F.gelu(x)
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
        self.first = nn.Conv2d(channels, kernels, 2)
        widths = (kernels, *setting.widths)
        self.stages = nn.Sequential(
            *(Stage(before, width, setting.depth, setting.residual) for before, width in pairwise(widths))
        )
        self.head = nn.Linear(widths[-1], classes, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, classes), of normalized images (N, C, H, W)."""
        x = self.stages(F.gelu(self.first(x)))
        return self.head(x.amax((2, 3))) * SCALE

    def kernels(self) -> list[nn.Parameter]:
        """Return the weights of the 3×3 convolutions."""
        return [stage.convolutions[at].weight for stage in self.stages for at in range(len(stage.norms))]

    def biases(self) -> list[nn.Parameter]:
        """Return the first layer's bias and those of the normalizations."""
        return [self.first.bias, *(norm.bias for stage in self.stages for norm in stage.norms)]

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
