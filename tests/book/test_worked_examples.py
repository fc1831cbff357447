"""Every worked number of the lectures, against scipy and as printed; the wrong one is named."""

import numpy as np
import pytest
from scipy import signal


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/worked-examples")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


def test_sobel_like_window(chapter) -> None:
    assert (chapter["window"] * chapter["sobel"]).sum() == 65
    assert "= 65" in chapter.output


def test_rotation(chapter) -> None:
    assert chapter["k_turned"].tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_nine_windows(chapter) -> None:
    image = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    kernel = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
    assert chapter["nine"].tolist() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    assert signal.correlate2d(image, kernel, mode="valid").tolist() == chapter["nine"].tolist()
    assert signal.convolve2d(image, kernel, mode="valid").tolist() == chapter["turned"].tolist()


def test_two_dimensional_convolution_and_its_erratum(chapter) -> None:
    image = [[0, 1, 3], [1, 2, 2], [0, 0, 0]]
    kernel = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
    whole = signal.convolve2d(image, kernel)
    np.testing.assert_array_equal(chapter["whole"], whole)
    np.testing.assert_array_equal(chapter["S"], whole[:3, :3])
    assert chapter["S"].tolist() == [[0, 0, 1], [0, 3, 12], [2, 6, 9]]
    np.testing.assert_array_equal(chapter["middle"], signal.convolve2d(image, kernel, mode="same"))
    assert "wrong at: [(1, 2)]" in chapter.output
    assert whole.sum() == np.sum(image) * np.sum(kernel)


def test_padded_example(chapter) -> None:
    image = [[2, 4, 9, 1, 4], [2, 1, 4, 4, 6], [1, 1, 2, 9, 2], [7, 3, 5, 1, 3], [2, 3, 4, 8, 5]]
    kernel = [[1, 2, 3], [-4, 7, 4], [2, -5, 1]]
    printed = [
        [21, 59, 37, -19, 2],
        [30, 51, 66, 20, 43],
        [-14, 31, 49, 101, -19],
        [59, 15, 53, -2, 21],
        [49, 57, 64, 76, 10],
    ]
    assert chapter["feature"].tolist() == printed
    assert signal.correlate2d(image, kernel, mode="same").tolist() == printed
    assert chapter["out"][0, 0].tolist() == printed


def test_quiz_of_four_numbers() -> None:
    image, kernel = np.array([[1, 2], [3, 4]]), np.array([[0, 1], [2, 3]])
    assert signal.correlate2d(image, kernel, mode="valid").tolist() == [[20]]
    assert signal.convolve2d(image, kernel, mode="valid").tolist() == [[10]]
    assert signal.correlate2d(image, kernel).sum() == 60
    assert (image * kernel).tolist() == [[0, 2], [6, 12]]
