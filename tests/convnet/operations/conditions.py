"""Conditions on what is drawn, by which kinds are told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.convnet.harness import Case
from tests.convnet.operations.registry import Predicate

Numbers = tuple[int, ...]


def first(case: Case) -> NDArray[Any]:
    """Return the first array, which every case has."""
    x = case.arrays[0]
    assert x is not None
    return x


def sizes(case: Case) -> Numbers:
    """Return the sizes of the spatial axes."""
    return tuple(first(case).shape[2:])


def along_axes(case: Case, name: str, default: int) -> Numbers:
    """Return an option as one number for each spatial axis; padding in words counts as none."""
    value = case.options.get(name, default)
    axes = len(sizes(case))
    if isinstance(value, str) or value is None:
        value = default
    return (value,) * axes if isinstance(value, int | np.integer) else tuple(value)


def kernel_of(case: Case) -> Numbers:
    """Return the kernel's size: of the weight, or of the window."""
    if "kernel_size" in case.options:
        return along_axes(case, "kernel_size", 1)
    weight = next(x for x in case.arrays[1:] if x is not None and x.ndim == first(case).ndim)
    return tuple(weight.shape[2:])


def stride_of(case: Case) -> Numbers:
    """Return the stride; that of a pooling is its window unless given."""
    window = case.options.get("kernel_size") is not None and case.options.get("stride") is None
    return kernel_of(case) if window else along_axes(case, "stride", 1)


def spans(case: Case) -> Numbers:
    """Return the pixels from a window's first tap to its last one, both included."""
    steps = along_axes(case, "dilation", 1)
    return tuple(step * (taps - 1) + 1 for step, taps in zip(steps, kernel_of(case), strict=True))


def stride_beyond_the_kernel(case: Case) -> bool:
    """Some pixels between windows are read by none."""
    return any(s > k for s, k in zip(stride_of(case), spans(case), strict=True))


def windows_overlap(case: Case) -> bool:
    """Some pixel is read by two windows."""
    return any(1 < s < k for s, k in zip(stride_of(case), kernel_of(case), strict=True))


def padding_with_dilation(case: Case) -> bool:
    """Along one axis there is a border, and taps that lie apart."""
    per_axis = zip(
        along_axes(case, "padding", 0), along_axes(case, "dilation", 1), kernel_of(case), strict=True
    )
    return any(p > 0 and d > 1 and k > 1 for p, d, k in per_axis)


def sizes_that_do_not_divide(case: Case) -> bool:
    """Pixels are left over at the end of an axis."""
    per_axis = zip(sizes(case), along_axes(case, "padding", 0), spans(case), stride_of(case), strict=True)
    return any((size + 2 * p - span) % s for size, p, span, s in per_axis)


def windows_in_the_padding(case: Case) -> bool:
    """Some window lies wholly in the border."""
    per_axis = zip(along_axes(case, "padding", 0), spans(case), strict=True)
    return any(p >= span for p, span in per_axis)


def no_padding(case: Case) -> bool:
    """There is no border at all."""
    return case.options.get("padding", 0) in (0, "valid") or not any(along_axes(case, "padding", 0))


def unlike_axes(case: Case) -> bool:
    """Height, width and both sizes of the kernel differ, and so do the strides."""
    return all(len(set(numbers)) > 1 for numbers in (sizes(case), kernel_of(case), stride_of(case)))


def one_image(case: Case) -> bool:
    """The batch holds a single image."""
    return first(case).shape[0] == 1


def several_images(case: Case) -> bool:
    """The batch holds two images at least."""
    return first(case).shape[0] > 1


def one_pixel_wide(case: Case) -> bool:
    """An axis has one pixel."""
    return 1 in sizes(case)


def given(place: int) -> Predicate:
    """Return whether the optional array at that place is there."""
    return lambda case: case.arrays[place] is not None


def missing(place: int) -> Predicate:
    """Return whether the optional array at that place is left out."""
    return lambda case: case.arrays[place] is None


def option(name: str, *values: Any) -> Predicate:
    """Return whether an option has one of the values; whether it is given, where none are named."""
    if not values:
        return lambda case: name in case.options
    return lambda case: (
        name in case.options
        and any(case.options[name] is value or _equal(case.options[name], value) for value in values)
    )


def _equal(found: Any, wanted: Any) -> bool:
    return type(found) is type(wanted) and bool(found == wanted)


def default(name: str) -> Predicate:
    """Return whether an option is left at its default."""
    return lambda case: name not in case.options


def ties(case: Case) -> bool:
    """The same number occurs more than once."""
    x = first(case)
    return x.size > len(np.unique(x))


def both(*conditions: Predicate) -> Predicate:
    """Return whether all conditions hold."""
    return lambda case: all(condition(case) for condition in conditions)


WINDOWS: dict[str, Predicate] = {
    "stride beyond the kernel": stride_beyond_the_kernel,
    "windows overlap": windows_overlap,
    "padding with dilation": padding_with_dilation,
    "sizes that do not divide": sizes_that_do_not_divide,
    "windows in the padding": windows_in_the_padding,
    "no padding": no_padding,
    "unlike axes": unlike_axes,
    "one image": one_image,
    "several images": several_images,
    "one pixel wide": one_pixel_wide,
}
