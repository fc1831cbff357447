"""Adam, with and without bias correction, and AdamW."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from types import ModuleType

from convnet._array import Array
from convnet._numbers import number, rates
from convnet.optim.optimizer import Optimizer, Parameter


class Adam(Optimizer):
    r"""Momentum over RMSProp: both moments of the gradient are moving averages.

    .. math::

        m \leftarrow β_1 m + (1 - β_1)\, g, \qquad s \leftarrow β_2 s + (1 - β_2)\, g^2, \qquad
        w \leftarrow w - α \frac{\hat m}{\sqrt{\hat s} + ε}

    Both averages start at 0 and are therefore too small at first. Bias correction divides by the weight that
    the gradients have by step :math:`t`: :math:`\hat m = m / (1 - β_1^t)`, :math:`\hat s = s / (1 - β_2^t)`.
    Without it, :math:`\hat m = m` and :math:`\hat s = s`, and the first step is
    :math:`(1 - β_1) / \sqrt{1 - β_2}` rates long: 3.2 with the defaults.

    No array is corrected. Multiplying numerator and denominator by :math:`\sqrt{1 - β_2^t}` moves the
    correction into two numbers, the rate and ε.

    Parameters
    ----------
    parameters : iterable of Parameter
        Objects with arrays `data` and `grad`.
    lr : float
        Learning rate :math:`α`.
    betas : pair of float
        Shares :math:`β_1, β_2` of the averages that are kept.
    eps : float
        Keeps the division finite.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss. Its gradient is divided like the rest, so
        it binds least where gradients are large; `AdamW` mends that.
    bias_correction : bool
        Correct the averages for their start.

    Raises
    ------
    ValueError
        When a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Kingma and Ba, "Adam: a method for stochastic
    optimization", 2015; names and defaults of `torch.optim.Adam`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> for corrected in (True, False):
    ...     w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([5.0]))
    ...     Adam([w], lr=0.1, bias_correction=corrected).step()
    ...     print(w.data.round(3))
    [0.9]
    [0.684]
    """

    remembers = ("mean", "squares")

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-3,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        *,
        bias_correction: bool = True,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.momentum, self.square_momentum = rates(self.name, "betas", betas)
        self.eps = number(self.name, "eps", eps)
        self.bias_correction = bias_correction

    def _numbers(self) -> dict[str, float]:
        return {"lr": self.lr, "momentum": self.momentum}

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], step: int
    ) -> None:
        mean, squares = arrays["mean"], arrays["squares"]
        mean *= self.momentum
        mean += (1.0 - self.momentum) * grad
        squares *= self.square_momentum
        square = grad * grad
        square *= 1.0 - self.square_momentum
        squares += square

        rate, eps = self.lr, self.eps
        if self.bias_correction:
            root = sqrt(1.0 - self.square_momentum**step)
            rate *= root / (1.0 - self.momentum**step)
            eps *= root
        divisor = xp.sqrt(squares)
        divisor += eps
        change = mean / divisor
        change *= rate
        data -= change


class AdamW(Adam):
    r"""Adam whose weight decay does not pass through the division.

    .. math:: w \leftarrow (1 - α λ)\, w - α \frac{\hat m}{\sqrt{\hat s} + ε}

    Parameters
    ----------
    parameters : iterable of Parameter
        Objects with arrays `data` and `grad`.
    lr, betas, eps, bias_correction
        As in `Adam`.
    weight_decay : float
        Share :math:`λ` of the parameters that is taken off in each step, times the learning rate.

    Raises
    ------
    ValueError
        When a number is out of range.

    Notes
    -----
    Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019; names and defaults of
    `torch.optim.AdamW`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=np.asarray([0.0]))
    >>> AdamW([w], lr=0.1, weight_decay=0.5).step()
    >>> w.data.round(3)
    array([0.95])
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 1e-3,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        *,
        bias_correction: bool = True,
    ) -> None:
        super().__init__(parameters, lr, betas, eps, weight_decay, bias_correction=bias_correction)

    def _with_decay(self, grad: Array, data: Array) -> Array:
        data *= 1.0 - self.lr * self.weight_decay
        return grad
