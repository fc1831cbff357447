"""Convolution, discrete and continuous, against scipy, closed forms and counterexamples."""

import numpy as np
import pytest
import torch
from scipy import integrate, signal

from convnet import plain
from coursekit import data

PAGE = "convolution/convolution"
EDGE = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_echo_is_the_sum_of_copies(page) -> None:
    x, w = page["x"], page["w"]
    np.testing.assert_allclose(page["heard"], signal.convolve(x, w))
    np.testing.assert_allclose(page["by_hand"], signal.convolve(x, w)[:4])


def test_two_dice(page) -> None:
    ways = [sum(a + b == total for a in range(1, 7) for b in range(1, 7)) for total in range(2, 13)]
    np.testing.assert_allclose(page["two_dice_36"], ways)
    assert ways[7 - 2] == 6


def test_laws_hold_for_the_whole_and_break_at_the_border(page) -> None:
    rng = np.random.default_rng(1)
    image, kernel, other = (rng.standard_normal(shape) for shape in ((20, 30), (3, 5), (4, 2)))
    full = signal.convolve2d
    np.testing.assert_allclose(full(image, kernel), full(kernel, image))
    np.testing.assert_allclose(full(kernel, full(other, image)), full(full(kernel, other), image))
    assert max(page["commute"], page["associate"], page["in_two"]) < 1e-12
    blur = np.full((3, 3), 1 / 9)
    twice = full(full(image, blur, "same"), blur, "same")
    wrong = ~np.isclose(twice, full(image, full(blur, blur), "same"))
    assert page["wrong"] == wrong.sum() == 2 * (20 + 30) - 4 == 96
    assert page["wrong_inside"] == wrong[1:-1, 1:-1].sum() == 0
    assert page["pixels"] == 600


def test_correlation_has_neither_law(page) -> None:
    assert page["correlation_commutes"] is False
    assert page["correlation_associates"] is False
    rng = np.random.default_rng(2)
    x, v, w = (rng.standard_normal(shape) for shape in ((9, 8), (2, 3), (3, 3)))
    swapped = signal.correlate2d(w, x)
    np.testing.assert_allclose(signal.correlate2d(x, w), swapped[::-1, ::-1])  # turned, as the chapter says
    in_two = signal.correlate2d(signal.correlate2d(x, v), w)
    np.testing.assert_allclose(in_two, signal.correlate2d(x, signal.convolve2d(v, w)))


def test_continuous_convolution(page) -> None:
    for t, value in page["exact"].items():
        integral, _ = integrate.quad(lambda tau, t=float(t): np.exp(-(t - tau)), 0, min(float(t), 1))
        assert value == pytest.approx(integral)
    errors = page["errors"]
    assert errors["0.1"] < page["bound"] == 0.001
    assert errors["0.1"] / errors["0.01"] == pytest.approx(100, rel=0.05)
    assert errors["0.01"] / errors["0.001"] == pytest.approx(100, rel=0.05)
    assert page["errors_at_start"] == pytest.approx({"0.1": 0.1, "0.01": 0.01, "0.001": 0.001})
    assert page["gaussians"] < 0.001


def test_turn(page) -> None:
    assert page["turned"] == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_edge_kernel_on_the_photograph(page) -> None:
    photo = data.photograph("camera").astype(float)
    assert page["edge"] == EDGE.tolist()
    expected = signal.correlate2d(photo, EDGE, mode="valid")
    assert page["shapes"] == [list(photo.shape), list(expected.shape)]
    np.testing.assert_allclose(page["sample"], expected[100, 60:80], atol=1e-6)
    np.testing.assert_allclose(signal.convolve2d(photo, EDGE, mode="valid"), -expected, atol=1e-9)


def test_shelf(page) -> None:
    """Kernels that add up to 1 keep an even area, those that add up to 0 turn it black."""
    zero = {name for name, total in page["sums"].items() if total == 0}
    assert zero == {"horizontal edges", "Laplacian"}
    assert {total for name, total in page["sums"].items() if name not in zero} == {1}
    flat = {name for name, rank in page["ranks"].items() if rank == 1}
    assert set(page["ranks"]) - flat == {"sharpen", "Laplacian", "emboss"}
    assert len(flat) == 5
    rng = np.random.default_rng(3)
    kernel = rng.standard_normal((3, 3))
    np.testing.assert_allclose(plain.correlate2d(np.full((5, 5), 0.7), kernel), 0.7 * kernel.sum())


def test_a_layer_learns_either_way_and_one_that_cannot_tell_does_not(page) -> None:
    fits = page["fits"]
    for runs, near, far in ((fits["cross-correlates"], 2, 3), (fits["convolves"], 3, 2)):
        for run in runs:
            assert run[1] < 1e-6 * run[0]
            assert run[near] < 1e-3
            assert run[far] > 3
    assert all(run[1] > 0.4 * run[0] for run in fits["cannot tell"])
    assert all(min(run[2:]) > 1 for run in fits["cannot tell"])
    assert all(len(runs) == 3 for runs in fits.values())


def test_learning_is_repeated_by_autograd(page) -> None:
    for turned, name in ((False, "cross-correlates"), (True, "convolves")):
        rng = np.random.default_rng(0)
        image = torch.tensor(rng.standard_normal((1, 1, 40, 40)))
        kernel = torch.tensor(rng.standard_normal((1, 1, 3, 3)), requires_grad=True)
        target = torch.nn.functional.conv2d(image, torch.tensor(EDGE)[None, None].double())
        losses = []
        for _ in range(26):
            used = kernel.flip(2, 3) if turned else kernel
            loss = ((torch.nn.functional.conv2d(image, used) - target) ** 2).mean()
            losses.append(loss.item())
            (slope,) = torch.autograd.grad(loss, kernel)
            kernel = (kernel - 0.3 * slope).detach().requires_grad_()
        first, last, *_ = page["fits"][name][0]
        assert first == pytest.approx(losses[0])
        assert last == pytest.approx(losses[-1], rel=1e-6, abs=1e-12)
    first = [run[0] for run in page["fits"]["cannot tell"]]
    assert f"{np.mean(first):.2f} ± {np.std(first, ddof=1):.2f}" in page.output


def test_quiz_of_kernels() -> None:
    symmetric = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    assert (symmetric[::-1, ::-1] == symmetric).all()
    for kernel in (EDGE, np.array([[1, 2, 3], [2, 4, 5], [3, 5, 6]]), np.array([[1, -1]])):
        assert (kernel[::-1, ::-1] != kernel).any()


def test_exercises(page) -> None:
    assert page["product"] == np.polymul([3, 2, 1], [5, 4])[::-1].tolist()
    assert page["split"] == [30, 225]


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
