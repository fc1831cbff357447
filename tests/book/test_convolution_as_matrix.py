"""The matrix of a convolution, its transpose and the patches, against torch and scipy."""

import itertools

import numpy as np
import pytest
import torch
from numpy.lib.stride_tricks import sliding_window_view
from scipy import linalg, signal

from convnet import plain
from coursekit.experiments import experiment


@pytest.fixture(scope="module")
def page(saved):
    return saved("convolution/convolution-as-matrix")


def test_four_by_nine(page) -> None:
    expected = [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]
    np.testing.assert_array_equal(page["M"], expected)
    outputs = signal.correlate2d(np.arange(1, 10).reshape(3, 3), [[1, 2], [3, 4]], "valid")
    np.testing.assert_array_equal(page["by_layer"], outputs)
    assert page["y"] == outputs.ravel().tolist() == [37, 47, 67, 77]


def test_counts(page) -> None:
    for (size, k), (entries, used, weights) in page["counts"]:
        assert entries == (size - k + 1) ** 2 * size**2
        assert used / entries == pytest.approx(k**2 / size**2)
        if size < 100:
            kernel = np.arange(1.0, 1 + k * k).reshape(1, 1, k, k)
            matrix = plain.conv2d_matrix(kernel, (1, size, size))
            assert (matrix.size, np.count_nonzero(matrix)) == (entries, used)
            assert len(np.unique(matrix)) - 1 == weights
    assert "2,472,873,984" in page.output


@pytest.mark.parametrize(
    ("name", "shape", "options"),
    [
        ("stride 1", (1, 1, 3, 3), {}),
        ("padding 1", (1, 1, 3, 3), {"padding": 1}),
        ("stride 2", (1, 1, 3, 3), {"stride": 2}),
        ("2 channels, 2 kernels", (2, 2, 3, 3), {}),
    ],
)
def test_faces_are_the_layers_they_name(page, name, shape, options) -> None:
    x = torch.arange(shape[1] * 64.0).reshape(1, shape[1], 8, 8).double()
    weight = torch.arange(1.0, 1 + np.prod(shape)).reshape(shape).double()
    expected = torch.nn.functional.conv2d(x, weight, **options).ravel()
    matrix = plain.conv2d_matrix(weight.numpy(), (shape[1], 8, 8), **options)
    assert page["face_shapes"][name] == list(matrix.shape)
    np.testing.assert_array_equal(matrix @ x.numpy().ravel(), expected)
    if name == "stride 2":
        np.testing.assert_array_equal(page["stride_2"], matrix)


def test_stride_two_keeps_every_second_row_of_every_second_group() -> None:
    weight = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    one, two = (plain.conv2d_matrix(weight, (1, 8, 8), stride=s) for s in (1, 2))
    np.testing.assert_array_equal(two, one.reshape(6, 6, 64)[::2, ::2].reshape(9, 64))


# What is tied and what is Toeplitz: every setting on small images, with weights that all differ.
SETTINGS = [
    (height, width, k_h, k_w, stride, padding)
    for height, width in itertools.product(range(2, 7), repeat=2)
    for k_h, k_w in itertools.product((1, 2, 3), repeat=2)
    for stride, padding in itertools.product((1, 2, 3), (0, 1))
    if height + 2 * padding >= k_h and width + 2 * padding >= k_w and padding <= min(k_h, k_w) // 2
]


def by_place(height, width, k_h, k_w, stride, padding):
    """The matrix with the axes r, c, u, v."""
    weight = np.arange(1.0, 1 + k_h * k_w).reshape(1, 1, k_h, k_w)
    rows, columns = ((n + 2 * padding - k) // stride + 1 for n, k in ((height, k_h), (width, k_w)))
    matrix = plain.conv2d_matrix(weight, (1, height, width), stride, padding)
    return matrix.reshape(rows, columns, height, width)


def test_one_output_further_and_s_pixels_further_is_the_same_weight() -> None:
    """For every stride and padding, and it is no empty statement: some such weight is not zero."""
    met = 0
    for setting in SETTINGS:
        matrix, stride = by_place(*setting), setting[4]
        down = matrix[1:, :, stride:], matrix[:-1, :, : max(0, setting[0] - stride)]
        right = matrix[:, 1:, :, stride:], matrix[:, :-1, :, : max(0, setting[1] - stride)]
        np.testing.assert_array_equal(*down)
        np.testing.assert_array_equal(*right)
        met += bool(down[0].any() and right[0].any())
    assert len(SETTINGS) > 500
    assert met > 200


def toeplitz(matrix: np.ndarray) -> bool:
    return bool(np.array_equal(matrix[1:, 1:], matrix[:-1, :-1]))


def test_blocks_are_toeplitz_with_stride_one_and_only_then() -> None:
    for setting in SETTINGS:
        matrix, (rows, columns) = by_place(*setting), by_place(*setting).shape[:2]
        blocks = all(toeplitz(matrix[r, :, u]) for r in range(rows) for u in range(setting[0]))
        arranged = np.array_equal(matrix[1:, :, 1:], matrix[:-1, :, :-1])  # depends on u - r only
        if setting[4] == 1:
            assert blocks
            assert arranged
        elif columns > 1 and rows > 1:
            assert not blocks
            assert not arranged


def test_in_one_dimension_the_matrix_is_toeplitz_and_for_an_image_it_is_not() -> None:
    row = plain.conv2d_matrix(np.arange(1.0, 4).reshape(1, 1, 1, 3), (1, 1, 8))
    assert toeplitz(row)
    image = plain.conv2d_matrix(np.arange(1.0, 5).reshape(1, 1, 2, 2), (1, 3, 3))
    assert not toeplitz(image)
    np.testing.assert_array_equal(np.roll(image[1], 2), image[2])  # y2 and y3: by two


def test_toeplitz_and_transposed(page) -> None:
    full = linalg.toeplitz([1, 2, 3, 0, 0, 0], [1, 0, 0, 0])
    np.testing.assert_array_equal(page["full"], full)
    np.testing.assert_array_equal(page["correlation"], full.T)


def test_the_way_back(page) -> None:
    x = torch.arange(1.0, 10.0).reshape(1, 1, 3, 3).double().requires_grad_()
    weight = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]]).double()
    g = torch.tensor(page["g"]).double()[None, None]
    torch.nn.functional.conv2d(x, weight).backward(g)
    np.testing.assert_allclose(page["back"], x.grad[0, 0])
    np.testing.assert_allclose(page["back"], torch.nn.functional.conv_transpose2d(g, weight)[0, 0])
    np.testing.assert_allclose(page["back"], signal.convolve2d(page["g"], weight[0, 0], "full"))


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0)])
def test_transpose_with_padding_and_stride(stride: int, padding: int) -> None:
    """Zeros between the outputs, full convolution, and the border cut off."""
    rng = np.random.default_rng(0)
    kernel, size = rng.normal(size=(3, 3)), 7
    matrix = plain.conv2d_matrix(kernel[None, None], (1, size, size), stride, padding)
    side = (size + 2 * padding - 3) // stride + 1
    g = rng.normal(size=(side, side))
    spread = np.zeros((size + 2 * padding - 2,) * 2)
    spread[: stride * side : stride, : stride * side : stride] = g
    full = signal.convolve2d(spread, kernel, "full")
    expected = full[padding : padding + size, padding : padding + size]
    np.testing.assert_allclose((matrix.T @ g.ravel()).reshape(size, size), expected, atol=1e-12)


def test_transpose_does_not_undo(page) -> None:
    matrix, x = np.array(page["M"]), np.arange(1.0, 10.0)
    assert (page["rank"], page["columns"]) == (np.linalg.matrix_rank(matrix), 9) == (4, 9)
    back = matrix.T @ (matrix @ x)
    cosine = back @ x / np.linalg.norm(back) / np.linalg.norm(x)
    assert cosine < 0.999  # not even up to a factor


def test_patches(page) -> None:
    image = np.arange(1.0, 10.0).reshape(3, 3)
    expected = torch.nn.functional.unfold(torch.tensor(image)[None, None], 2)[0]
    np.testing.assert_array_equal(page["patches"], expected)
    np.testing.assert_array_equal(page["patches"], sliding_window_view(image, (2, 2)).reshape(4, 4).T)
    assert (np.array(page["patches"]) == 5).sum(axis=0).tolist() == [1, 1, 1, 1]
    assert page["copies"] == {str(k): k * k for k in (1, 3, 5, 7)}


def test_three_ways_one_result(page) -> None:
    assert page["largest"] < 1e-12


def test_which_way_is_fastest_depends_on_the_size(page) -> None:
    """What the page says of the times holds with every draw, and the table shows what was kept."""
    kept = {way: np.array(times) for way, times in experiment("three_ways")["milliseconds"].items()}
    for way, times in kept.items():
        np.testing.assert_allclose(page["seconds"][way], times.mean(axis=0))
    loop, matrix, patches = kept["loop over windows"], kept["matrix M"], kept["patches"]
    assert (matrix[:, 0] < np.minimum(loop, patches)[:, 0]).all()
    assert (matrix[:, -1] > np.maximum(loop, patches)[:, -1]).all()
    assert (patches[:, 1:] < np.minimum(loop, matrix)[:, 1:]).all()
    assert (kept["building"] > matrix).all()


def test_solutions_of_the_exercises(page) -> None:
    drawn = np.array(page["drawn"])
    assert drawn.shape == (4, 16)
    assert np.count_nonzero(drawn) == 36
    assert drawn[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    np.testing.assert_array_equal(page["often"], signal.convolve2d(np.ones((3, 3)), np.ones((3, 3))))
    assert page["often"][0] == [1, 2, 3, 2, 1]
    assert page["often"][2] == [3, 6, 9, 6, 3]
    assert page["dense"] == page["as_convolution"] == (7 * 7 * 512 + 1) * 4096 == 102_764_544
    assert page["answers"] == [1, 4]
    np.testing.assert_array_equal(page["circulant"], linalg.circulant([1, 2, 0, 0, 0, 0, 0, 3]))
    assert page["off_diagonal"] < 1e-12
    assert page["solved"] == "right"
