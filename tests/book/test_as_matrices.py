"""The way back as matrices: transpose, dot-product test, tied weights, patches and pooling, against torch."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import plain

PAGE = "backward/as-matrices"
W, DELTA = [[1.0, 2.0], [3.0, 4.0]], [1.0, -1.0, 0.5, 2.0]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def by_torch() -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.arange(1.0, 10.0, dtype=torch.float64).reshape(1, 1, 3, 3).requires_grad_()
    w = torch.tensor([[W]], dtype=torch.float64, requires_grad=True)
    (functional.conv2d(x, w).ravel() * torch.tensor(DELTA)).sum().backward()
    return x.grad.ravel(), w.grad.ravel()


def test_the_transpose_takes_gradients_back(page) -> None:
    by_x, by_w = by_torch()
    np.testing.assert_allclose(page["by_x"], by_x)
    assert page["middle"] == by_x[4] == 4
    assert by_x[1] == 1, "the exercise"
    np.testing.assert_allclose(page["by_w"], by_w)
    assert page["by_w"][0] == 11
    assert page["first"] == [1, -2, 2, 10]
    np.testing.assert_allclose(page["by_kernel"], by_w)
    np.testing.assert_allclose(np.ravel(page["by_image"]), by_x)


@pytest.mark.parametrize("seed", range(30))
def test_the_transpose_of_any_layers_matrix_is_its_gradient(seed: int) -> None:
    """Unit vectors give the matrix; stride, padding, dilation and groups only decide what stands in it."""
    rng = np.random.default_rng(seed)
    groups, s, p, d = (int(rng.integers(a, b)) for a, b in ((1, 3), (1, 4), (0, 3), (1, 3)))
    size, k = rng.integers(5, 8, 2), rng.integers(1, 4, 2)
    w = torch.tensor(rng.normal(size=(2 * groups, 2, *k)))
    options = {"stride": s, "padding": p, "dilation": d, "groups": groups}
    shape = (2 * groups, *(int(n) for n in size))
    units = torch.eye(int(np.prod(shape)), dtype=torch.float64).reshape(-1, *shape)
    matrix = functional.conv2d(units, w, **options).flatten(1).T
    x = torch.tensor(rng.normal(size=(1, *shape)), requires_grad=True)
    y = functional.conv2d(x, w, **options)
    delta = torch.tensor(rng.normal(size=y.shape))
    (y * delta).sum().backward()
    torch.testing.assert_close(x.grad.ravel(), matrix.T @ delta.ravel())
    if groups == d == 1:
        found = plain.conv2d_matrix(w.numpy(), shape, s, p)
        np.testing.assert_allclose(found, matrix, atol=1e-12)


def test_two_numbers_agree_and_a_third(page) -> None:
    assert page["left"] == pytest.approx(page["right"], rel=1e-12)
    assert page["left"] == pytest.approx(page["by_kernels"], rel=1e-12)
    rng = np.random.default_rng(0)
    x, w = (torch.tensor(rng.normal(size=shape)) for shape in ((2, 3, 9, 11), (4, 3, 3, 2)))
    y = functional.conv2d(x, w, stride=3, padding=1)
    assert page["left"] == pytest.approx((y * torch.tensor(rng.normal(size=y.shape))).sum().item())
    assert page["numbers"] == x.numel()
    assert page["passes"] == 2 * x.numel()
    for wrong in page["wrong"].values():
        assert abs(wrong - page["left"]) > 0.01 * abs(page["left"]) * 0.99


def test_the_dot_product_test_sees_a_wrong_matrix_and_not_a_wrong_layer() -> None:
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(5, 8))
    for _ in range(100):
        x, delta = rng.normal(size=8), rng.normal(size=5)
        other = matrix.copy()
        other[rng.integers(5), rng.integers(8)] += 0.1
        assert not np.isclose(delta @ (matrix @ x), (other.T @ delta) @ x, rtol=1e-9, atol=1e-12)
        assert np.isclose(delta @ (other @ x), (other.T @ delta) @ x)


def test_folding_adds_up_the_copies(page) -> None:
    ones = torch.ones(1, 1, 3, 3)
    folded = functional.fold(functional.unfold(ones, 2), (3, 3), 2)
    assert page["folded"] == folded[0, 0].tolist()
    ten = torch.ones(1, 1, 1, 10)
    again = functional.fold(functional.unfold(ten, (1, 4), stride=3), (1, 10), (1, 4), stride=3)
    assert page["ten"] == again[0, 0, 0].tolist()
    assert page["unfold_test"][0] == pytest.approx(page["unfold_test"][1], rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_back_through_patches_is_the_gradient_of_the_layer(seed: int) -> None:
    """Two products and col2im, with channels, batch, strides that do not divide and padding."""
    rng = np.random.default_rng(seed)
    size, k = rng.integers(4, 9, 2), rng.integers(1, 4, 2)
    s, p, batch = (int(rng.integers(a, b)) for a, b in ((1, 4), (0, 3), (1, 3)))
    x = torch.tensor(rng.normal(size=(batch, 2, *size)), requires_grad=True)
    w = torch.tensor(rng.normal(size=(3, 2, *k)), requires_grad=True)
    y = functional.conv2d(x, w, stride=s, padding=p)
    delta = rng.normal(size=y.shape)
    (y * torch.tensor(delta)).sum().backward()
    pixels, kernels = x.detach().numpy(), w.detach().numpy()
    patches = plain.unfold(pixels, tuple(k), p, s)
    rows = delta.reshape(batch, 3, -1)
    by_w = sum(one @ columns.T for one, columns in zip(rows, patches, strict=True))
    by_patches = np.stack([kernels.reshape(3, -1).T @ one for one in rows])
    np.testing.assert_allclose(by_w.reshape(kernels.shape), w.grad, atol=1e-10)
    back = plain.unfold_backward(by_patches, pixels, tuple(k), p, s)
    np.testing.assert_allclose(back, x.grad, atol=1e-10)


def test_who_gets_the_gradient_at_a_tie(page) -> None:
    window = torch.tensor([[[[7.0, 7.0], [7.0, 3.0]]]], requires_grad=True)
    (4 * functional.max_pool2d(window, 2)).sum().backward()
    assert page["first_winner"] == window.grad.ravel().tolist() == [4, 0, 0, 0]
    window.grad = None
    (4 * window.amax(dim=(2, 3))).sum().backward()
    np.testing.assert_allclose(page["shared"], window.grad.ravel())
    assert page["central"] == [2, 2, 2, 0]
    assert page["two_tied"][2:] == [0, 0]
    quiz = torch.tensor([[[[2.0, 5.0], [5.0, 1.0]]]], requires_grad=True)
    (6 * functional.max_pool2d(quiz, 2)).sum().backward()
    assert quiz.grad.ravel().tolist() == [0, 6, 0, 0]


@pytest.mark.parametrize("seed", range(20))
def test_pooling_goes_back_as_torch_does(seed: int) -> None:
    """Small integers, so that ties are everywhere; windows that overlap, leave gaps, and do not divide."""
    rng = np.random.default_rng(seed)
    k, s = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    size = rng.integers(k, 9, 2)
    x = torch.tensor(rng.integers(0, 3, size=(1 + seed % 2, 2, *size)).astype(float), requires_grad=True)
    pools = (
        (functional.max_pool2d, plain.max_pool2d_backward),
        (functional.avg_pool2d, plain.avg_pool2d_backward),
    )
    for pool, backward in pools:
        y = pool(x, k, s)
        delta = torch.tensor(rng.normal(size=y.shape))
        x.grad = None
        (y * delta).sum().backward()
        found = backward(delta.numpy(), x.detach().numpy(), k, s)
        np.testing.assert_allclose(found, x.grad, atol=1e-12)


def test_pooling_matrices(page) -> None:
    four = torch.tensor(page["four"], requires_grad=True)
    for pool, name in ((functional.avg_pool1d, "by_average"), (functional.max_pool1d, "by_maximum")):
        four.grad = None
        (pool(four[None], 2)[0] * torch.tensor(page["upstream"])).sum().backward()
        assert page[name] == four.grad.tolist()


def test_after_a_relu_the_rule_makes_no_difference(page) -> None:
    assert page["all_zero"] > 0
    rng = np.random.default_rng(3)
    maps = torch.tensor(rng.normal(size=(2, 3, 8, 8)) - 1, requires_grad=True)
    delta = torch.tensor(rng.normal(size=(2, 3, 4, 4)))
    grads = []
    for pool in (
        lambda z: functional.max_pool2d(z, 2),
        lambda z: z.unfold(2, 2, 2).unfold(3, 2, 2).amax((4, 5)),
    ):
        maps.grad = None
        (pool(torch.relu(maps)) * delta).sum().backward()
        grads.append(maps.grad.clone())
    torch.testing.assert_close(*grads)


def test_exercise(page) -> None:
    assert page["solved"] == "right"
