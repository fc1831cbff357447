"""True convolution and correlation against NumPy and SciPy."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.signal

from convnet import functional as F
from tests.convnet.harness import LIBRARIES, SEEDS, convert, library_of, pick, to_numpy

PAIRS: dict[str, tuple[Callable[..., Any], Callable[..., Any], int]] = {
    "convolve1d": (F.convolve1d, np.convolve, 1),
    "correlate1d": (F.correlate1d, np.correlate, 1),
    "convolve2d": (F.convolve2d, scipy.signal.convolve2d, 2),
    "correlate2d": (F.correlate2d, scipy.signal.correlate2d, 2),
}


@SEEDS
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize("name", PAIRS)
def test_agrees(name: str, dtype: type, seed: int) -> None:
    ours, theirs, axes = PAIRS[name]
    rng = np.random.default_rng(seed)
    mode = pick(rng, "full", "same", "valid")
    x, kernel = (
        (5 * rng.standard_normal(tuple(rng.integers(1, high, axes)))).astype(dtype) for high in (9, 6)
    )
    label = f"seed {seed}: {mode}, {x.dtype}, x {x.shape}, kernel {kernel.shape}"
    try:
        wanted = theirs(x, kernel, mode=mode)
    except ValueError:
        for library in LIBRARIES:
            with pytest.raises(ValueError, match=rf"{name}: in 'valid' mode one must fit inside the other"):
                ours(convert(x, library), convert(kernel, library), mode=mode)
        return
    for library in LIBRARIES:
        found = ours(convert(x, library), convert(kernel, library), mode=mode)
        assert library_of(found) == library, label
        assert to_numpy(found).dtype == dtype, label
        np.testing.assert_allclose(
            to_numpy(found), wanted, rtol=1e-5, atol=1e-4 if dtype is np.float32 else 1e-10, err_msg=label
        )


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
