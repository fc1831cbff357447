"""Probabilities from scores as layers, and their logarithms."""

from __future__ import annotations

from convnet import functional as F
from convnet.functional.activation import SoftmaxCache
from convnet.functional.log_softmax import LogSoftmaxCache
from convnet.nn._activation import Activation


class Softmax(Activation[SoftmaxCache]):
    """Turn scores into probabilities; see `convnet.functional.softmax_forward`.

    `CrossEntropyLoss` holds a softmax already: put none before it.

    Parameters
    ----------
    dim : int
        Axis along which the outputs sum to 1.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers or has no axis `dim`.

    Examples
    --------
    >>> import numpy as np
    >>> Softmax(dim=1)(np.asarray([[0.0, 0.0, 0.0, 0.0]]))
    array([[0.25, 0.25, 0.25, 0.25]])
    """

    _forward = staticmethod(F.softmax_forward)
    _backward = staticmethod(F.softmax_backward)

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"dim={self.dim}"

    def _options(self) -> tuple[int]:
        return (self.dim,)


class LogSoftmax(Activation[LogSoftmaxCache]):
    """Turn scores into logarithms of probabilities; see `convnet.functional.log_softmax_forward`.

    `NLLLoss` wants them. `CrossEntropyLoss` holds both.

    Parameters
    ----------
    dim : int
        Axis along which the probabilities sum to 1.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers or has no axis `dim`.

    Examples
    --------
    >>> import numpy as np
    >>> LogSoftmax(dim=1)(np.asarray([[0.0, 0.0, 0.0, 0.0]])).round(4)
    array([[-1.3863, -1.3863, -1.3863, -1.3863]])
    """

    _forward = staticmethod(F.log_softmax_forward)
    _backward = staticmethod(F.log_softmax_backward)

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"dim={self.dim}"

    def _options(self) -> tuple[int]:
        return (self.dim,)
