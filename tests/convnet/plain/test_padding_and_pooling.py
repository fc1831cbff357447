"""Plain padding, pooling and resizing equal torch's and the fast ones."""

from typing import Any

import numpy as np
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_fast, like_torch, numbers, whole

MODES = ("constant", "reflect", "replicate", "circular")


def maps(rng: np.random.Generator, lowest: int, ties: bool = False) -> Any:
    batch, channels, more, even_more = rng.integers(1, 4, 4)
    return numbers(rng, batch, channels, lowest + more - 1, lowest + 2 * even_more - 1, ties=ties)


def window(rng: np.random.Generator, ties: bool) -> tuple[Any, int, int]:
    k = whole(rng, 1, 3)
    return maps(rng, k, ties), k, whole(rng, 1, 4)


def test_pad_in_every_mode() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        mode = MODES[number % len(MODES)]
        x = maps(rng, 4)
        border = tuple(whole(rng, 0, 3) for _ in range(4))
        value = 1.5 if mode == "constant" else 0.0
        forward = lambda x: plain.pad(x, border, mode, value)  # noqa: E731
        backward = lambda g, x: plain.pad_backward(g, x, border, mode)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.pad(x, border, mode, value or None))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.pad_forward(x, border, mode, value), F.pad_backward),
        )

    each("plain padding", check, share=6)


def test_border_indices_are_numpys() -> None:
    for mode, theirs in (("reflect", "reflect"), ("replicate", "edge"), ("circular", "wrap")):
        wanted = np.pad(np.arange(5), (4, 3), theirs)  # type: ignore[call-overload]
        np.testing.assert_array_equal(plain.border_indices(5, 4, 3, mode), wanted)


def test_max_pool2d() -> None:
    """With ties, too: the first among equals gets the gradient."""

    def check(rng: np.random.Generator, number: int) -> None:
        x, k, s = window(rng, ties=number % 2 == 0)
        forward = lambda x: plain.max_pool2d(x, k, s)  # noqa: E731
        backward = lambda g, x: plain.max_pool2d_backward(g, x, k, s)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.max_pool2d(x, k, s))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.max_pool2d_forward(x, k, s), F.max_pool2d_backward),
        )

    each("plain max pooling", check, share=6)


def test_avg_pool2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, k, s = window(rng, ties=False)
        forward = lambda x: plain.avg_pool2d(x, k, s)  # noqa: E731
        backward = lambda g, x: plain.avg_pool2d_backward(g, x, k, s)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.avg_pool2d(x, k, s))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.avg_pool2d_forward(x, k, s), F.avg_pool2d_backward),
        )

    each("plain average pooling", check, share=4)


def test_global_avg_pool2d() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        functions = plain.global_avg_pool2d, plain.global_avg_pool2d_backward
        x = maps(rng, 1)
        grad_out = like_torch(rng, [x], *functions, lambda x: T.adaptive_avg_pool2d(x, 1))
        like_fast(grad_out, [x], *functions, F.global_avg_pool2d_forward, F.global_avg_pool2d_backward)

    each("plain global average pooling", check)


def test_adaptive_avg_pool2d() -> None:
    """Also to more outputs than there are pixels."""

    def check(rng: np.random.Generator, _: int) -> None:
        x, size = maps(rng, 1), (whole(rng, 1, 6), whole(rng, 1, 6))
        forward, backward = lambda x: plain.adaptive_avg_pool2d(x, size), plain.adaptive_avg_pool2d_backward
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.adaptive_avg_pool2d(x, size))
        like_fast(
            *(grad_out, [x], forward, backward),
            *(lambda x: F.adaptive_avg_pool2d_forward(x, size), F.adaptive_avg_pool2d_backward),
        )

    each("plain adaptive average pooling", check, share=4)


def test_adaptive_windows_cover_the_axis() -> None:
    for size in range(1, 12):
        for outputs in range(1, 14):
            seen = {pixel for piece in plain.adaptive_windows(size, outputs) for pixel in range(size)[piece]}
            assert seen == set(range(size)), (size, outputs)


def test_interpolate() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        x, size = maps(rng, 1), (whole(rng, 1, 9), whole(rng, 1, 9))
        mode, corners = [("nearest", None), ("bilinear", False), ("bilinear", True)][number % 3]

        def matrix(before: int, after: int) -> Any:
            if mode == "nearest":
                return plain.nearest_matrix(before, after)
            return plain.bilinear_matrix(before, after, align_corners=bool(corners))

        rows, columns = matrix(x.shape[2], size[0]), matrix(x.shape[3], size[1])
        close("shares", rows.sum(axis=1), np.ones(size[0]))
        forward = lambda x: plain.interpolate(x, rows, columns)  # noqa: E731
        backward = lambda g, _: plain.interpolate_backward(g, rows, columns)  # noqa: E731
        grad_out = like_torch(
            *(rng, [x], forward, backward),
            lambda x: T.interpolate(x, size, mode=mode, align_corners=corners),
        )
        like_fast(
            *(grad_out, [x], forward, backward),
            *(
                lambda x: F.interpolate_forward(x, size, mode=mode, align_corners=corners),
                F.interpolate_backward,
            ),
        )

    each("plain resizing", check, share=6)
