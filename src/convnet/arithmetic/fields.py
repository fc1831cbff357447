"""The receptive field of a stack of layers, along one axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convnet._arguments import integer
from convnet.arithmetic.sizes import extent


class ReceptiveField(NamedTuple):
    """What one feature of a layer sees of the input, along one axis, in input pixels."""

    size: int
    """Pixels :math:`r` that influence the feature."""
    jump: int
    """Distance :math:`j` between the fields of two neighbouring features."""
    start: float
    """Centre of the field of feature 0; pixel 0 has its centre at 0, padding makes it smaller."""


def receptive_field(layers: Sequence[Sequence[int]]) -> list[ReceptiveField]:
    r"""Return the receptive field after each layer of a stack.

    .. math::

        j_{out} = j_{in}\, s, \qquad r_{out} = r_{in} + d\,(k - 1)\, j_{in}, \qquad
        c_{out} = c_{in} + \left(\tfrac{d\,(k - 1)}{2} - p\right) j_{in}

    from :math:`r_0 = j_0 = 1` and :math:`c_0 = 0`.

    Parameters
    ----------
    layers : sequence of (kernel_size, stride[, padding[, dilation]])
        The layers from the input on; convolution and pooling count alike. Padding is 0 and dilation 1
        unless given.

    Returns
    -------
    list of ReceptiveField
        One for each layer.

    Raises
    ------
    ValueError
        When a layer does not have two to four entries, or one is out of range.

    Notes
    -----
    Source: CUHK ELEG5491, convolution variants.

    Examples
    --------
    >>> receptive_field([(3, 2, 1), (3, 2, 1)])
    [ReceptiveField(size=3, jump=2, start=0.0), ReceptiveField(size=7, jump=4, start=0.0)]
    """
    name = "receptive_field"
    fields = []
    size, jump, start = 1, 1, 0.0
    for number, layer in enumerate(layers):
        label = f"layers[{number}]"
        if not 2 <= len(layer) <= 4:
            raise ValueError(
                f"{name}: {label} must be (kernel_size, stride[, padding[, dilation]]), got {layer!r}"
            )
        kernel_size, stride, padding, dilation = (*layer, *(0, 1)[len(layer) - 2 :])
        reach = extent(f"{name}: {label}", kernel_size, dilation) - 1
        start += (reach / 2 - integer(name, f"{label} padding", padding, 0)) * jump
        size += reach * jump
        jump *= integer(name, f"{label} stride", stride, 1)
        fields.append(ReceptiveField(size, jump, start))
    return fields
