"""Pooling: values, gradients, sizes and shifts of the chapter, against torch and numpy."""

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import plain
from coursekit import data

WINDOW = [[200, 150, 150], [100, 50, 100], [25, 25, 10]]


@pytest.fixture(scope="module")
def page(saved):
    return saved("convolution/pooling")


def test_the_window(page) -> None:
    assert page["window"] == WINDOW
    assert page["largest"] == np.max(WINDOW) == 200
    assert page["average"] == np.mean(WINDOW) == 90
    assert page["total"] == np.sum(WINDOW) == 810


def test_the_picture_starts_with_the_map(page) -> None:
    high, wide = page["map_shape"]
    assert (high, wide) == tuple(size // 16 * 16 for size in data.photograph("camera").shape)
    assert page["pooled_shapes"] == [[high // k, wide // k] for k in (4, 8, 16)]


def test_half_the_size_rounded_down(page) -> None:
    for rows, columns, *shape in page["halves"]:
        assert list(functional.max_pool2d(torch.zeros(1, 6, rows, columns), 2).shape[1:]) == shape
    assert page["halves"] == [[56, 56, 6, 28, 28], [28, 14, 6, 14, 7], [7, 5, 6, 3, 2]]


@pytest.mark.parametrize(("size", "outputs"), [(55, 27), (27, 13), (13, 6)])
def test_overlapping_windows_of_alexnet(page, size, outputs) -> None:
    x = torch.rand(1, 1, size, size, generator=torch.Generator().manual_seed(0))
    expected = []
    for kernel_size in (2, 3):
        leaf = x.clone().requires_grad_()
        out = functional.avg_pool2d(leaf, kernel_size, 2)
        out.sum().backward()
        assert out.shape[-1] == outputs
        expected += [outputs, int((leaf.grad[0, 0].sum(dim=0) == 0).sum())]
    number = (55, 27, 13).index(size)
    assert [column[number] for column in page["overlap"]] == expected == [outputs, 1, outputs, 0]


def test_padding_never_wins(page) -> None:
    negative = torch.tensor(page["negative"])[None, None]
    assert torch.equal(functional.max_pool2d(negative, 2, stride=2, padding=1), negative)
    assert page["padded_max"] == page["negative"]
    assert not np.any(page["zeros_first"])
    for counted in (True, False):
        out = functional.avg_pool2d(torch.ones(1, 1, 4, 4), 2, padding=1, count_include_pad=counted)
        np.testing.assert_array_equal(page["corners"][str(counted)], out[0, 0])
    assert page["corners"]["True"][0][0] == 0.25


def test_families_lead_from_average_to_maximum(page) -> None:
    values = torch.tensor(WINDOW).double().ravel()
    for power in (1, 2, 7):
        norm = torch.linalg.vector_norm(values, power).item() / 9 ** (1 / power)
        assert page["power"][str(power)] == pytest.approx(norm)
    for beta in ("0", "0.01", "0.2"):
        weighted = (torch.softmax(float(beta) * values, 0) * values).sum().item()
        assert page["softmax"][beta] == pytest.approx(weighted)
    assert page["power"]["1"] == pytest.approx(90)
    assert page["softmax"]["0"] == pytest.approx(90)
    assert page["power"]["5000"] == pytest.approx(200, abs=0.1)
    assert page["softmax"]["10"] == pytest.approx(200)


def test_powers_need_values_that_are_not_negative(page) -> None:
    """A counterexample with negative values, and a search for one without."""
    values = np.array(page["negatives"], float)
    assert (
        page["power_of_negatives"]
        == pytest.approx((values**100).mean() ** 0.01)
        == pytest.approx(3.94, abs=5e-3)
    )
    assert not values.min() <= page["power_of_negatives"] <= values.max()
    assert page["softmax_of_negatives"] == pytest.approx(values.max())
    rng = np.random.default_rng(0)
    for _ in range(300):
        some = rng.uniform(0, 5, size=rng.integers(2, 10)) * rng.integers(0, 2)
        powers = [np.mean(some**power) ** (1 / power) for power in (1, 2, 5, 20, 100)]
        assert all(low <= high + 1e-12 for low, high in itertools.pairwise(powers))
        assert powers[0] == pytest.approx(some.mean())
        assert powers[-1] == pytest.approx(some.max(), rel=0.025)


def test_softmax_pooling_of_any_values() -> None:
    """From the average to the maximum, also where values are negative."""
    rng = np.random.default_rng(1)
    for _ in range(300):
        some = rng.uniform(-5, 5, size=rng.integers(2, 10))
        pooled = [
            np.sum(some * w) / w.sum() for w in (np.exp(b * (some - some.max())) for b in (0, 0.5, 3, 1e4))
        ]
        assert all(low <= high + 1e-12 for low, high in itertools.pairwise(pooled))
        assert (pooled[0], pooled[-1]) == (pytest.approx(some.mean()), pytest.approx(some.max(), abs=1e-2))


def test_global_average_saves_parameters(page) -> None:
    assert page["flattened"] == (7 * 7 * 512 + 1) * 1000 == 25_089_000
    assert page["averaged"] == (512 + 1) * 1000 == 513_000
    assert page["any_size"] == [[1, 512, 1, 1]] * 2


def test_gradients(page) -> None:
    x = torch.tensor(page["x"])
    assert x.tolist() == [[[[1, 3, 2, 0], [5, 2, 1, 4], [0, 1, 7, 7], [2, 1, 7, 3]]]]
    for pool, name in ((functional.max_pool2d, "grad_max"), (functional.avg_pool2d, "grad_average")):
        leaf = x.clone().requires_grad_()
        pool(leaf, 2).backward(torch.full((1, 1, 2, 2), 4.0).double())
        np.testing.assert_array_equal(page[name], leaf.grad)
    assert np.array(page["grad_max"])[0, 0, 2:, 2:].tolist() == [[4, 0], [0, 0]]  # the first of three sevens
    assert (np.array(page["grad_average"]) == 1).all()
    leaf = x.clone().requires_grad_()
    functional.max_pool2d(leaf, 3, 1).sum().backward()
    np.testing.assert_array_equal(page["shared"], leaf.grad[0, 0])
    assert np.max(page["shared"]) > 1  # a pixel that wins twice
    assert page["slopes"] == [pytest.approx(1, abs=1e-6), pytest.approx(0, abs=1e-6)]


def test_convolution_is_equivariant_and_pooling_forgives_small_shifts(page) -> None:
    assert page["equivariant"] < 1e-12
    changes = page["changes"]
    names = ("convolution only", "max pool 4 × 4", "max pool 16 × 16", "global average")
    assert [changes[name][0] for name in names] == [0, 0, 0, 0]
    for pixels in (1, 2, 4, 8, 16):
        ordered = [changes[name][pixels] for name in names]
        assert ordered == sorted(ordered, reverse=True)
        assert ordered[-1] < 1e-12
    # Not completely: after one pixel, on every photograph, some maxima have changed.
    assert len(page["unchanged"]) == 5
    assert all(0.45 < kept < 0.6 for kept in page["unchanged"]), "about half, as the errata say"
    assert changes["max pool 16 × 16"][1] > 0.01


def test_strides_alias_with_the_period_of_their_product(page) -> None:
    wobble = {kind: np.array(values) for kind, values in page["wobble"].items()}
    assert all(values.shape == (5, 9) for values in wobble.values())
    assert page["worst"] == {kind: (100 * values.max(axis=1)).tolist() for kind, values in wobble.items()}
    assert wobble["stride 1"].max() < 1e-12
    for values in wobble.values():
        assert values[:, [0, 8]].max() < 1e-12
    for kind in ("stride 2", "max pooling"):
        assert wobble[kind][:, 1:8].min() > 0.01  # at every shift, in every draw
    # The last blur weights even and odd pixels alike, and the global average adds them: back after 4 already.
    assert wobble["blurred max pooling"][:, 4].max() < 1e-12
    assert wobble["blurred max pooling"][:, [1, 2, 3, 5, 6, 7]].min() > 1e-5
    # Blurring helps in every draw.
    assert (wobble["blurred max pooling"].max(axis=1) < wobble["max pooling"].max(axis=1)).all()


@pytest.mark.parametrize("strides", [(2, 2), (2, 2, 2), (3, 2)])
def test_equivariance_holds_for_multiples_of_the_total_stride(strides: tuple[int, ...]) -> None:
    total, rng = int(np.prod(strides)), np.random.default_rng(0)
    x = torch.tensor(rng.normal(size=(1, 1, 1, 4 * total)))
    weights = [torch.tensor(rng.normal(size=(1, 1, 1, 3))) for _ in strides]

    def network(values: torch.Tensor) -> torch.Tensor:
        for weight, stride in zip(weights, strides, strict=True):
            values = functional.conv2d(functional.pad(values, (1, 1, 0, 0), mode="circular"), weight)
            values = functional.max_pool2d(values, (1, stride))
        return values

    before, moves = network(x), []
    for pixels in range(1, 2 * total + 1):
        after = network(x.roll(pixels, -1))
        moves.append(any(torch.allclose(after, before.roll(n, -1)) for n in range(4)))
    assert [pixels for pixels, along in enumerate(moves, 1) if along] == [total, 2 * total]


def test_solutions_of_the_exercises(page) -> None:
    x = torch.zeros(1, 1, 112, 112, requires_grad=True)
    out = functional.avg_pool2d(x, 3, 2, 1)
    out.sum().backward()
    assert out.shape[-1] == page["resnet"] == 56
    windows = sorted({round(9 * g) for g in x.grad[0, 0, 4:8, 4:8].ravel().tolist()})
    assert windows == page["often"] == [1, 2, 4]
    values = torch.tensor(WINDOW).double().ravel().requires_grad_()
    share = torch.softmax(0.01 * values, 0)
    pooled = (share * values).sum()
    pooled.backward()
    np.testing.assert_allclose(np.ravel(page["soft_gradient"]), values.grad)
    negative = values.grad < 0
    assert negative.any()
    assert torch.equal(negative, values < pooled - 1 / 0.01)
    rows = [(1, 2, 9), (3, 4, 5), (6, 7, 8)]
    assert [np.median(row) for row in rows] == [2, 4, 7]
    assert (np.median([np.median(row) for row in rows]), np.median(rows)) == (4, 5)
    assert page["solved"] == "right"


def test_the_maximum_of_rows_then_columns() -> None:
    x = np.random.default_rng(0).normal(size=(1, 1, 9, 8))
    by_rows = np.stack([x[..., c : c + 6] for c in range(3)]).max(axis=0)
    both = np.stack([by_rows[..., r : r + 7, :] for r in range(3)]).max(axis=0)
    np.testing.assert_array_equal(both, plain.max_pool2d(x, 3, 1))
