"""Values and gradients of a registered operation, against torch and against finite differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from convnet.gradcheck import gradcheck
from tests.convnet.harness import LIBRARIES, TOLERANCE, Case, Truth, assert_close, convert, to_numpy
from tests.convnet.operations.registry import OPERATIONS, Drawn, Kind, Operation, draw, draw_refused

SMALL = 150  # numbers with gradients, for finite differences: each costs two forward passes


def extras(case: Case, library: str) -> Mapping[str, Any]:
    """Return the arguments without gradients: arrays in the library, and options."""
    return {name: convert(x, library) for name, x in case.fixed.items()} | case.options


def gradients_of(operation: Operation, grad_out: Any, cache: Any, count: int) -> tuple[Any, ...]:
    """Return the gradients as a tuple, which must hold one for each of `count` arrays."""
    found = operation.backward(grad_out, cache)
    found = found if isinstance(found, tuple) else (found,)
    assert len(found) == count, f"{count} gradients are wanted, backward returned {len(found)}"
    return found


@contextmanager
def settings(kind: Kind, rng: np.random.Generator) -> Iterator[None]:
    """Set the constants that the kind asks for."""
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), values in kind.settings.items():
            patch.setattr(module, name, values[rng.integers(len(values))])
        yield


def parity(operation: Operation, name: str, rng: np.random.Generator, number: int) -> None:
    """Compare with torch: on every library, in both precisions, on the strict library in one by turns."""
    kind = operation.kinds[name]
    assert isinstance(kind, Kind)
    drawn = draw(operation, name, rng)
    with settings(kind, rng):
        for library, (turn, (case, truth)) in product(LIBRARIES, enumerate(_pairs(drawn), number)):
            if library == "strict" and turn % 2:
                continue
            recorded = library == "torch" and bool(turn % 2)
            try:
                compare(operation, kind, library, case, truth, recorded)
            except Exception as error:
                error.args = (f"{library}, {case}: {error}",)
                raise


def agrees(name: str, case: Case) -> None:
    """Compare a registered operation with torch on one case."""
    alone = replace(OPERATIONS[name], draw=lambda rng: case)
    parity(alone, "any", np.random.default_rng(0), 0)


def _pairs(drawn: Drawn) -> list[tuple[Case, Truth]]:
    return list(zip(drawn.cases, drawn.truths, strict=True))


def compare(operation: Operation, kind: Kind, library: str, case: Case, truth: Truth, recorded: bool) -> None:
    """Compare one call: values, gradients, shapes, dtypes, libraries; no argument may change.

    Tensors are recorded where somebody lets torch differentiate.
    """
    args = [convert(x, library) for x in case.arrays]
    if recorded:
        args = [x if x is None else x.requires_grad_() for x in args]
    others = extras(case, library)
    out, cache = operation.forward(*args, **others)
    assert kind.way is None or kind.way(cache), "the operation went another way than is meant"
    assert_close("value", out, truth.out, library)
    grad_out = convert(truth.grad_out, library)
    gradients = gradients_of(operation, grad_out, cache, len(args))
    for argument, gradient, wanted in zip(operation.arguments, gradients, truth.gradients, strict=False):
        assert_close(f"gradient by {argument}", gradient, wanted, library)
    before = [*case.arrays, *case.fixed.values(), truth.grad_out]
    after = [*args, *(others[name] for name in case.fixed), grad_out]
    names = [*operation.arguments[: len(args)], *case.fixed, "grad_out"]
    for argument, was, now in zip(names, before, after, strict=True):
        same = was is None or np.array_equal(was, to_numpy(now), equal_nan=was.dtype.kind == "f")
        assert same, f"{argument} was changed"


def refusal(operation: Operation, rng: np.random.Generator) -> None:
    """What torch refuses is refused, by a `ValueError` that begins with an operation's name."""
    case = draw_refused(operation, rng)
    for library in LIBRARIES:
        refuses(
            operation.speaker,
            operation,
            [convert(x, library) for x in case.arrays],
            extras(case, library),
            case,
        )


def refuses(pattern: str, operation: Operation, args: Any, others: Mapping[str, Any], label: object) -> None:
    """Call forward, and want a `ValueError` whose message begins as `pattern` says."""
    message = "nothing"
    try:
        operation.forward(*args, **others)
    except ValueError as error:
        message = f"ValueError: {error}"
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
    assert re.match(f"ValueError: {pattern}", message), (
        f"{label}: a ValueError that begins with {pattern!r} is wanted, got {message}"
    )


def differences(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Compare every gradient with finite differences, where the operation is smooth."""
    kind = operation.kinds[name]
    assert isinstance(kind, Kind)
    for _ in range(200):
        case = draw(operation, name, rng).cases[-1]
        present = [x for x in case.arrays if x is not None]
        if all(x.size for x in present) and sum(x.size for x in present) <= SMALL and operation.smooth(case):
            break
    else:
        pytest.fail(f"{operation.name}: none of 200 draws of the kind {name!r} is small and smooth")
    assert TOLERANCE[present[0].dtype] == 1e-10, "finite differences want 64 bits"
    with settings(kind, rng):
        gradcheck(
            operation.forward, operation.backward, case.arrays, extras(case, "numpy"), rtol=1e-4, atol=1e-6
        )
