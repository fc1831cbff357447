"""The first layer's weights from the data: its outputs on patches are uncorrelated and have variance 1."""

from __future__ import annotations

import torch
from torch import Tensor


def whitening_kernels(x: Tensor, size: int = 2, epsilon: float = 5e-4) -> Tensor:
    """Return kernels that whiten patches: eigenvectors of their covariance over the roots of its eigenvalues.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
        Normalized images.
    size : int
        Side of a patch.
    epsilon : float
        Added to each eigenvalue, so that what hardly varies is not blown up.

    Returns
    -------
    Tensor of float32, shape (2 · C · size², C, size, size)
        The kernels, those of large eigenvalues first, then the same with the other sign: after an activation
        that keeps one sign, both halves of each direction remain.
    """
    channels, height, width = x.shape[1:]
    high, wide = height - size + 1, width - size + 1
    shifted = [x[:, :, i : i + high, j : j + wide] for i in range(size) for j in range(size)]
    # One row for each pixel of a patch: channel, row, column, as in a kernel.
    patches = torch.stack(shifted, 2).permute(1, 2, 0, 3, 4).float().reshape(channels * size * size, -1)
    patches = patches - patches.mean(1, keepdim=True)
    covariance = patches @ patches.T / patches.shape[1]
    values, vectors = torch.linalg.eigh(covariance.double())
    kernels = (vectors / torch.sqrt(values + epsilon)).T.flip(0).float()
    return torch.cat([kernels, -kernels]).reshape(-1, channels, size, size)
