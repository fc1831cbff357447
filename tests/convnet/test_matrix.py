"""The convolution layer as one matrix."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from convnet import functional as F
from tests.convnet.harness import LIBRARIES, TOLERANCE, convert, library_of, to_numpy
from tests.convnet.operations.configurations import each

KINDS: dict[str, dict[str, Any]] = {
    "plain": {"stride": 1, "padding": 0},
    "stride": {"stride": (2, 3), "padding": 0},
    "padding": {"stride": 1, "padding": (1, 2)},
    "both": {"stride": 2, "padding": 1},
    "stride beyond the kernel": {"stride": 4, "padding": 0},
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_matrix_does_what_the_layer_does(kind: str) -> None:
    options = KINDS[kind]

    def check(rng: np.random.Generator, _: int) -> None:
        batch, channels, filters = (int(size) for size in rng.integers(1, 4, 3))
        kernel = tuple(int(size) for size in rng.integers(1, 4, 2))
        height, width = (int(size) for size in rng.integers(kernel, 7))
        x = rng.standard_normal((batch, channels, height, width))
        weight = rng.standard_normal((filters, channels, *kernel))
        wanted, _ = F.conv2d_forward(x, weight, **options)
        for library, (dtype, tolerance) in product(LIBRARIES, TOLERANCE.items()):
            matrix = F.conv2d_matrix(convert(weight.astype(dtype), library), x.shape, **options)
            assert library_of(matrix) == library
            assert to_numpy(matrix).dtype == dtype
            found = (x.reshape(batch, -1) @ to_numpy(matrix).T).reshape(wanted.shape)
            label = f"{library}, {dtype}: {x.shape}, {weight.shape}"
            np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance, err_msg=label)

    each(f"conv2d_matrix: {kind}", check)


def test_its_transpose_is_the_backward_pass() -> None:
    rng = np.random.default_rng(5)
    x, weight = rng.standard_normal((1, 2, 5, 4)), rng.standard_normal((3, 2, 3, 2))
    out, cache = F.conv2d_forward(x, weight, stride=2, padding=1)
    grad_out = rng.standard_normal(out.shape)
    matrix = F.conv2d_matrix(weight, x.shape[1:], stride=2, padding=1)
    found = (to_numpy(matrix).T @ grad_out.ravel()).reshape(x.shape)
    np.testing.assert_allclose(found, F.conv2d_backward(grad_out, cache)[0], atol=1e-12)


def test_bad_arguments() -> None:
    weight = np.ones((1, 2, 3, 3))
    with pytest.raises(ValueError, match=r"conv2d_matrix: weight expects 2 input channels, x_shape has 1"):
        F.conv2d_matrix(weight, (1, 5, 5))
    with pytest.raises(
        ValueError, match=r"conv2d_matrix: the kernel does not fit the padded image, padding=0"
    ):
        F.conv2d_matrix(weight, (2, 2, 5))
    with pytest.raises(
        ValueError, match=r"conv2d_matrix: x_shape must be an integer or 3 integers, got \(5, 5\)"
    ):
        F.conv2d_matrix(weight, (5, 5))
