"""Less common plain pooling, unpooling and resizing equal torch's and the fast ones."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_fast, like_torch, numbers, whole


def window(rng: np.random.Generator, axes: int, ties: bool) -> tuple[Any, int, int]:
    k = whole(rng, 1, 3)
    sizes = k + rng.integers(0, 4, axes)
    return numbers(rng, *rng.integers(1, 4, 2), *sizes, ties=ties), k, whole(rng, 1, 4)


@pytest.mark.parametrize("name", ["max_pool1d", "avg_pool1d", "max_pool3d", "avg_pool3d"])
def test_pooling_along_one_and_three_axes(name: str) -> None:
    """With ties, too: the first among equals gets the gradient."""

    def check(rng: np.random.Generator, number: int) -> None:
        x, k, s = window(rng, int(name[-2]), ties=number % 2 == 0)
        forward = lambda x: getattr(plain, name)(x, k, s)  # noqa: E731
        backward = lambda g, x: getattr(plain, f"{name}_backward")(g, x, k, s)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, lambda x: getattr(T, name)(x, k, s))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: getattr(F, f"{name}_forward")(x, k, s), getattr(F, f"{name}_backward")),
        )

    each(f"plain {name}", check, share=3)


def test_adaptive_max_pool2d() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        x, size = numbers(rng, *rng.integers(1, 6, 4), ties=number % 2 == 0), rng.integers(1, 7, 2).tolist()
        forward = lambda x: plain.adaptive_max_pool2d(x, tuple(size))  # noqa: E731
        backward = plain.adaptive_max_pool2d_backward
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.adaptive_max_pool2d(x, size))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.adaptive_max_pool2d_forward(x, size), F.adaptive_max_pool2d_backward),
        )

    each("plain adaptive max pooling", check, share=4)


def test_global_max_pool2d() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        x = numbers(rng, *rng.integers(1, 6, 4), ties=number % 2 == 0)
        functions = plain.global_max_pool2d, plain.global_max_pool2d_backward
        grad_out = like_torch(rng, [x], *functions, lambda x: T.adaptive_max_pool2d(x, 1))
        like_fast(grad_out, [x], *functions, F.global_max_pool2d_forward, F.global_max_pool2d_backward)

    each("plain global max pooling", check, share=2)


def test_max_unpool2d() -> None:
    """The indices are torch's, and windows that overlap may name one pixel twice."""

    def check(rng: np.random.Generator, number: int) -> None:
        x, k, s = window(rng, 2, ties=number % 2 == 0)
        y, theirs = T.max_pool2d(torch.tensor(x), k, s, return_indices=True)
        indices = plain.max_pool2d_indices(x, k, s)
        np.testing.assert_array_equal(indices, theirs)
        size = x.shape[2:]
        maps = plain.max_unpool2d(y.numpy(), indices, size)
        close("unpooled", maps, T.max_unpool2d(y, theirs, k, s, output_size=size))
        if s >= k:  # no pixel is named twice
            arrays = [y.numpy()]
            forward = lambda y: plain.max_unpool2d(y, indices, size)  # noqa: E731
            backward = lambda g, _: plain.max_unpool2d_backward(g, indices)  # noqa: E731
            grad_out = like_torch(
                *(rng, arrays, forward, backward),
                lambda y: T.max_unpool2d(y, theirs, k, s, output_size=size),
            )
            like_fast(
                *(grad_out, arrays, forward, backward),
                lambda y: F.max_unpool2d_forward(y, indices, k, s, output_size=size),
                F.max_unpool2d_backward,
            )

    each("plain unpooling", check, share=4)


@pytest.mark.parametrize(
    ("mode", "corners"), [("nearest-exact", None), ("bicubic", False), ("bicubic", True)]
)
def test_interpolate(mode: str, corners: bool | None) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, size = numbers(rng, *rng.integers(1, 7, 4)), rng.integers(1, 10, 2).tolist()
        make = plain.nearest_exact_matrix
        if mode == "bicubic":
            make = lambda before, after: plain.bicubic_matrix(before, after, bool(corners))  # noqa: E731
        rows, columns = make(x.shape[2], size[0]), make(x.shape[3], size[1])
        close("shares", rows.sum(axis=1), np.ones(size[0]))
        forward = lambda x: plain.interpolate(x, rows, columns)  # noqa: E731
        backward = lambda g, _: plain.interpolate_backward(g, rows, columns)  # noqa: E731
        options = {"mode": mode, "align_corners": corners}
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.interpolate(x, size, **options))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.interpolate_forward(x, size, **options), F.interpolate_backward),
        )

    each(f"plain {mode}, {corners}", check, share=4)


def test_cubic_shares_of_a_place_sum_to_one() -> None:
    for t in np.linspace(0, 1, 11).tolist():
        total = sum(plain.cubic_share(distance) for distance in (1 + t, t, 1 - t, 2 - t))
        assert abs(total - 1) < 1e-12


def test_conv_transpose3d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        stride, kernel = whole(rng, 1, 3), rng.integers(1, 4, 3)
        more, padding = whole(rng, 0, stride - 1), whole(rng, 0, int(kernel.min()) // 2)
        channels, kernels = rng.integers(1, 4, 2)
        x = numbers(rng, whole(rng, 1, 2), channels, *rng.integers(2, 4, 3))
        like_torch(
            *(rng, [x, numbers(rng, channels, kernels, *kernel), numbers(rng, kernels)]),
            lambda x, w, b: plain.conv_transpose3d(x, w, b, stride, padding, more),
            lambda g, x, w, _: plain.conv_transpose3d_backward(g, x, w, stride, padding),
            lambda x, w, b: T.conv_transpose3d(x, w, b, stride, padding, more),
        )

    each("plain transposed, volumes", check, share=2)
