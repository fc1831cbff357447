"""The less common plain activations, normalizations and losses equal torch's and the fast ones."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_fast, like_torch, numbers, whole


def images(rng: np.random.Generator, ties: bool = False) -> Any:
    return numbers(rng, *rng.integers(1, 5, 2), *rng.integers(2, 6, 2), ties=ties)


def compare(rng: np.random.Generator, x: Any, *functions: Any) -> None:
    forward, backward, reference, fast, fast_backward = functions
    grad_out = np.asarray(like_torch(rng, [x], forward, backward, reference))
    like_fast(grad_out, [x], forward, backward, fast, fast_backward)


def test_leaky_relu() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        slope = float(rng.random())
        compare(
            *(rng, images(rng, ties=number % 2 == 0)),
            lambda x: plain.leaky_relu(x, slope),
            lambda g, x: plain.leaky_relu_backward(g, x, slope),
            lambda x: T.leaky_relu(x, slope),
            lambda x: F.leaky_relu_forward(x, slope),
            F.leaky_relu_backward,
        )

    each("plain leaky_relu", check, share=2)


@pytest.mark.parametrize("name", ["gelu", "silu"])
def test_smooth_activation(name: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        functions = getattr(plain, name), getattr(plain, f"{name}_backward")
        fast = getattr(F, f"{name}_forward"), getattr(F, f"{name}_backward")
        compare(rng, 3 * images(rng), *functions, getattr(T, name), *fast)

    each(f"plain {name}", check, share=2)


def test_gaussian_share_is_scipys() -> None:
    from scipy.stats import norm

    x = np.linspace(-6, 6, 101)
    close("share", plain.gaussian_share(x), norm.cdf(x))


def test_log_softmax_and_nll_loss() -> None:
    """One after the other they are cross-entropy."""

    def check(rng: np.random.Generator, _: int) -> None:
        x, labels = 3 * numbers(rng, whole(rng, 1, 5), whole(rng, 2, 6)), rng.integers(0, 2, 5)
        labels = labels[: len(x)]
        compare(
            *(rng, x, plain.log_softmax, plain.log_softmax_backward),
            *(lambda x: T.log_softmax(x, 1), lambda x: F.log_softmax_forward(x, 1), F.log_softmax_backward),
        )
        compare(
            *(rng, x),
            lambda x: plain.nll_loss(x, labels),
            lambda g, x: g * plain.nll_loss_backward(x, labels),
            lambda x: T.nll_loss(x, torch.tensor(labels)),
            lambda x: F.nll_loss_forward(x, labels),
            F.nll_loss_backward,
        )
        log_p = plain.log_softmax(x)
        close("loss", plain.nll_loss(log_p, labels), plain.cross_entropy(x, labels))
        by_scores = plain.log_softmax_backward(plain.nll_loss_backward(log_p, labels), x)
        close("gradient", by_scores, plain.cross_entropy_backward(x, labels))

    each("plain log_softmax", check, share=3)


def test_mse_loss() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = images(rng)
        target = numbers(rng, *x.shape)
        compare(
            *(rng, x),
            lambda x: plain.mse_loss(x, target),
            lambda g, x: g * plain.mse_loss_backward(x, target),
            lambda x: T.mse_loss(x, torch.tensor(target)),
            lambda x: F.mse_loss_forward(x, target),
            F.mse_loss_backward,
        )

    each("plain mse_loss", check, share=2)


def test_binary_cross_entropy_with_logits() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = 10 * images(rng)
        target = rng.random(x.shape)
        compare(
            *(rng, x),
            lambda x: plain.binary_cross_entropy_with_logits(x, target),
            lambda g, x: g * plain.binary_cross_entropy_with_logits_backward(x, target),
            lambda x: T.binary_cross_entropy_with_logits(x, torch.tensor(target)),
            lambda x: F.binary_cross_entropy_with_logits_forward(x, target),
            F.binary_cross_entropy_with_logits_backward,
        )

    each("plain bce", check, share=2)


def test_local_response_norm() -> None:
    """Windows of even and odd size, wider than there are channels too."""

    def check(rng: np.random.Generator, _: int) -> None:
        size, (alpha, beta, k) = whole(rng, 1, 6), rng.random(3) + 0.1
        compare(
            *(rng, images(rng)),
            lambda x: plain.local_response_norm(x, size, alpha, beta, k),
            lambda g, x: plain.local_response_norm_backward(g, x, size, alpha, beta, k),
            lambda x: T.local_response_norm(x, size, float(alpha), float(beta), float(k)),
            lambda x: F.local_response_norm_forward(x, size, float(alpha), float(beta), float(k)),
            F.local_response_norm_backward,
        )

    each("plain local response", check, share=3)


def test_channel_windows_are_bands() -> None:
    for channels, size in ((4, 3), (5, 2), (3, 7)):
        near = plain.channel_windows(channels, size)
        for m, other in np.ndindex(channels, channels):
            assert near[m, other] == (other in range(m - size // 2, m - size // 2 + size))


def test_group_norm() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        groups, each_has = rng.integers(1, 4, 2).tolist()
        channels = groups * each_has
        x = numbers(rng, whole(rng, 1, 3), channels, *rng.integers(2, 5, 2))
        arrays = [x, numbers(rng, channels), numbers(rng, channels)]
        forward = lambda x, w, b: plain.group_norm(x, groups, w, b)  # noqa: E731
        backward = lambda g, x, w, _: plain.group_norm_backward(g, x, groups, w)  # noqa: E731
        grad_out = like_torch(
            *(rng, arrays, forward, backward), lambda x, w, b: T.group_norm(x, groups, w, b)
        )
        like_fast(
            *(grad_out, arrays, forward, backward),
            *(lambda x, w, b: F.group_norm_forward(x, groups, w, b), F.group_norm_backward),
        )

    each("plain group norm", check, share=3)
