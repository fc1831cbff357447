"""A list of modules that a module of one's own may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from convnet._arguments import sequence
from convnet.nn.component import Component


class ModuleList(Component):
    """Modules in a list, whose parameters are found; what is computed with them is up to who holds the list.

    In a plain list they would not be found: not by an optimizer, nor by `state_dict`.

    Parameters
    ----------
    modules : iterable of Component
        The modules.

    Raises
    ------
    ValueError
        When one of them is no module.

    Examples
    --------
    >>> from convnet.nn import Linear
    >>> blocks = ModuleList(Linear(2, 2) for _ in range(3))
    >>> [name for name, _ in blocks.named_parameters()][:3]
    ['0.weight', '0.bias', '1.weight']
    >>> len(blocks), blocks[-1]
    (3, Linear(in_features=2, out_features=2, bias=True))
    """

    def __init__(self, modules: Iterable[Component] = ()) -> None:
        self.items: list[Component] = []
        for module in sequence(self.name, "modules", modules, "an iterable of modules"):
            self.append(module)

    def append(self, module: Component) -> ModuleList:
        """Add a module behind the others; return the list.

        Raises
        ------
        ValueError
            When it is no module.
        """
        if not isinstance(module, Component):
            raise ValueError(f"{self.name}: modules must be modules, got {type(module).__name__}")
        self.items.append(module)
        return self

    def children(self) -> Mapping[str, Component]:
        """Return the modules by their places."""
        return {str(place): module for place, module in enumerate(self.items)}

    def __getitem__(self, place: int) -> Component:
        """Return a module by its place."""
        return self.items[place]

    def __iter__(self) -> Iterator[Component]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
