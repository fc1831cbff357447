"""Pooling: values, gradients, sizes and shifts of the chapter, against torch and numpy."""

import numpy as np
import pytest
import torch
from torch.nn import functional


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/pooling")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


def test_the_window(chapter) -> None:
    window = [[200, 150, 150], [100, 50, 100], [25, 25, 10]]
    np.testing.assert_array_equal(chapter["window"], window)
    assert chapter["largest"].item() == np.max(window) == 200
    assert chapter["average"].item() == np.mean(window) == 90


@pytest.mark.parametrize(
    ("rows", "columns", "shape"), [(56, 56, (28, 28)), (28, 14, (14, 7)), (7, 5, (3, 2))]
)
def test_half_the_size_rounded_down(chapter, rows, columns, shape) -> None:
    assert functional.max_pool2d(torch.zeros(1, 6, rows, columns), 2).shape == (1, 6, *shape)
    assert f"{rows} x {columns} x 6  ->  {shape[0]} x {shape[1]} x 6" in chapter.output


@pytest.mark.parametrize(("size", "outputs"), [(55, 27), (27, 13), (13, 6)])
def test_overlapping_windows_of_alexnet(chapter, size, outputs) -> None:
    x = torch.rand(1, 1, size, size, generator=torch.Generator().manual_seed(0))
    for kernel_size, unread in ((2, 1), (3, 0)):
        leaf = x.clone().requires_grad_()
        out = functional.avg_pool2d(leaf, kernel_size, 2)
        out.sum().backward()
        assert out.shape[-1] == outputs == chapter["arithmetic"].pool_output_size(size, kernel_size, 2)
        assert int((leaf.grad[0, 0].sum(dim=0) == 0).sum()) == unread


def test_padding_never_wins(chapter) -> None:
    negative = torch.tensor(chapter["negative"])[None, None]
    assert torch.equal(functional.max_pool2d(negative, 2, stride=2, padding=1), negative)
    assert "max pooling, padding 1 [[-5.0, -3.0], [-4.0, -8.0]]" in chapter.output
    for counted in (True, False):
        out = functional.avg_pool2d(torch.ones(1, 1, 4, 4), 2, padding=1, count_include_pad=counted)
        assert f"count_include_pad={counted!s:5s} {out[0, 0].tolist()}" in chapter.output


def test_families_lead_from_average_to_maximum(chapter) -> None:
    window = chapter["window"]
    values = torch.tensor(window).ravel()
    for p in (1, 2, 7):
        norm = torch.linalg.vector_norm(values, p).item() / 9 ** (1 / p)
        assert chapter["power_pool"](window, p) == pytest.approx(norm)
    for beta in (0, 0.01, 0.2):
        weighted = (torch.softmax(beta * values, 0) * values).sum().item()
        assert chapter["softmax_pool"](window, beta) == pytest.approx(weighted)
    assert chapter["power_pool"](window, 5_000) == pytest.approx(200, abs=0.1)
    assert chapter["softmax_pool"](window, 10) == pytest.approx(200)


def test_global_average_saves_parameters(chapter) -> None:
    assert chapter["flattened"] == (7 * 7 * 512 + 1) * 1000 == 25_089_000
    assert chapter["averaged"] == (512 + 1) * 1000 == 513_000
    assert chapter["flattened"] / chapter["averaged"] == pytest.approx(49, rel=0.01)


def test_gradients(chapter) -> None:
    x, upstream = torch.tensor(chapter["x"]), torch.tensor(chapter["upstream"])
    for pool, gradient in ((functional.max_pool2d, "grad_max"), (functional.avg_pool2d, "grad_average")):
        leaf = x.clone().requires_grad_()
        pool(leaf, 2).backward(upstream)
        np.testing.assert_array_equal(chapter[gradient], leaf.grad)
    assert chapter["grad_max"][0, 0, 2:, 2:].tolist() == [[4, 0], [0, 0]]  # the first of three sevens
    assert (chapter["grad_average"] == 1).all()


def test_convolution_is_equivariant(chapter) -> None:
    kernel = torch.tensor(chapter["sobel"])[None, None]
    picture = torch.tensor(chapter["picture"])

    def convolve(values: torch.Tensor) -> torch.Tensor:
        return functional.conv2d(functional.pad(values, (1, 1, 1, 1), mode="circular"), kernel)

    for pixels in (1, 5, 16):
        assert torch.allclose(
            convolve(picture.roll(pixels, -1)), convolve(picture).roll(pixels, -1), atol=1e-12
        )


def test_pooling_forgives_small_shifts_only(chapter) -> None:
    changes = chapter["changes"]
    for pixels in (1, 2, 4, 8, 16):
        ordered = [changes[name][pixels] for name in ("convolution only", "max pool 4×4", "max pool 16×16")]
        assert ordered == sorted(ordered, reverse=True)
        assert changes["global average"][pixels] < 1e-12
    assert 0.3 < chapter["same"] < 0.9


def test_strides_alias_with_the_period_of_their_product(chapter) -> None:
    wobble = chapter["wobble"]
    assert max(wobble["stride 1"]) < 1e-12
    for down in ("stride 2", "max pool, stride 2"):
        assert wobble[down][8] < 1e-12
        assert wobble[down][16] < 1e-12
        assert min(wobble[down][1:8]) > 1e-3
    assert max(wobble["blurred max pool, stride 2"]) < max(wobble["max pool, stride 2"]) / 3
    assert max(wobble["max pool, stride 2"]) < max(wobble["stride 2"])


def test_solutions_of_the_exercises(chapter) -> None:
    x = torch.zeros(1, 1, 112, 112, requires_grad=True)
    out = functional.avg_pool2d(x, 3, stride=2, padding=1)
    assert out.shape[-1] == 56
    out.sum().backward()
    assert sorted({round(9 * g) for g in x.grad[0, 0, 4:8, 4:8].ravel().tolist()}) == [1, 2, 4]
    scale = torch.nn.Conv2d(6, 6, 2, stride=2, groups=6)
    assert scale(torch.zeros(1, 6, 28, 28)).shape == (1, 6, 14, 14)
    values = torch.tensor(chapter["window"]).ravel().requires_grad_()
    beta = 0.01
    share = torch.softmax(beta * values, 0)
    pooled = (share * values).sum()
    pooled.backward()
    formula = share * (1 + beta * (values - pooled))
    assert torch.allclose(values.grad, formula)
    assert formula.min() < 0
