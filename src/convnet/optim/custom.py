"""A schedule that somebody else has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule

Factor = Callable[[int], float]


class LambdaLR(Schedule):
    r"""Multiply the rate by a function of the step.

    .. math:: α_t = α_0\, f(t)

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    lr_lambda : callable or sequence of callable
        :math:`f`, or one for each parameter group (torch's name).

    Raises
    ------
    ValueError
        When something is not to be called, or there are not as many functions as parameter groups.

    Notes
    -----
    Source: names of `torch.optim.lr_scheduler.LambdaLR`.

    Examples
    --------
    The schedule of the transformer, of which only the shape is left when the base rate is 1:

    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = LambdaLR(optimizer, lambda step: min((step + 1) / 4, (4 / (step + 1)) ** 0.5))
    >>> [round(schedule.rate(step), 3) for step in range(6)]
    [0.25, 0.5, 0.75, 1.0, 0.894, 0.816]
    """

    def __init__(self, optimizer: Optimizer, lr_lambda: Factor | Sequence[Factor]) -> None:
        super().__init__(optimizer)
        groups = len(optimizer.param_groups)
        given = lr_lambda if isinstance(lr_lambda, Sequence) else [lr_lambda] * groups
        if len(given) != groups or not all(callable(factor) for factor in given):
            raise ValueError(
                f"{self.name}: lr_lambda must be a function, or one for each of {groups} parameter groups, "
                f"got {lr_lambda!r}"
            )
        self.lr_lambdas = list(given)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return self.base_lrs[group] * self.lr_lambdas[group](step)
