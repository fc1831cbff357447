"""What every operation refuses: other dtypes, other libraries, wrong options, other upstream gradients."""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from tests.convnet.harness import convert
from tests.convnet.operations.checks import extras, refuses
from tests.convnet.operations.contracts import call
from tests.convnet.operations.registry import Operation, draw

NONSENSE = object()


def upstream(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """An upstream gradient of another shape, dtype or library is refused by name."""
    case = draw(operation, name, rng).cases[-1]
    out, cache = call(operation, case)
    right = np.ones(np.shape(out))
    for wrong in (
        np.ones((*np.shape(out), 2)),
        np.ones((3, *np.shape(out))),
        right.astype(np.float32),
        right.astype(np.int64),
        convert(right, "torch"),
        right.tolist(),
    ):
        message = "nothing"
        try:
            operation.backward(wrong, cache)
        except ValueError as error:
            message = str(error)
        assert re.match(rf"{operation.name}_backward: .*grad_out", message), (
            f"grad_out of {type(wrong).__name__} {getattr(wrong, 'dtype', '')} {np.shape(wrong)}: a "
            f"ValueError that names {operation.name}_backward and grad_out is wanted, got {message}"
        )


def dtypes(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """Integers, other precisions, other libraries and lists are refused by name, each argument by itself."""
    case = draw(operation, name, rng).cases[-1]
    given = [(place, x) for place, x in enumerate(case.arrays) if x is not None]
    for place, x in given:
        argument = operation.arguments[place]
        wrongs: list[tuple[Any, str]] = [
            (np.zeros(x.shape, np.int64), rf"{argument} (must hold floating|has dtype)"),
            (x.astype(np.complex128), rf"{argument} (must hold|has dtype)"),
            (x.tolist(), rf"{argument} must be an array, got"),
        ]
        if place:
            wrongs.append((None, rf"{argument} must be an array")) if _is_needed(operation, place) else None
        if len(given) > 1:
            wrongs += [
                (x.astype(np.float32), r"\w+ has dtype float\d\d"),
                (convert(x, "torch"), r"all arrays must come from one library"),
            ]
        for wrong, message in wrongs:
            args = [wrong if number == place else convert(x, "numpy") for number, x in enumerate(case.arrays)]
            label = f"{argument} as {type(wrong).__name__} {getattr(wrong, 'dtype', '')}"
            refuses(rf"{operation.name}: {message}", operation, args, extras(case, "numpy"), label)


def _is_needed(operation: Operation, place: int) -> bool:
    parameters = list(inspect.signature(operation.forward).parameters.values())
    return parameters[place].default is inspect.Parameter.empty and place not in _optional(operation)


def _optional(operation: Operation) -> set[int]:
    """Return which arrays the draw leaves out at times."""
    rng = np.random.default_rng(0)
    return {place for _ in range(30) for place, x in enumerate(operation.draw(rng).arrays) if x is None}


def options(operation: Operation, name: str, rng: np.random.Generator) -> None:
    """A wrong value of any option is refused by a message that names operation and option."""
    case = draw(operation, name, rng).cases[-1]
    names = operation.arguments[len(case.arrays) :] + sorted(case.options)
    for option in dict.fromkeys(names):
        if option in operation.unchecked or option in case.fixed or option in ("others", "options"):
            continue
        others = {**extras(case, "numpy"), option: NONSENSE}
        args = [convert(x, "numpy") for x in case.arrays]
        refuses(rf"{operation.speaker}.*{option}", operation, args, others, f"{option} = {NONSENSE}")
