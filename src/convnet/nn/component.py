"""What every part of a network is: something that owns arrays by name, has modes, and can be moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self, TypeVar

import numpy as np

from convnet._arguments import integer, shape_of
from convnet._array import Array, namespace
from convnet.nn._named import Named
from convnet.nn._representation import nested
from convnet.nn._transfer import check_device, counter_like, floating_dtype, like, moved
from convnet.nn._transfer import library as find_library
from convnet.nn.init import Initializer
from convnet.nn.parameter import Buffer, Parameter

Cache = TypeVar("Cache")


class Component(Named):
    """A part of a network that owns parameters and buffers; see `Module` for those with one input.

    Parameters, buffers and components inside are the attributes of those types, in the order in which they
    were set. Their names, joined by dots, are torch's.

    A new component knows the shapes of its arrays and has no arrays. `initialize` draws them,
    `load_state_dict` brings them.

    A layer of several inputs is a component and no `Module`: it does not stand in a row of layers. Its
    `backward` returns the gradient by each differentiable input, in the order in which `forward` takes them,
    and None in the place of one that was left out; where only one is differentiable, that gradient alone.

    Examples
    --------
    >>> from convnet.nn import Conv2d, ReLU, Sequential
    >>> network = Sequential(Conv2d(1, 4, 3), ReLU(), head=Conv2d(4, 2, 1, bias=False))
    >>> {name: parameter.shape for name, parameter in network.named_parameters()}
    {'0.weight': (4, 1, 3, 3), '0.bias': (4,), 'head.weight': (2, 4, 1, 1)}
    >>> state = network.initialize(seed=0).to(dtype="float64").state_dict()
    >>> state["0.bias"].dtype
    dtype('float64')
    """

    training: bool = True
    inlined: bool = False
    """Whether the names of the children stand in the parent's place; see `convnet.nn.inline`."""

    def extra_repr(self) -> str:
        """Return what `print` shows between the parentheses; a module of one's own may say what it likes."""
        return ""

    def __repr__(self) -> str:
        return nested(self.name, self.extra_repr(), self.children())

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled or copied: not what a forward pass has kept, whole batches among it."""
        state = vars(self).copy()
        return state | {"_cache": None} if "_cache" in state else state

    # What it is made of

    def children(self) -> Mapping[str, Component]:
        """Return the components directly inside, by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Component)}

    def named_children(self) -> Iterator[tuple[str, Component]]:
        """Yield the components directly inside, by name, in order."""
        yield from self.children().items()

    def modules(self) -> Iterator[Component]:
        """Yield this component and all inside it, in order."""
        for _, module in self.named_modules():
            yield module

    def named_modules(self, prefix: str = "") -> Iterator[tuple[str, Component]]:
        """Yield this component and all inside it, by name, in order."""
        yield prefix, self
        for name, child in self.children().items():
            yield from child.named_modules(prefix if child.inlined else _join(prefix, name))

    def named_arrays(self) -> Iterator[tuple[str, Buffer]]:
        """Yield all parameters and buffers by name, in order."""
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Buffer):
                    yield _join(prefix, name), value

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """Yield all parameters by name, in order; one that is shared comes once, by its first name."""
        seen = set()
        for name, value in self.named_arrays():
            if isinstance(value, Parameter) and id(value) not in seen:
                seen.add(id(value))
                yield name, value

    def parameters(self) -> Iterator[Parameter]:
        """Yield all parameters, in order: what an optimizer wants."""
        for _, parameter in self.named_parameters():
            yield parameter

    # Modes and gradients

    def train(self, mode: bool = True) -> Self:
        """Put this component and all inside it in training mode, or out of it; return it."""
        for _, module in self.named_modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Put this component and all inside it in evaluation mode; return it."""
        return self.train(False)

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters."""
        for parameter in self.parameters():
            parameter.grad = None

    # Values

    def initialize(self, seed: int = 0, weight: Initializer | None = None) -> Self:
        """Draw all arrays anew, as NumPy arrays of 32-bit floats; return the component.

        Parameters
        ----------
        seed : int
            Seed of the weights, and of the dropout layers' generators.
        weight : callable, optional
            How to draw the weights of at least two dimensions, such as `convnet.nn.init.kaiming_normal`;
            biases are then 0. Without it each layer does as torch's.

        Returns
        -------
        Component
            The component itself: `lenet5().initialize(seed=3)`.
        """
        generator = np.random.default_rng(integer("initialize", "seed", seed, 0))
        for name, array in self.named_arrays():
            initializer = array.initializer
            if weight is not None and len(array.shape) >= 2:
                initializer = weight
            values = initializer(generator, array.shape)
            if weight is not None and name.rpartition(".")[2] == "bias":
                values = np.zeros(array.shape, dtype=np.float32)
            array.data = values.astype(np.int64) if array.whole else values
        for _, module in self.named_modules():
            module.seed(generator)
        self.zero_grad()
        return self

    def seed(self, generator: np.random.Generator) -> None:
        """Take a generator of one's own from `generator`; only layers with chance in them do."""

    def to(
        self, library: str | None = None, device: object | None = None, dtype: object | None = None
    ) -> Self:
        """Move all arrays to another library, device or dtype; return the component.

        Parameters
        ----------
        library : {"numpy", "torch"}, optional
            Where the arrays come from; as they are unless given.
        device : optional
            A device of that library, such as "cuda".
        dtype : optional
            Of parameters and floating buffers; as it is unless given. A name such as "float64", or a dtype of
            the library; real floating ones only.

        Raises
        ------
        ValueError
            When the library is unknown or missing, the dtype is none of its real floating ones, the library
            cannot use the device, or the component has no arrays yet. All arrays are then where they were.

        Notes
        -----
        Gradients are forgotten. An optimizer that has made steps keeps its arrays where they were: make
        it afterwards.
        """
        ready = []
        for _, array in self.named_arrays():
            xp = find_library(library) if library else namespace(array.data)
            if device is not None:
                check_device(xp, device)
            wanted = None if dtype is None or array.whole else floating_dtype(xp, dtype)
            ready.append((array, moved(array.data, xp, device, wanted)))
        for array, data in ready:
            array.data = data
        self.zero_grad()
        return self

    def state_dict(self) -> dict[str, Array]:
        """Return all parameters and buffers by name: the arrays themselves, not copies.

        Training changes them in place, and the dictionary with them: copy what is to stay.
        """
        return {name: array.data for name, array in self.named_arrays()}

    def load_state_dict(self, state: Mapping[str, Array], strict: bool = True) -> Self:
        """Copy arrays by name into this component; return it.

        The arrays may come from any library: torchvision's state dictionaries load as they are. What has
        arrays keeps its library, dtype and device; what has none takes over the state's.

        Parameters
        ----------
        state : mapping
            Arrays by name. Counters (`num_batches_tracked`), which old files lack, start at 0.
        strict : bool
            Whether the names must be this component's. Without it, unknown names are left out, such as those
            of auxiliary heads, and arrays whose names are missing stay as they are.

        Raises
        ------
        ValueError
            When a name is missing or unknown, or a shape differs; nothing has been copied then.
        """
        own = dict(self.named_arrays())
        missing = sorted(name for name in own.keys() - state.keys() if not own[name].whole)
        unknown = sorted(state.keys() - own.keys())
        if strict and (missing or unknown):
            raise ValueError(
                f"load_state_dict: {len(missing)} names are missing {missing[:5]}, "
                f"{len(unknown)} are unknown {unknown[:5]}"
            )
        for name in own.keys() & state.keys():
            wanted, found = own[name].shape, shape_of(state[name])
            if found != wanted:
                raise ValueError(f"load_state_dict: {name} must have shape {wanted}, it has {found}")
        for name, array in own.items():
            if name in state:
                array.data = like(state[name], array.data if array.is_initialized else state[name])
            elif array.whole and state and not array.is_initialized:
                array.data = counter_like(next(iter(state.values())))
        return self

    # Helpers for layers

    def _kept(self, cache: Cache | None) -> Cache:
        """Return what the forward pass kept."""
        if cache is None:
            raise ValueError(f"{self.name}: backward needs a forward pass before it")
        return cache


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
