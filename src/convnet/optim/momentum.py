"""The two other ways to write momentum; `SGD` holds the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convnet._array import Array
from convnet._numbers import rate
from convnet.optim._groups import Group, Option
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


class _Momentum(Optimizer):
    momentum = Option[float]()

    def __init__(
        self,
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-3,
        momentum: float = 0.9,
        weight_decay: float = 0.0,
        *,
        maximize: bool = False,
    ) -> None:
        options = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "maximize": maximize}
        super().__init__(parameters, options)

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        return super()._checked(options) | {"momentum": rate(self.name, "momentum", options["momentum"])}

    def _remembered(self, group: Group) -> tuple[str, ...]:
        return ("velocity",)


class AveragedMomentum(_Momentum):
    r"""Momentum whose velocity is an exponential moving average of the gradients.

    .. math:: v \leftarrow β v + (1 - β)\, g, \qquad w \leftarrow w - α v

    The weights of all past gradients sum to one, so the velocity has the size of a gradient. It walks the
    path of `SGD` with the learning rate :math:`α (1 - β)`.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    momentum : float
        Share :math:`β` of the average that is kept, 0 ≤ β < 1.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, second formulation.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([1.0]))
    >>> AveragedMomentum([w], lr=1.0, momentum=0.9).step()
    >>> w.data.round(3)
    array([0.9])
    """

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        velocity = arrays["velocity"]
        velocity *= group["momentum"]
        velocity += (1.0 - group["momentum"]) * grad
        data -= group["lr"] * velocity


class VelocityMomentum(_Momentum):
    r"""Momentum whose velocity is the step itself: the learning rate stands inside it.

    .. math:: v \leftarrow β v - α g, \qquad w \leftarrow w + v

    At a constant learning rate it walks the path of `SGD`. When a schedule lowers α, the steps already in
    the velocity keep their old length here, while `SGD` shortens them at once.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    momentum : float
        Share :math:`β` of the last step that is made again, 0 ≤ β < 1.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, third formulation; Polyak, "Some methods of speeding
    up the convergence of iteration methods", 1964.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([1.0]))
    >>> optimizer = VelocityMomentum([w], lr=0.1, momentum=0.9)
    >>> optimizer.step(); optimizer.step()
    >>> w.data.round(3)
    array([0.71])
    """

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        velocity = arrays["velocity"]
        velocity *= group["momentum"]
        velocity -= group["lr"] * grad
        data += velocity
