"""The first layer's weights from the data: its outputs on patches are uncorrelated and have variance 1."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


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
    channels = x.shape[1]
    patches = F.unfold(x.float().contiguous(), size).transpose(1, 2).reshape(-1, channels * size * size)
    patches = patches - patches.mean(0)
    covariance = patches.T @ patches / len(patches)
    values, vectors = torch.linalg.eigh(covariance.double())
    kernels = (vectors / torch.sqrt(values + epsilon)).T.flip(0).float()
    return torch.cat([kernels, -kernels]).reshape(-1, channels, size, size)
