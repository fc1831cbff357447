"""Activations as layers that let a part of each input through, smoothly."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import choice
from convnet.functional.gelu import GeluCache
from convnet.functional.silu import SiluCache
from convnet.nn._activation import Activation


class GELU(Activation[GeluCache]):
    """Let each input through as far as it lies above normal numbers; see `convnet.functional.gelu_forward`.

    Parameters
    ----------
    approximate : {"none", "tanh"}
        Whether to take the formula by tanh.

    Raises
    ------
    ValueError
        When `approximate` is unknown; in a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> GELU()(np.asarray([-1.0, 0.0, 1.0])).round(4)
    array([-0.1587,  0.    ,  0.8413])
    """

    _forward = staticmethod(F.gelu_forward)
    _backward = staticmethod(F.gelu_backward)

    def __init__(self, approximate: str = "none") -> None:
        self.approximate = choice(self.name, "approximate", approximate, ("none", "tanh"))

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"approximate={self.approximate!r}"

    def _options(self) -> tuple[str]:
        return (self.approximate,)


class SiLU(Activation[SiluCache]):
    """Let each input through as far as its sigmoid says; see `convnet.functional.silu_forward`.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> SiLU()(np.asarray([-1.0, 0.0, 1.0])).round(4)
    array([-0.2689,  0.    ,  0.7311])
    """

    _forward = staticmethod(F.silu_forward)
    _backward = staticmethod(F.silu_backward)
