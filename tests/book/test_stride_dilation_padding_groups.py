"""The way back through strides, dilations, paddings and groups, against torch and finite differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import plain
from tests.book.chapter import chapter

PAGE = "backward/stride-dilation-padding-groups"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown(name: str) -> Callable[..., Any]:
    """Give a function as the page shows it."""
    cells = [c for c in chapter(PAGE).cells if c.visible and f"def {name}(" in c.code and "..." not in c.code]
    scope: dict[str, Any] = {"np": np, "plain": plain}
    exec(cells[0].code, scope)
    return scope[name]


def test_every_second_output(page) -> None:
    """Seven pixels, padding 1, stride 2: y1, y3, y5, y7."""
    x, w, delta = (torch.tensor(page[name], dtype=torch.float64) for name in ("x", "w", "delta"))
    x.requires_grad_(), w.requires_grad_()
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    y = functional.conv1d(x[None, None], w[None, None], bias, stride=2, padding=1)[0, 0]
    assert len(y) == 4
    (y * delta).sum().backward()
    np.testing.assert_allclose(page["by_x"], x.grad)
    np.testing.assert_allclose(page["by_w"], w.grad)
    assert page["by_w"] == [-1, 13, 5]
    assert page["by_b"] == bias.grad.item() == 5
    assert x.grad[1:3].tolist() == [-3, -5], "the two that the text works out"
    assert "x = np.array([1.0, 2, 0, -1, 3, 1, 2])" in page.text
    # What the padding would get, and is dropped.
    wide = torch.nn.functional.pad(x.detach(), (1, 1)).requires_grad_()
    (functional.conv1d(wide[None, None], w[None, None], stride=2)[0, 0] * delta).sum().backward()
    np.testing.assert_allclose(page["by_row"], wide.grad)
    assert wide.grad[0] != 0


def test_pixels_that_nobody_read(page) -> None:
    image = torch.zeros(1, 1, 6, 6, dtype=torch.float64, requires_grad=True)
    out = functional.conv2d(image, torch.ones(1, 1, 3, 3, dtype=torch.float64), stride=2)
    (out * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
    np.testing.assert_allclose(page["image"], image.grad[0, 0])
    np.testing.assert_allclose(page["inside"], image.grad[0, 0, :5, :5])
    assert page["unread"] == int((image.grad == 0).sum()) == 36 - 25


def test_up_to_s_sizes_lead_to_the_same_output() -> None:
    for k in range(1, 6):
        for s in range(1, k + 1):
            for outputs in range(1, 5):
                sizes = [h for h in range(k, 40) if (h - k) // s + 1 == outputs]
                assert sizes == list(range((outputs - 1) * s + k, outputs * s + k))
                assert len(sizes) == s


def rows(seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, dict[str, int]]:
    """A row of pixels, a kernel and δ, with settings that often do not divide."""
    rng = np.random.default_rng(seed)
    while True:
        length, k, s, p, d = (int(rng.integers(a, b)) for a, b in ((1, 14), (1, 5), (1, 6), (0, 4), (1, 4)))
        if length + 2 * p >= d * (k - 1) + 1:
            break
    outputs = (length + 2 * p - d * (k - 1) - 1) // s + 1
    x, w, delta = (torch.tensor(rng.normal(size=n)) for n in (length, k, outputs))
    return x.requires_grad_(), w.requires_grad_(), delta, {"s": s, "p": p, "d": d}


@pytest.mark.parametrize("seed", range(60))
def test_the_shown_functions_are_torchs_gradients(seed: int) -> None:
    x, w, delta, options = rows(seed)
    stride, padding, dilation = options.values()
    y = functional.conv1d(x[None, None], w[None, None], stride=stride, padding=padding, dilation=dilation)
    (y[0, 0] * delta).sum().backward()
    numbers = [values.detach().numpy() for values in (x, w, delta)]
    by_x = shown("input_gradient")(numbers[2], numbers[1], len(x), **options)
    by_w = shown("weight_gradient")(numbers[2], numbers[0], len(w), **options)
    np.testing.assert_allclose(by_x, x.grad, atol=1e-12)
    np.testing.assert_allclose(by_w, w.grad, atol=1e-12)

    def value(row: np.ndarray) -> float:
        """A straight line in each pixel, so that a step of a half is exact."""
        wide = np.pad(row, padding)
        taps = plain.dilate(numbers[1][None, None, None], dilation)[0, 0, 0]
        return float(plain.correlate1d(wide, taps)[::stride] @ numbers[2])

    np.testing.assert_allclose(by_x, plain.numerical_gradient(value, numbers[0], 0.5), atol=1e-9)


def test_the_drawn_rows_ask_for_everything() -> None:
    """Sizes that do not divide, strides larger than the kernel, dilation, single taps: all occur."""
    met: dict[str, int] = dict.fromkeys(("rest", "gaps", "dilated", "one tap", "one output"), 0)
    for seed in range(60):
        x, w, delta, options = rows(seed)
        span = options["d"] * (len(w) - 1) + 1
        met["rest"] += (len(x) + 2 * options["p"] - span) % options["s"] > 0
        met["gaps"] += options["s"] > span
        met["dilated"] += options["d"] > 1 and len(w) > 1
        met["one tap"] += len(w) == 1
        met["one output"] += len(delta) == 1
    assert min(met.values()) >= 3, met


def layers(seed: int) -> tuple[list[torch.Tensor], dict[str, int]]:
    rng = np.random.default_rng(seed)
    while True:
        size, k = rng.integers(3, 10, 2), rng.integers(1, 4, 2)
        s, p, d, groups = (int(rng.integers(a, b)) for a, b in ((1, 5), (0, 3), (1, 4), (1, 4)))
        room = size + 2 * p - d * (k - 1) - 1
        if (room >= 0).all() and size[0] != size[1]:
            break
    shapes = [
        (1 + seed % 3, 2 * groups, *size),
        (3 * groups, 2, *k),
        (3 * groups,),
        (1 + seed % 3, 3 * groups, *(room // s + 1)),
    ]
    drawn = [torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes]
    return drawn, {"stride": s, "padding": p, "dilation": d, "groups": groups}


@pytest.mark.parametrize("seed", range(40))
def test_the_general_formulas_in_two_dimensions(seed: int) -> None:
    """The page's formulas, index by index, are torch's gradients; so are groups and the bias."""
    (x, w, b, delta), options = layers(seed)
    (functional.conv2d(x, w, b, **options) * delta).sum().backward()
    s, p, d, groups = options.values()
    pixels, kernels, g = (values.detach().numpy() for values in (x, w, delta))
    by_x, by_w = np.zeros(pixels.shape), np.zeros(kernels.shape)
    kernels_in_group = len(kernels) // groups
    for f, m, i, j, r, c in np.ndindex(*kernels.shape, *g.shape[2:]):
        u, v, channel = s * r + d * i - p, s * c + d * j - p, m + 2 * (f // kernels_in_group)
        if 0 <= u < pixels.shape[2] and 0 <= v < pixels.shape[3]:
            by_w[f, m, i, j] += (g[:, f, r, c] * pixels[:, channel, u, v]).sum()
            by_x[:, channel, u, v] += g[:, f, r, c] * kernels[f, m, i, j]
    np.testing.assert_allclose(by_x, x.grad, atol=1e-10)
    np.testing.assert_allclose(by_w, w.grad, atol=1e-10)
    np.testing.assert_allclose(g.sum(axis=(0, 2, 3)), b.grad, atol=1e-10)


def test_stride_and_dilation_change_places() -> None:
    """The kernel's gradient is a layer with stride d and dilation s that has δ for its kernel."""
    for seed in range(30):
        x, w, delta, options = rows(seed)
        s, p, d = options.values()
        y = functional.conv1d(x[None, None], w[None, None], stride=s, padding=p, dilation=d)[0, 0]
        (y * delta).sum().backward()
        other = functional.conv1d(x.detach()[None, None], delta[None, None], stride=d, padding=p, dilation=s)[
            0, 0
        ]
        np.testing.assert_allclose(other[: len(w)], w.grad, atol=1e-12)


def test_copies_hand_back_to_their_originals(page) -> None:
    row = torch.ones(1, 1, 3, dtype=torch.float64, requires_grad=True)
    functional.pad(row, (2, 2), mode="replicate").sum().backward()
    assert page["copied_back"] == row.grad[0, 0].tolist() == [3, 1, 3]


def test_groups_know_nothing_of_each_other(page) -> None:
    rng = np.random.default_rng(0)
    shapes = ((2, 4, 5, 6), (6, 2, 3, 3), (2, 6, 3, 4))
    x, w, delta = (torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes)
    (functional.conv2d(x, w, groups=2) * delta).sum().backward()
    assert page["by_maps"][0] == list(x.shape)
    assert page["by_maps"][1] == pytest.approx(x.grad.sum().item())
    assert page["by_kernels"][1] == pytest.approx(w.grad.sum().item())
    np.testing.assert_allclose(page["bias_sums"], delta.detach().sum(dim=(0, 2, 3)))
    assert page["heard"] == [True, True, False, False]


def test_the_recipe_holds_and_each_mistake_is_seen_in_some_layers_only(page) -> None:
    seen = page["seen"]
    assert seen.pop("") == 0
    assert len(seen) == 4
    assert all(0 < wrong < page["layers"] == 40 for wrong in seen.values())
    assert max(page["largest"]) < 1e-9
    assert page["not_dividing"] == 20


def test_exercises(page) -> None:
    x = torch.tensor([4.0, 1, 0, 2, 3], requires_grad=True)
    w = torch.tensor([1.0, 2], requires_grad=True)
    y = functional.conv1d(x[None, None], w[None, None], stride=2)[0, 0]
    (y * torch.tensor([3.0, -1])).sum().backward()
    assert page["five"] == x.grad.tolist() == [3, 6, -1, -2, 0]
    assert page["five_weights"] == w.grad.tolist() == [12, 1]
    assert page["five_bias"] == 2
    assert page["solved"] == "right"
