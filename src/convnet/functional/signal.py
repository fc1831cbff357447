"""True convolution and cross-correlation of one signal or image with one kernel, without gradients."""

from __future__ import annotations

from itertools import product
from types import ModuleType

from convnet._arguments import choice, layout, one_library, shape_of
from convnet._array import Array, add_at, device, in_32_bits

MODES = ("full", "same", "valid")


def convolve1d(x: Array, h: Array, mode: str = "full") -> Array:
    r"""Convolve two sequences.

    .. math:: y_n = \sum_k h_k\, x_{n - k}

    Parameters
    ----------
    x, h : Array, shapes (M,) and (K,)
        Signal and kernel; zero outside. Convolution commutes: they may change places.
    mode : {"full", "same", "valid"}
        Return every shift at which the two touch (M + K − 1 values), the central max(M, K) of them, or
        those at which the shorter lies wholly inside the longer.

    Returns
    -------
    Array, shape (L,)
        As `numpy.convolve` returns it.

    Raises
    ------
    ValueError
        When an argument is not one-dimensional or is empty, or the mode is unknown.

    Notes
    -----
    Source: Buffalo, convolution arithmetic; Georgia Tech CS 7643, convolution lecture.

    Plain version: `convnet.plain.convolve1d`.

    Examples
    --------
    >>> import numpy as np
    >>> convolve1d(np.asarray([1, 2, 3]), np.asarray([0, 1, 10]))
    array([ 0,  1, 12, 23, 30])
    """
    _check("convolve1d", x, h, "h", "L", mode)
    longer, shorter = (x, h) if x.shape[0] >= h.shape[0] else (h, x)
    return _convolve(longer, shorter, mode)


def correlate1d(x: Array, h: Array, mode: str = "full") -> Array:
    r"""Correlate two sequences: convolve with the kernel reversed.

    .. math:: y_n = \sum_k h_k\, x_{n + k}

    Parameters
    ----------
    x, h : Array, shapes (M,) and (K,)
        Signal and kernel; zero outside.
    mode : {"full", "same", "valid"}
        As in `convolve1d`; "full" starts at :math:`n = -(K - 1)`.

    Returns
    -------
    Array, shape (L,)
        As `numpy.correlate` returns it for real numbers.

    Raises
    ------
    ValueError
        As in `convolve1d`.

    Notes
    -----
    Source: as `convolve1d`.

    Plain version: `convnet.plain.correlate1d`.

    Examples
    --------
    >>> import numpy as np
    >>> correlate1d(np.asarray([1, 2, 3]), np.asarray([0, 1, 10]))
    array([10, 21, 32,  3,  0])
    """
    xp = _check("correlate1d", x, h, "h", "L", mode)
    if x.shape[0] >= h.shape[0]:
        return _convolve(x, xp.flip(h), mode)
    backwards: Array = xp.flip(_convolve(h, xp.flip(x), mode))
    return backwards


def convolve2d(x: Array, k: Array, mode: str = "full") -> Array:
    r"""Convolve an image with a kernel.

    .. math:: y_{r c} = \sum_{i, j} k_{i j}\, x_{r - i,\, c - j}

    Parameters
    ----------
    x, k : Array, shapes (H, W) and (h, w)
        Image and kernel; zero outside.
    mode : {"full", "same", "valid"}
        Return every shift at which the two touch, (H + h − 1, W + w − 1); the central (H, W) of them; or
        those at which one lies wholly inside the other.

    Returns
    -------
    Array, shape (H', W')
        As `scipy.signal.convolve2d` returns it.

    Raises
    ------
    ValueError
        When an argument is not two-dimensional or is empty, the mode is unknown, or in "valid" mode neither
        fits inside the other.

    Notes
    -----
    Source: Buffalo, convolution arithmetic.

    Plain version: `convnet.plain.convolve2d`.

    Examples
    --------
    The image and kernel of a worked example in the Buffalo lecture (which has 10 for the 12):

    >>> import numpy as np
    >>> image = np.asarray([[0, 1, 3], [1, 2, 2], [0, 0, 0]])
    >>> kernel = np.asarray([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
    >>> convolve2d(image, kernel)[:3, :3]
    array([[ 0,  0,  1],
           [ 0,  3, 12],
           [ 2,  6,  9]])
    """
    _check("convolve2d", x, k, "k", "H, W", mode)
    if mode == "valid":
        x, k, _ = _inside("convolve2d", x, k)
    return _convolve(x, k, mode)


def correlate2d(x: Array, k: Array, mode: str = "full") -> Array:
    r"""Correlate an image with a kernel: convolve with the kernel rotated by 180°.

    .. math:: y_{r c} = \sum_{i, j} k_{i j}\, x_{r + i,\, c + j}

    Parameters
    ----------
    x, k : Array, shapes (H, W) and (h, w)
        Image and kernel; zero outside.
    mode : {"full", "same", "valid"}
        As in `convolve2d`.

    Returns
    -------
    Array, shape (H', W')
        As `scipy.signal.correlate2d` returns it for real numbers.

    Raises
    ------
    ValueError
        As in `convolve2d`.

    Notes
    -----
    Source: as `convolve2d`.

    Plain version: `convnet.plain.correlate2d`.

    Examples
    --------
    >>> import numpy as np
    >>> image = np.asarray([[0, 1, 3], [1, 2, 2], [0, 0, 0]])
    >>> correlate2d(image, np.asarray([[1, 0], [0, -1]]), mode="valid")
    array([[-2, -1],
           [ 1,  2]])
    """
    xp = _check("correlate2d", x, k, "k", "H, W", mode)
    if mode == "valid":
        x, k, swapped = _inside("correlate2d", x, k)
        if swapped:  # sliding the image over the kernel counts the shifts backwards
            backwards: Array = xp.flip(_convolve(x, xp.flip(k), mode))
            return backwards
    return _convolve(x, xp.flip(k), mode, late=True)


def _check(name: str, x: Array, kernel: Array, kernel_name: str, axes: str, mode: str) -> ModuleType:
    xp = one_library(name, x=x, **{kernel_name: kernel})
    choice(name, "mode", mode, MODES)
    for label, array in (("x", x), (kernel_name, kernel)):
        layout(name, label, array, axes)
        if min(array.shape) < 1:
            raise ValueError(f"{name}: {label} must not be empty ({label}: {shape_of(array)})")
    return xp


def _inside(name: str, x: Array, k: Array) -> tuple[Array, Array, bool]:
    """Return the larger image first, and whether they changed places."""
    if all(size >= other for size, other in zip(x.shape, k.shape, strict=True)):
        return x, k, False
    if all(size <= other for size, other in zip(x.shape, k.shape, strict=True)):
        return k, x, True
    raise ValueError(
        f"{name}: in 'valid' mode one must fit inside the other (x: {shape_of(x)}, k: {shape_of(k)})"
    )


@in_32_bits
def _convolve(x: Array, kernel: Array, mode: str, late: bool = False) -> Array:
    """Convolve in any number of dimensions: each tap adds a shifted and scaled copy of `x`.

    An even kernel has two middle taps; `late` centres the "same" part on the second one.
    """
    xp = one_library("convolve", x=x, kernel=kernel)
    sizes = list(zip(shape_of(x), shape_of(kernel), strict=True))
    shape = tuple(size + taps - 1 for size, taps in sizes)
    full: Array = xp.zeros(shape, dtype=xp.result_type(x, kernel), device=device(x))
    for tap in product(*(range(taps) for _, taps in sizes)):
        shifted = tuple(slice(start, start + size) for start, (size, _) in zip(tap, sizes, strict=True))
        add_at(full, shifted, x * kernel[tap])
    if mode == "full":
        return full
    if mode == "same":
        middles = (taps // 2 if late else (taps - 1) // 2 for _, taps in sizes)
        kept = (slice(middle, middle + size) for middle, (size, _) in zip(middles, sizes, strict=True))
    else:
        kept = (slice(taps - 1, size) for size, taps in sizes)
    part: Array = full[tuple(kept)]
    return part
