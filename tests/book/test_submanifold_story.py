"""What the chapter on submanifold convolution says of its times, and the layers that it timed."""

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import functional as F
from coursekit.experiments import experiment
from tests.book.sentences import unsaid
from tests.book.test_submanifold import wide
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
    few = ratio(LARGE, "disc", "forward", 0.001)
    (fewer_fresh, fresh), (fewer_kept, kept) = (
        np.mean(KEPT["fresh"]["forward"], axis=1),
        [ratio(KEPT["fresh"]["size"], "scattered", "forward", density) for density in (0.7, 1.0)],
    )
    disc = [ratio(WIDE, "disc", what, 0.3) for what in ("multiply", "forward", "counted")]
    small = [ratio(SMALL, "scattered", what, 0.1) for what in ("rulebook", "forward")]
    assert 17.5 < one / counted < 18.5
    assert abs(parts[2] - 4 / 5) < 0.01
    few_parts = ratio(LARGE, "disc", "rest", 0.001)
    assert few * few_parts > 0.9 * one * parts[2], "a tenth of the sites, nearly as long"
    lonely = [ratio(LARGE, "scattered", what, 0.001) for what in ("forward", "rest")]
    assert 3 * lonely[0] * lonely[1] < few * few_parts, "as many sites, fewer taps that have lines"
    rests = [
        ratio(name, "scattered", "forward", 0.01)
        * ratio(name, "scattered", "rest", 0.01)
        * np.mean(KEPT["layers"][name]["dense_ms"]["convnet"])
        for name in (SMALL, WIDE)
    ]
    assert rests[0] < rests[1] < 3 * rests[0], "four times the channels"
    assert fewer_fresh < fewer_kept
    assert all(crossings(name, pattern, "forward").mean() < 1 for name in KEPT["layers"]
               for pattern in ("scattered", "disc"))  # fmt: skip
    assert not unsaid(
        PAGE,
        f"should take {100 * counted:.2f} % of the dense time. "
        f"They take {100 * one:.1f} %, eighteen times as much.",
        f"the layer with the rulebook takes {min(full):.1f} to {max(full):.1f} times as long.",
        f"At 1 %, only {100 * parts[0]:.0f} % of it is multiplication, and {100 * parts[1]:.0f} % gathering. "
        "The other four fifths are mostly a price for each tap that has any lines, however few: "
        f"16 sites in a disc, a tenth as many, take {100 * few:.1f} %.",
        f"multiplying takes {100 * disc[0]:.0f} % of the time, and the ratio is {disc[1]:.2f} "
        f"where counting says {disc[2]:.2f}.",
        f"it takes {100 * small[0]:.0f} % of the dense layer's time to make, "
        f"and the layer itself takes {100 * small[1]:.0f} %.",
        f"the layer took {fresh:.1f} times as long as the dense one, not {kept:.1f}; "
        f"with 70 % active {fewer_fresh:.2f} times, no more than before.",
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
