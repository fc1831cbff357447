"""Deformable convolution: forward and backward against torch's sampler and by tents, kinks, counts."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import functional as F
from convnet import plain
from tests.book.chapter import chapter

PAGE = "advanced/deformable"
Numbers = Any


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown(name: str) -> Callable[..., Any]:
    """Give a function as the page shows it; the last one, which is an exercise's solution."""
    cells = [c for c in chapter(PAGE).cells if c.visible and f"def {name}(" in c.code and "..." not in c.code]
    scope: dict[str, Any] = {"np": np, "plain": plain}
    exec(cells[-1].code, scope)
    return scope[name]


def by_grid_sample(maps: Numbers, rows: Numbers, columns: Numbers) -> Numbers:
    """Read maps at points (N, H', W') by torch's own sampler; its places run from −1 to 1."""
    high, wide = maps.shape[2:]
    grid = torch.stack([2 * columns / (wide - 1) - 1, 2 * rows / (high - 1) - 1], dim=-1)
    return functional.grid_sample(maps, grid, mode="bilinear", padding_mode="zeros", align_corners=True)


def by_tents(maps: Numbers, rows: Numbers, columns: Numbers) -> Numbers:
    """Read maps as torchvision documents it: every pixel counts, by how near it is."""
    high, wide = (torch.arange(size, dtype=torch.float64) for size in maps.shape[2:])
    down = torch.relu(1 - (rows[..., None] - high).abs())
    right = torch.relu(1 - (columns[..., None] - wide).abs())
    return torch.einsum("nrcu,nrcv,nmuv->nmrc", down, right, maps)


def layer(read: Callable[..., Numbers], given: tuple[Numbers, ...], stride: int, padding: int) -> Numbers:
    """The layer in torch: taps in the order of the kernel, the way down before the way right."""
    x, offset, w, mask, b = given
    rows = torch.arange(offset.shape[2], dtype=torch.float64)[:, None] * stride - padding
    columns = torch.arange(offset.shape[3], dtype=torch.float64) * stride - padding
    y = b[:, None, None]
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            tap = i * w.shape[3] + j
            z = read(x, rows + i + offset[:, 2 * tap], columns + j + offset[:, 2 * tap + 1])
            y = y + torch.einsum("fm,nrc,nmrc->nfrc", w[:, :, i, j], mask[:, tap], z)
    return y


def drawn(seed: int) -> tuple[list[Numbers], Numbers, int, int]:
    """A layer of drawn shapes with points that are at no whole number, some of them outside of the maps."""
    rng = np.random.default_rng(seed)
    n, channels, kernels, s = (int(k) for k in rng.integers(1, 4, 4))
    p, k, size = int(rng.integers(0, 3)), rng.integers(1, 4, 2), rng.integers(3, 7, 2)
    high, wide = (size + 2 * p - k) // s + 1
    taps = int(k.prod())
    offset = rng.integers(-3, 3, (n, 2 * taps, high, wide)) + rng.uniform(
        0.05, 0.95, (n, 2 * taps, high, wide)
    )
    given = [
        rng.normal(size=(n, channels, *size)),
        offset,
        rng.normal(size=(kernels, channels, *k)),
        rng.uniform(size=(n, taps, high, wide)) if seed % 2 else np.ones((n, taps, high, wide)),
        rng.normal(size=kernels),
    ]
    return given, rng.normal(size=(n, kernels, high, wide)), s, p


@pytest.mark.parametrize("read", [by_grid_sample, by_tents])
@pytest.mark.parametrize("seed", range(24))
def test_forward_and_backward_are_torchs(seed: int, read: Callable[..., Numbers]) -> None:
    """Version 1 has a mask of ones, version 2 a drawn one; the plain layer and the fast one."""
    given, delta, s, p = drawn(seed)
    tensors = [torch.tensor(values, requires_grad=True) for values in given]
    y = layer(read, tuple(tensors), s, p)
    (y * torch.tensor(delta)).sum().backward()
    np.testing.assert_allclose(plain.deform_conv2d(*given, s, p), y.detach(), atol=1e-11)
    found = plain.deform_conv2d_backward(delta, *given[:4], s, p)
    x, offset, w, mask, b = given
    fast, cache = F.deform_conv2d_forward(x, offset, w, b, s, p, mask=mask)
    np.testing.assert_allclose(fast, y.detach(), atol=1e-11)
    by_x, by_offset, by_w, by_b, by_mask = F.deform_conv2d_backward(delta, cache)
    for tensor, mine, fast_one in zip(tensors, found, (by_x, by_offset, by_w, by_mask, by_b), strict=True):
        np.testing.assert_allclose(mine, tensor.grad, atol=1e-9)
        np.testing.assert_allclose(fast_one, tensor.grad, atol=1e-9)


def test_what_the_drawn_layers_are() -> None:
    layers = [drawn(seed) for seed in range(24)]
    assert {s for _, _, s, _ in layers} == {1, 2, 3}
    assert {p for _, _, _, p in layers} == {0, 1, 2}
    outside = 0
    for given, _, s, p in layers:
        at = plain.tap_positions(given[1], given[2].shape[2:], s, p)
        outside += int((at[:, :, :, 0] > given[0].shape[2]).sum() + (at < -1).sum())
    assert outside > 100, "points beyond the border are drawn, too"


@pytest.mark.parametrize("mistake", ["right before down", "taps by columns", "the mask left out"])
def test_a_wrong_layer_would_be_noticed(mistake: str) -> None:
    noticed = 0
    for seed in range(24):
        given, _, s, p = drawn(seed)
        right = plain.deform_conv2d(*given, s, p)
        x, offset, w, mask, _ = given
        parts = offset.reshape(len(x), *w.shape[2:], 2, *offset.shape[2:])
        if mistake == "right before down":
            given[1] = parts[:, :, :, ::-1].reshape(offset.shape)
        elif mistake == "taps by columns":
            given[1] = parts.swapaxes(1, 2).reshape(offset.shape)
        else:
            given[3] = np.ones_like(mask)
        wrong = plain.deform_conv2d(*given, s, p)
        noticed += bool(np.abs(wrong - right).max() > 1e-6)
    assert noticed >= 12


def test_the_page_checked_its_own_layers(page) -> None:
    assert (page["before"], page["after"]) == (1, 3)
    assert page["forward_apart"] < 1e-12
    assert page["zero_apart"] < 1e-12, "offsets of zero are the ordinary layer"
    assert page["off_by"] < 1e-6, "finite differences"
    assert page["half"] < 1e-12


@pytest.mark.parametrize("seed", range(8))
def test_at_whole_numbers_the_slope_is_the_one_ahead_as_in_torch(seed: int) -> None:
    """The value has no kink there, but the slopes of both sides differ; code and torch take the same one."""
    rng = np.random.default_rng(seed)
    image = rng.normal(size=(1, 5, 5))
    u, v = (int(k) for k in rng.integers(0, 4, 2))
    one = np.ones(1)
    _, down, right = plain.bilinear_sample_backward(one, image, u, v)
    assert down == pytest.approx(image[0, u + 1, v] - image[0, u, v])
    assert right == pytest.approx(image[0, u, v + 1] - image[0, u, v])
    place = torch.tensor([[[float(u)]], [[float(v)]]], dtype=torch.float64, requires_grad=True)
    by_grid_sample(torch.tensor(image)[None], place[0:1], place[1:2]).sum().backward()
    assert place.grad is not None
    np.testing.assert_allclose(place.grad.ravel(), [down, right], atol=1e-12)
    near = 1e-6
    ahead, behind = (
        (plain.bilinear_sample(image, u + by, v) - plain.bilinear_sample(image, u, v))[0] / by
        for by in (near, -near)
    )
    assert ahead == pytest.approx(down, abs=1e-4)
    assert abs(behind - ahead) > 1e-3


def test_slopes_on_a_ridge(page) -> None:
    """A row 0, 1, 3: slope 1 before the middle pixel, and 2 from it on."""
    assert page["sides"] == [1, 2, 2]


def test_an_offset_feels_four_pixels() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        image, (u, v) = rng.normal(size=(2, 7, 7)), rng.uniform(0, 6, 2)
        g = rng.normal(size=2)
        _, down, right = plain.bilinear_sample_backward(g, image, u, v)
        top, left = int(u), int(v)
        other = rng.normal(size=image.shape)
        other[:, top : top + 2, left : left + 2] = image[:, top : top + 2, left : left + 2]
        np.testing.assert_allclose(plain.bilinear_sample_backward(g, other, u, v)[1:], (down, right))
        other[:, top : top + 2, left : left + 2] = 5.0
        np.testing.assert_allclose(plain.bilinear_sample_backward(g, other, u, v)[1:], 0, atol=1e-12)


def test_the_formulas_of_the_page_with_corners() -> None:
    """x(u, v) and its slopes from A, B, D, E, t and q."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        (a, b, d, e), (t, q) = rng.normal(size=4), rng.uniform(size=2)
        image = np.array([[[a, b], [d, e]]])
        value = (1 - t) * (1 - q) * a + (1 - t) * q * b + t * (1 - q) * d + t * q * e
        np.testing.assert_allclose(plain.bilinear_sample(image, t, q), [value])
        _, down, right = plain.bilinear_sample_backward(np.ones(1), image, t, q)
        assert down == pytest.approx((1 - q) * (d - a) + q * (e - b))
        assert right == pytest.approx((1 - t) * (b - a) + t * (e - d))


@pytest.mark.parametrize("seed", range(6))
def test_version_2_goes_back_through_both_convolutions(seed: int) -> None:
    """The shown layer against torch; its gradients as the page puts them together."""
    rng = np.random.default_rng(seed)
    channels, kernels = (int(k) for k in rng.integers(1, 4, 2))
    x, w = rng.normal(size=(2, channels, 5, 6)), rng.normal(size=(kernels, channels, 3, 3))
    by, delta = 0.3 * rng.normal(size=(27, channels, 3, 3)), rng.normal(size=(2, kernels, 5, 6))
    tensors = [torch.tensor(values, requires_grad=True) for values in (x, by, w)]
    made = functional.conv2d(tensors[0], tensors[1], padding=1)
    zero = torch.zeros(kernels, dtype=torch.float64)
    given = (tensors[0], made[:, :18], tensors[2], torch.sigmoid(made[:, 18:]), zero)
    y = layer(by_grid_sample, given, 1, 1)
    (y * torch.tensor(delta)).sum().backward()
    np.testing.assert_allclose(shown("version2")(x, by, w), y.detach(), atol=1e-11)
    both = plain.conv2d(x, by, padding=1)
    a = plain.sigmoid(both[:, 18:])
    by_x, by_offset, by_w, by_a, _ = plain.deform_conv2d_backward(delta, x, both[:, :18], w, a, padding=1)
    back = np.concatenate([by_offset, by_a * a * (1 - a)], axis=1)
    on, by_by, _ = plain.conv2d_backward(back, x, by, padding=1)
    for mine, tensor in zip((by_x + on, by_by, by_w), tensors, strict=True):
        np.testing.assert_allclose(mine, tensor.grad, atol=1e-8)
    np.testing.assert_allclose(shown("version2")(x, 0 * by, w), plain.conv2d(x, w, padding=1) / 2, atol=1e-12)


def test_prices(page) -> None:
    for channels, price in zip((16, 64, 256), page["prices"], strict=True):
        own, offsets, both = (
            torch.nn.Conv2d(channels, many, 3, bias=False).weight.numel() for many in (channels, 18, 27)
        )
        assert price[:3] == [own, offsets, both]
        places = 56 * 56
        assert price[3:] == [places * own, *(places * (one + 36 * channels) for one in (offsets, both))]
    assert page["shares"] == [[own[1] / own[0], own[2] / own[0]] for own in page["prices"]]


@pytest.mark.parametrize("seed", range(12))
def test_the_same_offsets_everywhere_are_a_larger_kernel(seed: int) -> None:
    """At most 36 pixels of it have a weight; away from nothing, for zeros go on outside."""
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(1, 2, 6, 7)), rng.normal(size=(3, 2, 3, 3))
    moves = rng.uniform(-2, 2, (3, 3, 2))
    large = np.zeros((3, 2, 9, 9))
    for i, j in np.ndindex(3, 3):
        u, v = moves[i, j] + (i, j) + 3.0
        top, left = int(np.floor(u)), int(np.floor(v))
        for r, c in np.ndindex(2, 2):
            share = (1 - abs(u - top - r)) * (1 - abs(v - left - c))
            large[:, :, top + r, left + c] += share * w[:, :, i, j]
    offset = np.broadcast_to(moves.reshape(1, 18, 1, 1), (1, 18, 6, 7))
    found = plain.deform_conv2d(x, offset, w, np.ones((1, 9, 6, 7)), padding=1)
    np.testing.assert_allclose(found, plain.conv2d(x, large, padding=4), atol=1e-12)
    assert 9 < np.count_nonzero(large[0, 0]) <= 36


def test_exercises(page) -> None:
    image = torch.tensor([[[[2.0, 6], [4, 0]]]], dtype=torch.float64)
    place = torch.tensor([[[0.25]], [[0.5]]], dtype=torch.float64, requires_grad=True)
    z = by_grid_sample(image, place[0:1], place[1:2])
    (3 * -1 * z).sum().backward()
    assert place.grad is not None
    assert page["read"] == [z.item()] == [3.5]
    assert [page["gradient_down"], page["gradient_right"]] == place.grad.ravel().tolist() == [6, -6]
    assert page["solved"] == "right"
    assert page["dilated_apart"] < 1e-12
    x, w = (np.random.default_rng(0).normal(size=size) for size in ((1, 1, 9, 9), (1, 1, 3, 2)))
    for d in (1, 2, 3):
        wanted = functional.conv2d(torch.tensor(x), torch.tensor(w), dilation=d).numpy()
        offset = shown("dilated_offsets")(3, 2, d, *wanted.shape[2:])
        rows, columns = (size + k - 1 for size, k in zip(wanted.shape[2:], (3, 2), strict=True))
        # As many windows as the dilated layer has; their points reach on into the rest of the map.
        z = plain.sample_at(x, plain.tap_positions(offset, (3, 2)))
        assert (rows, columns) <= x.shape[2:]
        np.testing.assert_allclose(np.einsum("fmij,nmijrc->nfrc", w, z), wanted, atol=1e-12)
