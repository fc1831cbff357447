"""Stochastic gradient descent, with momentum and Nesterov's momentum as torch writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convnet._array import Array
from convnet._numbers import number
from convnet.optim._groups import Group, Option
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


class SGD(Optimizer):
    r"""Stochastic gradient descent; with `momentum` a velocity sums up the gradients.

    .. math::

        v \leftarrow β v + (1 - τ)\, g, \qquad w \leftarrow w - α v

    The first velocity is the gradient itself. Unrolled, :math:`v = g_t + β g_{t-1} + β^2 g_{t-2} + …`:
    where gradients agree, steps grow up to :math:`1 / (1 - β)` times as long. With β = 0 it is plain SGD,
    :math:`w \leftarrow w - α g`.

    With `nesterov`, the step is :math:`w \leftarrow w - α (g + β v)`. That is Nesterov's method written in
    the point where the gradient is taken; `LookAheadNesterov` writes it as the lectures do.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    momentum : float
        Share :math:`β` of the velocity that is kept.
    dampening : float
        Share :math:`τ` of the gradient that is left out, from the second step on.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss.
    nesterov : bool
        Use Nesterov's momentum; it needs `momentum` and no `dampening`.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, a number is out of range, or `nesterov` stands without momentum or
        with dampening.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, first formulation; Sutskever et al., "On the
    importance of initialization and momentum in deep learning", 2013; names and defaults of
    `torch.optim.SGD`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([1.0]))
    >>> optimizer = SGD([w], lr=0.1, momentum=0.9)
    >>> optimizer.step(); optimizer.step()  # the second step is 1.9 times as long
    >>> w.data.round(3)
    array([0.71])
    """

    momentum = Option[float]()

    def __init__(
        self,
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-3,
        momentum: float = 0.0,
        dampening: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        options = {"momentum": momentum, "dampening": dampening, "nesterov": nesterov}
        super().__init__(
            parameters, {"lr": lr, **options, "weight_decay": weight_decay, "maximize": maximize}
        )

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        momentum = number(self.name, "momentum", options["momentum"])
        dampening = number(self.name, "dampening", options["dampening"], 0.0, 1.0)
        if options["nesterov"] and (momentum == 0.0 or dampening != 0.0):
            raise ValueError(
                f"{self.name}: nesterov needs momentum above 0 and dampening 0, "
                f"got momentum={momentum}, dampening={dampening}"
            )
        return super()._checked(options) | {"momentum": momentum, "dampening": dampening}

    def _remembered(self, group: Group) -> tuple[str, ...]:
        return ("velocity",) if group["momentum"] else ()

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        momentum, rate = group["momentum"], group["lr"]
        if not momentum:
            data -= rate * grad
            return
        velocity = arrays["velocity"]
        velocity *= momentum
        velocity += grad if step == 1 else (1.0 - group["dampening"]) * grad
        data -= rate * (grad + momentum * velocity if group["nesterov"] else velocity)
