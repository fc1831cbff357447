"""Compare an operation with torch's: drawn arguments in, value and gradients out, on every array library.

A test hands over a function that draws a case from a generator, and the seed. Every case is compared in both
precisions; on the strict library, the slowest, in one of them by turns. One comparison covers: the values,
the gradients by every differentiable argument, shapes, dtypes and libraries of all of them, arguments left
untouched, tensors that torch records for differentiation, and refusals: where torch raises, `ValueError` is
wanted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import array_api_strict
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

LIBRARIES = ("numpy", "torch", "strict", *(["cuda"] if torch.cuda.is_available() else []))
SEEDS = pytest.mark.parametrize("seed", range(300))
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


def assert_agrees(
    seed: int,
    draw: Draw,
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    reference: Callable[..., torch.Tensor],
) -> None:
    """Draw until torch accepts, checking that all it refuses is refused; then compare in both precisions."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        drawn = draw(rng)
        cases = [drawn.cast(dtype) for dtype in TOLERANCE]
        truths = [(case, ask_torch(reference, case, rng)) for case in cases]
        accepted = [(case, truth) for case, truth in truths if truth is not None]
        if len(accepted) == len(cases):
            break
        for library, (case, truth) in product(LIBRARIES, truths):
            if truth is None:
                _assert_refuses(f"seed {seed}, {library}, {case}", library, case, forward)
    else:
        raise AssertionError(f"seed {seed}: torch refused a hundred cases, the last {drawn}")
    for library, (turn, (case, truth)) in product(LIBRARIES, enumerate(accepted, seed)):
        if library == "strict" and turn % 2 == 1:
            continue
        recorded = library == "torch" and turn % 2 == 1  # tensors of somebody who lets torch differentiate
        _compare(f"seed {seed}, {library}, {case}", library, case, truth, forward, backward, recorded)


def _assert_refuses(label: str, library: str, case: Case, forward: Callable[..., Any]) -> None:
    message = ""
    try:
        forward(*(convert(x, library) for x in case.arrays), **_extras(case, library))
    except ValueError as error:
        message = str(error)
    wanted = "torch refuses this; wanted is a ValueError that names the operation"
    assert re.match(r"\w+: ", message), f"{label}: {wanted}, got {message!r}"


def _extras(case: Case, library: str) -> Mapping[str, Any]:
    return {name: convert(x, library) for name, x in case.fixed.items()} | case.options


def _compare(
    label: str,
    library: str,
    case: Case,
    truth: Truth,
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    recorded: bool,
) -> None:
    args = [convert(x, library) for x in case.arrays]
    if recorded:
        args = [x if x is None else x.requires_grad_() for x in args]
    extras = _extras(case, library)
    out, cache = forward(*args, **extras)
    assert_close(f"value: {label}", out, truth.out, library)
    grad_out = convert(truth.grad_out, library)
    gradients = backward(grad_out, cache)
    if len(args) == 1:
        gradients = (gradients,)
    assert isinstance(gradients, tuple), f"{label}: a tuple of gradients is wanted"
    assert len(gradients) == len(args), f"{label}: {len(args)} gradients are wanted, got {len(gradients)}"
    for number, (gradient, wanted) in enumerate(zip(gradients, truth.gradients, strict=True)):
        assert_close(f"gradient {number}: {label}", gradient, wanted, library)
    before = [*case.arrays, *case.fixed.values(), truth.grad_out]
    after = [*args, *(extras[name] for name in case.fixed), grad_out]
    for was, now in zip(before, after, strict=True):
        assert was is None or np.array_equal(was, to_numpy(now), equal_nan=True), (
            f"{label}: an argument changed"
        )


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
