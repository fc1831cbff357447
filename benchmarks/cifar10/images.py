"""The two sets as they go to the device: bytes, channels last, with the numbers that normalize them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from coursekit import data

# Of all training pixels from 0 to 255, a number for each channel.
STATISTICS = {
    "cifar10": ((125.307, 122.950, 113.865), (62.993, 62.089, 66.705)),
    "fashion": ((72.940,), (90.021,)),
}


@dataclass(frozen=True)
class Images:
    """Images of bytes (N, H, W, C) and labels of both splits, and each channel's mean and deviation."""

    train: Tensor
    train_labels: Tensor
    test: Tensor
    test_labels: Tensor
    mean: Tensor
    deviation: Tensor

    def to(self, device: torch.device, **how: bool) -> Images:
        """Return the images on a device."""
        return Images(**{name: tensor.to(device, **how) for name, tensor in vars(self).items()})

    def pinned(self) -> Images:
        """Return the images in memory that a GPU reads directly."""
        return Images(**{name: tensor.pin_memory() for name, tensor in vars(self).items()})

    def normalized(self, images: Tensor, dtype: torch.dtype, channels_last: bool = True) -> Tensor:
        """Return bytes (M, H, W, C) as numbers of mean 0 and variance 1, shape (M, C, H, W)."""
        x = (images.to(dtype) - self.mean.to(dtype)) / self.deviation.to(dtype)
        x = x.permute(0, 3, 1, 2)  # which is what torch calls channels last
        return x if channels_last else x.contiguous()


def load(name: str, limit: int | None = None) -> Images:
    """Return a set by its name, the first `limit` images of each split if asked."""
    splits = []
    for split in ("train", "test"):
        if name == "cifar10":
            images, labels = data.cifar10(split, scaled=False)
        else:
            images, labels = data.fashion_mnist(split)
            images = np.rint(images * 255).astype(np.uint8)
        images = np.ascontiguousarray(images[:limit].transpose(0, 2, 3, 1))
        splits += [torch.from_numpy(images), torch.from_numpy(labels[:limit].copy())]
    mean, deviation = (torch.tensor(numbers) for numbers in STATISTICS[name])
    return Images(*splits, mean=mean, deviation=deviation)
