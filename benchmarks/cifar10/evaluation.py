"""Predictions for test images, averaged over several views of each."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F


def logits_of_views(network: Callable[[Tensor], Tensor], x: Tensor, views: str) -> Tensor:
    """Return logits of a batch, averaged over views of each image.

    Parameters
    ----------
    network : callable
        From images (N, C, H, W) to logits (N, classes).
    x : Tensor, shape (N, C, H, W)
        Images.
    views : {"none", "flip", "flip and shift"}
        The image alone; with its mirror image; or half of that, and a quarter each of both shifted one pixel
        up and left, and down and right.
    """
    if views == "none":
        return network(x)
    both = (network(x) + network(x.flip(3))) / 2
    if views == "flip":
        return both
    height, width = x.shape[2:]
    padded = F.pad(x, (1, 1, 1, 1), "reflect")
    corners = [padded[:, :, at : at + height, at : at + width] for at in (0, 2)]
    shifted = [network(view) + network(view.flip(3)) for view in corners]
    return both / 2 + (shifted[0] + shifted[1]) / 8


@torch.no_grad()
def accuracy(network: torch.nn.Module, x: Tensor, labels: Tensor, views: str, batch: int = 2000) -> Tensor:
    """Return the share of images whose largest logit is the label's, as a tensor: reading it would wait."""
    network.eval()
    right = torch.zeros((), device=x.device)
    for images, wanted in zip(x.split(batch), labels.split(batch), strict=True):
        found = logits_of_views(network, images, views).argmax(1)
        right += (found == wanted).sum()
    network.train()
    return right / len(labels)
