"""Slow weights that follow the fast ones, and take their place from time to time."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor


class SlowWeights:
    """An average of the weights over the steps, to which they are set back.

    Parameters
    ----------
    tensors : iterable of Tensor
        Weights, and statistics that belong to them; whole numbers are left alone.
    """

    def __init__(self, tensors: Iterable[Tensor]) -> None:
        self.fast = [tensor for tensor in tensors if tensor.is_floating_point()]
        self.slow = [tensor.detach().float().clone() for tensor in self.fast]

    @torch.no_grad()
    def meet(self, keep: float) -> None:
        """Move the slow weights to the fast ones but for the share `keep`, and set the fast ones there."""
        for slow, fast in zip(self.slow, self.fast, strict=True):
            slow.lerp_(fast.float(), 1 - keep)
            fast.copy_(slow)
