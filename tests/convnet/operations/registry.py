"""What is known of an operation: how to draw its arguments, what torch says, and which kinds there are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

import numpy as np
import torch

from convnet import functional as F
from tests.convnet.harness import TOLERANCE, Case, Draw, Truth, ask_torch

TRIES = 20_000  # draws until one is of the kind; the rarest kinds come once in a few hundred
Predicate = Callable[[Case], bool]
Settings = Mapping[tuple[ModuleType, str], tuple[Any, ...]]


@dataclass(frozen=True)
class Kind:
    """One kind of configuration: a condition on what is drawn, or a draw of its own, or settings."""

    when: Predicate = lambda case: True
    """Draws are thrown away until this holds."""
    draw: Draw | None = None
    """Draws cases of this kind, in place of the operation's own draw."""
    settings: Settings = field(default_factory=dict)
    """Constants of modules, such as sizes of blocks, and the values they take by turns."""
    way: Callable[[Any], bool] | None = None
    """Says by the cache whether the operation went the way that is meant."""
    reference: Callable[..., torch.Tensor] | None = None
    """What torch says, where the operation's own reference does not serve."""
    rough: bool = False
    """Whether no finite difference can be taken: ties, corners, NaN, or nothing at all."""


@dataclass(frozen=True)
class Operation:
    """A pair of public functions with all that tests need to know about them."""

    name: str
    draw: Draw
    """Draws a case: arrays with gradients, options, and arrays without gradients."""
    reference: Callable[..., torch.Tensor]
    """The same in torch, called as `forward` is; it raises what must be refused."""
    kinds: Mapping[str, Kind | Predicate] = field(default_factory=dict)
    forward: Callable[..., Any] = None  # type: ignore[assignment]
    """`forward(*arrays, **fixed, **options)`; the function of that name unless given."""
    backward: Callable[..., Any] = None  # type: ignore[assignment]
    refuses: bool = True
    """Whether `draw` now and then draws what torch refuses."""
    smooth: Predicate = lambda case: True
    """Whether finite differences can be taken: no tie, no number near an edge."""
    batched: tuple[str, ...] = ("x",)
    """Arguments whose first axis counts images; none where there is no such axis."""
    half: bool = True
    """Whether numbers of 16 bits are taken (and not refused)."""
    inner: tuple[str, ...] = ()
    """Other operations that it is made of, which may speak for it where arguments are refused."""
    unchecked: Mapping[str, str] = field(default_factory=dict)
    """Options that no wrong value can be given for, with the reason."""

    def __post_init__(self) -> None:
        for direction in ("forward", "backward"):
            if getattr(self, direction) is None:
                object.__setattr__(self, direction, getattr(F, f"{self.name}_{direction}"))
        plain = {name: kind if isinstance(kind, Kind) else Kind(kind) for name, kind in self.kinds.items()}
        object.__setattr__(self, "kinds", {"any": Kind()} | plain)

    @property
    def arguments(self) -> list[str]:
        """Names of the forward function's arguments, in order."""
        return list(inspect.signature(self.forward).parameters)

    @property
    def speaker(self) -> str:
        """The pattern with which a refusal begins."""
        return rf"({'|'.join((self.name, *self.inner))}): "

    def of_kind(self, name: str) -> Operation:
        """Return the operation with the draw and the reference of one of its kinds."""
        kind = self.kinds[name]
        assert isinstance(kind, Kind)
        return replace(self, draw=kind.draw or self.draw, reference=kind.reference or self.reference)


@dataclass
class Drawn:
    """A configuration that torch accepts in each precision, and what torch says of it."""

    cases: list[Case]
    truths: list[Truth]


def draw(operation: Operation, name: str, rng: np.random.Generator) -> Drawn:
    """Draw until the case is of the kind and torch accepts it."""
    kind, operation = operation.kinds[name], operation.of_kind(name)
    assert isinstance(kind, Kind)
    for _ in range(TRIES):
        drawn = operation.draw(rng)
        if not kind.when(drawn):
            continue
        cases = [drawn.cast(dtype) for dtype in TOLERANCE]
        truths = [truth for case in cases if (truth := ask_torch(operation.reference, case, rng)) is not None]
        if len(truths) == len(cases):
            return Drawn(cases, truths)
    raise AssertionError(f"{operation.name}: none of {TRIES} draws is of the kind {name!r}")


def draw_refused(operation: Operation, rng: np.random.Generator) -> Case:
    """Draw until torch refuses."""
    for _ in range(TRIES):
        case = operation.draw(rng).cast(np.dtype(np.float64))
        if ask_torch(operation.reference, case, rng) is None:
            return case
    raise AssertionError(f"{operation.name}: torch refuses none of {TRIES} draws")


OPERATIONS: dict[str, Operation] = {}


def register(operation: Operation) -> Operation:
    """Enter an operation, whose name must be new."""
    assert operation.name not in OPERATIONS, f"{operation.name} is registered twice"
    OPERATIONS[operation.name] = operation
    return operation
