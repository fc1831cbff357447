"""Every worked number, against scipy and as written out by hand."""

import numpy as np
import pytest
from scipy import signal

PAGE = "convolution/worked-examples"
FIVE = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
KERNEL = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_sobel_like_window(page) -> None:
    window = np.array([[200, 150, 150], [100, 50, 100], [25, 25, 10]])
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    assert page["products"] == (window * sobel).tolist()
    assert page["total"] == 200 - 150 + 200 - 200 + 25 - 10 == 65
    assert page["turned"] == -65


def test_slices_stop_before_their_end() -> None:
    window = np.zeros((3, 3))
    assert window[0:2, 0:2].shape == (2, 2)
    assert window[0:3, 0:3].shape == (3, 3)


def test_nine_windows(page) -> None:
    assert page["image"] == FIVE
    assert page["kernel"] == KERNEL
    assert page["nine"] == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    assert page["nine"] == signal.correlate2d(FIVE, KERNEL, mode="valid").tolist()
    assert np.count_nonzero(KERNEL) == 6  # products of each window
    assert "3·2 + 1·2 + 0·2" not in page.output  # a control for the next line
    assert "0·1 + 1·2 + 3·2 + 1·2 + 0·1 + 0·2" in page.output  # row 1, column 0: 10


def test_two_dimensional_convolution(page) -> None:
    image = [[0, 1, 3], [1, 2, 2], [0, 0, 0]]
    whole = signal.convolve2d(image, KERNEL)
    assert page["whole"] == whole.tolist()
    assert page["corner"] == whole[:3, :3].tolist() == [[0, 0, 1], [0, 3, 12], [2, 6, 9]]
    assert page["same"] == signal.convolve2d(image, KERNEL, mode="same").tolist()
    assert page["valid"] == signal.convolve2d(image, KERNEL, mode="valid").tolist()
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert page["six"] == [[u, v, image[u][v], KERNEL[1 - u][2 - v]] for u, v in places]
    assert page["y12"] == sum(p * w for *_, p, w in page["six"]) == 12


def test_checksum(page) -> None:
    assert page["sums"] == [9, 10, 90]
    rng = np.random.default_rng(0)
    for _ in range(20):
        x, w = rng.integers(-9, 9, rng.integers(1, 6, 2)), rng.integers(-9, 9, rng.integers(1, 6, 2))
        assert signal.convolve2d(x, w).sum() == signal.correlate2d(x, w).sum() == x.sum() * w.sum()


def test_padded_example(page) -> None:
    image = [[2, 4, 9, 1, 4], [2, 1, 4, 4, 6], [1, 1, 2, 9, 2], [7, 3, 5, 1, 3], [2, 3, 4, 8, 5]]
    kernel = [[1, 2, 3], [-4, 7, 4], [2, -5, 1]]
    expected = [
        [21, 59, 37, -19, 2],
        [30, 51, 66, 20, 43],
        [-14, 31, 49, 101, -19],
        [59, 15, 53, -2, 21],
        [49, 57, 64, 76, 10],
    ]
    assert page["large"] == image
    assert page["taps"] == kernel
    assert page["out"] == expected == signal.correlate2d(image, kernel, mode="same").tolist()
    assert page["convolved_row"] == signal.convolve2d(image, kernel, mode="same")[0].tolist()


def test_quizzes() -> None:
    image, kernel = np.array([[1, 2], [3, 4]]), np.array([[0, 1], [2, 3]])
    assert signal.correlate2d(image, kernel, mode="valid").tolist() == [[20]]
    assert signal.convolve2d(image, kernel, mode="valid").tolist() == [[10]]
    assert signal.correlate2d(image, kernel).sum() == 60
    assert (image * kernel).tolist() == [[0, 2], [6, 12]]
    assert signal.correlate2d(np.ones((3, 3)), np.ones((2, 2)), mode="valid").sum() == 16
    assert signal.correlate2d(np.ones((3, 3)), np.ones((2, 2))).sum() == 36


def test_exercises(page) -> None:
    assert page["slip"] == [1, 2, 2, -2, -3]
    assert page["friend"] == 1
    turned = signal.convolve2d(FIVE, KERNEL, mode="valid")
    assert page["nine_turned"] == turned.tolist()
    assert page["agree"] == [[1, 0], [2, 2]]  # first of the middle row, and the last of all
    assert page["impulse"] == [[8, 7], [6, 5]]


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
