"""Arrays of every library: drawn, converted, compared with torch's; and what torch says of a drawn case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import array_api_strict
import numpy as np
import torch
from numpy.typing import NDArray

LIBRARIES = ("numpy", "torch", "strict", *(["cuda"] if torch.cuda.is_available() else []))
TOLERANCE = {np.dtype(np.float32): 1e-4, np.dtype(np.float64): 1e-10}


@dataclass
class Case:
    """Arguments of one call: differentiable arrays (or None), further arrays, and options."""

    arrays: list[NDArray[Any] | None]
    options: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, NDArray[Any] | None] = field(default_factory=dict)

    def cast(self, dtype: np.dtype[Any]) -> Case:
        """Return the same case with its floating-point numbers in another precision."""

        def one(x: NDArray[Any] | None) -> NDArray[Any] | None:
            return x.astype(dtype) if x is not None and x.dtype.kind == "f" else x

        fixed = {name: one(x) for name, x in self.fixed.items()}
        return Case([one(x) for x in self.arrays], self.options, fixed)

    def __str__(self) -> str:
        shapes = [None if x is None else f"{x.dtype}{x.shape}" for x in self.arrays]
        fixed = {name: None if x is None else f"{x.dtype}{x.shape}" for name, x in self.fixed.items()}
        return f"arrays {shapes}, options {self.options}, fixed {fixed}"


Draw = Callable[[np.random.Generator], Case]


def convert(x: NDArray[Any] | None, library: str) -> Any:
    """Return a copy of `x` in the library."""
    if x is None:
        return None
    if library == "numpy":
        return x.copy()
    if library == "strict":
        return array_api_strict.asarray(x.copy())
    return torch.tensor(x, device="cpu" if library == "torch" else library)


def to_numpy(x: Any) -> NDArray[Any]:
    """Return an array of any library as a NumPy array."""
    return np.asarray(x.detach().cpu().numpy() if isinstance(x, torch.Tensor) else x)


def library_of(x: Any) -> str:
    """Return which of `LIBRARIES` an array belongs to."""
    if isinstance(x, torch.Tensor):
        return "cuda" if x.is_cuda else "torch"
    return "numpy" if isinstance(x, np.ndarray | np.generic) else "strict"


def draw_array(rng: np.random.Generator, shape: tuple[int, ...], ties: bool = False) -> NDArray[Any]:
    """Return normal numbers, or small integers where ties are wanted, as 64-bit floats."""
    return (rng.integers(-2, 3, shape) if ties else rng.standard_normal(shape)).astype(np.float64)


def pick(rng: np.random.Generator, *options: Any) -> Any:
    """Return one of the options, whatever their types."""
    return options[rng.integers(len(options))]


def draw_pair(rng: np.random.Generator, low: int, high: int) -> Any:
    """Return an integer or a pair of integers in `low ... high`."""
    first, second = (int(number) for number in rng.integers(low, high + 1, 2))
    return pick(rng, first, (first, second))


@dataclass
class Truth:
    """What torch says: the value, the upstream gradient used, and the gradients."""

    out: NDArray[Any]
    grad_out: NDArray[Any]
    gradients: list[NDArray[Any] | None]


def ask_torch(reference: Callable[..., torch.Tensor], case: Case, rng: np.random.Generator) -> Truth | None:
    """Return torch's answer, or None where it refuses."""
    tensors = [None if x is None else torch.tensor(x, requires_grad=True) for x in case.arrays]
    fixed = {name: convert(x, "torch") for name, x in case.fixed.items()}
    try:
        out = reference(*tensors, **fixed, **case.options)
    except (RuntimeError, ValueError, IndexError):
        return None
    grad_out = rng.standard_normal(tuple(out.shape)).astype(case.arrays[0].dtype)  # type: ignore[union-attr]
    present = [tensor for tensor in tensors if tensor is not None]
    found = iter(torch.autograd.grad(out, present, torch.tensor(grad_out)))
    gradients = [None if tensor is None else next(found).numpy() for tensor in tensors]
    return Truth(out.detach().numpy(), grad_out, gradients)


def assert_close(label: str, actual: Any, wanted: NDArray[Any] | None, library: str) -> None:
    """Compare one array with torch's: None, library, shape, dtype, values."""
    if wanted is None:
        assert actual is None, f"{label}: None is wanted"
        return
    assert library_of(actual) == library, f"{label}: a {library} array is wanted, got {type(actual)}"
    found = to_numpy(actual)
    assert found.shape == wanted.shape, f"{label}: shape {wanted.shape} is wanted, got {found.shape}"
    assert found.dtype == wanted.dtype, f"{label}: dtype {wanted.dtype} is wanted, got {found.dtype}"
    tolerance = TOLERANCE[wanted.dtype]
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = max(1.0, float(finite.max())) if finite.size else 1.0
    np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=0.1 * tolerance * scale, err_msg=label)
