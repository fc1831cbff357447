"""Dropout: both readings by exact sums over all masks, torch's layers, and the experiment."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
import torch
from torch import nn

from convnet import plain
from coursekit import data
from coursekit.experiments import experiment
from tests.book.sentences import WORDS, unsaid
from tests.coursekit.test_experiments import script

PAGE = "regularization/dropout"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def masks(units: int, p: float):
    """Every mask, with its probability."""
    every = np.array(list(product([0.0, 1.0], repeat=units)))
    return every, np.where(every == 1, 1 - p, p).prod(axis=1)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.75])
def test_the_expectation_is_preserved(p: float) -> None:
    x = np.random.default_rng(0).normal(size=5)
    every, chances = masks(5, p)
    np.testing.assert_allclose(chances @ plain.dropout(x, every, p), x, atol=1e-12)
    variance = chances @ (plain.dropout(x, every, p).sum(axis=1) - x.sum()) ** 2
    assert variance == pytest.approx(p / (1 - p) * (x**2).sum())


def test_two_copies_share_the_work(page) -> None:
    assert page["two"] == pytest.approx([1 / 3, 1 / 3], abs=1e-6)
    assert page["two_sum"] == pytest.approx(2 / 3)
    assert page["losses"] == pytest.approx([1, 1 / 2, 1 / 3])
    every, chances = masks(2, 0.5)
    for w in np.random.default_rng(1).normal(size=(5, 2)):
        exact = chances @ (2 * every @ w - 1) ** 2
        assert exact == pytest.approx((w.sum() - 1) ** 2 + (w**2).sum())


@pytest.mark.parametrize("p", [0.2, 0.5])
@pytest.mark.parametrize("units", [3, 8])
def test_the_ensemble_of_a_linear_network_and_of_a_softmax(units: int, p: float) -> None:
    rng = np.random.default_rng(units)
    x, w, b = rng.normal(size=units), rng.normal(size=(4, units)), rng.normal(size=4)
    every, chances = masks(units, p)
    scores = plain.dropout(x, every, p) @ w.T + b
    np.testing.assert_allclose(chances @ scores, w @ x + b, atol=1e-12)
    once, each = plain.softmax((w @ x + b)[None])[0], plain.softmax(scores)
    geometric = np.exp(chances @ np.log(each))
    np.testing.assert_allclose(geometric / geometric.sum(), once, atol=1e-12)
    assert np.abs(chances @ each - once).max() > 0.01, "the arithmetic mean is another one"
    hidden = np.maximum(plain.dropout(x, every, p) @ w.T + b, 0)
    assert (chances @ hidden >= np.maximum(w @ x + b, 0) - 1e-12).all()


def test_the_eight_networks_of_the_page(page) -> None:
    assert page["scores"][0] == pytest.approx([0.5, 1.5])
    assert page["scores"][1] == pytest.approx([0.5, 1.5])
    assert page["geometric"] == pytest.approx(page["once"])
    assert page["once"][0] == pytest.approx(1 / (1 + np.e))
    every, chances = masks(3, 0.5)
    scores = 2 * every * [3, 2, 1] @ np.array([[0.5, -0.5, 1], [-0.5, 0.5, 1]]).T + [-1, 1]
    assert page["arithmetic"] == pytest.approx(chances @ plain.softmax(scores))
    assert "0.401, 0.599 on average, and 0.269, 0.731 in one pass" in page.output, "the figure differs"


def test_networks_of_ten_units(page) -> None:
    """Without a layer in between, the one pass is the geometric mean; with one it is near, and no more."""
    shallow, deep = page["answers"]["shallow"], page["answers"]["deep"]
    assert page["masks"] == 1024
    assert max(shallow["apart"]) < 1e-10
    assert min(deep["apart"]) > 1e-3
    for runs in (shallow, deep):
        assert min(runs["apart_arithmetic"]) > 0.01
        for alone, together in zip(runs["single networks, on average"], runs["one pass"], strict=True):
            assert alone < together


def test_the_way_back_uses_the_same_mask(page) -> None:
    assert page["same_mask"] < 1e-6 < 0.1 < page["new_mask"]


@pytest.mark.parametrize("kind", [torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(1, 3), (4, 6)])
def test_torchs_dropout_scales_like_ours(shape: tuple[int, int], kind: torch.dtype) -> None:
    """Torch draws the mask; given it, output and gradient are the plain functions'."""
    torch.manual_seed(0)
    for layer, full in ((nn.Dropout(0.4), (*shape,)), (nn.Dropout2d(0.4), (*shape, 2, 3))):
        x = (torch.rand(full, dtype=kind) + 0.5).requires_grad_()
        y, g = layer(x), torch.randn(full, dtype=kind)
        y.backward(g)
        mask = (y != 0).double().numpy()
        forward, backward = plain.dropout, plain.dropout_backward
        if len(full) == 4:
            assert (mask == mask[:, :, :1, :1]).all(), "a channel is dropped as a whole"
            mask, forward, backward = mask[:, :, 0, 0], plain.dropout2d, plain.dropout2d_backward
        np.testing.assert_allclose(y.detach(), forward(x.detach().numpy(), mask, 0.4), rtol=1e-6)
        np.testing.assert_allclose(x.grad, backward(g.numpy(), mask, 0.4), rtol=1e-6, atol=1e-7)
        layer.eval()
        assert torch.equal(layer(x), x)


def test_the_other_scale_walks_the_same_path() -> None:
    """The exercise: weights and rate of the dropout that scales in evaluation."""
    rng, q, rate = np.random.default_rng(3), 0.6, 0.05
    w = rng.normal(size=4)
    other = w / q
    for _ in range(20):
        x, target, mask = rng.normal(size=4), rng.normal(), rng.random(4) < q
        inverted, plainly = mask * x / q, mask * x
        w, other = (
            w - rate * 2 * (w @ inverted - target) * inverted,
            other - rate / q**2 * 2 * (other @ plainly - target) * plainly,
        )
        np.testing.assert_allclose(q * other, w, rtol=1e-10)


def test_neighbours_tell_what_a_dropped_pixel_was(page) -> None:
    assert min(page["guessed"]) > 0.8
    assert max(page["guessed_mixed"]) < 0, "the control: without neighbours that agree the guess is worthless"
    assert 0 < page["from_channels"] < 1


def test_exercises(page) -> None:
    assert page["sums"] == pytest.approx([6.25, 5, 1.25, 0])
    assert (page["mean"], page["variance"]) == (pytest.approx(5), pytest.approx(4.25))
    assert page["solved"] == "right"


def test_the_experiment_says_what_the_page_says(page) -> None:
    """Settings are the best by validation, and the table's differences are taken seed by seed."""
    kept, made = experiment("dropout_or_not"), script("dropout_or_not")
    assert len(kept["seeds"]) == 10
    assert not set(kept["seeds"]) & set(kept["tuning_seeds"])
    for size, race in kept["race"].items():
        nothing = np.array(race["nothing"]["tested"])
        for entry, run in race.items():
            assert made.best(entry, kept["tried"][size][entry]) == (run["setting"], run["rate"])
            key = f"{entry}, {size}"
            ahead = 100 * (np.array(run["tested"]) - nothing)
            assert page["ahead"][key] == pytest.approx(ahead.mean(), abs=1e-9)
            assert page["ahead_spread"][key] == pytest.approx(ahead.std(ddof=1), abs=1e-9)
            assert page["wins"][key] == (ahead > 1e-9).sum()
            assert page["tested"][key] == pytest.approx(100 * np.mean(run["tested"]))
            assert page["trained"][key] == pytest.approx(np.mean(run["trained"]))
            if entry == "dropout":
                assert page["left_on"][key] == pytest.approx(100 * np.mean(run["left_on"]))
                assert np.mean(run["left_on"]) < np.mean(run["tested"]), "left on, it costs accuracy"


def test_sentences_say_what_was_found(page) -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs."""
    kept = experiment("dropout_or_not")
    race, told = kept["race"], {}
    for size, runs in race.items():
        ahead = 100 * (np.array(runs["dropout"]["tested"]) - runs["nothing"]["tested"])
        forgot = 100 * (np.mean(runs["dropout"]["tested"]) - np.mean(runs["dropout"]["left_on"]))
        counts = [WORDS[int(count)] for count in ((ahead > 1e-9).sum(), (ahead < -1e-9).sum())]
        told[size] = (f"{ahead.mean():.1f} ± {ahead.std(ddof=1):.1f} points", *counts, f"{forgot:.1f}")
    for control in ("fewer units", "weight decay"):
        apart = 100 * np.subtract(*(np.mean(race["1000"][name]["tested"]) for name in (control, "nothing")))
        assert abs(apart) < 0.1, "the page says that controls are within 0.1 points of nothing"
        learned = [np.mean(race["1000"][name]["trained"]) for name in (control, "nothing")]
        assert learned[0] > learned[1] - 0.001, "it learned its digits as well as nothing did"
    assert race["1000"]["weight decay"]["setting"] == min(kept["settings"]["weight decay"]), "the mildest"
    assert race["1000"]["fewer units"]["setting"] == max(kept["settings"]["fewer units"]), "the mildest"
    rates = {name: run["rate"] for name, run in race["1000"].items()}
    assert rates == {"nothing": 0.03, "dropout": 0.1, "weight decay": 0.03, "fewer units": 0.1}
    assert set(race["100"]["dropout"]["trained"]) == {1}, "with 100, all are right in the end"
    (few, wins, losses, lost), (more, more_wins, more_losses, more_lost) = told["100"], told["1000"]
    guessed, mixed = np.mean(page["guessed"]), np.mean(page["guessed_mixed"])
    (one, halves, thirds), (least, _) = page["losses"], page["two"]
    assert not unsaid(
        PAGE,
        f"The weights 1 and 0 cost {one:g}, two halves cost {halves:g}, "
        "and the minimum is at two thirds in all: "
        f"$w_0 = w_1 = {least:.3f}$, with a loss of {thirds:.3f}.",
        f"the output is now {page['two_sum']:.3f}, not 1.",
        f"With 1,000 digits dropout is ahead by {more}, in {more_wins} of ten seeds, "
        f"and behind in {more_losses}.",
        f"With 100 digits dropout is ahead by {few}, in {wins} seeds, and behind in {losses}:",
        f"you lose more than it gained: {lost} points with 100 digits, {more_lost} with 1,000.",
        f"This crude guess explains {100 * guessed:.0f} % of the variance.",
        f"the guess is worse than the map's mean (−{-100 * mixed:.0f} %)",
        f"reaches {100 * page['from_channels']:.0f} % on average",
        f"The mean of the eight probabilities of the first class is {page['arithmetic'][0]:.3f}. "
        f"The one pass says {page['once'][0]:.3f}.",
        f"on 1,000 digits by {more.split()[0]} points, on 100 the seeds do not settle it",
    )


@pytest.mark.parametrize("size", [100, 1000])
@pytest.mark.parametrize("seed", [0, 7, 10])
def test_the_experiments_divisions_share_no_digit(seed: int, size: int) -> None:
    """Each digit is in one part at most. Some are there twice, so they are counted, with their labels."""
    images, labels = data.digits()
    whole = Counter((x.tobytes(), label) for x, label in zip(images, labels, strict=True))
    parts = script("dropout_or_not").divide(seed, size)
    assert [len(x) for x, _ in parts] == [size, 297, 500]
    taken = Counter((row.tobytes(), label) for x, given in parts for row, label in zip(x, given, strict=True))
    assert taken <= whole
    assert size < 1000 or taken == whole, "with 1,000 to learn from, all 1,797 digits are used"


@pytest.mark.slow
@pytest.mark.parametrize("entry", ["nothing", "dropout", "weight decay", "fewer units"])
def test_a_seed_of_the_experiment_again(entry: str) -> None:
    made, kept = script("dropout_or_not"), experiment("dropout_or_not")
    run = kept["race"]["100"][entry]
    found = made.train(entry, run["rate"], run["setting"], kept["seeds"][0], 100)
    assert found.tested == pytest.approx(run["tested"][0], abs=0.02)
    assert found.trained == pytest.approx(run["trained"][0], abs=0.02)
