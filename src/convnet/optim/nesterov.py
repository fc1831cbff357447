"""Nesterov's momentum as the lectures write it: look ahead, then take the gradient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from convnet._array import Array
from convnet._numbers import rate
from convnet.optim._groups import Group, Option
from convnet.optim.optimizer import Optimizer
from convnet.optim.parameter import Parameter


class LookAheadNesterov(Optimizer):
    r"""Take the gradient where the velocity will lead, and correct the velocity there.

    .. math:: \hat w = w + β v, \qquad v \leftarrow β v - α\, g(\hat w), \qquad w \leftarrow w + v

    Call `look_ahead` before the forward pass: it moves the parameters from :math:`w` to :math:`\hat w`.
    `step` moves them on to the new :math:`w`, `look_back` back to the old one where no step is to follow.

    `SGD` with `nesterov=True` stores :math:`\hat w` instead of :math:`w`: put :math:`w = \hat w - β v` into
    the formulas above and its own come out. The look-ahead points here are the parameters there.

    Parameters
    ----------
    parameters : iterable of Parameter, or of dict
        Objects with arrays `data` and `grad`, or groups of them; see `Optimizer`.
    lr : float
        Learning rate :math:`α`.
    momentum : float
        Share :math:`β` of the velocity that is kept, 0 ≤ β < 1.
    weight_decay : float
        Factor of the squared norm of the parameters in the loss; its gradient too is taken at
        :math:`\hat w`.
    maximize : bool
        Go up the gradient.

    Raises
    ------
    ValueError
        When something is no parameter, or a number is out of range; when `step` is not preceded by
        `look_ahead`, or a second `look_ahead` follows the first.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Nesterov, "A method of solving a convex programming
    problem with convergence rate O(1/k²)", 1983.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> w = SimpleNamespace(data=np.asarray([1.0]), grad=None)
    >>> optimizer = LookAheadNesterov([w], lr=0.1, momentum=0.9)
    >>> for _ in range(2):
    ...     optimizer.look_ahead()
    ...     w.grad = 2 * w.data  # of the loss w²
    ...     optimizer.step()
    >>> w.data.round(3)
    array([0.496])
    """

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

    def look_ahead(self) -> None:
        """Move the parameters to where the velocity will lead them.

        Raises
        ------
        ValueError
            When it was called before, without a step between.
        """
        if self._is_ahead:
            raise ValueError(
                f"{self.name}: look_ahead was called twice without a step between; "
                "call look_back where a step could not be made"
            )
        for group in self.param_groups:
            group["ahead"] = group["momentum"]  # the way back is as long, whatever becomes of the momentum
        self._shift(1.0)

    def look_back(self) -> None:
        """Move the parameters back, up to rounding, to where they were before `look_ahead`, if it was called.

        `Trainer` does so when anything fails between looking ahead and the step.
        """
        if self._is_ahead:
            self._shift(-1.0)
            self._arrive()

    def step(self) -> None:
        """Update every parameter that has a gradient; the others go back to where they were.

        Raises
        ------
        ValueError
            When `look_ahead` was not called before the gradients were taken, or a gradient does not fit its
            parameter; all parameters are then still ahead.
        """
        if not self._is_ahead:
            raise ValueError(f"{self.name}: call look_ahead before the gradients are taken")
        super().step()

    @property
    def _is_ahead(self) -> bool:
        return any("ahead" in group for group in self.param_groups)

    def _arrive(self) -> None:
        for group in self.param_groups:
            group.pop("ahead", None)

    def _update_all(self) -> None:
        self._shift(-1.0, only_without_gradient=True)
        try:
            super()._update_all()
        finally:
            self._arrive()

    def _shift(self, times: float, only_without_gradient: bool = False) -> None:
        for place, (group, parameter) in enumerate(self._grouped()):
            if self.steps[place] and not (only_without_gradient and parameter.grad is not None):
                data = parameter.data
                data += times * group.get("ahead", 0.0) * self.arrays[place]["velocity"]

    def _update(
        self, xp: ModuleType, data: Array, grad: Array, arrays: Mapping[str, Array], group: Group, step: int
    ) -> None:
        velocity = arrays["velocity"]
        if step > 1:
            data -= group.get("ahead", 0.0) * velocity
        velocity *= group["momentum"]
        velocity -= group["lr"] * grad
        data += velocity
