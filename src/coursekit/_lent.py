"""Copies of what a test lends to a student's code, so that nothing it does to them reaches the test.

A test works out the right answer from its own arrays, often after the call. Whoever overwrote those arrays
would choose what is right: ``image[...] = 0`` and zeros as an answer. So every call by `coursekit.checks`
passes copies, in a notebook as under seal; a test that asks what became of an argument looks at its copy.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

_watching = 0


def lend(value: Any) -> Any:
    """Return a copy of arrays, tensors and random generators, also inside lists, tuples, dicts and sets.

    What stands twice in ``value`` is one copy. Functions, objects of the student's and everything else are
    passed as they are.
    """
    return _lend(value, {})


def _lend(value: Any, seen: dict[int, Any]) -> Any:
    key = id(value)
    if key in seen:
        return seen[key]
    kind = type(value)
    if kind is list:
        seen[key] = found = []
        found += [_lend(part, seen) for part in value]
        return found
    if kind is dict:
        seen[key] = made = dict[Any, Any]()
        made.update({name: _lend(part, seen) for name, part in value.items()})
        return made
    if kind is tuple:
        return tuple(_lend(part, seen) for part in value)
    if kind is set:
        return set(value)
    if isinstance(value, np.ndarray):
        seen[key] = array = np.array(value, subok=True, order="K")
        array.flags.writeable = value.flags.writeable
        return array
    if isinstance(value, np.random.Generator | np.random.RandomState):
        seen[key] = copy.deepcopy(value)
        return seen[key]
    torch: Any = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor | torch.Generator):
        seen[key] = _of_torch(value, torch)
        return seen[key]
    return value


def _of_torch(value: Any, torch: Any) -> Any:
    """Copy a tensor without what it was computed from, or a generator with its state."""
    if isinstance(value, torch.Generator):
        return value.clone_state()
    if not value.is_leaf:
        return value.detach().clone()
    found = copy.deepcopy(value)
    found.grad = None if value.grad is None else value.grad.detach().clone()  # deepcopy leaves it out
    return found


@contextmanager
def watching() -> Iterator[None]:
    """Say that a call is given copies, and that the test wants to see what becomes of them.

    The sealed grader carries changes of arguments back only inside.
    """
    global _watching
    _watching += 1
    try:
        yield
    finally:
        _watching -= 1


def watched() -> bool:
    """Say whether what the student's code does to its arguments is to be carried back."""
    return _watching > 0
