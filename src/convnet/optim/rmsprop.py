"""RMSProp: Adagrad that forgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType

from convnet._array import Array
from convnet._numbers import number, rate
from convnet.optim.optimizer import Optimizer, Parameter


class RMSprop(Optimizer):
    r"""Divide each step by the root of a moving average of squared gradients.

    .. math::

        s \leftarrow ρ s + (1 - ρ)\, g^2, \qquad w \leftarrow w - α \frac{g}{\sqrt{s} + ε}

    With `centered`, the average gradient is taken off before the root: :math:`\sqrt{s - \bar g^2}`, an
    estimate of the standard deviation. With `momentum`, a velocity sums up the divided gradients:
    :math:`v \leftarrow β v + g / (\sqrt{s} + ε)`, :math:`w \leftarrow w - α v`.

    Parameters
    ----------
    parameters : iterable of Parameter
        Objects with arrays `data` and `grad`.
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

    Raises
    ------
    ValueError
        When a number is out of range.

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

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.alpha = rate(self.name, "alpha", alpha)
        self.eps = number(self.name, "eps", eps)
        self.momentum = number(self.name, "momentum", momentum)
        self.remembers = (
            "squares",
            *(("velocity",) if self.momentum else ()),
            *(("mean",) if centered else ()),
        )

    def _numbers(self) -> dict[str, float]:
        return {"lr": self.lr, "momentum": self.momentum}

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], step: int
    ) -> None:
        squares = arrays["squares"]
        squares *= self.alpha
        squares += (1.0 - self.alpha) * grad * grad
        spread = squares
        if "mean" in arrays:
            mean = arrays["mean"]
            mean += (1.0 - self.alpha) * (grad - mean)
            spread = squares - mean * mean
        divisor = xp.sqrt(spread)
        divisor += self.eps
        change = grad / divisor
        if "velocity" in arrays:
            velocity = arrays["velocity"]
            velocity *= self.momentum
            velocity += change
            data -= self.lr * velocity
        else:
            data -= self.lr * change
