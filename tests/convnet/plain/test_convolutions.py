"""Plain convolutions equal torch's and the fast ones, in value and in every gradient."""

from typing import Any

import numpy as np
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import like_fast, like_torch, numbers, whole


def layer(rng: np.random.Generator, axes: int, groups: int = 1) -> tuple[list[Any], int, int]:
    """Draw images, kernels, biases, stride and padding: H ≠ W, C ≠ F, steps that leave something over."""
    kernel = rng.integers(1, 4, axes)
    padding, stride = whole(rng, 0, 2), whole(rng, 1, 3)
    sizes = np.maximum(kernel - 2 * padding, 1) + rng.integers(0, 5, axes)
    batch, channels, kernels = rng.integers(1, 4, 3)
    x = numbers(rng, batch, channels * groups, *sizes)
    weight = numbers(rng, kernels * groups, channels, *kernel)
    return [x, weight, numbers(rng, kernels * groups)], stride, padding


def compare(rng: np.random.Generator, arrays: list[Any], *functions: Any) -> None:
    forward, backward, reference, fast, fast_backward = functions
    grad_out = like_torch(rng, arrays, forward, backward, reference)
    like_fast(grad_out, arrays, forward, backward, fast, fast_backward)


def test_conv1d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        arrays, s, p = layer(rng, 1)
        compare(
            rng,
            arrays,
            lambda x, w, b: plain.conv1d(x, w, b, s, p),
            lambda g, x, w, _: plain.conv1d_backward(g, x, w, s, p),
            lambda x, w, b: T.conv1d(x, w, b, s, p),
            lambda x, w, b: F.conv1d_forward(x, w, b, s, p),
            F.conv1d_backward,
        )

    each("plain conv1d", check, share=4)


def test_conv2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        arrays, s, p = layer(rng, 2)
        compare(
            rng,
            arrays,
            lambda x, w, b: plain.conv2d(x, w, b, s, p),
            lambda g, x, w, _: plain.conv2d_backward(g, x, w, s, p),
            lambda x, w, b: T.conv2d(x, w, b, s, p),
            lambda x, w, b: F.conv2d_forward(x, w, b, s, p),
            F.conv2d_backward,
        )

    each("plain conv2d", check, share=6)


def test_conv2d_without_bias() -> None:
    rng = np.random.default_rng(0)
    x, weight = numbers(rng, 2, 3, 5, 6), numbers(rng, 4, 3, 2, 3)
    np.testing.assert_array_equal(plain.conv2d(x, weight), plain.conv2d(x, weight, np.zeros(4)))


def test_conv3d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        arrays, s, p = layer(rng, 3)
        compare(
            rng,
            arrays,
            lambda x, w, b: plain.conv3d(x, w, b, s, p),
            lambda g, x, w, _: plain.conv3d_backward(g, x, w, s, p),
            lambda x, w, b: T.conv3d(x, w, b, s, p),
            lambda x, w, b: F.conv3d_forward(x, w, b, s, p),
            F.conv3d_backward,
        )

    each("plain conv3d", check, share=3)


def test_a_dilated_kernel_makes_a_dilated_convolution() -> None:
    def backward(g: Any, x: Any, w: Any, s: int, p: int, d: int) -> tuple[Any, ...]:
        grad_x, grad_dilated, grad_bias = plain.conv2d_backward(g, x, plain.dilate(w, d), s, p)
        return grad_x, plain.dilate_backward(grad_dilated, d), grad_bias

    def check(rng: np.random.Generator, _: int) -> None:
        (x, weight, bias), s, p = layer(rng, 2)
        d = whole(rng, 1, 3)
        spread = (d - 1) * (np.array(weight.shape[2:]) - 1)
        x = numbers(rng, *x.shape[:2], *(x.shape[2:] + spread))
        compare(
            rng,
            [x, weight, bias],
            lambda x, w, b: plain.conv2d(x, plain.dilate(w, d), b, s, p),
            lambda g, x, w, _: backward(g, x, w, s, p, d),
            lambda x, w, b: T.conv2d(x, w, b, s, p, d),
            lambda x, w, b: F.conv2d_forward(x, w, b, s, p, d),
            F.conv2d_backward,
        )

    each("plain dilation", check, share=4)


def test_grouped_conv2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        groups = whole(rng, 1, 3)
        arrays, s, p = layer(rng, 2, groups)
        compare(
            rng,
            arrays,
            lambda x, w, b: plain.grouped_conv2d(x, w, b, s, p, groups),
            lambda g, x, w, _: plain.grouped_conv2d_backward(g, x, w, s, p, groups),
            lambda x, w, b: T.conv2d(x, w, b, s, p, groups=groups),
            lambda x, w, b: F.conv2d_forward(x, w, b, s, p, groups=groups),
            F.conv2d_backward,
        )

    each("plain groups", check, share=4)


def test_separable_conv2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        (x, _, _), s, p = layer(rng, 2)
        kernel = [whole(rng, 1, min(3, size + 2 * p)) for size in x.shape[2:]]
        channels, middle, kernels = x.shape[1], x.shape[1] * whole(rng, 1, 2), whole(rng, 1, 3)
        arrays = [
            *(x, numbers(rng, middle, 1, *kernel), numbers(rng, kernels, middle, 1, 1)),
            numbers(rng, kernels),
        ]
        compare(
            rng,
            arrays,
            lambda x, d, w, b: plain.separable_conv2d(x, d, w, b, s, p),
            lambda g, x, d, w, _: plain.separable_conv2d_backward(g, x, d, w, s, p),
            lambda x, d, w, b: T.conv2d(T.conv2d(x, d, None, s, p, groups=channels), w, b),
            lambda x, d, w, b: F.separable_conv2d_forward(x, d, w, b, s, p),
            F.separable_conv2d_backward,
        )

    each("plain separable", check, share=4)


def test_conv_transpose2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        stride, kernel = whole(rng, 1, 3), rng.integers(1, 4, 2)
        more, padding = whole(rng, 0, stride - 1), whole(rng, 0, int(kernel.min()) // 2)
        batch, channels, kernels, height, width = rng.integers([1, 1, 1, 2, 2], 6)
        x, weight = numbers(rng, batch, channels, height, width), numbers(rng, channels, kernels, *kernel)
        compare(
            rng,
            [x, weight, numbers(rng, kernels)],
            lambda x, w, b: plain.conv_transpose2d(x, w, b, stride, padding, more),
            lambda g, x, w, _: plain.conv_transpose2d_backward(g, x, w, stride, padding),
            lambda x, w, b: T.conv_transpose2d(x, w, b, stride, padding, more),
            lambda x, w, b: F.conv_transpose2d_forward(x, w, b, stride, padding, more),
            F.conv_transpose2d_backward,
        )

    each("plain transposed", check, share=4)


def test_conv_transpose1d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        stride, kernel = whole(rng, 1, 3), whole(rng, 1, 4)
        more, padding = whole(rng, 0, stride - 1), whole(rng, 0, kernel // 2)
        batch, channels, kernels, length = rng.integers([1, 1, 1, 2], 6)
        x, weight = numbers(rng, batch, channels, length), numbers(rng, channels, kernels, kernel)
        compare(
            rng,
            [x, weight, numbers(rng, kernels)],
            lambda x, w, b: plain.conv_transpose1d(x, w, b, stride, padding, more),
            lambda g, x, w, _: plain.conv_transpose1d_backward(g, x, w, stride, padding),
            lambda x, w, b: T.conv_transpose1d(x, w, b, stride, padding, more),
            lambda x, w, b: F.conv_transpose1d_forward(x, w, b, stride, padding, more),
            F.conv_transpose1d_backward,
        )

    each("plain transposed, signals", check, share=3)


def test_unfold() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        (x, weight, _), s, p = layer(rng, 2)
        kernel = weight.shape[2:]
        compare(
            rng,
            [x],
            lambda x: plain.unfold(x, kernel, p, s),
            lambda g, x: plain.unfold_backward(g, x, kernel, p, s),
            lambda x: T.unfold(x, kernel, padding=p, stride=s),
            lambda x: F.unfold_forward(x, kernel, padding=p, stride=s),
            F.unfold_backward,
        )

    each("plain unfold", check, share=4)


def test_conv2d_matrix() -> None:
    """It is the fast one's, and does what the layer does."""

    def check(rng: np.random.Generator, _: int) -> None:
        (x, weight, _), s, p = layer(rng, 2)
        matrix = plain.conv2d_matrix(weight, x.shape[1:], s, p)
        np.testing.assert_array_equal(matrix, F.conv2d_matrix(weight, x.shape, s, p))
        maps = plain.conv2d(x, weight, 0.0, s, p)
        np.testing.assert_allclose(matrix @ x[0].ravel(), maps[0].ravel(), atol=1e-12)

    each("plain matrix", check, share=3)
