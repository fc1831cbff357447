"""The counts of the first chapter, against arithmetic written out here."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/why-convolution")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    given = ["1920", "1080"]  # the size of a camera's picture, given in an exercise
    assert chapter.numbers_without_a_cell() == given


def test_linear_layer_on_the_cat(chapter) -> None:
    assert chapter["photo"].shape == (280, 320)
    assert chapter["parameters"] == 280 * 320 * 3 * 1000 + 1000 == 268_801_000
    assert chapter["image_to_image"] == 89_600**2 + 89_600 == 8_028_249_600


def test_three_ideas(chapter) -> None:
    outputs = 276 * 316
    assert chapter["counts"] == {
        "linear": 280 * 320 * outputs + outputs,
        "idea 1, receptive field": (5 * 5 + 1) * outputs,
        "idea 2, shared weights": 5 * 5 + 1,
        "idea 3, 64 features": (5 * 5 + 1) * 64,
    }


def test_edge_detector_and_its_operations(chapter) -> None:
    photo, edges = chapter["photo"], chapter["edges"]
    assert edges.shape == (280, 319)
    np.testing.assert_allclose(edges, np.diff(photo, axis=1), atol=1e-6)
    assert chapter["convolution"] == 178_640
    assert chapter["dense_layer"] == 8_003_072_000
    assert chapter["with_additions"] == 267_960
    assert chapter["dense_with_additions"] == 8_003_072_000 + 89_599 * 89_320
    assert "times the work:           44,800\ntimes the weights: 4,001,536,000\n" in chapter.output
    assert "59,733 times" in chapter.output


def test_edge_matrix_is_the_edge_detector(chapter) -> None:
    matrix = chapter["edge_matrix"]
    assert matrix.shape == (7, 8)
    row = np.random.default_rng(1).standard_normal(8)
    np.testing.assert_allclose(matrix @ row, np.convolve(row, [1, -1], mode="valid"))


def test_averaging_over_shifts_leaves_one_kernel(chapter) -> None:
    averaged = chapter["averaged"]
    for shift in range(1, 8):
        np.testing.assert_allclose(averaged, np.roll(averaged, (shift, shift), axis=(0, 1)))
    ring = np.random.default_rng(1).standard_normal(8)
    by_fourier = np.fft.ifft(np.fft.fft(averaged[:, 0]) * np.fft.fft(ring)).real
    np.testing.assert_allclose(averaged @ ring, by_fourier)


def test_photographs_are_locally_alike(chapter) -> None:
    near_and_far = chapter["near_and_far"]
    assert near_and_far[0] > 0.9
    assert abs(near_and_far[99]) < 0.2
    assert all(chapter["likeness"][place] > 0.9 for place in chapter["found"])
    assert len(set(chapter["found"])) == 7


def test_exercises(chapter) -> None:
    assert chapter["full_hd_linear"] == 207_360_100
    assert chapter["full_hd_kernels"] == 2_600
    assert chapter["zero_share"] == pytest.approx(1 - 2 * 280 * 319 / chapter["dense_layer"])
