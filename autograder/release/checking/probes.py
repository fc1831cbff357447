"""Probes: conditions on the arguments of an answer at which its tests must notice a failure.

They are made from the contract alone, as expressions over the parameters; a test that never calls the answer
where one holds could not know that it fails there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from autograder.release.checking.contract import Contract, Parameter

COUNTS = ("N", "B", "C", "F")  # axes that count: with one of them, a mistake in the others does not show
_PLACE = re.compile(r"k?[hw]|[HWL]'?|k|height|width", re.ASCII)
_FROM_ZERO = re.compile(r"\bfrom 0\b|≥ 0|>= 0|\bnot negative\b|\bnon-negative\b")
# What expressions may use, and what looks at a call: it must run beside a student's answer too.
HELPERS = '''
def _looked(real, conditions, method):
    """Return what tells for the arguments of a call which of some conditions they meet."""
    import inspect

    import numpy as np

    def kind(value):
        dtype = getattr(value, "dtype", None)
        return str(np.asarray(value).dtype if dtype is None else dtype).replace("torch.", "")

    def values(value):
        return np.asarray(value.detach() if hasattr(value, "detach") else value)

    scope = {"np": np, "shape": np.shape, "kind": kind, "values": values}
    codes = [compile(text, "<condition>", "eval") for text in conditions]
    signature = inspect.signature(real)

    def looked(args, keywords):
        try:
            bound = signature.bind(*args, **keywords)
        except TypeError:
            return []
        given = frozenset(bound.arguments)
        bound.apply_defaults()
        found = []
        for number, code in enumerate(codes):
            try:
                if eval(code, scope, {**bound.arguments, "given": given}):
                    found.append(number)
            except Exception:
                pass
        return found

    return looked

'''


@dataclass(frozen=True)
class Probe:
    """A condition on the arguments of a function, in words and as an expression."""

    function: str
    words: str
    expression: str

    @property
    def name(self) -> str:
        """What `check.toml` calls it."""
        return f"{self.function}: {self.words}"


def of(contract: Contract) -> list[Probe]:
    """Return the probes that a contract calls for."""
    found = [
        *_defaults(contract),
        *_together(contract),
        *(probe for p in contract.parameters for probe in _of_parameter(p)),
        *_counts(contract),
        *_data(contract),
        *_left_over(contract),
    ]
    return [Probe(contract.label, words, expression) for words, expression in dict(found).items()]


Found = Iterator[tuple[str, str]]


def _defaults(contract: Contract) -> Found:
    for p in contract.parameters:
        if p.default is None:
            continue
        yield f"{p.name} left out", f"{p.name!r} not in given"
        if not p.words.values:
            yield f"{p.name} other than {p.default}", _other(p)


def _other(p: Parameter) -> str:
    return f"{p.name} is not None" if p.default == "None" else f"{p.name} != {p.default}"


def _together(contract: Contract) -> Found:
    numbers = [p for p in contract.parameters if p.words.kind == "int" and p.default is not None]
    for a, b in combinations(numbers, 2):
        yield f"{a.name} and {b.name} both other than their defaults", f"{_other(a)} and {_other(b)}"
    names = {p.name for p in numbers}
    if {"stride", "padding"} <= names:
        yield "stride 1 with padding", "stride == 1 and padding > 0"


def _of_parameter(p: Parameter) -> Found:
    name, words = p.name, p.words
    if words.may_be_none and p.default != "None":
        yield f"{name} None", f"{name} is None"
        yield f"{name} not None", f"{name} is not None"
    if words.kind == "bool" and p.default is None:
        yield f"{name} True", name
        yield f"{name} False", f"not {name}"
    if words.kind == "str":
        yield from ((f"{name} {value!r}", f"{name} == {value!r}") for value in words.values)
    if words.kind == "list":
        yield f"one element in {name}", f"len({name}) == 1"
        yield f"several elements in {name}", f"len({name}) > 1"
    if words.kind == "pair":
        a, b = words.pair if words.pair and len(words.pair) == 2 else ("first", "second")
        yield f"{name} with {a} ≠ {b}", f"{name}[0] != {name}[1]"
        yield f"{name} with {a} = {b}", f"{name}[0] == {name}[1]"
        if a.startswith("k"):
            yield f"{name} (1, 1)", f"tuple({name}) == (1, 1)"
    if words.kind == "int" and name.startswith("kernel"):
        yield f"{name} 1", f"{name} == 1"
    if pair := places(words.dims):
        a, b = pair
        first = len(words.dims or ()) - 2
        sizes = f"shape({name})[{first}]", f"shape({name})[{first + 1}]"
        yield f"{a} ≠ {b} in {name}", f"{sizes[0]} != {sizes[1]}"
        yield f"{a} = {b} in {name}", f"{sizes[0]} == {sizes[1]}"
        if a.startswith("k"):
            yield f"{name} 1×1", f"{sizes[0]} == {sizes[1]} == 1"


def _counts(contract: Contract) -> Found:
    """Return the probes of the axes that matter, each where the first array has it."""
    asked = set()
    for p in contract.arrays:
        for axis, what in enumerate(p.words.dims or ()):
            if what in COUNTS and what not in asked:
                asked.add(what)
                size = f"shape({p.name})[{axis}]"
                yield f"{what} = 1 in {p.name}", f"{p.name} is not None and {size} == 1"
                yield f"{what} > 1 in {p.name}", f"{p.name} is not None and {size} > 1"


def places(dims: tuple[str, ...] | None) -> tuple[str, str] | None:
    """Return the names of the last two axes where they are height and width."""
    if dims is None or len(dims) < 2 or not all(_PLACE.fullmatch(d) for d in dims[-2:]):
        return None
    return dims[-2], dims[-1]


def _data(contract: Contract) -> Found:
    """Return the probes of the values of the first array; the others go with it."""
    first = next(iter(contract.arrays), None)
    if first is None or first.words.whole:
        return
    name, words = first.name, first.words
    if not words.tensor:  # torch computes in float32 throughout
        named = [kind for kind in ("float32", "float64") if kind in words.all]
        if not named and not words.of_floats:
            yield f"integers in {name}", f"kind({name}).startswith(('int', 'uint'))"
        for kind in named or ("float32", "float64"):
            yield f"{kind} in {name}", f"kind({name}) == {kind!r}"
    if not _FROM_ZERO.search(words.all):
        yield f"negative values in {name}", f"(values({name}) < 0).any()"


def _left_over(contract: Contract) -> Found:
    """Return where windows do not reach the end, for what has a stride and a size."""
    stride = contract.parameter("stride")
    if stride is None:
        return
    for number, what in enumerate(("rows", "columns")):
        size, kernel = _size(contract, number), _kernel(contract, number)
        if size is None or kernel is None:
            return
        step = _along(stride, number, "1")
        if stride.default == "None":
            step = f"({kernel} if stride is None else {step})"
        padding = contract.parameter("padding")
        border = f"2 * {_along(padding, number, '0')}"
        if size == "size":
            what = "places"
            if padding and padding.words.kind == "pair":
                border = "padding[0] + padding[1]"
        dilation = _along(contract.parameter("dilation"), number, "1")
        yield f"{what} left over", f"({size} + {border} - {dilation} * ({kernel} - 1) - 1) % {step} != 0"


def _along(p: Parameter | None, number: int, otherwise: str) -> str:
    """Return what a parameter says of one axis: it may be a number for both or a pair."""
    if p is None:
        return otherwise
    return f"{p.name}[{number}]" if p.words.kind == "pair" else p.name


def _size(contract: Contract, number: int) -> str | None:
    for p in contract.arrays:
        dims = p.words.dims or ()
        if places(dims) and not dims[-1].startswith("k"):
            return f"shape({p.name})[{len(dims) - 2 + number}]"
    return "size" if contract.parameter("size") else None


def _kernel(contract: Contract, number: int) -> str | None:
    for p in contract.arrays:
        dims = p.words.dims or ()
        if places(dims) and dims[-1].startswith("k"):
            return f"shape({p.name})[{len(dims) - 2 + number}]"
    kernel = contract.parameter("kernel_size")
    if kernel is None:
        return None
    return f"kernel_size[{number}]" if kernel.words.kind == "pair" else "kernel_size"
