"""What every operation promises whatever it computes: linear gradients, any layout, 16 bits, no images."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import numpy as np

from tests.convnet.harness import LIBRARIES, Case, ask_torch, assert_close, convert, to_numpy
from tests.convnet.operations.checks import extras, gradients_of, refuses
from tests.convnet.operations.registry import Operation, draw


def call(operation: Operation, case: Case, library: str = "numpy") -> tuple[Any, Any]:
    """Call forward on the arrays of a case in a library."""
    return operation.forward(*(convert(x, library) for x in case.arrays), **extras(case, library))


def linear_in_upstream(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Gradients of a weighted sum are weighted sums of gradients; a cache serves any number of times."""
    drawn = draw(operation, name, rng)
    case, grad = drawn.cases[-1], drawn.truths[-1].grad_out
    out, cache = call(operation, case)
    other = rng.standard_normal(np.shape(out))
    first, second, both, nothing = (
        gradients_of(operation, np.asarray(upstream), cache, len(case.arrays))
        for upstream in (grad, other, 2.0 * grad - 3.0 * other, np.zeros(np.shape(out)))
    )
    for argument, one, two, sum_, zero in zip(
        operation.arguments, first, second, both, nothing, strict=False
    ):
        if one is None:
            continue
        wanted = 2.0 * one - 3.0 * two
        scale = 1e-10 * max(1.0, float(np.max(np.abs(one), initial=0)), float(np.max(np.abs(two), initial=0)))
        np.testing.assert_allclose(
            sum_, wanted, rtol=1e-9, atol=scale, err_msg=f"gradient by {argument} is not linear in grad_out"
        )
        assert not np.any(zero), f"gradient by {argument} of a zero upstream gradient is not zero"


def layouts(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Arrays with gaps, in Fortran's order or running backwards give what contiguous ones give."""
    drawn = draw(operation, name, rng)
    case, grad = drawn.cases[-1], drawn.truths[-1].grad_out
    for library in ("numpy", "torch"):
        args = [None if x is None else spread(convert(x, library), rng) for x in case.arrays]
        fixed = {
            key: None if x is None else spread(convert(x, library), rng) for key, x in case.fixed.items()
        }
        out, cache = operation.forward(*args, **fixed, **case.options)
        found = gradients_of(operation, spread(convert(grad, library), rng), cache, len(args))
        label = f"{library}, strides {[x.strides if hasattr(x, 'strides') else None for x in args]}, {case}"
        for wanted, value in zip(
            (drawn.truths[-1].out, *drawn.truths[-1].gradients), (out, *found), strict=True
        ):
            if wanted is None:
                continue
            scale = max(1.0, float(np.max(np.abs(wanted[np.isfinite(wanted)]), initial=0)))
            np.testing.assert_allclose(to_numpy(value), wanted, rtol=1e-9, atol=1e-10 * scale, err_msg=label)


def spread(x: Any, rng: np.random.Generator) -> Any:
    """Return the same numbers in another layout."""
    if x.ndim == 0:
        return x
    if isinstance(x, np.ndarray):
        way = rng.integers(4)
        if way == 0:
            return np.asfortranarray(x)
        if way == 1:
            return np.ascontiguousarray(x[..., ::-1])[..., ::-1]
        if way == 2:
            return np.repeat(x, 2, axis=-1)[..., ::2]
        still = x.copy()
        still.flags.writeable = False
        return still
    axes = [int(axis) for axis in rng.permutation(x.ndim)]
    inverse = [axes.index(axis) for axis in range(x.ndim)]
    return x.permute(axes).contiguous().permute(inverse)


def half(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Numbers of 16 bits give what 64 bits give, to three digits; or are refused by name."""
    for attempt in count():
        case = draw(operation, name, rng).cases[-1].cast(np.dtype(np.float16))
        largest = max(float(np.max(np.abs(x), initial=0)) for x in case.arrays if x is not None)
        if largest < 50 or attempt > 50:
            break
    precise = case.cast(np.dtype(np.float64))
    if not operation.half:
        refuses(rf"{operation.name}: ", operation, case.arrays, extras(case, "numpy"), case)
        return
    (out, cache), (wanted, wanted_cache) = call(operation, case), call(operation, precise)
    grad = rng.standard_normal(np.shape(out)).astype(np.float16)
    found = gradients_of(operation, grad, cache, len(case.arrays))
    truths = gradients_of(operation, grad.astype(np.float64), wanted_cache, len(case.arrays))
    for label, value, truth in zip(
        ["value", *operation.arguments], (out, *found), (wanted, *truths), strict=False
    ):
        if truth is None:
            continue
        assert value.dtype == np.float16, f"{label}: float16 is wanted, got {value.dtype}"
        scale = max(1.0, float(np.max(np.abs(truth[np.isfinite(truth)]), initial=0)))
        np.testing.assert_allclose(
            value.astype(np.float64), truth, rtol=1e-2, atol=1e-2 * scale, err_msg=label
        )


def may_refuse(operation: Operation, case: Case, library: str) -> None:
    """Call forward, which may do what it likes but raise anything else than a `ValueError` of its own."""
    try:
        call(operation, case, library)
    except ValueError as error:
        if not re.match(operation.speaker, str(error)):
            raise AssertionError(f"{library}: {error} names no operation") from error


def empty(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Without images the result is torch's, or the operation refuses by name."""
    names = operation.arguments
    case = draw(operation, name, rng).cases[-1]
    while any(x.ndim == 0 for x in case.arrays if x is not None):
        case = draw(operation, "any", rng).cases[-1]
    arrays = [
        x[:0] if x is not None and names[place] in operation.batched else x
        for place, x in enumerate(case.arrays)
    ]
    fixed = {key: x[:0] if x is not None and key in operation.batched else x for key, x in case.fixed.items()}
    none = Case(arrays, case.options, fixed)
    truth = ask_torch(operation.of_kind(name).reference, none, rng)
    for library in LIBRARIES:
        if truth is None:
            may_refuse(operation, none, library)
            continue
        with np.errstate(divide="ignore", invalid="ignore"):  # an empty mean is NaN
            out, cache = call(operation, none, library)
            found = gradients_of(operation, convert(truth.grad_out, library), cache, len(arrays))
        assert_close("value", out, truth.out, library)
        for argument, gradient, wanted in zip(names, found, truth.gradients, strict=False):
            assert_close(f"gradient by {argument}", gradient, wanted, library)
