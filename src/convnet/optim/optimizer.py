"""What all optimizers share: parameters, a learning rate, and arrays that remember."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Protocol, TypedDict

from convnet._arguments import floating, sequence, shape_of
from convnet._array import Array, namespace, zeros
from convnet._numbers import number
from convnet.optim._blocks import blocks


class Parameter(Protocol):
    """What an optimizer wants of a parameter: an array, and the gradient of the loss by it."""

    @property
    def data(self) -> Array:
        """The array that is learned; updates change it in place."""

    @property
    def grad(self) -> Array | None:
        """The gradient, or None where there is none yet."""

    @grad.setter
    def grad(self, value: None) -> None: ...


class OptimizerState(TypedDict):
    """What a checkpoint keeps of an optimizer."""

    numbers: dict[str, float]
    """Learning rate, and momentum where there is one; schedules change them."""
    steps: list[int]
    """Updates done, for each parameter."""
    arrays: list[dict[str, Array]]
    """What is remembered, for each parameter."""


class Optimizer(ABC):
    r"""Update parameters against their gradients.

    Updates change `parameter.data` in place and make no array in its size. A parameter whose `grad` is None
    is left alone, as in torch.

    Parameters
    ----------
    parameters : iterable of Parameter
        Objects with arrays `data` and `grad`, such as `model.parameters()`.
    lr : float
        Learning rate :math:`α`; schedules change it between steps.
    weight_decay : float
        Factor :math:`λ` of the squared norm :math:`\tfrac{λ}{2} \lVert w \rVert^2` that is added to the
        loss.

    Raises
    ------
    ValueError
        When there are no parameters, or a number is out of range.
    """

    remembers: tuple[str, ...] = ()
    """Names of the arrays remembered for each parameter, which start at 0."""

    def __init__(self, parameters: Iterable[Parameter], lr: float, weight_decay: float = 0.0) -> None:
        self.parameters = list(
            sequence(self.name, "parameters", parameters, "as model.parameters() gives them")
        )
        if not self.parameters:
            raise ValueError(f"{self.name}: parameters must hold at least one parameter")
        self.lr = number(self.name, "lr", lr)
        self.weight_decay = number(self.name, "weight_decay", weight_decay)
        self.steps = [0] * len(self.parameters)
        self.arrays: list[dict[str, Array]] = [{} for _ in self.parameters]

    @property
    def name(self) -> str:
        """The optimizer's name, which opens its messages."""
        return type(self).__name__

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
        xp, kind = None, None
        for place, parameter in enumerate(self.parameters):
            data, grad = parameter.data, parameter.grad
            if grad is None:
                continue
            if xp is None or type(data) is not kind:
                xp, kind = namespace(data), type(data)
            if self.steps[place] == 0:
                self.arrays[place] = self._start(data)
            self.steps[place] += 1
            arrays, step = self.arrays[place], self.steps[place]
            for part in blocks(data):
                block = data[part]
                gradient = self._with_decay(grad[part], block)
                views = {name: array[part] for name, array in arrays.items()}
                self._update(xp, block, gradient, views, step)

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
        return {
            "numbers": self._numbers(),
            "steps": list(self.steps),
            "arrays": [dict(arrays) for arrays in self.arrays],
        }

    def load_state_dict(self, state: OptimizerState) -> None:
        """Go on from a state which `state_dict` returned; its arrays are taken over.

        Raises
        ------
        ValueError
            When it belongs to other parameters or to another kind of optimizer.
        """
        if len(state["steps"]) != len(self.parameters):
            raise ValueError(
                f"{self.name}: the state is for {len(state['steps'])} parameters, "
                f"there are {len(self.parameters)}"
            )
        for parameter, steps, arrays in zip(self.parameters, state["steps"], state["arrays"], strict=True):
            if steps and set(arrays) != set(self.remembers):
                raise ValueError(
                    f"{self.name}: the state must hold the arrays {sorted(self.remembers)}, "
                    f"it holds {sorted(arrays)}"
                )
            for name, array in arrays.items():
                if shape_of(array) != shape_of(parameter.data):
                    raise ValueError(
                        f"{self.name}: the state's {name} has shape {shape_of(array)}, "
                        f"its parameter has {shape_of(parameter.data)}"
                    )
        for name, value in state["numbers"].items():
            setattr(self, name, value)
        self.steps = list(state["steps"])
        self.arrays = [dict(arrays) for arrays in state["arrays"]]

    def _numbers(self) -> dict[str, float]:
        return {"lr": self.lr}

    def _start(self, data: Array) -> dict[str, Array]:
        return {name: zeros(data.shape, data) for name in self.remembers}

    def _with_decay(self, grad: Array, data: Array) -> Array:
        return grad + self.weight_decay * data if self.weight_decay else grad

    @abstractmethod
    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], step: int
    ) -> None:
        """Change `data` and the remembered arrays in place; `step` counts from 1."""
