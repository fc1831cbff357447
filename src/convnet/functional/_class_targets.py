"""Reading the arguments which all losses of classification share."""

from __future__ import annotations

from convnet._arguments import given, one_library, shape_of
from convnet._array import Array, device, mask


def check_classes(name: str, x: Array, **weights: Array | None) -> None:
    """Check that the scores `x` have an axis of classes, and that there is a weight for each class."""
    if x.ndim < 2:
        raise ValueError(f"{name}: x must have shape (N, C, ...), it has {shape_of(x)}")
    classes = x.shape[1]
    for argument, weight in given(**weights).items():
        if shape_of(weight) != (classes,):
            shapes = f"(x: {shape_of(x)}, {argument}: {shape_of(weight)})"
            raise ValueError(f"{name}: {argument} must have shape ({classes},), one for each class {shapes}")


def one_hot(name: str, x: Array, target: Array, ignore_index: int) -> tuple[Array, Array]:
    """Return 1 at each right class and 0 elsewhere, and 1 for each example that counts."""
    xp = one_library(name, x=x, target=target)
    if not xp.isdtype(target.dtype, "integral"):
        raise ValueError(f"{name}: target must hold class numbers (integers), its dtype is {target.dtype}")
    classes = x.shape[1]
    wanted_shape = (x.shape[0], *shape_of(x)[2:])
    if shape_of(target) != wanted_shape:
        raise ValueError(mismatch(name, x, target, wanted_shape, "class numbers"))
    kept = xp.not_equal(target, xp.asarray(ignore_index, dtype=target.dtype, device=device(target)))
    outside = xp.logical_and(kept, xp.logical_or(target < 0, target >= classes))
    if xp.any(outside):
        worst = int(target[outside][0])
        raise ValueError(f"{name}: target holds class {worst}, x has {classes} classes (x: {shape_of(x)})")
    numbers = xp.arange(classes, dtype=target.dtype, device=device(target))
    chosen = xp.logical_and(xp.equal(target[..., None], numbers), kept[..., None])
    return mask(chosen, x), mask(kept, x)


def mismatch(name: str, x: Array, target: Array, wanted: tuple[int, ...], kind: str) -> str:
    """Return the complaint about a target of another shape."""
    return f"{name}: target must have shape {wanted} for {kind}, it has {shape_of(target)} (x: {shape_of(x)})"
