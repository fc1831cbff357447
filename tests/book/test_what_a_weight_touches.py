"""The gradient of a kernel: by hand, as a cross-correlation, with a stride; what sharing buys."""

import re

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import plain
from tests.book.rules_frame import Page

PAGE = "backward/what-a-weight-touches"
X = [[1, 2, 0, 3], [0, 1, 2, 1], [2, 0, 1, 1]]
W = [[1, -1], [2, 0]]
DELTA = [[1, 0, -2], [0, 3, 1]]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def gradients(x, w, delta, **how):
    """Torch's gradients by kernel and bias of one image, one channel, one kernel."""
    x, w, delta = (
        torch.tensor(np.array(each, dtype=float), dtype=torch.float64)[None, None] for each in (x, w, delta)
    )
    w.requires_grad_()
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    layer = functional.conv2d if x.ndim == 4 else functional.conv1d
    by_w, by_b = torch.autograd.grad(layer(x, w, bias, **how), (w, bias), delta)
    return by_w[0, 0].numpy(), by_b.item()


def test_the_image_by_hand(page) -> None:
    assert (page["x"], page["w"], page["delta"]) == (X, W, DELTA)
    by_w, by_b = gradients(X, W, DELTA)
    images = (torch.tensor(each)[None, None] for each in (X, W))
    assert page["y"] == functional.conv2d(*images)[0, 0].tolist()
    np.testing.assert_array_equal(page["by_w"], by_w)
    assert by_w.tolist() == [[6, 3], [-3, 3]]
    assert page["by_b"] == by_b == 3
    assert page["step"] == 0.01
    # The pixels that the page multiplies for the first weight, and its 0.01.
    assert sum(d * X[r][c] for r, row in enumerate(DELTA) for c, d in enumerate(row)) == 6
    moved = np.array([[W[0][0] + page["step"], W[0][1]], W[1]])
    change = plain.correlate2d(np.array(X), moved) - plain.correlate2d(np.array(X), np.array(W))
    np.testing.assert_allclose(change, page["step"] * np.array(X)[:2, :3], atol=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_a_kernels_gradient_is_a_cross_correlation(seed: int) -> None:
    """Drawn shapes, with sides of one pixel and kernels as large as the image among them."""
    rng = np.random.default_rng(seed)
    kernel = rng.integers(1, 5, 2)
    x, w = rng.normal(size=kernel + rng.integers(0, 5, 2)), rng.normal(size=kernel)
    delta = rng.normal(size=plain.correlate2d(x, w).shape)
    found = plain.correlate2d(x, delta)
    by_w, by_b = gradients(x, w, delta)
    assert found.shape == w.shape
    np.testing.assert_allclose(found, by_w, atol=1e-12)
    assert delta.sum() == pytest.approx(by_b)
    numeric = plain.numerical_gradient(lambda w: float((delta * plain.correlate2d(x, w)).sum()), w)
    np.testing.assert_allclose(found, numeric, atol=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_copies_of_a_locally_connected_layer_add_up(seed: int) -> None:
    """Torch's gradient of each copy is δ times a pixel, and all copies together give the kernel's."""
    rng = np.random.default_rng(seed)
    kernel = rng.integers(1, 4, 2)
    x = torch.tensor(rng.normal(size=kernel + rng.integers(1, 5, 2)))
    windows = x.unfold(0, int(kernel[0]), 1).unfold(1, int(kernel[1]), 1)
    copies = torch.tensor(rng.normal(size=kernel)).expand(windows.shape).clone().requires_grad_()
    delta = torch.tensor(rng.normal(size=windows.shape[:2]))
    (windows * copies).sum((2, 3)).backward(delta)
    for r, c, i, j in np.ndindex(*windows.shape):
        assert copies.grad[r, c, i, j] == delta[r, c] * x[r + i, c + j]
    by_w, _ = gradients(*(each.detach().numpy() for each in (x, copies[0, 0], delta)))
    np.testing.assert_allclose(copies.grad.sum((0, 1)), by_w)


def test_the_order_matters() -> None:
    """δ ⋆ x, all of it, holds the same numbers turned: correlation does not commute."""
    wide = np.pad(np.array(DELTA), ((2, 2), (3, 3)))
    whole = plain.correlate2d(wide, np.array(X))
    np.testing.assert_array_equal(whole[1:3, 2:4], gradients(X, W, DELTA)[0][::-1, ::-1])


def test_ones_hide_a_turned_kernel(page) -> None:
    """And nothing else on the page's list hides anywhere; the right way passes both checks."""
    found = page["planted"]
    assert page["cases"] == 30 == len(found["none"]["True"])
    assert max(found["none"]["True"] + found["none"]["False"]) < 1e-8
    assert max(found["convolution for correlation"]["True"]) < 1e-8
    assert min(found["convolution for correlation"]["False"]) > 0.2
    for mistake in ("result turned", "mean for sum"):
        assert min(found[mistake]["True"] + found[mistake]["False"]) > 0.1
    assert set(found) == {"none", "convolution for correlation", "result turned", "mean for sum"}


def test_the_signal_with_stride_two(page) -> None:
    signal, arrived = [2, 1, 0, 3, 1, 2, 1], [1, -1, 2, 1]
    by_taps, by_b = gradients(signal, [0, 0, 0], arrived, stride=2, padding=1)
    assert page["by_taps"] == by_taps.tolist() == [7, 5, 2]
    assert page["by_strided_bias"] == by_b == sum(arrived)
    assert page["outputs"] == 4, "every second of seven"
    assert f"np.array({signal})" in page.text
    assert f"np.array({arrived})" in page.text


def test_what_sharing_buys(page) -> None:
    """One kernel everywhere: a shared one from one image is where copies are between 64 and 256."""
    means, seen = page["means"], page["images_seen"]
    assert seen == [1, 4, 16, 64, 256]
    assert all(len(runs) >= 3 for found in page["bought"].values() for runs in found)
    assert means["one, copies"][3] > means["one, shared"][0] > means["one, copies"][4]
    for shared, copies in zip(page["bought"]["one, shared"], page["bought"]["one, copies"], strict=True):
        assert max(shared) < min(copies), "in every draw"
    assert (page["nothing"], page["places"], page["steps"]) == (12, 10 * 10, 600)
    for name, runs in page["bought"].items():
        np.testing.assert_allclose(np.mean(runs, axis=1), means[name])
    # Enough images: n of them leave an error of 9 / (n − 10) for each place's nine weights and a noise of 1.
    assert means["one, copies"][4] == pytest.approx(9 / 246, rel=0.1)
    assert means["one, copies"][3] == pytest.approx(9 / 54, rel=0.15)


def test_where_sharing_loses(page) -> None:
    """The control: two halves want two kernels, and no number of images helps a shared one."""
    edge = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    halfway = ((edge - (edge + edge.T) / 2) ** 2).sum()
    assert halfway == 6
    shared, copies = (np.array(page["means"][f"two, {name}"]) for name in ("shared", "copies"))
    assert shared[-1] == pytest.approx(halfway, abs=0.05)
    assert (shared >= halfway - 0.05).all()
    assert shared[1] < copies[1]
    assert (copies[2:] < shared[2:]).all()


def test_exercises(page) -> None:
    by_w, by_b = gradients([[1, 0, 2], [3, 1, 0], [0, 2, 1]], np.zeros((2, 2)), [[1, -1], [2, 0]])
    assert page["four"] == by_w.tolist() == [[7, 0], [2, 5]]
    assert page["four_bias"] == by_b == 2
    assert page["solved"] == "right"


def test_if_the_layer_had_convolved() -> None:
    rng = np.random.default_rng(0)
    x, w, delta = rng.normal(size=(6, 7)), rng.normal(size=(2, 3)), rng.normal(size=(5, 5))
    numeric = plain.numerical_gradient(lambda w: float((delta * plain.convolve2d(x, w)).sum()), w)
    np.testing.assert_allclose(plain.correlate2d(x, delta)[::-1, ::-1], numeric, atol=1e-7)
    assert "slopes[::-1, ::-1]" in Page("convolution/convolution").chapter.text


def test_the_weight_on_padding_touches_nothing() -> None:
    """The quiz: with one zero around it, the weight at the top left misses the first row and column."""
    w = torch.zeros(1, 1, 3, 3, dtype=torch.float64)
    x = torch.ones(1, 1, 5, 6, dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(lambda w: functional.conv2d(x, w, padding=1), w)
    touched = jacobian[0, 0, ..., 0, 0, 0, 0]
    assert (touched[1:, 1:] == 1).all()
    assert (touched[0] == 0).all()
    assert (touched[:, 0] == 0).all()


def test_the_quizs_kernel() -> None:
    by_w, _ = gradients(np.ones((28, 30)), np.zeros((5, 3)), np.ones((24, 28)))
    assert by_w.shape == (5, 3)


def test_the_shown_code_is_of_one_channel() -> None:
    """The homework asks for the layer; what the page shows is one image and one kernel."""
    cells = [cell for cell in Page(PAGE).chapter.cells if cell.visible and not cell.in_solution]
    visible = "\n".join(cell.code for cell in cells)
    assert not re.search(r"conv2d|einsum", visible)
