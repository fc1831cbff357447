"""Submanifold sparse convolution: work at the active sites only, which stay the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import IntOrPair, floating, given, layout, one_library, pair, shape_of, upstream
from convnet._array import Array, device, empty, namespace, narrow, wide, zeros


@dataclass(frozen=True, slots=True)
class Tap:
    """Which sites have an active neighbour under one tap of the kernel, and which neighbour that is.

    Of all sites only these meet in the matrix product of the tap.
    """

    inputs: Array
    """Numbers of the neighbours, shape (hits,)."""
    outputs: Array
    """Numbers of the sites which they are neighbours of, shape (hits,)."""
    places: Array
    """For each site its place in `outputs`, or `hits` where it has no neighbour: shape (sites,)."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Who is whose neighbour: made once from the coordinates, used by every layer on the same sites."""

    sites: int
    kernel_size: tuple[int, int]
    dilation: tuple[int, int]
    taps: tuple[Tap, ...]
    """One for each tap of the kernel, row by row. Tap number t, read backwards, is tap number −1 − t."""


def submanifold_rulebook(coordinates: Array, kernel_size: IntOrPair, dilation: IntOrPair = 1) -> Rulebook:
    """Find the active neighbours of every active site.

    Each site becomes one number, so that a neighbour is found by looking a sum up among the sorted numbers.
    That takes M log M steps for each tap, whatever the size of the image.

    Parameters
    ----------
    coordinates : Array of integers, shape (M, 3)
        Image number, row and column of each active site, in any order, each site once.
    kernel_size : int or pair of int
        Height and width of the kernel; odd, so that it has a centre.
    dilation : int or pair of int
        Distance between two taps of the kernel.

    Returns
    -------
    Rulebook
        For any number of calls of `submanifold_conv2d_forward`.

    Raises
    ------
    ValueError
        When the coordinates are not integers, have another shape or hold a site twice, or the kernel is even.

    Notes
    -----
    Source: Graham and van der Maaten, "Submanifold sparse convolutional networks", 2017.

    Plain version: `convnet.plain.submanifold_rulebook`.

    Examples
    --------
    >>> import numpy as np
    >>> book = submanifold_rulebook(np.asarray([[0, 4, 4], [0, 4, 5], [0, 9, 9]]), (1, 3))
    >>> [tap.outputs.tolist() for tap in book.taps]  # left, centre, right
    [[1], [0, 1, 2], [0]]
    """
    name = "submanifold_rulebook"
    xp = one_library(name, coordinates=coordinates)
    if not xp.isdtype(coordinates.dtype, "integral"):
        raise ValueError(f"{name}: coordinates must hold integers, their dtype is {coordinates.dtype}")
    if coordinates.ndim != 2 or coordinates.shape[1] != 3:
        raise ValueError(
            f"{name}: coordinates must have shape (M, 3): image, row, column; it has {shape_of(coordinates)}"
        )
    kernel_height, kernel_width = kernel = pair(name, "kernel_size", kernel_size, 1)
    if kernel_height % 2 == 0 or kernel_width % 2 == 0:
        raise ValueError(f"{name}: kernel_size must be odd, got {kernel_size!r}")
    row_step, column_step = dilations = pair(name, "dilation", dilation, 1)
    reach_down, reach_right = row_step * (kernel_height // 2), column_step * (kernel_width // 2)

    sites = coordinates.shape[0]
    if sites == 0:
        nobody: Array = xp.zeros((0,), dtype=xp.int64, device=device(coordinates))
        nothing = Tap(nobody, nobody, nobody)
        return Rulebook(0, kernel, dilations, (nothing,) * (kernel_height * kernel_width))
    coordinates = xp.astype(coordinates, xp.int64)
    low, high = xp.min(coordinates, axis=0), xp.max(coordinates, axis=0)
    # Rows and columns get a margin, so that no sum leads around an edge to another row or image.
    width = int(high[2] - low[2]) + 1 + 2 * reach_right
    height = int(high[1] - low[1]) + 1 + 2 * reach_down
    places = coordinates - low
    numbers = (places[:, 0] * height + places[:, 1]) * width + places[:, 2]
    order = xp.argsort(numbers)
    ranked = xp.take(numbers, order)
    if xp.any(xp.equal(ranked[1:], ranked[:-1])):
        raise ValueError(f"{name}: coordinates must not hold a site twice")
    taps = []
    for row in range(-reach_down, reach_down + 1, row_step):
        for column in range(-reach_right, reach_right + 1, column_step):
            taps.append(_tap(numbers + (row * width + column), ranked, order))
    return Rulebook(sites, kernel, dilations, tuple(taps))


def _tap(wanted: Array, ranked: Array, order: Array) -> Tap:
    """Look each site's neighbour up among the sorted sites."""
    xp = namespace(wanted)
    found = xp.clip(xp.searchsorted(ranked, wanted), 0, ranked.shape[0] - 1)
    is_hit = xp.equal(xp.take(ranked, found), wanted)
    outputs = xp.nonzero(is_hit)[0]
    inputs = xp.take(order, xp.take(found, outputs))
    hits = xp.astype(is_hit, xp.int64)
    counted = xp.cumulative_sum(hits)
    return Tap(inputs, outputs, xp.where(is_hit, counted - 1, counted[-1]))


@dataclass(frozen=True, slots=True)
class SubmanifoldConvCache:
    """What `submanifold_conv2d_backward` needs of the forward pass."""

    x: Array
    weight: Array
    has_bias: bool
    rulebook: Rulebook


def submanifold_conv2d_forward(
    x: Array, weight: Array, bias: Array | None, rulebook: Rulebook
) -> tuple[Array, SubmanifoldConvCache]:
    r"""Convolve the features of the active sites; sites that are not active count as 0 and stay so.

    .. math:: y_{f}(p) = b_f + \sum_{m,\, q} w_{m f}(q)\; x_m(p + q) \quad\text{over the active } p + q,
        \text{ at the active } p \text{ only}

    An ordinary convolution would make every neighbour of an active site active, and after a few layers the
    whole image. At the active sites both give the same numbers.

    Parameters
    ----------
    x : Array, shape (M, C)
        Features of the active sites, in the order of the coordinates.
    weight : Array, shape (F, C, kh, kw)
        Kernels, as in `conv2d_forward`.
    bias : Array, shape (F,), or None
        One number for each kernel.
    rulebook : Rulebook
        From `submanifold_rulebook`.

    Returns
    -------
    out : Array, shape (M, F)
        Features of the same sites.
    cache : SubmanifoldConvCache
        For `submanifold_conv2d_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree.

    Notes
    -----
    Source: Graham and van der Maaten, "Submanifold sparse convolutional networks", 2017; CUHK ELEG5491.

    Plain version: `convnet.plain.submanifold_conv2d`.

    Examples
    --------
    Two neighbours and a lonely site, under a kernel that adds up what it sees:

    >>> import numpy as np
    >>> book = submanifold_rulebook(np.asarray([[0, 4, 4], [0, 4, 5], [0, 9, 9]]), 3)
    >>> submanifold_conv2d_forward(np.asarray([[1.0], [2.0], [8.0]]), np.ones((1, 1, 3, 3)), None, book)[0]
    array([[3.],
           [3.],
           [8.]])
    """
    name = "submanifold_conv2d"
    floating(name, x=x, weight=weight, **given(bias=bias))
    layout(name, "x", x, "M, C")
    layout(name, "weight", weight, "F, C, kh, kw")
    shapes = f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f"{name}: weight expects {weight.shape[1]} channels, x has {x.shape[1]} {shapes}")
    if bias is not None and shape_of(bias) != (weight.shape[0],):
        raise ValueError(
            f"{name}: bias must have shape ({weight.shape[0]},), it has {shape_of(bias)} {shapes}"
        )
    if x.shape[0] != rulebook.sites:
        raise ValueError(f"{name}: rulebook is for {rulebook.sites} sites, x has {x.shape[0]} {shapes}")
    one_library(name, x=x, rulebook=rulebook.taps[0].inputs)
    if shape_of(weight)[2:] != rulebook.kernel_size:
        raise ValueError(f"{name}: rulebook is for kernels of {rulebook.kernel_size} {shapes}")
    out = wide(zeros((x.shape[0], weight.shape[0]), x))
    for tap, matrix in zip(rulebook.taps, _matrices(weight), strict=True):
        _meet(out, wide(x), matrix, tap.inputs, tap.places)
    if bias is not None:
        out += bias
    return narrow(out, x), SubmanifoldConvCache(x, weight, bias is not None, rulebook)


def submanifold_conv2d_backward(
    grad_out: Array, cache: SubmanifoldConvCache
) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `submanifold_conv2d_forward`.

    .. math::

        \frac{\partial L}{\partial x_m(p)} = \sum_{f,\, q} w_{m f}(q)\; g_f(p - q), \qquad
        \frac{\partial L}{\partial w_{m f}(q)} = \sum_p g_f(p)\; x_m(p + q), \qquad
        \frac{\partial L}{\partial b_f} = \sum_p g_f(p)

    over the active :math:`p - q` and :math:`p + q`. Neighbourhood goes both ways: the gradient by `x` reads
    the same rulebook from its end.

    Parameters
    ----------
    grad_out : Array, shape (M, F)
        Upstream gradient :math:`g`.
    cache : SubmanifoldConvCache
        From `submanifold_conv2d_forward`.

    Returns
    -------
    grad_x, grad_weight : Array
        In the shapes of `x` and `weight`.
    grad_bias : Array or None
        In the shape of `bias`; None where there was none.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `submanifold_conv2d_forward`.

    Plain version: `convnet.plain.submanifold_conv2d_backward`.
    """
    x, weight, taps = cache.x, cache.weight, cache.rulebook.taps
    xp = upstream("submanifold_conv2d_backward", grad_out, (x.shape[0], weight.shape[0]), x)
    grad, features = wide(grad_out), wide(x)
    grad_x, grad_weight = zeros(x.shape, features), empty(weight.shape, weight)
    for number, (tap, matrix) in enumerate(zip(taps, _matrices(weight), strict=True)):
        back = taps[-1 - number]
        _meet(grad_x, grad, xp.matrix_transpose(matrix), back.inputs, back.places)
        seen, asked = xp.take(features, tap.inputs, axis=0), xp.take(grad, tap.outputs, axis=0)
        row, column = divmod(number, weight.shape[3])
        grad_weight[:, :, row, column] = xp.matmul(xp.matrix_transpose(asked), seen)
    grad_bias = narrow(xp.sum(grad, axis=0), x) if cache.has_bias else None
    return narrow(grad_x, x), grad_weight, grad_bias


def _matrices(weight: Array) -> list[Array]:
    """Return the matrix (C, F) of each tap, row by row."""
    xp, weight = namespace(weight), wide(weight)
    _, _, height, width = weight.shape
    return [
        xp.matrix_transpose(weight[:, :, row, column]) for row in range(height) for column in range(width)
    ]


def _meet(out: Array, features: Array, matrix: Array, inputs: Array, places: Array) -> None:
    """Add to each row of `out` what its neighbour under one tap sends, if it has one."""
    xp = namespace(features)
    if inputs.shape[0] == 0:
        return
    products = xp.matmul(xp.take(features, inputs, axis=0), matrix)
    padded = xp.concat([products, zeros((1, products.shape[1]), products)], axis=0)
    out += xp.take(padded, places, axis=0)
