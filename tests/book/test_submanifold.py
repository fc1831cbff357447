"""Submanifold convolution against torch's dense layer, masked; what a stack sees; the times as kept."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import functional as F
from convnet import plain
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "advanced/submanifold"
KEPT = experiment("sparse_or_dense")
SMALL, LARGE, WIDE = KEPT["layers"]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def made():
    return script("sparse_or_dense")


def shown(name: str) -> Callable[..., Any]:
    """Give a function as the page shows it."""
    cells = [c for c in chapter(PAGE).cells if c.visible and f"def {name}(" in c.code and "..." not in c.code]
    scope: dict[str, Any] = {"np": np, "plain": plain}
    exec(cells[0].code, scope)
    return scope[name]


def drawn(seed: int) -> tuple[np.ndarray, list[torch.Tensor]]:
    """Active places of some pictures; features, kernels of odd sides, biases and δ."""
    rng = np.random.default_rng(seed)
    pictures, high, wide, c, f = (int(size) for size in rng.integers(1, 6, 5))
    mask = rng.random((pictures, high, wide)) < rng.choice([0.15, 0.5, 1.0])
    mask[-1, -1, -1] = True
    kernel, many = 1 + 2 * rng.integers(0, 3, 2), int(mask.sum())
    shapes = ((many, c), (f, c, *kernel), (f,), (many, f))
    return mask, [torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes]


def dense(mask: np.ndarray, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor | None) -> torch.Tensor:
    """Torch's layer on the whole picture, read at the active places."""
    maps = torch.zeros(*mask.shape, x.shape[1], dtype=x.dtype)
    where = tuple(torch.tensor(axis) for axis in np.nonzero(mask))
    maps = maps.index_put(where, x).permute(0, 3, 1, 2)
    y = TF.conv2d(maps, w, b, padding=tuple(side // 2 for side in w.shape[2:]))
    return y.permute(0, 2, 3, 1)[where]


@pytest.mark.parametrize("seed", range(40))
def test_forward_and_backward_are_torchs_dense_layer_masked(seed: int) -> None:
    """The plain code that the page shows, and the fast layer; places without a site get and give nothing."""
    mask, (x, w, b, delta) = drawn(seed)
    y = dense(mask, x, w, b)
    (y * delta.detach()).sum().backward()
    rows, kernels, biases, g = (one.detach().numpy() for one in (x, w, b, delta))
    sites = np.argwhere(mask)
    pairs = plain.submanifold_rulebook(sites, kernels.shape[2:])
    np.testing.assert_allclose(plain.submanifold_conv2d(rows, kernels, biases, pairs), y.detach(), atol=1e-9)
    np.testing.assert_allclose(shown("by_taps")(rows, kernels, pairs) + biases, y.detach(), atol=1e-9)
    wanted = [one.grad for one in (x, w, b)]
    for got, right in zip(plain.submanifold_conv2d_backward(g, rows, kernels, pairs), wanted, strict=True):
        np.testing.assert_allclose(got, right, atol=1e-9)
    fast, cache = F.submanifold_conv2d_forward(
        rows, kernels, biases, F.submanifold_rulebook(sites, kernels.shape[2:])
    )
    np.testing.assert_allclose(fast, y.detach(), atol=1e-9)
    for got, right in zip(F.submanifold_conv2d_backward(g, cache), wanted, strict=True):
        np.testing.assert_allclose(got, right, atol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_finite_differences(seed: int) -> None:
    mask, tensors = drawn(seed)
    x, w, b, g = (one.detach().numpy() for one in tensors)
    pairs = plain.submanifold_rulebook(np.argwhere(mask), w.shape[2:])

    def value(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> float:
        return float((g * plain.submanifold_conv2d(x, w, b, pairs)).sum())

    slopes = (
        plain.numerical_gradient(lambda own: value(own, w, b), x, 0.5),
        plain.numerical_gradient(lambda own: value(x, own, b), w, 0.5),
        plain.numerical_gradient(lambda own: value(x, w, own), b, 0.5),
    )
    for got, slope in zip(plain.submanifold_conv2d_backward(g, x, w, pairs), slopes, strict=True):
        np.testing.assert_allclose(got, slope, atol=1e-8)


@pytest.mark.parametrize("seed", range(8))
def test_the_way_back_is_a_layer_of_its_kind(seed: int) -> None:
    """The solution of the exercise: the kernel turned by 180°, the two axes of channels swapped."""
    mask, tensors = drawn(seed)
    x, w, _, g = (one.detach().numpy() for one in tensors)
    pairs = plain.submanifold_rulebook(np.argwhere(mask), w.shape[2:])
    by_x, _, _ = plain.submanifold_conv2d_backward(g, x, w, pairs)
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    np.testing.assert_allclose(plain.submanifold_conv2d(g, turned, 0.0, pairs), by_x, atol=1e-9)


def test_the_page_saw_its_mistakes(page) -> None:
    seen = page["seen"]
    assert seen.pop("this chapter") == 0
    assert len(seen) == 3
    assert all(0 < wrong <= page["layers"] == 24 for wrong in seen.values())
    assert max(page["largest"], page["forward_apart"], page["numeric_apart"]) < 1e-9
    assert page["differ"] == 20


def wide(mask: np.ndarray) -> np.ndarray:
    """Where a 3×3 window holds something, by torch's maximum."""
    shaped = torch.tensor(mask[None, None], dtype=torch.float64)
    return TF.max_pool2d(shaped, 3, stride=1, padding=1)[0, 0].numpy() > 0


def test_the_active_set_stays_or_grows(page) -> None:
    one, line = np.zeros((41, 41), bool), np.zeros((31, 60), bool)
    one[20, 20] = line[15, 20:40] = True
    grow = shown("grown")
    for layer in range(1, 7):
        one, line = grow(one), grow(line)
        assert one.sum() == (2 * layer + 1) ** 2 == page["dots"][layer - 1]
        assert line.sum() == (20 + 2 * layer) * (2 * layer + 1)
    assert page["rows"] == [22 * 3, 24 * 5, 26 * 7]
    eight = np.array(page["eight"], bool)
    assert eight.sum() == page["sites"] == page["grown"][0] == 241
    for count in page["grown"]:
        assert eight.sum() == count
        eight = wide(eight)
    growing, same = (np.array(page["behind"][name]) for name in ("growing", "same sites"))
    assert (np.diff(growing) > 0).all()
    assert set(same) == {growing[0]}
    assert not unsaid(
        PAGE,
        f"After six layers, {100 * growing[6]:.0f} % of the places are active; "
        f"at the start it was {100 * growing[0]:.0f} %.",
        "This one has 241 active sites among 4,096 places: its **density** $\\rho$ is 5.9 %.",
        f"There are {page['pairs']} lines, about three for each site, in place of {page['dense_pairs']:,}.",
    )


def test_the_rulebook_has_as_many_lines_as_the_page_says(page) -> None:
    eight = np.array(page["eight"], bool)
    padded = np.pad(eight, 1)
    lines = sum((eight & padded[i : i + 64, j : j + 64]).sum() for i in range(3) for j in range(3))
    assert lines == page["pairs"]
    assert page["few_lines"] == 10
    assert page["few_dense"] == 864
    for high in range(1, 6):
        for across in range(1, 6):
            full = np.insert(np.argwhere(np.ones((high, across))), 0, 0, axis=1)
            found = len(plain.submanifold_rulebook(full, (3, 3)))
            assert found == (3 * high - 2) * (3 * across - 2)


@pytest.mark.parametrize("seed", range(20))
def test_what_a_stack_can_see(seed: int) -> None:
    """Outputs depend on what ℓ steps over active sites reach: powers of who is whose neighbour."""
    rng = np.random.default_rng(100 + seed)
    sites = np.argwhere(rng.random((2, 5, 5)) < rng.uniform(0.2, 0.6))
    if not len(sites):
        sites = np.zeros((1, 3), int)
    near = (np.abs(sites[:, None, 1:] - sites[None, :, 1:]).max(axis=2) <= 1) & (
        sites[:, None, 0] == sites[None, :, 0]
    )
    book = F.submanifold_rulebook(sites, 3)
    reached, values = np.eye(len(sites), dtype=bool), np.eye(len(sites))
    for _ in range(4):
        weight = np.zeros((len(sites), len(sites), 3, 3))
        weight[np.arange(len(sites)), np.arange(len(sites))] = rng.uniform(0.5, 1, size=(3, 3))
        values = F.submanifold_conv2d_forward(values, weight, None, book)[0]
        reached = (near.astype(int) @ reached.astype(int)) > 0
        np.testing.assert_array_equal(values > 0, reached)


def test_horseshoe_and_eight(page) -> None:
    assert page["searched"][0] == 0
    assert page["searched"][1] > 100_000
    assert page["searched"][2] > 0, "some sites never meet, or the search says nothing"
    assert page["ends"] == 12
    assert page["parts"] == [3, 3, 1, 1]
    assert "layers, this one 12." in " ".join(page.text.split())


@pytest.mark.parametrize("density", [0.01, 0.1, 0.5])
def test_the_count_for_scattered_sites(made, density: float) -> None:
    """ρ(1 + 8ρ)/9 in the mean, ρ for a filled region, both up to borders."""
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(20):
        book = F.submanifold_rulebook(made.active("scattered", density, 64, rng), 3)
        shares.append(sum(len(tap.inputs) for tap in book.taps) / (9 * 64**2))
    error = np.std(shares) / np.sqrt(20)
    border = 8 * density**2 / 9 * 0.03
    assert np.mean(shares) == pytest.approx(density * (1 + 8 * density) / 9, abs=4 * error + border)
    disc = F.submanifold_rulebook(made.active("disc", density, 64, rng), 3)
    filled = sum(len(tap.inputs) for tap in disc.taps) / (9 * 64**2)
    assert density * 0.8 < filled < density


def test_exercises(page) -> None:
    assert page["solved"] == "right"
