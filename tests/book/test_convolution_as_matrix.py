"""The matrix of a convolution, its transpose and the patches, against torch and scipy."""

import numpy as np
import pytest
import torch
from scipy import linalg, signal


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/convolution-as-matrix")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


def test_four_by_nine(chapter) -> None:
    expected = [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]
    np.testing.assert_array_equal(chapter["M"], expected)
    np.testing.assert_array_equal(chapter["index"] + 1, expected)  # the drawing's colours are w1 to w4
    np.testing.assert_array_equal(
        chapter["G"].reshape(2, 2), signal.correlate2d(np.arange(1, 10).reshape(3, 3), chapter["w"], "valid")
    )


@pytest.mark.parametrize(("size", "k"), [(3, 2), (8, 3), (28, 3), (13, 5)])
def test_counts(chapter, size, k) -> None:
    matrix = chapter["F"].conv2d_matrix(chapter["labelled"]((1, 1, k, k)), (1, size, size))
    distinct = len(np.unique(matrix)) - 1
    assert chapter["count"](size, k) == (matrix.size, np.count_nonzero(matrix), distinct)
    assert np.count_nonzero(matrix) / matrix.size == pytest.approx(k**2 / size**2)


def test_a_photograph_needs_billions_of_entries(chapter) -> None:
    assert chapter["count"](224, 3)[0] == 222**2 * 224**2 > 2_000_000_000
    assert "2,472,873,984" in chapter.output


@pytest.mark.parametrize(
    ("name", "shape", "options"),
    [
        ("stride 1", (1, 1, 3, 3), {}),
        ("padding 1", (1, 1, 3, 3), {"padding": 1}),
        ("stride 2", (1, 1, 3, 3), {"stride": 2}),
        ("2 channels, 2 kernels", (2, 2, 3, 3), {}),
    ],
)
def test_faces_are_the_layers_they_name(chapter, name, shape, options) -> None:
    x = torch.arange(shape[1] * 64.0).reshape(1, shape[1], 8, 8).double()
    weight = torch.arange(1.0, 1 + np.prod(shape)).reshape(shape).double()
    expected = torch.nn.functional.conv2d(x, weight, **options).ravel()
    np.testing.assert_array_equal(chapter["faces"][name] @ x.numpy().ravel(), expected)


def test_toeplitz_and_transposed(chapter) -> None:
    full = linalg.toeplitz([1, 2, 3, 0, 0, 0], [1, 0, 0, 0])
    np.testing.assert_array_equal(chapter["convolution"], full)
    np.testing.assert_array_equal(chapter["correlation"], full.T)


def test_the_way_back(chapter) -> None:
    x = torch.arange(1.0, 10.0).reshape(1, 1, 3, 3).double().requires_grad_()
    weight = torch.tensor(chapter["w"])[None, None]
    g = torch.tensor(chapter["g"])[None, None]
    torch.nn.functional.conv2d(x, weight).backward(g)
    np.testing.assert_allclose(chapter["back"], x.grad[0, 0])
    np.testing.assert_allclose(chapter["back"], torch.nn.functional.conv_transpose2d(g, weight)[0, 0])
    np.testing.assert_allclose(chapter["back"], signal.convolve2d(chapter["g"], chapter["w"], "full"))


def test_transpose_does_not_undo(chapter) -> None:
    assert np.linalg.matrix_rank(chapter["M"]) == 4
    assert not np.allclose(chapter["M"].T @ chapter["M"] @ chapter["v"], chapter["v"])


def test_patches(chapter) -> None:
    expected = torch.nn.functional.unfold(torch.arange(1.0, 10.0).reshape(1, 1, 3, 3), 2)
    np.testing.assert_array_equal(chapter["patches"], expected)
    assert (chapter["patches"] == 5).sum(axis=1).tolist() == [[1, 1, 1, 1]]
    for name in ("by_patches", "by_matrix"):
        np.testing.assert_allclose(chapter[name], chapter["by_loops"], atol=1e-12)


def test_the_race_measured_every_way_on_every_size(chapter) -> None:
    assert set(chapter["seconds"]) == {"loops", "dense matrix", "patches"}
    for times in chapter["seconds"].values():
        assert len(times) == len(chapter["sizes"])
        assert min(times) > 0


def test_solutions_of_the_exercises(chapter) -> None:
    F = chapter["F"]  # noqa: N806
    drawn = F.conv2d_matrix(np.arange(1.0, 10.0).reshape(1, 1, 3, 3), (1, 4, 4))
    assert drawn.shape == (4, 16)
    assert np.count_nonzero(drawn) == 36
    assert drawn[0].tolist() == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0]
    copies = signal.convolve2d(np.ones((3, 3)), np.ones((3, 3)))
    assert copies[0].tolist() == [1, 2, 3, 2, 1]
    assert copies[2].tolist() == [3, 6, 9, 6, 3]
    first_column = np.array([1.0, 2.0, 0, 0, 0, 0, 0, 3.0])
    fourier = linalg.dft(8)
    diagonal = fourier @ linalg.circulant(first_column) @ np.linalg.inv(fourier)
    np.testing.assert_allclose(diagonal, np.diag(np.fft.fft(first_column)), atol=1e-12)
