"""True convolution and correlation against NumPy and SciPy."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import scipy.signal

from convnet import functional as F
from tests.convnet.harness import LIBRARIES, convert, library_of, to_numpy
from tests.convnet.operations.configurations import each

PAIRS: dict[str, tuple[Callable[..., Any], Callable[..., Any], int]] = {
    "convolve1d": (F.convolve1d, np.convolve, 1),
    "correlate1d": (F.correlate1d, np.correlate, 1),
    "convolve2d": (F.convolve2d, scipy.signal.convolve2d, 2),
    "correlate2d": (F.correlate2d, scipy.signal.correlate2d, 2),
}


MODES = ("full", "same", "valid")
LARGER = ("the signal", "the kernel", "neither", "both in part")


@pytest.mark.parametrize("larger", LARGER)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PAIRS)
def test_agrees(name: str, mode: str, larger: str) -> None:
    """Whole numbers and both precisions; what fits inside along one axis only is refused if valid."""
    ours, theirs, axes = PAIRS[name]

    def check(rng: np.random.Generator, _: int) -> None:
        size, reach = sizes(rng, axes, larger)
        for dtype, library in product((np.float32, np.float64, np.int64), LIBRARIES):
            x, kernel = ((5 * rng.standard_normal(shape)).astype(dtype) for shape in (size, reach))
            label = f"{library}, {x.dtype}, x {size}, kernel {reach}"
            if mode == "valid" and larger == LARGER[3] and axes == 2:
                with pytest.raises(
                    ValueError, match=rf"{name}: in 'valid' mode one must fit inside the other"
                ):
                    ours(convert(x, library), convert(kernel, library), mode=mode)
                continue
            wanted = theirs(x, kernel, mode=mode)
            found = ours(convert(x, library), convert(kernel, library), mode=mode)
            assert library_of(found) == library, label
            assert to_numpy(found).dtype == dtype, label
            atol = 1e-4 if dtype is np.float32 else 1e-10
            np.testing.assert_allclose(to_numpy(found), wanted, rtol=1e-5, atol=atol, err_msg=label)

    each(f"{name}: {mode}, larger is {larger}", check)


def sizes(rng: np.random.Generator, axes: int, larger: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Draw the sizes of signal and kernel."""
    small = tuple(int(size) for size in rng.integers(1, 5, axes))
    large = tuple(size + int(more) for size, more in zip(small, rng.integers(1, 5, axes), strict=True))
    if larger == LARGER[3]:
        return (large[0], *small[1:]), (small[0], *large[1:])
    return {LARGER[0]: (large, small), LARGER[1]: (small, large), LARGER[2]: (small, small)}[larger]


def test_the_algebra_of_convolution() -> None:
    rng = np.random.default_rng(1)
    f, g, h = (rng.standard_normal(shape) for shape in ((3, 2), (2, 4), (6, 5)))
    np.testing.assert_allclose(F.convolve2d(f, h), F.convolve2d(h, f), atol=1e-12)
    np.testing.assert_allclose(
        F.convolve2d(f, F.convolve2d(g, h)), F.convolve2d(F.convolve2d(f, g), h), atol=1e-12
    )
    assert not np.allclose(F.correlate2d(f, h), F.correlate2d(h, f))


def test_correlation_is_convolution_with_the_kernel_rotated() -> None:
    rng = np.random.default_rng(2)
    x, k = rng.standard_normal((7, 6)), np.arange(1.0, 10).reshape(3, 3)
    np.testing.assert_array_equal(k[::-1, ::-1], [[9, 8, 7], [6, 5, 4], [3, 2, 1]])
    np.testing.assert_allclose(F.correlate2d(x, k), F.convolve2d(x, k[::-1, ::-1]), atol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: F.convolve1d(np.ones((2, 2)), np.ones(2)),
            r"convolve1d: x must have 1 dimensions \(L\), it has 2",
        ),
        (
            lambda: F.correlate2d(np.ones((2, 2)), np.ones(2)),
            r"correlate2d: k must have 2 dimensions \(H, W\)",
        ),
        (lambda: F.convolve1d(np.ones(2), np.ones(0)), r"convolve1d: h must not be empty \(h: \(0,\)\)"),
        (
            lambda: F.convolve2d(np.ones((2, 2)), np.ones((1, 1)), "half"),
            r"convolve2d: mode must be one of 'full'",
        ),
        (
            lambda: F.convolve2d(np.ones((2, 4)), np.ones((3, 3)), "valid"),
            r"convolve2d: in 'valid' mode one must fit inside the other \(x: \(2, 4\), k: \(3, 3\)\)",
        ),
        (
            lambda: F.convolve1d(np.ones(2), convert(np.ones(2), "torch")),
            r"convolve1d: all arrays must come from one library; x is a numpy.ndarray, h is a torch.Tensor",
        ),
    ],
)
def test_bad_arguments(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
