"""Convolution in one and two dimensions and in continuous time, against scipy and closed forms."""

import numpy as np
import pytest
from scipy import integrate, signal


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/convolution")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


def test_echo_is_the_sum_of_copies(chapter) -> None:
    x, h = chapter["x"], chapter["h"]
    np.testing.assert_allclose(chapter["heard"], signal.convolve(x, h))
    np.testing.assert_allclose(chapter["y"], signal.convolve(x, h)[:4])


def test_two_dice(chapter) -> None:
    ways = [sum(a + b == total for a in range(1, 7) for b in range(1, 7)) for total in range(2, 13)]
    np.testing.assert_allclose(chapter["two_dice"], np.array(ways) / 36)


def test_laws_hold_in_full_and_break_at_the_border(chapter) -> None:
    image, kernel, other = chapter["I"], chapter["K"], chapter["G"]
    full = signal.convolve2d
    np.testing.assert_allclose(full(image, kernel), full(kernel, image))
    np.testing.assert_allclose(full(kernel, full(other, image)), full(full(kernel, other), image))
    rows, columns = np.nonzero(chapter["wrong"])
    assert len(rows) == 2 * (20 + 30) - 4
    assert all(r in (0, 19) or c in (0, 29) for r, c in zip(rows, columns, strict=True))


def test_continuous_convolution(chapter) -> None:
    for t in (0.3, 0.9, 1.7, 3.0):
        integral, _ = integrate.quad(lambda tau, t=t: np.exp(-(t - tau)), 0, min(t, 1))
        assert chapter["exact"](np.array(t)) == pytest.approx(integral)
    errors = chapter["errors"]
    assert (
        errors[0.1] > 50 * errors[0.01] > 2500 * errors[0.001]
    )  # the error falls with the square of the step
    assert chapter["difference"] < 1e-5


def test_rotation(chapter) -> None:
    assert chapter["rotated"].tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_edge_kernel_on_the_photograph(chapter) -> None:
    photo, edge = chapter["photo"], chapter["edge"]
    assert edge.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    by_scipy = signal.correlate2d(photo.astype(float), edge, mode="valid")
    np.testing.assert_allclose(chapter["correlated"], by_scipy, atol=1e-5)
    np.testing.assert_allclose(chapter["convolved"], -by_scipy, atol=1e-5)


def test_gallery(chapter) -> None:
    crop = chapter["crop"].astype(float)
    for values, filtered in zip(chapter["kernels"].values(), chapter["filtered"], strict=True):
        expected = signal.correlate2d(crop, np.asarray(values, dtype=float), mode="same")
        np.testing.assert_allclose(filtered, expected, atol=1e-5)


def test_learned_kernels_are_turned_against_each_other(chapter) -> None:
    np.testing.assert_allclose(chapter["by_correlation"], chapter["edge"], atol=1e-6)
    np.testing.assert_allclose(chapter["by_convolution"], chapter["edge"][::-1, ::-1], atol=1e-6)
    for losses in (chapter["losses_correlation"], chapter["losses_convolution"]):
        assert losses[-1] < 1e-12 * losses[0]


def test_exercises(chapter) -> None:
    assert chapter["product"].tolist() == np.polymul([3, 2, 1], [5, 4])[::-1].tolist()
    assert chapter["rank"]["Gaussian blur"] == 1
    assert chapter["rank"]["Laplacian"] == 2
