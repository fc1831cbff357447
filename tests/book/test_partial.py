"""Partial convolution against torch, a dense matrix and finite differences; how holes close, by search."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import arithmetic, plain
from convnet import functional as F

PAGE = "advanced/partial"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def layers(seed: int) -> tuple[list[np.ndarray], tuple[int, int]]:
    """Images, a mask for each channel, kernels, biases and δ, not square; stride and padding."""
    rng = np.random.default_rng(seed)
    size, k = rng.integers(4, 8, 2), rng.integers(1, 5, 2)
    s, p = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    x, w, b = rng.normal(size=(2, 3, *size)), rng.normal(size=(4, 3, *k)), rng.normal(size=4)
    mask = (rng.random(x.shape) < rng.choice([0.05, 0.3, 0.8])).astype(float)
    delta = rng.normal(size=plain.conv2d(x, w, b, s, p).shape)
    return [x, mask, w, b, delta], (s, p)


def by_torch(x, mask, w, b, s, p):
    """The definition with torch's convolution: the masked images times a ratio that is counted."""
    ones = torch.ones(1, *w.shape[1:], dtype=torch.float64)
    known = TF.conv2d(torch.tensor(mask), ones, stride=s, padding=p)
    new_mask = (known > 0).double()
    ratio = w[0].numel() / known.clamp(min=1)
    y = new_mask * (ratio * TF.conv2d(x * torch.tensor(mask), w, stride=s, padding=p) + b[:, None, None])
    return y, new_mask


@pytest.mark.parametrize("seed", range(40))
def test_the_layer_is_torchs_convolution_times_a_ratio_forward_and_back(seed: int) -> None:
    (x, mask, w, b, delta), (s, p) = layers(seed)
    images, kernels, biases = (torch.tensor(values, requires_grad=True) for values in (x, w, b))
    expected, new_mask = by_torch(images, mask, kernels, biases, s, p)
    (expected * torch.tensor(delta)).sum().backward()
    y, handed_on = plain.partial_conv2d(x, mask, w, b, s, p)
    np.testing.assert_allclose(y, expected.detach(), atol=1e-10)
    np.testing.assert_array_equal(handed_on, new_mask)
    by = plain.partial_conv2d_backward(delta, x, mask, w, s, p)
    for got, wanted in zip(by, (images, kernels, biases), strict=True):
        np.testing.assert_allclose(got, wanted.grad, atol=1e-9)
    assert not by[0][mask == 0].any(), "a hole gets no gradient"
    fast, cache = F.partial_conv2d_forward(x, w, b, mask, s, p)
    np.testing.assert_allclose(fast, y, atol=1e-10)
    np.testing.assert_array_equal(cache.new_mask, handed_on)
    for got, wanted in zip(F.partial_conv2d_backward(delta, cache), by, strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_a_dense_matrix_with_scaled_rows_and_empty_columns(seed: int) -> None:
    (x, mask, w, b, _), (s, p) = layers(seed)
    y, new_mask = plain.partial_conv2d(x, mask, w, b, s, p)
    matrix = plain.conv2d_matrix(w, x.shape[1:], s, p)
    windows = plain.conv2d_matrix(np.ones((1, *w.shape[1:])), x.shape[1:], s, p)
    for n in range(len(x)):
        known = windows @ mask[n].ravel()
        ratio = np.where(known > 0, w[0].size / np.maximum(known, 1), 0)
        dense = np.tile(ratio, len(w))[:, None] * matrix * mask[n].ravel()
        bias = np.repeat(b, known.size) * np.tile(known > 0, len(w))
        np.testing.assert_allclose(dense @ x[n].ravel() + bias, y[n].ravel(), atol=1e-10)
        np.testing.assert_array_equal(new_mask[n].ravel(), known > 0)


def test_what_stands_in_a_hole_does_not_matter() -> None:
    (x, mask, w, b, delta), (s, p) = layers(3)
    other = np.where(mask > 0, x, 1e3)
    for got, wanted in zip(
        plain.partial_conv2d_backward(delta, other, mask, w, s, p),
        plain.partial_conv2d_backward(delta, x, mask, w, s, p),
        strict=True,
    ):
        np.testing.assert_allclose(got, wanted, atol=1e-9)
    np.testing.assert_allclose(
        plain.partial_conv2d(other, mask, w, b, s, p)[0], plain.partial_conv2d(x, mask, w, b, s, p)[0]
    )


def test_a_shared_mask_is_one_for_each_channel(page) -> None:
    """A mask for all channels, and the same one repeated, give one ratio, one new mask, the same outputs."""
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 3, 3))
    shared = (rng.random((2, 1, 6, 5)) < 0.4).astype(float)
    one, cache = F.partial_conv2d_forward(x, w, None, shared)
    each, other = F.partial_conv2d_forward(x, w, None, np.repeat(shared, 3, axis=1))
    np.testing.assert_allclose(one, each)
    np.testing.assert_array_equal(cache.new_mask, other.new_mask)
    assert cache.new_mask.shape == (2, 1, 4, 3)
    without_red = np.ones((1, 3, 3, 3))
    without_red[:, 0] = 0
    scale, new_mask = plain.window_scales(without_red, w)
    assert (scale.item(), new_mask.item()) == (27 / 18, 1)


def test_the_mistakes_are_seen_in_some_layers(page) -> None:
    seen = page["seen"]
    assert seen.pop("") == 0
    assert len(seen) == 3
    assert all(0 < wrong <= page["layers"] == 24 for wrong in seen.values())
    assert max(page["largest"], page["fast"]) < 1e-9


def test_zeros_darken_by_the_share_that_is_unknown(page) -> None:
    mask = torch.ones(1, 1, 7, 7, dtype=torch.float64)
    mask[..., 2:5, 2:5] = 0
    share = TF.avg_pool2d(mask, 3, stride=1)
    assert page["shares"] == pytest.approx([share[0, 0, 1, 2].item(), share[0, 0, 0, 0].item()])
    assert page["known"] == (9 * share[0, 0]).round().tolist()
    assert page["new_mask"] == (share[0, 0] > 0).double().tolist()
    np.testing.assert_allclose(page["y"], page["new_mask"])
    assert (page["with_bias"], page["with_scaled_bias"]) == (1.5, 2.5)
    assert page["ordinary"][0] == -4
    assert page["partial"][0] == pytest.approx(-6)


@pytest.mark.parametrize("seed", range(10))
def test_a_constant_comes_out_right_exactly_if_the_known_weights_have_the_mean_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    w = rng.integers(-2, 3, (1, 1, 3, 3)).astype(float) if seed % 2 else np.full((1, 1, 3, 3), rng.normal())
    right = 0
    for bits in product((0.0, 1.0), repeat=9):
        mask = np.array(bits).reshape(1, 1, 3, 3)
        if not mask.any():
            continue
        y = plain.partial_conv2d(np.full((1, 1, 3, 3), 7.0), mask, w)[0].item()
        same_mean = np.isclose(w[mask > 0].mean(), w.mean())
        assert np.isclose(y, 7 * w.sum()) == same_mean
        right += same_mean
    assert (right == 2**9 - 1) == (seed % 2 == 0)


def test_the_border_is_a_hole(page) -> None:
    assert np.allclose(page["padded"], 1)
    assert page["corner"] == pytest.approx([4 / 9, 9 / 4])
    assert page["side"] == 9 / 6


def unknown(size: int, hole: tuple[int, int], k: int, s: int, p: int, d: int = 1) -> int:
    """Places of a row whose window knows nothing; ``hole`` is where it starts and ends."""
    mask = np.ones(size)
    mask[slice(*hole)] = 0
    padded = np.pad(mask, p)
    reach = d * (k - 1) + 1
    return sum(not padded[at : at + reach : d].any() for at in range(0, len(padded) - reach + 1, s))


def test_a_hole_loses_what_the_page_says() -> None:
    for k, h in product(range(1, 8), range(1, 12)):
        for start in range(8, 14):
            inside = (start, start + h)
            for d in (1, 2, 3):
                assert unknown(60, inside, k, 1, 0, d) == max(0, h - d * (k - 1)), (k, h, d)
            for s in range(1, 5):
                left = max(0, h - k + 1)
                assert unknown(60, inside, k, s, 0) in {left // s, -(-left // s)}, (k, h, s)
        if k % 2:  # beside the border, with the padding that keeps the size
            assert unknown(60, (0, h), k, 1, (k - 1) // 2) == max(0, h - (k - 1) // 2)


def test_both_roundings_occur() -> None:
    assert {unknown(60, (start, start + 6), 3, 2, 1) for start in range(10, 12)} == {2}
    assert {unknown(60, (start, start + 7), 3, 2, 1) for start in range(10, 12)} == {2, 3}


@pytest.mark.parametrize("seed", range(20))
def test_an_output_is_known_exactly_if_it_sees_something_known(seed: int) -> None:
    """By paths through drawn stacks, dilation among them, and any mask."""
    rng = np.random.default_rng(seed)
    mask = (rng.random((1, 1, 1, 60)) < rng.choice([0.03, 0.2])).astype(float)
    known = mask.ravel() > 0
    sees = np.eye(60)[:, None, None]  # one image for each pixel
    for _ in range(3):
        k, s, p, d = (int(rng.integers(low, high)) for low, high in ((2, 5), (1, 3), (0, 3), (1, 3)))
        w, options = np.ones((1, 1, 1, k)), {"stride": (1, s), "padding": (0, p), "dilation": (1, d)}
        mask = F.partial_conv2d_forward(mask, w, None, mask, **options)[1].new_mask
        sees = (F.conv2d_forward(sees, w, None, **options)[0] > 0).astype(float)
    np.testing.assert_array_equal(mask.ravel() > 0, sees[known].any(axis=0).ravel())


def test_a_hole_is_closed_once_the_receptive_field_is_wider(page) -> None:
    assert page["wider"] == [32, 16, 11, 6]
    for (low, high), last in zip(page["closing"], page["wider"], strict=True):
        assert last - 1 <= low <= high == last
    kinds = [(2, 1), (3, 1), (4, 1), (5, 1), (3, 2), (5, 2), (3, 3), (4, 2)]
    for (k, s), side in product(kinds, range(1, 14)):
        stack, found = [], set()
        while True:
            stack.append((k, s, 0, 1))
            if arithmetic.receptive_field(stack)[-1].size > side:
                break
        for start in range(side + 20, side + 20 + s ** len(stack)):
            mask, count = np.ones((1, 1, 1, 4 * side + 150)), 0
            mask[..., start : start + side] = 0
            while not mask.all():
                mask, count = plain.window_scales(mask, np.ones((1, 1, 1, k)), s)[1], count + 1
            found.add(count)
        assert max(found) == len(stack), (k, s, side)
        assert min(found) >= len(stack) - 1
        if s == 1:
            assert found == {len(stack)}


def test_too_quiet_too_loud() -> None:
    """The variances of the exercise, by drawing."""
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 200_000, 9))
    for known in (1, 3, 6):
        sums = (x[:, :known] * w[:, :known]).sum(axis=1)
        assert sums.var() == pytest.approx(known, rel=0.05)
        assert (9 / known * sums).var() == pytest.approx(81 / known, rel=0.05)


def test_the_row_of_the_exercise(page) -> None:
    assert page["row_out"] == [19, 0, 7, 13]
    assert page["row_new"] == [1, 0, 1, 1]
    assert page["row_back"] == [3, 0, 0, 0, 6, 1.5]
    assert page["solved"] == "right"
