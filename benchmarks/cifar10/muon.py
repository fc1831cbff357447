"""Muon: momentum whose matrices are replaced by the nearest ones with orthonormal rows."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the odd polynomial a·s + b·s³ + c·s⁵: steep at 0, so that small singular values grow fast, and near 1
for s from 0.7 to 1.2, where they stay."""


def orthogonalized(matrices: Tensor, steps: int = 3) -> Tensor:
    """Return each matrix with its singular values moved near 1, by Newton–Schulz iterations.

    Parameters
    ----------
    matrices : Tensor, shape (K, R, S) with R ≤ S
        Rows and columns of zeros stay so, so that matrices of several sizes fit in one tensor.
    steps : int
        Iterations: each one applies the polynomial of `COEFFICIENTS` to all singular values.
    """
    a, b, c = COEFFICIENTS
    x = matrices / (matrices.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x


class Muon:
    """Stochastic gradient descent on convolutions, along orthogonalized Nesterov momentum.

    Every weight is a matrix with a row for each output channel. Before a step its length is set to the root
    of the number of rows, the length of a matrix with orthonormal rows, which the step is.

    Parameters
    ----------
    weights : sequence of Parameter
        Of shape (out, in, kh, kw), with no more outputs than in·kh·kw.
    rate, momentum : float
        Learning rate and momentum.
    """

    def __init__(self, weights: Sequence[torch.nn.Parameter], rate: float, momentum: float) -> None:
        self.weights, self.rate, self.momentum = list(weights), rate, momentum
        self.velocity = [torch.zeros_like(weight) for weight in self.weights]
        self.rows = max(len(weight) for weight in self.weights)
        self.columns = max(weight[0].numel() for weight in self.weights)
        device = self.weights[0].device
        # float16 would underflow in the products; a T4 has no bfloat16.
        has_bfloat16 = device.type == "cuda" and torch.cuda.get_device_capability(device) >= (8, 0)
        self.dtype = torch.bfloat16 if has_bfloat16 else torch.float32

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Take a step, the learning rate times `factor`, along gradients of any common scale."""
        weights = self.weights
        gradients = [weight.grad for weight in weights if weight.grad is not None]
        torch._foreach_mul_(self.velocity, self.momentum)
        torch._foreach_add_(self.velocity, gradients)
        ahead = torch._foreach_add(gradients, self.velocity, alpha=self.momentum)
        steps = orthogonalized(torch.stack([self._matrix(direction) for direction in ahead]))
        lengths = torch._foreach_norm(weights)
        scales = [len(weight) ** 0.5 / length for weight, length in zip(weights, lengths, strict=True)]
        torch._foreach_mul_(weights, scales)
        for weight, step in zip(weights, steps, strict=True):
            kept = step[: len(weight), : weight[0].numel()].reshape(weight.shape)
            weight.add_(kept.to(weight.dtype), alpha=-self.rate * factor)

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for weight in self.weights:
            weight.grad = None

    def _matrix(self, direction: Tensor) -> Tensor:
        """Return a weight's direction as a matrix, with zeros up to the largest of them."""
        flat = direction.flatten(1).to(self.dtype)
        return F.pad(flat, (0, self.columns - flat.shape[1], 0, self.rows - len(flat)))
