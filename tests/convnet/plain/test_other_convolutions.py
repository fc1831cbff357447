"""Deformable, partial and submanifold convolution equal the fast ones and finite differences."""

from typing import Any

import numpy as np

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_differences, like_fast, numbers, whole


def test_deform_conv2d() -> None:
    """In both versions; offsets of several pixels send taps over the edge, and whole ones onto pixels."""

    def check(rng: np.random.Generator, number: int) -> None:
        stride, padding, (k_h, k_w) = whole(rng, 1, 2), whole(rng, 0, 1), rng.integers(1, 3, 2)
        batch, channels, kernels = rng.integers(1, 3, 3)
        x = numbers(rng, batch, channels, *rng.integers(2, 5, 2))
        rows, columns = ((np.array(x.shape[2:]) + 2 * padding - (k_h, k_w)) // stride + 1).tolist()
        whole_pixels = number % 4 == 0
        offset = 1.5 * numbers(rng, batch, 2 * k_h * k_w, rows, columns, ties=whole_pixels)
        offset = np.round(offset) if whole_pixels else offset
        weight, bias = numbers(rng, kernels, channels, k_h, k_w), numbers(rng, kernels)
        mask = rng.random((batch, k_h * k_w, rows, columns))
        if number % 2:
            mask = np.ones(mask.shape)  # version 1

        def forward(x: Any, o: Any, w: Any, m: Any, b: Any) -> Any:
            return plain.deform_conv2d(x, o, w, m, b, stride, padding)

        def backward(g: Any, x: Any, o: Any, w: Any, m: Any, _: Any) -> Any:
            return plain.deform_conv2d_backward(g, x, o, w, m, stride, padding)

        def fast(x: Any, o: Any, w: Any, m: Any, b: Any) -> Any:
            return F.deform_conv2d_forward(x, o, w, b, stride, padding, 1, m)

        def fast_backward(g: Any, cache: Any) -> Any:
            by_x, by_offset, by_weight, by_bias, by_mask = F.deform_conv2d_backward(g, cache)
            return by_x, by_offset, by_weight, by_mask, by_bias

        arrays = [x, offset, weight, mask, bias]
        grad_out = numbers(rng, batch, kernels, rows, columns)
        like_fast(grad_out, arrays, forward, backward, fast, fast_backward)
        if not whole_pixels and number < 8:  # on a pixel the surface has an edge
            like_differences(grad_out, arrays, forward, backward)

    each("plain deformable", check, share=2)


def test_a_sample_on_a_pixel_is_that_pixel() -> None:
    image = numbers(np.random.default_rng(0), 2, 3, 4)
    for u, v in np.ndindex(3, 4):
        np.testing.assert_array_equal(plain.bilinear_sample(image, float(u), float(v)), image[:, u, v])
    np.testing.assert_array_equal(plain.bilinear_sample(image, -1.0, 5.0), [0.0, 0.0])


def test_samples_are_finite_differences() -> None:
    rng = np.random.default_rng(1)
    x, at = numbers(rng, 2, 2, 3, 4), 1.5 + 1.2 * numbers(rng, 2, 1, 2, 2, 2, 1)
    grad_out = numbers(rng, 2, 2, 1, 2, 2, 1)
    like_differences(grad_out, [x, at], plain.sample_at, plain.sample_at_backward)
    image, place = x[0], np.array([0.3, 2.6])
    found = plain.bilinear_sample_backward(grad_out[0, :, 0, 0, 0, 0], image, *place)
    like_differences(
        *(grad_out[0, :, 0, 0, 0, 0], [image, place], lambda image, at: plain.bilinear_sample(image, *at)),
        lambda *_: (found[0], np.array(found[1:])),
    )


def test_taps_without_offsets_stand_where_the_window_is() -> None:
    """So a deformable convolution that moves nothing is an ordinary one."""
    rng = np.random.default_rng(2)
    x, weight = numbers(rng, 2, 3, 5, 6), numbers(rng, 4, 3, 2, 3)
    maps = plain.conv2d(x, weight, 0.0, 2, 1)
    offset, mask = np.zeros((2, 12, *maps.shape[2:])), np.ones((2, 6, *maps.shape[2:]))
    close("maps", plain.deform_conv2d(x, offset, weight, mask, 0.0, 2, 1), maps)
    at = plain.tap_positions(offset, (2, 3), 2, 1)
    assert at[0, 1, 2, :, 2, 1].tolist() == [2 * 2 + 1 - 1, 1 * 2 + 2 - 1]


def test_partial_conv2d() -> None:
    """One mask for all channels or one for each, with windows that know nothing."""

    def check(rng: np.random.Generator, number: int) -> None:
        stride, padding, (k_h, k_w) = whole(rng, 1, 2), whole(rng, 0, 1), rng.integers(1, 4, 2)
        batch, channels, kernels = rng.integers(1, 3, 3)
        x = numbers(rng, batch, channels, k_h + whole(rng, 0, 2), k_w + whole(rng, 1, 3))
        mask = (rng.random((batch, channels if number % 2 else 1, *x.shape[2:])) < 0.5).astype(float)
        mask = np.broadcast_to(mask, x.shape).copy()
        arrays = [x, numbers(rng, kernels, channels, k_h, k_w), numbers(rng, kernels)]

        def forward(x: Any, w: Any, b: Any) -> Any:
            return plain.partial_conv2d(x, mask, w, b, stride, padding)[0]

        def backward(g: Any, x: Any, w: Any, _: Any) -> Any:
            return plain.partial_conv2d_backward(g, x, mask, w, stride, padding)

        out, cache = F.partial_conv2d_forward(*arrays, mask, stride, padding)
        grad_out = numbers(rng, *out.shape)
        like_fast(
            *(grad_out, arrays, forward, backward),
            lambda x, w, b: F.partial_conv2d_forward(x, w, b, mask, stride, padding),
            F.partial_conv2d_backward,
        )
        close("mask", plain.window_scales(mask, arrays[1], stride, padding)[1], cache.new_mask)
        close("mask", plain.partial_conv2d(x, mask, arrays[1], 0.0, stride, padding)[1], cache.new_mask)
        if number < 6:
            like_differences(grad_out, arrays, forward, backward)

    each("plain partial", check, share=3)


def test_submanifold_conv2d() -> None:
    """On sites in any order; at the active sites an ordinary convolution gives the same numbers."""

    def check(rng: np.random.Generator, number: int) -> None:
        k_h, k_w = (int(size) for size in rng.choice([1, 3, 5], 2))
        batch, height, width, channels, kernels = (whole(rng, 1, 4) for _ in range(5))
        every = np.argwhere(np.ones((batch, height + 1, width + 1)))
        sites = rng.permutation(every)[: whole(rng, 1, len(every))]
        arrays = [
            *(numbers(rng, len(sites), channels), numbers(rng, kernels, channels, k_h, k_w)),
            numbers(rng, kernels),
        ]
        pairs = plain.submanifold_rulebook(sites, (k_h, k_w))
        book = F.submanifold_rulebook(sites, (k_h, k_w))
        forward = lambda x, w, b: plain.submanifold_conv2d(x, w, b, pairs)  # noqa: E731
        backward = lambda g, x, w, _: plain.submanifold_conv2d_backward(g, x, w, pairs)  # noqa: E731
        grad_out = numbers(rng, len(sites), kernels)
        like_fast(
            *(grad_out, arrays, forward, backward),
            *(lambda x, w, b: F.submanifold_conv2d_forward(x, w, b, book), F.submanifold_conv2d_backward),
        )
        image, (n, u, v) = np.zeros((batch, channels, height + 1, width + 1)), sites.T
        image[n, :, u, v] = arrays[0]
        padded = np.pad(image, ((0, 0), (0, 0), (k_h // 2, k_h // 2), (k_w // 2, k_w // 2)))
        close("dense", forward(*arrays), plain.conv2d(padded, *arrays[1:])[n, :, u, v])
        if number < 6:
            like_differences(grad_out, arrays, forward, backward)

    each("plain submanifold", check, share=3)
