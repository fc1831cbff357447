"""RMSProp: Adagrad that forgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convnet._array import Array
from convnet._numbers import number, rate
from convnet.optim._groups import Group, Option
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


class RMSprop(Optimizer):
    r"""Divide each step by the root of a moving average of squared gradients.

    .. math::

        s \leftarrow ρ s + (1 - ρ)\, g^2, \qquad w \leftarrow w - α \frac{g}{\sqrt{s} + ε}

    With `centered`, the average gradient is taken off before the root: :math:`\sqrt{s - \bar g^2}`, an
    estimate of the standard deviation. With `momentum`, a velocity sums up the divided gradients:
    :math:`v \leftarrow β v + g / (\sqrt{s} + ε)`, :math:`w \leftarrow w - α v`.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    alpha : float
        Share :math:`ρ` of the average that is kept (torch's name).
    eps : float
        Keeps the division finite.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss.
    momentum : float
        Share :math:`β` of the velocity that is kept.
    centered : bool
        Divide by the standard deviation.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Hinton, "Neural networks for machine learning",
    lecture 6, 2012; Graves, "Generating sequences with recurrent neural networks", 2013 (centered); names
    and defaults of `torch.optim.RMSprop`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([5.0]))
    >>> RMSprop([w], lr=0.01, alpha=0.99).step()  # g / √(0.01 g²) = 10 rates
    >>> w.data.round(3)
    array([0.9])
    """

    momentum = Option[float]()

    def __init__(
        self,
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        options = {"lr": lr, "alpha": alpha, "eps": eps, "weight_decay": weight_decay}
        kind = {"momentum": momentum, "centered": centered, "maximize": maximize}
        super().__init__(parameters, options | kind)

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        numbers = {name: number(self.name, name, options[name]) for name in ("eps", "momentum")}
        return super()._checked(options) | numbers | {"alpha": rate(self.name, "alpha", options["alpha"])}

    def _remembered(self, group: Group) -> tuple[str, ...]:
        velocity = ("velocity",) if group["momentum"] else ()
        return ("squares", *velocity, "mean") if group["centered"] else ("squares", *velocity)

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        squares = arrays["squares"]
        squares *= group["alpha"]
        squares += (1.0 - group["alpha"]) * grad * grad
        spread = squares
        if group["centered"]:
            mean = arrays["mean"]
            mean += (1.0 - group["alpha"]) * (grad - mean)
            spread = squares - mean * mean
        divisor = xp.sqrt(spread)
        divisor += group["eps"]
        change = grad / divisor
        if group["momentum"]:
            velocity = arrays["velocity"]
            velocity *= group["momentum"]
            velocity += change
            change = velocity
        data -= group["lr"] * change
