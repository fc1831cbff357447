"""Hold a plain function equal to torch and to the fast one: values, gradients, arguments left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

Function = Callable[..., Any]
ROUNDING = 1e-9


def listed(found: Any) -> list[Any]:
    """Return what a backward pass returns as a list, a single gradient too."""
    return list(found) if isinstance(found, tuple) else [found]


def close(label: str, found: Any, wanted: Any) -> None:
    """Compare shapes and values."""
    found, wanted = np.asarray(found), np.asarray(wanted)
    assert found.shape == wanted.shape, f"{label}: shape {wanted.shape} is wanted, got {found.shape}"
    scale = max(1.0, float(np.abs(wanted).max(initial=0.0)))
    np.testing.assert_allclose(found, wanted, rtol=ROUNDING, atol=ROUNDING * scale, err_msg=label)


def like_torch(
    rng: np.random.Generator, arrays: list[Any], forward: Function, backward: Function, reference: Function
) -> Any:
    """Compare value and gradients with torch's; return the upstream gradient that was drawn.

    `forward(*arrays)`, `backward(grad_out, *arrays)`, and `reference(*tensors)`. An integer array gets no
    gradient.
    """
    before = [array.copy() for array in arrays]
    tensors = [torch.tensor(array, requires_grad=array.dtype.kind == "f") for array in arrays]
    wanted = reference(*tensors)
    grad_out = rng.standard_normal(tuple(wanted.shape))
    shapes = f"{[array.shape for array in arrays]}"
    close(f"value {shapes}", forward(*arrays), wanted.detach())
    asked = [tensor for tensor in tensors if tensor.requires_grad]
    gradients = torch.autograd.grad(wanted, asked, torch.tensor(grad_out))
    found = listed(backward(grad_out, *arrays))
    assert len(found) == len(gradients), f"{len(gradients)} gradients are wanted, got {len(found)}"
    for number, (mine, theirs) in enumerate(zip(found, gradients, strict=True)):
        close(f"gradient {number} {shapes}", mine, theirs)
    for was, array in zip(before, arrays, strict=True):
        np.testing.assert_array_equal(was, array, err_msg="an argument was changed")
    return grad_out


def like_fast(
    grad_out: Any,
    arrays: list[Any],
    forward: Function,
    backward: Function,
    fast: Function,
    fast_backward: Function,
) -> None:
    """Compare value and gradients with those of a pair of `convnet.functional`."""
    wanted, cache = fast(*arrays)
    close("value, fast", forward(*arrays), wanted)
    gradients = [grad for grad in listed(fast_backward(grad_out, cache)) if grad is not None]
    found = listed(backward(grad_out, *arrays))
    assert len(found) == len(gradients), f"{len(gradients)} gradients are wanted, got {len(found)}"
    for number, (mine, theirs) in enumerate(zip(found, gradients, strict=True)):
        close(f"gradient {number}, fast", mine, theirs)


def like_differences(grad_out: Any, arrays: list[Any], forward: Function, backward: Function) -> None:
    """Compare gradients with finite differences of the loss sum(grad_out · forward)."""
    step = 1e-6
    for number, (found, array) in enumerate(zip(listed(backward(grad_out, *arrays)), arrays, strict=True)):
        slopes = np.zeros(array.shape)
        for place in np.ndindex(*array.shape):
            losses = []
            for move in (step, -step):
                moved = [other.copy() for other in arrays]
                moved[number][place] += move
                losses.append(float(np.sum(grad_out * forward(*moved))))
            slopes[place] = (losses[0] - losses[1]) / (2 * step)
        assert found.shape == slopes.shape, f"gradient {number}: {slopes.shape} is wanted, got {found.shape}"
        np.testing.assert_allclose(found, slopes, rtol=1e-5, atol=1e-6, err_msg=f"gradient {number}")


def numbers(rng: np.random.Generator, *shape: Any, ties: bool = False) -> Any:
    """Draw an array; small whole numbers where ties are wanted."""
    sizes = tuple(int(size) for size in shape)
    return rng.integers(-2, 3, sizes).astype(float) if ties else rng.standard_normal(sizes)


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """Draw a whole number, both ends among them."""
    return int(rng.integers(low, high + 1))
