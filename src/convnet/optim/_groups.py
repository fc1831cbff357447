"""Reading what an optimizer is given: parameters, or groups of them with options of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Generic, Protocol, TypeVar, cast, overload

import array_api_compat

from convnet._arguments import sequence
from convnet.optim.parameter import Parameter

Group = dict[str, Any]
"""Parameters under "params", and the options with which they are updated, by name: as torch keeps them."""

Value = TypeVar("Value")
WANTED = "an iterable of parameters, as model.parameters() gives them"


class Grouped(Protocol):
    """What has parameter groups."""

    param_groups: list[Group]


class Option(Generic[Value]):
    """An option of all groups as an attribute: read from the first group, written to every one.

    A rate that is set by hand is the one from which schedules made afterwards start.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, optimizer: None, owner: type) -> Option[Value]: ...
    @overload
    def __get__(self, optimizer: Grouped, owner: type) -> Value: ...
    def __get__(self, optimizer: Grouped | None, owner: type) -> Option[Value] | Value:
        return self if optimizer is None else cast(Value, optimizer.param_groups[0][self.name])

    def __set__(self, optimizer: Grouped, value: Value) -> None:
        for group in optimizer.param_groups:
            group[self.name] = value
            if self.name == "lr":
                group.pop("initial_lr", None)


def read_groups(name: str, given: Iterable[Parameter] | Iterable[Mapping[str, Any]]) -> Iterator[Group]:
    """Yield the groups in what an optimizer is given: one of bare parameters, or those that are spelt out.

    Raises
    ------
    ValueError
        When it is neither, or holds nothing.
    """
    if isinstance(given, Mapping):
        hint = "[group]" if "params" in given else "model.parameters()"
        raise ValueError(f"{name}: parameters must be {WANTED}, got a dictionary: pass {hint}")
    if isinstance(given, Set):
        raise ValueError(f"{name}: parameters must be {WANTED}, got a set, which has no order")
    items = sequence(name, "parameters", cast(Iterable[Any], given), WANTED)
    if not items:
        raise ValueError(f"{name}: parameters must hold at least one parameter, got none")
    if not isinstance(items[0], Mapping):
        yield {"params": items}
        return
    for place, item in enumerate(items):
        if not isinstance(item, Mapping) or "params" not in item:
            raise ValueError(
                f"{name}: parameter group {place} must be a dictionary with the key 'params', "
                f"got {_described(item)}"
            )
        yield dict(item)


def read_parameters(name: str, given: object, known: Iterable[Parameter]) -> list[Parameter]:
    """Return the parameters of a group, none of which may be among those known already.

    Raises
    ------
    ValueError
        When one of them is no parameter, or comes twice.
    """
    if isinstance(given, Mapping | Set):
        raise ValueError(f"{name}: parameters must be {WANTED}, got a {type(given).__name__}")
    single = hasattr(given, "grad") and not isinstance(given, Iterable)
    items = [given] if single else list(sequence(name, "parameters", cast(Iterable[Any], given), WANTED))
    seen = {id(parameter) for parameter in known}
    for place, item in enumerate(items):
        if not _is_parameter(item):
            raise ValueError(
                f"{name}: parameters must be {WANTED}, each with arrays data and grad; "
                f"number {place} is {_described(item)}"
            )
        if id(item) in seen:
            raise ValueError(f"{name}: parameters must differ, number {place} is there a second time")
        seen.add(id(item))
    return cast(list[Parameter], items)


def _is_parameter(item: object) -> bool:
    """Say whether something has an array and a gradient; an array itself has not, unless torch learns it."""
    if array_api_compat.is_array_api_obj(item) and not getattr(item, "requires_grad", False):
        return False
    try:
        return hasattr(item, "grad") and hasattr(item, "data")
    except ValueError:  # a parameter whose array is still to come
        return True


def _described(item: object) -> str:
    if array_api_compat.is_array_api_obj(item):
        return f"a bare array of {type(item).__module__.partition('.')[0]}"
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
        return f"the pair ({item[0]!r}, {type(item[1]).__name__}): pass parameters(), not named_parameters()"
    if hasattr(item, "parameters"):
        return f"a {type(item).__name__}: pass its parameters()"
    return repr(item) if isinstance(item, str | int | float) else f"a {type(item).__name__}"
