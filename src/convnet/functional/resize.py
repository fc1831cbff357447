"""Resizing images: the nearest pixel, bilinear or bicubic interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf

from convnet._arguments import IntOrPair, choice, floating, layout, pair, shape_of, upstream
from convnet._array import Array, itemsize
from convnet._engine import resize_taps
from convnet._engine.resize_taps import Taps
from convnet._engine.resized_axes import handed_back, mixed

SMALL = 128
"""Rows and columns of output together up to which torch computes nearest pixels in 32 bits."""

NEAREST = {"nearest": resize_taps.nearest, "nearest-exact": resize_taps.nearest_exact}
BETWEEN = {"bilinear": resize_taps.bilinear, "bicubic": resize_taps.bicubic}


@dataclass(frozen=True, slots=True)
class InterpolateCache:
    """What `interpolate_backward` needs: the input, for its shape, and the taps of both axes."""

    x: Array
    rows: Taps
    columns: Taps


def interpolate_forward(
    x: Array,
    size: IntOrPair | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> tuple[Array, InterpolateCache]:
    r"""Resize images to a size or by a factor.

    Output pixel :math:`r` of an axis looks at position

    .. math::

        u(r) = \frac{r + 1/2}{f} - \frac12, \qquad
        u(r) = r\, \frac{H - 1}{H' - 1} \quad\text{(align\_corners)}, \qquad
        u(r) = \lfloor r / f \rfloor \quad\text{(nearest)}

    of the input, with the factor :math:`f = H' / H`, or `scale_factor` where that is given. Mode
    "nearest-exact" takes the pixel whose centre is nearest to the first of these. Bilinear interpolation
    takes :math:`(1 - t)\, x_{\lfloor u \rfloor} + t\, x_{\lfloor u \rfloor + 1}` with
    :math:`t = u - \lfloor u \rfloor`, along the rows and then along the columns; bicubic interpolation takes
    the four pixels around :math:`u`, weighed by

    .. math::

        k(d) = \begin{cases} (a + 2)\, d^3 - (a + 3)\, d^2 + 1 & d \le 1 \\
        a\, d^3 - 5 a\, d^2 + 8 a\, d - 4 a & 1 < d < 2 \end{cases} \qquad a = -\tfrac34

    at their distances :math:`d` from it. The edge stands for pixels outside. Nothing is smoothed before an
    image gets smaller.

    Parameters
    ----------
    x : Array, shape (N, C, H, W)
        Images.
    size : int or pair of int, optional
        Height and width of the output, in pixels.
    scale_factor : float or pair of float, optional
        Factor :math:`f`; the output size is :math:`\lfloor f H \rfloor`. Give either this or `size`.
    mode : {"nearest", "nearest-exact", "bilinear", "bicubic"}
        How to look between pixels.
    align_corners : bool, optional
        Bilinear and bicubic only: whether the centres of the corner pixels stay where they are, instead of
        the image's outer edges. False unless given.

    Returns
    -------
    out : Array, shape (N, C, H', W')
        Images.
    cache : InterpolateCache
        For `interpolate_backward`.

    Raises
    ------
    ValueError
        When both or neither of `size` and `scale_factor` are given, one of them is not positive, or
        `align_corners` comes with one of the nearest modes.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation as the simpler way up; Keys, "Cubic convolution
    interpolation for digital image processing", 1981. Nearest pixels are those that torch finds: where
    :math:`r / f` is a whole number, its rounding may choose the pixel before. As in torch, bilinear
    interpolation copies an axis whose size a `scale_factor` leaves as it is.

    Plain version: `convnet.plain.interpolate`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[0.0, 4.0]]]])
    >>> interpolate_forward(x, size=(1, 4), mode="nearest")[0]
    array([[[[0., 0., 4., 4.]]]])
    >>> interpolate_forward(x, size=(1, 4), mode="bilinear")[0]
    array([[[[0., 1., 3., 4.]]]])
    >>> interpolate_forward(x, size=(1, 5), mode="bilinear", align_corners=True)[0]
    array([[[[0., 1., 2., 3., 4.]]]])
    """
    xp = floating("interpolate", x=x)
    layout("interpolate", "x", x, "N, C, H, W")
    choice("interpolate", "mode", mode, (*NEAREST, *BETWEEN))
    sizes = _sizes(x, size, scale_factor)
    if mode in NEAREST:
        if align_corners is not None:
            raise ValueError(
                f"interpolate: align_corners goes with 'bilinear' and 'bicubic' only, got {align_corners!r} "
                f"with mode={mode!r}"
            )
        small, is_double = sum(after for _, after, _ in sizes) <= SMALL, itemsize(x) == 8
        rows, columns = (NEAREST[mode](*axis, small, is_double) for axis in sizes)
    else:
        rows, columns = (BETWEEN[mode](*axis, align_corners is True) for axis in sizes)
    out = mixed(x, rows, columns)
    return xp.asarray(out, copy=True) if out is x else out, InterpolateCache(x, rows, columns)


def interpolate_backward(grad_out: Array, cache: InterpolateCache) -> Array:
    r"""Return the gradient of `interpolate_forward`: each pixel gets back the shares it gave.

    .. math:: \frac{\partial L}{\partial x_{n m i j}} = \sum_{r, c} a_{r i}\, b_{c j}\, g_{n m r c}

    with the share :math:`a_{ri}` of input row :math:`i` in output row :math:`r`, and :math:`b_{cj}` likewise
    for columns. Bilinear it is :math:`1 - t` for pixel :math:`\lfloor u \rfloor`, :math:`t` for the next, and
    0 elsewhere.

    Parameters
    ----------
    grad_out : Array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    cache : InterpolateCache
        From `interpolate_forward`.

    Returns
    -------
    Array, shape (N, C, H, W)
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `interpolate_forward`. With shares, the gradients of a band of pixels go back in one matrix
    product, which multiplies by zeros too: an infinite gradient makes pixels near its own NaN. Copies, as
    those of mode "nearest", are added up one by one.

    Plain version: `convnet.plain.interpolate_backward`.
    """
    rows, columns = cache.rows, cache.columns
    shape = (*shape_of(cache.x)[:2], rows.outputs, columns.outputs)
    upstream("interpolate_backward", grad_out, shape, cache.x)
    return handed_back(grad_out, rows, columns)


def _sizes(
    x: Array, size: IntOrPair | None, scale_factor: float | Sequence[float] | None
) -> list[tuple[int, int, float | None]]:
    """Return for rows and columns: input size, output size, and the factor where it was given."""
    before = shape_of(x)[2:]
    if (size is None) == (scale_factor is None):
        given = "neither" if size is None else "both"
        raise ValueError(f"interpolate: give either size or scale_factor, got {given}")
    factors: tuple[float, float] | tuple[None, None] = (None, None)
    after: tuple[int, ...]
    if size is not None:
        after = pair("interpolate", "size", size, 1)
    else:
        factors = _factors(scale_factor)
        after = tuple(floor(old * factor) for old, factor in zip(before, factors, strict=True))
    if min(*before, *after) < 1:
        raise ValueError(f"interpolate: images must have pixels, before {before} and after {after}")
    if x.shape[1] < 1:
        raise ValueError(f"interpolate: images must have channels (x: {shape_of(x)})")
    return list(zip(before, after, factors, strict=True))


def _factors(scale_factor: object) -> tuple[float, float]:
    """Return the factors of rows and columns."""
    given = tuple(scale_factor) if isinstance(scale_factor, Sequence) else (scale_factor,) * 2
    try:
        rows, columns = (float(factor) for factor in given)
    except (TypeError, ValueError):
        rows = columns = 0.0
    if not (0.0 < rows < inf and 0.0 < columns < inf):
        raise ValueError(f"interpolate: scale_factor must be a positive number or two, got {scale_factor!r}")
    return rows, columns
