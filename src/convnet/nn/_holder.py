"""What networks that hold other modules share: children by name, which are attributes as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from convnet.nn.module import Module


class Holder(Module):
    """A network made of other modules; `network.conv1` is the one of that name, and can be replaced."""

    beside: ClassVar[tuple[str, ...]] = ()
    """Names of modules that do not stand among the others."""

    layers: dict[str, Module]

    def __init__(self, *layers: Module | Mapping[str, Module], **named: Module) -> None:
        self.layers = {}
        for name, layer in _named(layers, named):
            self.append(layer, name)
        if not self.layers:
            raise ValueError(f"{self.name}: at least one layer is needed")

    def append(self, layer: Module, name: str | None = None) -> Module:
        """Add a module behind the others, with its place for a name unless one is given; return the network.

        Raises
        ------
        ValueError
            When it is no module, is there already, or its name is.
        """
        name = str(len(self.layers)) if name is None else name
        if name in self.layers:
            raise ValueError(f"{self.name}: layer {name!r} is there already")
        self.layers[name] = self._fitting(name, layer)
        return self

    def children(self) -> Mapping[str, Module]:
        """Return the modules by name."""
        return self.layers

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Module]:
        return iter(self.layers.values())

    def __getattr__(self, name: str) -> Module:
        found = vars(self).get("layers", {}).get(name)
        if found is None:
            raise AttributeError(f"{type(self).__name__} has no attribute or layer {name!r}")
        layer: Module = found
        return layer

    def __setattr__(self, name: str, value: object) -> None:
        if name in vars(self).get("layers", {}):
            self.layers[name] = self._fitting(name, value)
            return
        if isinstance(value, Module) and name not in self.beside:
            raise ValueError(
                f"{self.name}: there is no layer {name!r} to replace; append(layer, name) adds one"
            )
        super().__setattr__(name, value)

    def _fitting(self, name: str, layer: object) -> Module:
        """Return a module that may take this name."""
        if not isinstance(layer, Module):
            raise ValueError(f"{self.name}: layer {name!r} must be a module, got {type(layer).__name__}")
        for other, known in self.layers.items():
            if known is layer and other != name:
                raise ValueError(
                    f"{self.name}: layers {other!r} and {name!r} are one object; make two, "
                    "for each keeps what its backward pass needs"
                )
        return layer


def below(name: str, child: str, module: Module) -> str:
    """Return the name of a child in a summary."""
    if module.inlined:
        return name
    return f"{name}.{child}" if name else child


def _named(
    layers: tuple[Module | Mapping[str, Module], ...], named: Mapping[str, Module]
) -> list[tuple[str, Module]]:
    """Return the modules with their names: a mapping brings its own, others are named by their places."""
    if len(layers) == 1 and isinstance(layers[0], Mapping):
        return [*layers[0].items(), *named.items()]
    return [*((str(place), layer) for place, layer in enumerate(layers)), *named.items()]  # type: ignore[list-item]
