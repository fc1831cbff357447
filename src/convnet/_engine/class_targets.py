"""Reading the arguments which all losses of classification share."""

from __future__ import annotations

from convnet._arguments import given, integer, one_library, shape_of
from convnet._array import Array, device, full, mask, namespace, wide, zeros


def check_classes(name: str, x: Array, ignore_index: int = -100, **weights: Array | None) -> None:
    """Check that the scores `x` have an axis of classes, and that there is a weight for each class."""
    integer(name, "ignore_index", ignore_index, -(2**63))
    if x.ndim < 2:
        raise ValueError(f"{name}: x must have shape (N, C, ...), it has {shape_of(x)}")
    classes = x.shape[1]
    for argument, weight in given(**weights).items():
        if shape_of(weight) != (classes,):
            shapes = f"(x: {shape_of(x)}, {argument}: {shape_of(weight)})"
            raise ValueError(f"{name}: {argument} must have shape ({classes},), one for each class {shapes}")


def class_numbers(name: str, x: Array, target: Array, ignore_index: int) -> tuple[Array, Array]:
    """Return the right class of each example, 0 for one that is ignored, and whether it counts."""
    xp = one_library(name, x=x, target=target)
    if not xp.isdtype(target.dtype, "integral"):
        raise ValueError(f"{name}: target must hold class numbers (integers), its dtype is {target.dtype}")
    classes = x.shape[1]
    wanted_shape = (x.shape[0], *shape_of(x)[2:])
    if shape_of(target) != wanted_shape:
        raise ValueError(mismatch(name, x, target, wanted_shape, "class numbers"))
    target = xp.astype(target, xp.int64)  # in 8 bits neither -100 nor 200 classes have room
    kept = xp.not_equal(target, xp.asarray(ignore_index, dtype=xp.int64, device=device(target)))
    outside = xp.logical_and(kept, xp.logical_or(target < 0, target >= classes))
    if xp.any(outside):
        worst = int(target[outside][0])
        raise ValueError(f"{name}: target holds class {worst}, x has {classes} classes (x: {shape_of(x)})")
    return target * xp.astype(kept, xp.int64), kept


def one_hot(numbers: Array, kept: Array, values: Array) -> Array:
    """Return 1 at the right class of each example that counts and 0 elsewhere, in the shape of `values`."""
    xp = namespace(numbers)
    classes = xp.arange(values.shape[-1], dtype=numbers.dtype, device=device(numbers))
    return mask(xp.logical_and(xp.equal(numbers[..., None], classes), kept[..., None]), values)


def at_right_class(values: Array, numbers: Array, kept: Array) -> Array:
    """Return the value of the right class of each example, 0 for one that is ignored.

    The sum over classes of the values times `one_hot` would be NaN where a wrong class has −∞.
    """
    xp = namespace(values)
    if values.shape[-1] == 0:  # no class, and all are ignored
        return zeros(kept.shape, values)
    right = xp.take_along_axis(values, numbers[..., None], axis=-1)[..., 0]
    out: Array = xp.where(kept, right, xp.zeros_like(right))
    return out


def log_probabilities(x: Array, dim: int) -> Array:
    """Return the logarithms of the softmax along one axis, in at least 32 bits."""
    xp, scores = namespace(x), wide(x)
    if x.shape[dim] == 0:  # there is no maximum to take away
        return scores
    scores = scores - xp.max(scores, axis=dim, keepdims=True)
    out: Array = scores - xp.log(xp.sum(xp.exp(scores), axis=dim, keepdims=True))
    return out


def shares(grad_out: Array, divisor: Array | None, kept: Array | None) -> Array:
    """Return the upstream gradient of each example, in at least 32 bits; 0 for one that is ignored.

    Where all are ignored the divisor of the mean is 0, and nothing is divided by it.
    """
    xp = namespace(grad_out)
    scale = wide(grad_out)
    if divisor is not None:
        one = full((), 1, divisor)
        scale = scale / (divisor if kept is None else xp.where(xp.any(kept), divisor, one))
    return scale if kept is None else xp.where(kept, scale, zeros((), scale))


def mismatch(name: str, x: Array, target: Array, wanted: tuple[int, ...], kind: str) -> str:
    """Return the complaint about a target of another shape."""
    return f"{name}: target must have shape {wanted} for {kind}, it has {shape_of(target)} (x: {shape_of(x)})"
