"""What a student's network is and does: its parameters, outputs, gradients, and whether it learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit import _recording
from coursekit.checks._inside import PROTOCOL, inside, unnoted
from coursekit.checks._network import work

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Overfit:
    """What became of a network that was trained on a few images.

    ``losses`` holds the loss before the first step and after each, ``logits`` what the trained network
    answers in evaluation mode. ``loss``, ``predictions`` and ``accuracy`` follow from the logits.
    """

    losses: NDArray[Any]
    logits: NDArray[Any]
    labels: NDArray[Any]

    @property
    def predictions(self) -> NDArray[Any]:
        """The class of the largest logit of each image."""
        return np.asarray(self.logits.argmax(axis=1))

    @property
    def accuracy(self) -> float:
        """The share of images whose class is right."""
        return float((self.predictions == self.labels).mean())

    @property
    def loss(self) -> float:
        """The mean cross entropy of the logits."""
        shifted = self.logits - self.logits.max(axis=1, keepdims=True)
        scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return float(-scores[np.arange(len(self.labels)), self.labels].mean())


@dataclass(frozen=True)
class Modes:
    """How a network differs between training and evaluation.

    ``drawn``: whether two passes in training mode differ, as dropout makes them. ``settled``: whether two in
    evaluation mode agree. ``moved``: the buffers that a pass in training mode changes, as batch normalization
    does with its running statistics. ``spoilt``: the parameters and buffers that a pass in evaluation mode
    changes; there should be none.
    """

    drawn: bool
    settled: bool
    moved: tuple[str, ...]
    spoilt: tuple[str, ...]


class Module:
    """A student's network, examined; see :func:`module`.

    All of it runs on a copy of the network beside the student's code, always with the same random numbers.
    """

    def __init__(self, net: Any, name: str) -> None:
        self._net = net
        self.name = name
        state = self._ask("state")
        self._parameters: Arrays = state["parameters"]
        self._buffers: Arrays = state["buffers"]

    def __repr__(self) -> str:
        return f"{self.name}: {len(self._parameters)} parameters of {self.count} numbers"

    @property
    def parameters(self) -> Arrays:
        """The learned arrays by name, as they were when this report was made."""
        return dict(self._parameters)

    @property
    def buffers(self) -> Arrays:
        """The arrays that are kept but not learned, by name."""
        return dict(self._buffers)

    @property
    def state(self) -> Arrays:
        """Parameters and buffers, what ``state_dict`` holds."""
        return {**self._parameters, **self._buffers}

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the parameters by name."""
        return {name: value.shape for name, value in self._parameters.items()}

    @property
    def count(self) -> int:
        """How many numbers are learned."""
        return sum(value.size for value in self._parameters.values())

    def forward(
        self, x: ArrayLike, train: bool = False, state: Mapping[str, ArrayLike] | None = None
    ) -> NDArray[Any]:
        """Return what the network makes of a batch.

        Parameters
        ----------
        x : array
            The batch.
        train : bool
            Whether in training mode.
        state : mapping, optional
            Parameters and buffers to load first, by name: with those of a reference the outputs can be
            compared.

        Raises
        ------
        AssertionError
            When the names or shapes are others, or no array comes out.
        """
        found: NDArray[Any] = self._ask("forward", x, train, state, drawn=state is None)
        return found

    def gradients(
        self,
        x: ArrayLike,
        target: ArrayLike,
        train: bool = False,
        state: Mapping[str, ArrayLike] | None = None,
    ) -> Arrays:
        """Return the gradient by each parameter, zeros where none arrives.

        Parameters
        ----------
        x : array
            The batch.
        target : array
            Classes (whole numbers): the gradient of the mean cross entropy. Or the gradient by the output.
        train, state
            As in :meth:`forward`.
        """
        found: Arrays = self._ask("gradients", x, target, train, state, drawn=state is None)
        return found

    def unreached(self, x: ArrayLike, target: ArrayLike) -> list[str]:
        """Return the parameters that a step of training on this batch would leave as they are."""
        return [name for name, grad in self.gradients(x, target, train=True).items() if not np.any(grad)]

    def overfit(self, x: ArrayLike, labels: ArrayLike, steps: int = 100, lr: float = 1e-3) -> Overfit:
        """Train on one batch with Adam and return what became of it.

        A sound network gets a few dozen images right within a hundred steps. Each step must fit with all
        others into the seconds that a call may take.
        """
        losses, logits = self._ask("overfit", x, labels, steps, lr)
        return Overfit(np.array(losses), np.asarray(logits), np.asarray(labels))

    def modes(self, x: ArrayLike) -> Modes:
        """Return how training and evaluation differ on a batch."""
        first, second, moved, third, fourth, spoilt = self._ask("modes", x)
        return Modes(
            not np.array_equal(first, second), np.array_equal(third, fourth), tuple(moved), tuple(spoilt)
        )

    def _ask(self, what: str, *operands: Any, drawn: bool = True) -> Any:
        """Ask inside; of what follows from weights that the student's code has drawn, shapes alone are noted.

        Those weights depend on what else the notebook has drawn before: no two are known by them.
        """
        arguments = work, self._net, self.name, what, [_plain(value) for value in operands]
        if not drawn:
            return inside(*arguments)
        found = unnoted(arguments[0], arguments[1:], {})
        _recording.note(_shapes(found))
        return found


def module(net: Any, name: str = "the network") -> Module:
    """Examine a student's network of torch: parameters, outputs, gradients, and whether it learns.

    Each question is answered beside the student's code on a copy of the network, so the network stays as it
    is and a test says the same in a notebook, under seal and under Otter's own grader. Answers are arrays.

    What comes back is the student's word, as any return value is: compare outputs and gradients with those of
    a reference that has the same ``state``, on inputs that the test draws.

    Parameters
    ----------
    net : torch.nn.Module
        The network, an object and not its class.
    name : str
        What messages call it.

    Returns
    -------
    Module
        ``parameters``, ``shapes``, ``count``, ``buffers`` and ``state``; ``forward``, ``gradients``,
        ``unreached``, ``overfit`` and ``modes``.

    Raises
    ------
    AssertionError
        In words for the student, when it is no network.

    Examples
    --------
    ::

        report = checks.module(LeNet(), "LeNet()")
        assert report.count == 61_706, f"LeNet has 61706 parameters, yours has {report.count}"
        assert report.unreached(images, labels) == []
        assert report.overfit(images, labels).accuracy == 1.0
    """
    assert net is not None, f"{name} is None. Return the network, and run the cell that defines it first."
    return Module(net, name)


def _shapes(value: Any) -> Any:
    """Return an answer with a shape in the place of each array, and nothing in that of a number."""
    if isinstance(value, Mapping):
        return {key: _shapes(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_shapes(part) for part in value if not isinstance(part, float)]
    return list(np.shape(value)) if isinstance(value, np.ndarray) else value


def _plain(value: Any) -> Any:
    """Return a batch as an array and a state as a dict of arrays; numbers and None stay."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if value is None or isinstance(value, bool | int | float) or hasattr(type(value), PROTOCOL):
        return value
    return value.detach().cpu().numpy() if hasattr(value, "detach") else np.asarray(value)
