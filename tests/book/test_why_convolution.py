"""The counts against arithmetic written out here, and the claims against what could refute them."""

import numpy as np
import pytest

from coursekit import data

PAGE = "convolution/why-convolution"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_shuffled_weights_give_the_same_answers_while_learning_too() -> None:
    """A linear layer learns from shuffled pixels as well: gradient steps shuffle along."""
    rng = np.random.default_rng(0)
    x, target, weight = (
        rng.standard_normal((20, 30)),
        rng.standard_normal((20, 4)),
        rng.standard_normal((4, 30)),
    )
    order = rng.permutation(30)
    shuffled = weight[:, order]
    for _ in range(50):
        weight = weight - 0.01 * (x @ weight.T - target).T @ x
        shuffled = shuffled - 0.01 * (x[:, order] @ shuffled.T - target).T @ x[:, order]
    np.testing.assert_allclose(shuffled, weight[:, order])


def test_photographs_are_locally_alike(page) -> None:
    def correlation(image, d):
        return np.corrcoef(image[:, d:].ravel(), image[:, :-d].ravel())[0, 1]

    near = [correlation(data.photograph(name), 1) for name in data.PHOTOGRAPHS]
    far = [correlation(data.photograph(name), 100) for name in data.PHOTOGRAPHS]
    np.testing.assert_allclose(page["neighbours"], near, atol=1e-3)
    np.testing.assert_allclose(page["hundred_apart"], far, atol=1e-3)
    assert min(near) > page["lowest_neighbours"] == 0.92
    assert max(far) < page["highest_far"] == 0.28
    assert page["cat"] == [0.95, -0.05]
    assert len(set(map(tuple, page["found"]))) == 7
    pieces = [data.photograph("cat")[r : r + 9, c : c + 9].ravel() for r, c in page["found"]]
    likeness = [np.corrcoef(pieces[0], piece)[0, 1] for piece in pieces]
    np.testing.assert_allclose(page["likeness"], likeness, atol=1e-4)
    assert min(likeness) > 0.9


def test_linear_layer_on_the_cat(page) -> None:
    assert page["photo_shape"] == [280, 320]
    assert page["colour"] == 280 * 320 * 3 * 1000 + 1000 == 268_801_000
    assert page["image_to_image"] == 89_600**2 + 89_600 == 8_028_249_600


def test_three_ideas(page) -> None:
    outputs = 276 * 316
    assert page["outputs"] == outputs
    assert page["counts"] == {
        "linear": 280 * 320 * outputs + outputs,
        "idea 1: receptive field": (5 * 5 + 1) * outputs,
        "idea 2: shared weights": 5 * 5 + 1,
        "idea 3: 64 kernels": (5 * 5 + 1) * 64,
    }
    assert page["counts"]["linear"] == 7_814_640_816


def test_averaging_over_shifts_leaves_one_kernel_as_wide_as_the_ring(page) -> None:
    averaged = np.array(page["averaged"])
    for shift in range(1, 8):
        np.testing.assert_allclose(averaged, np.roll(averaged, (shift, shift), axis=(0, 1)))
    ring = np.random.default_rng(1).standard_normal(8)
    by_fourier = np.fft.ifft(np.fft.fft(averaged[:, 0]) * np.fft.fft(ring)).real
    np.testing.assert_allclose(averaged @ ring, by_fourier)
    assert page["different"] == 8
    assert (averaged != 0).all(), "sharing came out of equal treatment; small windows did not"


def test_a_matrix_that_commutes_with_the_shift_is_determined_by_its_first_column() -> None:
    """Solve A S = S A for all A: as many free numbers as the ring has places."""
    for places in (3, 5, 8):
        shift = np.roll(np.eye(places), 1, axis=0)
        commutes = np.kron(shift.T, np.eye(places)) - np.kron(np.eye(places), shift)
        assert places**2 - np.linalg.matrix_rank(commutes) == places


def test_edge_detector_and_its_operations(page) -> None:
    assert page["convolution"] == 319 * 280 * 1 * 2 == 178_640
    assert page["dense_layer"] == 320 * 280 * 319 * 280 == 8_003_072_000
    assert page["times_the_work"] == 44_800
    assert page["times_the_weights"] == 4_001_536_000
    assert page["with_additions"] == 267_960
    assert page["dense_with_additions"] == 8_003_072_000 + 89_599 * 89_320
    assert page["ratio"] == 59_733
    assert page["zero_percent"] == round(100 * (1 - 2 * 280 * 319 / page["dense_layer"]), 4)


def test_edge_matrix_is_the_edge_detector(page) -> None:
    matrix = np.array(page["edge_matrix"])
    assert matrix.shape == (7, 8)
    row = np.random.default_rng(1).standard_normal(8)
    np.testing.assert_allclose(matrix @ row, np.convolve(row, [1, -1], mode="valid"))


def test_exercises(page) -> None:
    assert page["full_hd"] == [207_360_100, 2_600]
    assert page["full_hd_ratio"] == round(207_360_100 / 2_600)


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
