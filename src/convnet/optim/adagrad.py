"""Adagrad: a learning rate for each number, which only ever falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convnet._array import Array, full
from convnet._numbers import number
from convnet.optim._groups import Group
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


class Adagrad(Optimizer):
    r"""Divide each step by the root of all squared gradients so far.

    .. math::

        G \leftarrow G + g^2, \qquad w \leftarrow w - \frac{α}{1 + (t - 1)\, δ} \cdot \frac{g}{\sqrt{G} + ε}

    Numbers with large gradients take small steps, rare features keep large ones. :math:`G` never shrinks, so
    the effective rate goes to zero.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    lr_decay : float
        Further decay :math:`δ` of the rate with the step :math:`t`.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss.
    initial_accumulator_value : float
        Where :math:`G` starts.
    eps : float
        Keeps the division finite.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Duchi, Hazan and Singer, "Adaptive subgradient
    methods for online learning and stochastic optimization", 2011; names and defaults of
    `torch.optim.Adagrad`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([5.0]))
    >>> optimizer = Adagrad([w], lr=0.1)
    >>> optimizer.step()  # the first step has the length of the rate, whatever the gradient
    >>> w.data.round(3)
    array([0.9])
    """

    def __init__(
        self,
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-2,
        lr_decay: float = 0.0,
        weight_decay: float = 0.0,
        initial_accumulator_value: float = 0.0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
    ) -> None:
        options = {"lr": lr, "lr_decay": lr_decay, "weight_decay": weight_decay, "eps": eps}
        start = {"initial_accumulator_value": initial_accumulator_value, "maximize": maximize}
        super().__init__(parameters, options | start)

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        names = ("lr_decay", "eps", "initial_accumulator_value")
        return super()._checked(options) | {name: number(self.name, name, options[name]) for name in names}

    def _remembered(self, group: Group) -> tuple[str, ...]:
        return ("squares",)

    def _start(self, name: str, data: Array, group: Group) -> Array:
        return full(data.shape, group["initial_accumulator_value"], data)

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        squares = arrays["squares"]
        squares += grad * grad
        divisor = xp.sqrt(squares)
        divisor += group["eps"]
        change = grad / divisor
        change *= group["lr"] / (1.0 + (step - 1) * group["lr_decay"])
        data -= change
