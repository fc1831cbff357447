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
        f"Behind six layers, {100 * growing[6]:.0f} % of the places are active, "
        f"{100 * growing[0]:.0f} % were in the beginning.",
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


def ratio(name: str, pattern: str, what: str, density: float) -> float:
    place = KEPT["densities"].index(density)
    return float(np.mean(KEPT["layers"][name][pattern][what][place]))


def crossings(name: str, pattern: str, what: str) -> np.ndarray:
    """Where each seed's ratio passes 1, straight on logarithmic scales between two densities."""
    found = []
    for one in np.log(KEPT["layers"][name][pattern][what]).T:
        found.append(np.exp(np.interp(0, one[-4:], np.log(KEPT["densities"][-4:]))))
    return np.array(found)


def test_cost_against_density_is_what_was_kept(page) -> None:
    assert len(KEPT["seeds"]) == 5
    for key, each in page["crossings"].items():
        name, pattern, what = key.rsplit(", ", 2)
        ratios = np.array(KEPT["layers"][name][pattern][what])
        assert (np.array(each) <= 1).all()
        if (ratios[-4] < 1).all():
            np.testing.assert_allclose(each, crossings(name, pattern, what), rtol=1e-6)
    one = ratio(LARGE, "scattered", "forward", 0.01)
    counted = ratio(LARGE, "scattered", "counted", 0.01)
    full = [ratio(name, "scattered", "forward", 1.0) for name in KEPT["layers"]]
    parts = [ratio(LARGE, "scattered", part, 0.01) for part in ("multiply", "gather", "rest")]
    fresh, kept = (
        np.mean(KEPT["fresh"]["forward"][-1]),
        ratio(KEPT["fresh"]["size"], "scattered", "forward", 1.0),
    )
    disc = [ratio(WIDE, "disc", what, 0.3) for what in ("multiply", "forward", "counted")]
    small = [ratio(SMALL, "scattered", what, 0.1) for what in ("rulebook", "forward")]
    assert 17.5 < one / counted < 18.5
    assert all(crossings(name, pattern, "forward").mean() < 1 for name in KEPT["layers"]
               for pattern in ("scattered", "disc"))  # fmt: skip
    assert not unsaid(
        PAGE,
        f"should take {100 * counted:.2f} % of the dense time. "
        f"They take {100 * one:.1f} %, eighteen times as much.",
        f"the layer with the rulebook takes {min(full):.1f} to {max(full):.1f} times as long.",
        f"At 1 %, only {100 * parts[0]:.0f} % of it is multiplication, and {100 * parts[1]:.0f} % gathering. "
        f"The other {100 * parts[2]:.0f} % put products where they belong",
        f"multiplying takes {100 * disc[0]:.0f} % of the time, and the ratio is {disc[1]:.2f} "
        f"where counting says {disc[2]:.2f}.",
        f"it takes {100 * small[0]:.0f} % of the dense layer's time to make, "
        f"and the layer itself takes {100 * small[1]:.0f} %.",
        f"the layer took {fresh:.1f} times as long as the dense one, not {kept:.1f}.",
    )


def test_six_layers(page, made) -> None:
    """Growth once more from the digits; times as kept."""
    for seed, run in zip(KEPT["seeds"], KEPT["network"], strict=True):
        images, _ = made.data.digits()
        rng = np.random.default_rng(seed)
        masks = made.outlines(images[rng.choice(len(images), made.DIGITS, replace=False)])
        same = run["pairs"]["same sites"][0]
        assert masks.sum() / made.DIGITS == pytest.approx(run["sites"]["growing"][0], abs=1e-3)
        book = F.submanifold_rulebook(np.argwhere(masks), 3)
        assert sum(len(tap.inputs) for tap in book.taps) / made.DIGITS == pytest.approx(same, abs=1e-3)
        for layer in range(1, 4):
            masks = np.array([wide(mask) for mask in masks])
            assert masks.sum() / made.DIGITS == pytest.approx(run["sites"]["growing"][layer], abs=1e-3)
    growing, same = (
        np.mean([run["seconds"][name] / run["seconds"]["at all places"] for run in KEPT["network"]])
        for name in ("growing", "same sites")
    )
    assert all(sum(run["pairs"]["growing"]) < 6 * (3 * 64 - 2) ** 2 for run in KEPT["network"])
    sixth = np.mean([run["pairs"]["growing"][5] for run in KEPT["network"]]) / (3 * 64 - 2) ** 2
    assert not unsaid(
        PAGE,
        f"With growing sites, it takes {growing:.2f} times as long as at all places, "
        f"though it multiplies less; with the same sites, {same:.2f} times.",
        f"The sixth layer still has {100 * sixth:.0f} % of a dense one's work.",
    )


@pytest.mark.parametrize("grows", [True, False])
def test_the_experiments_layer_is_torchs(made, grows: bool) -> None:
    rng = np.random.default_rng(0)
    mask = rng.random((2, 7, 6)) < 0.3
    sites = np.argwhere(mask)
    outputs = np.argwhere(made.grown(mask)) if grows else sites
    x, w = rng.normal(size=(len(sites), 2)), rng.normal(size=(3, 2, 3, 3))
    found, pairs = made.sparse_layer(x, w, sites, outputs, mask.shape)
    maps = np.zeros((2, 7, 6, 2))
    maps[mask] = x
    y = TF.conv2d(torch.tensor(maps).permute(0, 3, 1, 2), torch.tensor(w), padding=1).permute(0, 2, 3, 1)
    np.testing.assert_allclose(found, y[tuple(outputs.T)], atol=1e-12)
    if grows:
        outside = y.numpy().copy()
        outside[tuple(outputs.T)] = 0
        assert not outside.any(), "nothing is forgotten"
    assert pairs <= 9 * len(sites)


def test_exercises(page) -> None:
    assert page["solved"] == "right"
