"""Adam, with and without bias correction, and AdamW."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from types import ModuleType
from typing import Any

from convnet._array import Array
from convnet._numbers import number, rates
from convnet.optim._groups import Group
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


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
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    betas : pair of float
        Shares :math:`β_1, β_2` of the averages that are kept.
    eps : float
        Keeps the division finite.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss. Its gradient is divided like the rest, so
        it binds least where gradients are large; `AdamW` mends that.
    amsgrad : bool
        Divide by the root of the largest average of squares so far: no step grows because gradients shrink.
    maximize : bool
        Go up the gradient.
    bias_correction : bool
        Correct the averages for their start.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Kingma and Ba, "Adam: a method for stochastic
    optimization", 2015; Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018 (amsgrad); names
    and defaults of `torch.optim.Adam`.

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

    def __init__(
        self,
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-3,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        bias_correction: bool = True,
    ) -> None:
        options = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        kind = {"amsgrad": amsgrad, "maximize": maximize, "bias_correction": bias_correction}
        super().__init__(parameters, options | kind)

    @property
    def momentum(self) -> float:
        """Share of the averaged gradient that is kept, in the first group."""
        return float(self.param_groups[0]["betas"][0])

    def _checked(self, options: dict[str, Any]) -> dict[str, Any]:
        betas, eps = rates(self.name, "betas", options["betas"]), number(self.name, "eps", options["eps"])
        return super()._checked(options) | {"betas": betas, "eps": eps}

    def _remembered(self, group: Group) -> tuple[str, ...]:
        return ("mean", "squares", "largest") if group["amsgrad"] else ("mean", "squares")

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        mean, squares = arrays["mean"], arrays["squares"]
        momentum, square_momentum = group["betas"]
        mean *= momentum
        mean += (1.0 - momentum) * grad
        squares *= square_momentum
        square = grad * grad
        square *= 1.0 - square_momentum
        squares += square
        if group["amsgrad"]:
            largest = arrays["largest"]
            largest[...] = xp.maximum(largest, squares)
            squares = largest

        rate, eps = group["lr"], group["eps"]
        if group["bias_correction"]:
            root = sqrt(1.0 - square_momentum**step)
            rate *= root / (1.0 - momentum**step)
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
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr, betas, eps, amsgrad, maximize, bias_correction
        As in `Adam`.
    weight_decay : float
        Share :math:`λ` of the parameters that is taken off in each step, times the learning rate.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range.

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
        parameters: Iterable[Parameter] | Iterable[Mapping[str, Any]],
        lr: float = 1e-3,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        bias_correction: bool = True,
    ) -> None:
        more: dict[str, Any] = {"maximize": maximize, "bias_correction": bias_correction}
        super().__init__(parameters, lr, betas, eps, weight_decay, amsgrad, **more)

    def _with_decay(self, grad: Array, data: Array, group: Group) -> Array:
        data *= 1.0 - group["lr"] * group["weight_decay"]
        return -grad if group["maximize"] else grad
