"""Reading the arguments which all losses of classification share."""

from __future__ import annotations

from convnet._arguments import given, one_library, shape_of
from convnet._array import Array, device, mask, namespace


def check_classes(name: str, x: Array, **weights: Array | None) -> None:
    """Check that the scores `x` have an axis of classes, and that there is a weight for each class."""
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


def one_hot(numbers: Array, kept: Array, x: Array) -> Array:
    """Return 1 at the right class of each example that counts and 0 elsewhere, (N, d1, ..., C)."""
    xp = namespace(numbers)
    classes = xp.arange(x.shape[1], dtype=numbers.dtype, device=device(numbers))
    return mask(xp.logical_and(xp.equal(numbers[..., None], classes), kept[..., None]), x)


def at_right_class(values: Array, numbers: Array, kept: Array) -> Array:
    """Return the value of the right class of each example, 0 for one that is ignored.

    The sum over classes of the values times `one_hot` would be NaN where a wrong class has −∞.
    """
    xp = namespace(values)
    right = xp.take_along_axis(values, numbers[..., None], axis=-1)[..., 0]
    out: Array = xp.where(kept, right, xp.zeros_like(right))
    return out


def mismatch(name: str, x: Array, target: Array, wanted: tuple[int, ...], kind: str) -> str:
    """Return the complaint about a target of another shape."""
    return f"{name}: target must have shape {wanted} for {kind}, it has {shape_of(target)} (x: {shape_of(x)})"
