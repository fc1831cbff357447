"""What all optimizers share: groups of parameters with their options, and arrays that remember."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, TypedDict

from convnet._arguments import floating, shape_of
from convnet._array import Array, namespace, zeros
from convnet._numbers import number
from convnet.optim._blocks import blocks
from convnet.optim._groups import Group, Option, read_groups, read_parameters
from convnet.optim.parameter import Parameter


class OptimizerState(TypedDict):
    """What a checkpoint keeps of an optimizer."""

    groups: list[dict[str, Any]]
    """Options of each group, and under "params" the places of its parameters; schedules change them."""
    steps: list[int]
    """Updates done, for each parameter."""
    arrays: list[dict[str, Array]]
    """What is remembered, for each parameter."""


class Optimizer(ABC):
    r"""Update parameters against their gradients.

    Updates change `parameter.data` in place and make no array in its size. A parameter whose `grad` is None
    is left alone, as in torch.

    `param_groups` is a list of dictionaries, as in torch: the parameters of a group under "params", and its
    options by name. `optimizer.lr` and its like read the first group's, and set those of all groups.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, such as `model.parameters()`; or groups of them, such as
        `{"params": model.parameters(), "lr": 0.1}`, which take the options that they do not name from
        `defaults`.
    defaults : mapping
        The options by name. All optimizers have the learning rate `lr`, which schedules change between steps;
        `weight_decay`, the factor :math:`λ` of the squared norm
        :math:`\tfrac{λ}{2} \lVert w \rVert^2` that is added to the loss; and `maximize`, with which they go
        up the gradient instead of down.

    Raises
    ------
    ValueError
        When there are no parameters, one comes twice, something else is given in their place, or an option
        is unknown or out of range.
    """

    lr = Option[float]()
    weight_decay = Option[float]()

    def __init__(
        self, parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]], defaults: Mapping[str, Any]
    ) -> None:
        self.defaults = self._checked(dict(defaults))
        self.param_groups: list[Group] = []
        self.parameters: list[Parameter] = []
        self.steps: list[int] = []
        self.arrays: list[dict[str, Array]] = []
        for group in read_groups(self.name, parameters):
            self.add_param_group(group)
        if not self.parameters:
            raise ValueError(f"{self.name}: parameters must hold at least one parameter, got none")

    @property
    def name(self) -> str:
        """The optimizer's name, which opens its messages."""
        return type(self).__name__

    def __repr__(self) -> str:
        lines = [f"{self.name} ("]
        for place, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {place}")
            lines += [f"    {key}: {value}" for key, value in sorted(group.items()) if key != "params"]
        return "\n".join([*lines, ")"])

    def add_param_group(self, param_group: Mapping[str, Any]) -> None:
        """Let further parameters be learned, as when layers that were frozen are to be trained too.

        Parameters
        ----------
        param_group : mapping
            Parameters under "params", and options that differ from the defaults.

        Raises
        ------
        ValueError
            When one of them is no parameter or there already, or an option is unknown or out of range.
        """
        options = {name: value for name, value in param_group.items() if name != "params"}
        unknown = options.keys() - self.defaults.keys() - {"initial_lr"}
        if unknown:
            raise ValueError(
                f"{self.name}: parameter groups have the options {sorted(self.defaults)}, "
                f"got {sorted(unknown)}"
            )
        members = read_parameters(self.name, param_group["params"], self.parameters)
        self.param_groups.append({"params": members, **self._checked({**self.defaults, **options})})
        self.parameters += members
        self.steps += [0] * len(members)
        self.arrays += [{} for _ in members]

    def step(self) -> None:
        """Update every parameter that has a gradient.

        Raises
        ------
        ValueError
            When a gradient differs from its parameter in shape, dtype, library or device; no parameter has
            been updated then.
        """
        for place, parameter in enumerate(self.parameters):
            data, grad = parameter.data, parameter.grad
            if grad is None:
                continue
            if self.steps[place] == 0 or data.shape != grad.shape or data.dtype != grad.dtype:
                self._check(place, data, grad)
        self._update_all()

    def _update_all(self) -> None:
        xp, kind, place = None, None, -1
        for group in self.param_groups:
            remembered = self._remembered(group)
            is_changed = bool(group["weight_decay"] or group["maximize"])
            for parameter in group["params"]:
                place += 1
                data, grad = parameter.data, parameter.grad
                if grad is None:
                    continue
                if xp is None or type(data) is not kind:
                    xp, kind = namespace(data), type(data)
                arrays = self.arrays[place]
                for name in remembered:
                    if name not in arrays:
                        arrays[name] = self._start(name, data, group)
                self.steps[place] += 1
                step = self.steps[place]
                for part in blocks(data):
                    block, gradient = data[part], grad[part]
                    if is_changed:
                        gradient = self._with_decay(gradient, block, group)
                    views = {name: array[part] for name, array in arrays.items()}
                    self._update(xp, block, gradient, views, group, step)

    def _grouped(self) -> Iterator[tuple[Group, Parameter]]:
        """Yield all parameters in their order, each with its group."""
        for group in self.param_groups:
            for parameter in group["params"]:
                yield group, parameter

    def _check(self, place: int, data: Array, grad: Array) -> None:
        floating(self.name, data=data, grad=grad)
        if shape_of(grad) != shape_of(data):
            raise ValueError(
                f"{self.name}: the gradient of parameter {place} has shape {shape_of(grad)}, "
                f"the parameter has {shape_of(data)}"
            )

    def look_ahead(self) -> None:  # noqa: B027   most optimizers stay where they are
        """Move the parameters to where the gradient is wanted; only `LookAheadNesterov` moves them."""

    def look_back(self) -> None:  # noqa: B027   most optimizers never left
        """Undo a `look_ahead` that no step followed, as after an error between them."""

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for parameter in self.parameters:
            parameter.grad = None

    def state_dict(self) -> OptimizerState:
        """Return what is needed to go on from here; the arrays are the optimizer's own, not copies."""
        groups, first = [], 0
        for group in self.param_groups:
            places = list(range(first, first + len(group["params"])))
            groups.append({**group, "params": places})
            first += len(places)
        return {"groups": groups, "steps": list(self.steps), "arrays": [dict(part) for part in self.arrays]}

    def load_state_dict(self, state: OptimizerState) -> None:
        """Go on from a state which `state_dict` returned, options included; its arrays are taken over.

        Raises
        ------
        ValueError
            When it belongs to other parameters or to another kind of optimizer; nothing has changed then.
        """
        if len(state["steps"]) != len(self.parameters):
            raise ValueError(
                f"{self.name}: the state is for {len(state['steps'])} parameters, "
                f"there are {len(self.parameters)}"
            )
        places = zip(self._grouped(), state["steps"], state["arrays"], strict=True)
        for (group, parameter), steps, arrays in places:
            wanted = self._remembered(group)
            if steps and set(arrays) != set(wanted):
                raise ValueError(
                    f"{self.name}: the state must hold the arrays {sorted(wanted)}, it holds {sorted(arrays)}"
                )
            for name, array in arrays.items():
                if shape_of(array) != shape_of(parameter.data):
                    raise ValueError(
                        f"{self.name}: the state's {name} has shape {shape_of(array)}, "
                        f"its parameter has {shape_of(parameter.data)}"
                    )
        sizes, found = (
            [len(group["params"]) for group in part] for part in (self.param_groups, state["groups"])
        )
        if found != sizes:
            raise ValueError(f"{self.name}: the state has groups of {found} parameters, there are {sizes}")
        for group, options in zip(self.param_groups, state["groups"], strict=True):
            kept = {name: value for name, value in options.items() if name != "params"}
            # A file of JSON knows no tuples.
            group |= {
                name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
            }
        self.steps = list(state["steps"])
        self.arrays = [dict(arrays) for arrays in state["arrays"]]

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options, each of them in its range."""
        return options | {
            "lr": number(self.name, "lr", options["lr"]),
            "weight_decay": number(self.name, "weight_decay", options["weight_decay"]),
        }

    def _remembered(self, group: Group) -> tuple[str, ...]:
        """Return the names of the arrays that are remembered for each parameter of a group."""
        return ()

    def _start(self, name: str, data: Array, group: Group) -> Array:
        """Return where a remembered array starts."""
        return zeros(data.shape, data)

    def _with_decay(self, grad: Array, data: Array, group: Group) -> Array:
        grad = -grad if group["maximize"] else grad
        return grad + group["weight_decay"] * data if group["weight_decay"] else grad

    @abstractmethod
    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        """Change `data` and the remembered arrays in place; `step` counts from 1."""
