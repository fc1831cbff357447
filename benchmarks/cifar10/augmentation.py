"""Shifts, flips and cutout as one gather: for every pixel of the output, where it comes from."""

from __future__ import annotations

import torch
from torch import Tensor


def mirrored(index: Tensor, size: int) -> Tensor:
    """Return indices that reach past the edges reflected into 0 to size − 1, the edge pixel not repeated."""
    return (size - 1) - ((size - 1) - index.abs()).abs()


def augmented(images: Tensor, order: Tensor, flips: Tensor, shift: int) -> Tensor:
    """Return the chosen images, each flipped where asked and shifted by whole pixels drawn at random.

    Parameters
    ----------
    images : Tensor of uint8, shape (N, H, W, C)
        The whole set; it is read, not changed.
    order : Tensor of int64, shape (M,)
        Which images, in this order.
    flips : Tensor of bool, shape (M,)
        Whether each is mirrored.
    shift : int
        Most pixels up, down, left or right; what comes in from outside is reflected.

    Returns
    -------
    Tensor of uint8, shape (M, H, W, C)
    """
    count, (_, height, width, _), at = len(order), images.shape, images.device
    down, right = torch.randint(-shift, shift + 1, (2, count, 1), device=at)
    rows = mirrored(torch.arange(height, device=at) + down, height)
    columns = torch.arange(width, device=at)
    columns = torch.where(flips[:, None], width - 1 - columns, columns)
    columns = mirrored(columns + right, width)
    return images[order[:, None, None], rows[:, :, None], columns[:, None, :]]


def flips_of_epoch(first: Tensor, epoch: int, kind: str) -> Tensor:
    """Return which images are mirrored in an epoch, by their numbers.

    Parameters
    ----------
    first : Tensor of bool, shape (N,)
        Drawn once for a run: those which are mirrored in epoch 0.
    epoch : int
        From 0.
    kind : {"alternating", "random", "none"}
        Alternating flips show each image its other way in every next epoch, so that any two epochs in a row
        show both. Random ones are drawn anew: half of the images are seen the same way twice in a row.
    """
    if kind == "alternating":
        return first ^ (epoch % 2 == 1)
    return torch.rand(first.shape, device=first.device) < 0.5 if kind == "random" else torch.zeros_like(first)


def erase_squares(x: Tensor, side: int) -> None:
    """Set a square of each image to 0, the mean of normalized pixels, in place.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
        Images.
    side : int
        Of the square, in pixels; it lies inside the image.
    """
    count, _, height, width = x.shape
    top = torch.randint(0, height - side + 1, (count, 1), device=x.device)
    left = torch.randint(0, width - side + 1, (count, 1), device=x.device)
    rows, columns = torch.arange(height, device=x.device), torch.arange(width, device=x.device)
    inside_rows = (rows >= top) & (rows < top + side)
    inside_columns = (columns >= left) & (columns < left + side)
    x.masked_fill_((inside_rows[:, :, None] & inside_columns[:, None, :])[:, None], 0)
