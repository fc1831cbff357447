"""What the experiment on bent digits found, what its controls are, and what the page says of it."""

import numpy as np
import pytest

from convnet import arithmetic, optim
from coursekit import data
from coursekit.experiments import experiment
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "advanced/deformable"
EQUAL = {
    "plain, wider (v1)": "deformable v1",
    "plain, 5 × 5": "deformable v1",
    "plain, wider (v2)": "deformable v2",
}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def made():
    return script("warped_digits")


@pytest.fixture(scope="module")
def kept():
    return experiment("warped_digits")


def right(kept, kind: str) -> np.ndarray:
    """Accuracy on test digits in percent, one for each seed."""
    return 100 * np.array(kept["runs"][kind]["tested"])


def test_equal_parameters_and_controls(made, kept) -> None:
    """Counts differ by less than two in a hundred."""
    counts = kept["parameters"]
    assert counts == {kind: made.parameters(kind) for kind in made.KINDS}
    for plain, deformable in EQUAL.items():
        assert counts[plain] / counts[deformable] == pytest.approx(1, abs=0.02)
    assert counts["deformable v1"] - counts["plain"] == arithmetic.conv_parameters(8, 18, 3)
    assert counts["deformable v2"] - counts["plain"] == arithmetic.conv_parameters(8, 27, 3)
    assert counts["constant offsets"] - counts["plain"] == 18


def test_frozen_at_zero_it_is_the_plain_network(made) -> None:
    """Offsets that may not move change nothing, forward and backward, for several steps of training."""
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(20, 1, 16, 16)).astype(np.float32), rng.integers(0, 10, 20)
    still, plain = made.network("deformable v1", 0), made.network("plain", 0)
    frozen = still[2].conv
    for place in (0, 4, 7):
        for one, other in zip(plain[place].parameters(), still[place].parameters(), strict=True):
            one.data[:] = other.data
    plain[2].weight.data[:], plain[2].bias.data[:] = frozen.weight.data, frozen.bias.data
    own = [one for place in (0, 4, 7) for one in still[place].parameters()] + list(frozen.parameters())
    steps = [optim.Adam(own, lr=0.01), optim.Adam(plain.parameters(), lr=0.01)]
    for _ in range(5):
        for network, adam in zip((still, plain), steps, strict=True):
            network.zero_grad()
            made.step(network, x, labels)
            adam.step()
        np.testing.assert_allclose(still(x), plain(x), rtol=1e-3, atol=1e-4)


def test_constant_offsets_are_the_same_everywhere_and_others_are_others(made, kept) -> None:
    x, labels, tests, _ = made.split(0)
    constant = made.train("constant offsets", x[:200], labels[:200], 0, 0.01, steps=20)
    maps = np.maximum(constant[0](tests[:6]), 0)
    drawn = constant[2].offset(maps)
    assert np.ptp(drawn, axis=(0, 2, 3)).max() == 0 < np.abs(drawn).max()
    assert kept["runs"]["constant offsets"]["others"] == kept["runs"]["constant offsets"]["tested"]
    moving = made.train("deformable v1", x[:200], labels[:200], 0, 0.01, steps=20)
    middle = moving[2]
    plainly = middle(maps)
    middle.others = True
    assert np.abs(middle(maps) - plainly).max() > 1e-4


def test_no_digit_is_on_both_sides(made) -> None:
    for seed in (*made.SEEDS, *made.TUNING_SEEDS):
        rng = np.random.default_rng([seed, 1])
        order = rng.permutation(1797)
        _, labels, _, right = made.split(seed) if seed == 0 else (None, None, None, None)
        if seed == 0:
            known = data.digits()[1]
            np.testing.assert_array_equal(labels, np.tile(known[order[: made.TRAINING]], made.COPIES))
            np.testing.assert_array_equal(right, known[order[made.TRAINING :]])
        assert not set(order[: made.TRAINING]) & set(order[made.TRAINING :])


def test_bent_digits_keep_their_ink_and_differ(made) -> None:
    images = data.digits()[0][:50]
    bent = made.warped(np.repeat(images[:1], 50, axis=0), np.random.default_rng(0))
    assert bent.shape == (50, 1, 16, 16)
    assert 0 <= bent.min() <= bent.max() <= 1 + 1e-6
    assert len({one.tobytes() for one in bent}) == 50
    ink = bent.sum(axis=(1, 2, 3)) / (4 * images[0].sum())
    assert 0.6 < ink.mean() < 1.4


def test_every_kind_has_the_best_of_its_rates(made, kept) -> None:
    for kind, tried in kept["tuning"].items():
        best = max(tried, key=lambda rate: sum(tried[rate]))
        assert kept["rates"][kind] == float(best)
        assert set(map(float, tried)) == set(made.RATES)


def apart(kept, kind: str, of: str) -> tuple[float, float, int]:
    each = right(kept, kind) - right(kept, of)
    return each.mean(), each.std(ddof=1) / np.sqrt(len(each)), int((each > 0).sum())


def test_sentences_say_what_was_found(page, kept) -> None:
    moves, sure, seeds = apart(kept, "deformable v1", "plain")
    assert seeds == 5
    assert moves > 3 * sure, "the movement helps"
    constant, about, _ = apart(kept, "constant offsets", "plain")
    assert abs(constant) < about, "a constant one, as training finds it, does not"
    still, moving = (np.mean(kept["runs"][kind]["moved"]) for kind in ("constant offsets", "deformable v1"))
    assert still < moving / 10, "so that does not show that no fixed shape would help"
    square = apart(kept, "plain, 5 × 5", "plain")
    beside = apart(kept, "deformable v1", "constant offsets")
    assert beside[2] == 5
    assert beside[0] > 3 * beside[1]
    wider, five = (apart(kept, "deformable v1", of) for of in ("plain, wider (v1)", "plain, 5 × 5"))
    both = apart(kept, "plain, wider (v2)", "deformable v2")
    second = apart(kept, "deformable v1", "deformable v2")
    for ahead, error, _ in (wider, five, both, second):
        assert 0 < ahead < 3 * error, "open"
    spread = {kind: right(kept, kind).std(ddof=1) for kind in kept["runs"]}
    assert min(spread["plain, 5 × 5"], spread["plain, wider (v2)"]) > 1.7 * max(
        spread["deformable v1"], spread["deformable v2"]
    )
    assert sorted(spread, key=spread.__getitem__)[-2:] == ["plain, wider (v2)", "plain, 5 × 5"]
    assert min(spread, key=spread.__getitem__) == "plain, wider (v1)"
    own, others = (100 * np.mean(kept["runs"]["deformable v1"][what]) for what in ("tested", "others"))
    slower = {
        kind: np.median(np.divide(kept["milliseconds"][kind], kept["milliseconds"][of]))
        for kind, of in (("deformable v1", "plain, wider (v1)"), ("deformable v2", "plain, wider (v2)"))
    }
    assert {round(ratio) for ratio in slower.values()} == {4}
    assert page["slower"] == pytest.approx(slower)
    assert not unsaid(
        PAGE,
        f"ahead of the same layer without it by {moves:.1f} ± {sure:.1f} points",
        f"Constant offsets bring {constant:.1f} ± {about:.1f}: "
        f"training moved them by {still:.2f} pixels on average, those of version 1 by {moving:.2f}.",
        f"kernels are {square[0]:.1f} ± {square[1]:.1f} points ahead of",
        f"version 1 falls from {own:.1f} to {others:.1f} %.",
        f"Against 14 kernels, version 1 is ahead by {wider[0]:.1f} ± {wider[1]:.1f} points;",
        f"kernels by {five[0]:.1f} ± {five[1]:.1f}, and in two seeds of five.",
        f"Version 2 and 17 kernels are {both[0]:.1f} ± {both[1]:.1f} points apart, and the plain ones lead.",
        f"({second[0]:.1f} ± {second[1]:.1f} behind)",
        f"took {slower['deformable v1']:.1f} times as long as one of its plain counterpart with 14 kernels, "
        f"version 2 {slower['deformable v2']:.1f} times that of 17",
    )
    assert five[2] == 2


@pytest.mark.slow
def test_a_plain_run_of_the_experiment_again(made, kept) -> None:
    found = made.run("plain", 0, kept["rates"]["plain"])
    assert found["tested"] == pytest.approx(kept["runs"]["plain"]["tested"][0], abs=0.03)
