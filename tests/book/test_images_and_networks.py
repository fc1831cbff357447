"""Images and networks: what a network is bound to, the experiment `anywhere`, and the estimates."""

from typing import Any

import numpy as np
import pytest

from convnet import functional, models, nn, plain
from convnet.nn import summary
from coursekit import data
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "architectures/images-and-networks"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def means(what: str) -> dict[str, float]:
    """Mean over the seeds of each network, in percent."""
    return {name: 100 * float(np.mean(run[what])) for name, run in experiment("anywhere")["runs"].items()}


def even_and_odd(places: np.ndarray) -> tuple[float, float]:
    """Mean accuracy, away from the border, where both moves are even, and where both are odd, in percent."""
    return 100 * places[2:15:2, 2:15:2].mean(), 100 * places[1:16:2, 1:16:2].mean()


def test_weights_of_black_pixels_never_move(page) -> None:
    """By the experiment's own training."""
    made = script("anywhere")
    digits, labels, *_ = made.divided(0)
    start = made.network("perceptron")
    start.initialize(seed=0)
    before = next(iter(start.parameters())).data
    net = made.train(made.SETTINGS["perceptron, middle"], 0.01, 0, digits, labels, stop=50)
    after = next(iter(net.parameters())).data
    still = np.all(before == after, axis=0).reshape(24, 24)
    ink = made.put(digits, made.middle(len(digits))).max(axis=0)[0] > 0
    assert still[~ink].all()
    assert not still[ink].any()
    assert page["still_outside"] == page["outside"] == 24**2 - 8**2
    assert page["moved_inside"] == 64 - page["black"]
    assert not unsaid(
        PAGE,
        f"The weights of {page['moved_inside']} pixels have moved, all of them in the middle. "
        f"(Its {page['black']} other pixels are black in all of the 200 digits.)",
    )


def test_places_of_the_experiment() -> None:
    made, rng = script("anywhere"), np.random.default_rng(0)
    digits, _ = data.digits()
    some = digits[:60]
    there = made.elsewhere(60, rng)
    home, away = made.put(some, made.middle(60)), made.put(some, there)
    assert home.shape == (60, 1, 24, 24)
    np.testing.assert_allclose(home.sum(axis=(1, 2, 3)), away.sum(axis=(1, 2, 3)), rtol=1e-5)
    square = np.zeros((24, 24), bool)
    square[8:16, 8:16] = True
    for row, column in there:
        other = np.zeros((24, 24), bool)
        other[row : row + 8, column : column + 8] = True
        assert not (square & other).any()
    all_places = made.drawn(5000, rng)
    assert len({tuple(place) for place in all_places}) == 17**2


@pytest.mark.parametrize("seed", range(3))
def test_the_largest_network_moves_along_by_the_stride_and_not_by_less(seed: int) -> None:
    """Within the border: moves by 2 leave its output as it is, moves by 1 do not."""
    made = script("anywhere")
    net = made.network("largest")
    net.initialize(seed=seed)
    digits, _ = data.digits()
    some = digits[:20]
    base = net(made.put(some, made.middle(20)))
    for row, column in ((10, 8), (6, 8), (10, 6)):  # no window with a part of the digit leaves the canvas
        moved = net(made.put(some, np.full((20, 2), (row, column))))
        np.testing.assert_allclose(moved, base, atol=1e-4)
    for row, column in ((9, 8), (8, 7), (9, 9)):
        moved = net(made.put(some, np.full((20, 2), (row, column))))
        assert np.abs(moved - base).max() > 0.01


def test_without_a_stride_global_max_pooling_is_invariant(page) -> None:
    rng = np.random.default_rng(1)
    kernels = rng.normal(size=(5, 1, 3, 3))
    digits, _ = data.digits()

    def largest(row: int, column: int) -> np.ndarray:
        canvas = np.zeros((1, 1, 24, 24))
        canvas[0, 0, row : row + 8, column : column + 8] = digits[5, 0]
        maps = plain.relu(plain.conv2d(canvas, kernels, padding=1))
        return plain.global_max_pool2d(maps)

    for row, column in ((1, 1), (15, 1), (7, 12)):
        np.testing.assert_allclose(largest(row, column), largest(8, 8), atol=1e-12)
    assert page["same"] == page["by_two"] == 0
    assert page["by_one"] > 0.001


@pytest.mark.parametrize(("layers", "windows", "share"), [(1, 10, 6), (2, 8, 2)])
def test_how_much_an_average_dilutes(layers: int, windows: int, share: int) -> None:
    """Numbers of a map that see a digit in the middle: after one convolution, and in the third network."""
    seen = np.pad(np.ones((1, 1, 8, 8)), ((0, 0), (0, 0), (8, 8), (8, 8)))
    for layer in range(layers):
        seen = plain.conv2d(plain.max_pool2d(seen, 2, 2) if layer else seen, np.ones((1, 1, 3, 3)), padding=1)
    assert (seen > 0).sum() == windows**2
    assert round(seen.size / windows**2) == share


def test_test_digits_that_chose_the_rate_are_a_fifth() -> None:
    made, digits = script("anywhere"), data.digits()[0]

    def order(seed: int) -> np.ndarray:
        return np.random.default_rng(seed).permutation(len(digits))

    np.testing.assert_array_equal(made.divided(0)[2], digits[order(0)[made.LEARNED :]])
    held = np.concatenate([order(seed)[: made.HELD] for seed in made.TUNING])
    shares = [np.isin(order(seed)[made.LEARNED :], held).mean() for seed in made.SEEDS]
    assert 0.19 < min(shares) < max(shares) < 0.23


def test_frozen_kernels_stay() -> None:
    made = script("anywhere")
    digits, labels, *_ = made.divided(0)
    start = made.network("frozen")
    start.initialize(seed=0)
    net = made.train(made.SETTINGS["largest, middle, frozen kernels"], 0.01, 0, digits, labels, stop=3)
    for number, (old, new) in enumerate(zip(start.parameters(), net.parameters(), strict=True)):
        assert np.array_equal(old.data, new.data) == (number < 4)


def test_the_experiment_says_what_the_page_says(page) -> None:
    kept = experiment("anywhere")
    middle, away = means("middle"), means("elsewhere")
    for name, run in kept["runs"].items():
        assert page["middle"][name] == pytest.approx(middle[name])
        assert page["elsewhere"][name] == pytest.approx(away[name])
        rates, scores = kept["rates"], np.mean(run["tried"], axis=1)
        assert run["rate"] == rates[int(scores.argmax())]
        # The picture of all places and the two numbers are of the same networks.
        assert 100 * run["places"][8][8] == pytest.approx(middle[name], abs=3)
    # What the page concludes, seed by seed.
    runs = kept["runs"]
    for flat in ("perceptron, middle", "flattened, middle"):
        assert max(runs[flat]["elsewhere"]) < 0.2
        assert min(runs["largest, middle"]["elsewhere"]) > 0.7
    even, odd = even_and_odd(np.array(runs["largest, middle"]["places"]))
    assert even > middle["largest, middle"] - 2
    assert odd < even - 30
    places = np.array(runs["largest, middle"]["places"])
    for one in (places[1:16:2, 2:15:2], places[2:15:2, 1:16:2]):
        assert odd + 20 < 100 * one.mean() < even - 10, "cells with one odd move are between"
    assert min(places[row, column] for row in (0, 16) for column in (0, 16)) > 0.85, "it reads in the corners"
    even, odd = even_and_odd(np.array(runs["largest, anywhere"]["places"]))
    assert abs(even - odd) < 2, "trained anywhere there is no chessboard"
    later = [
        away["perceptron, anywhere" + more] for more in ("", ", 4 times the steps", ", 16 times the steps")
    ]
    assert later == sorted(later)


def test_sentences() -> None:
    runs = experiment("anywhere")["runs"]
    middle, away = means("middle"), means("elsewhere")
    places = {name: np.array(run["places"]) for name, run in runs.items()}
    even, odd = even_and_odd(places["largest, middle"])
    beside = {
        name: 100 * np.mean([each[7, 8], each[9, 8], each[8, 7], each[8, 9]]) for name, each in places.items()
    }
    perceptron, flat, largest = (f"{name}, middle" for name in ("perceptron", "flattened", "largest"))
    later = [
        away["perceptron, anywhere" + more] for more in ("", ", 4 times the steps", ", 16 times the steps")
    ]
    frozen = "largest, middle, frozen kernels"
    gamble = sorted(runs["flattened, anywhere"]["elsewhere"])
    assert not unsaid(
        PAGE,
        f"all three are alike: {middle[perceptron]:.1f} %, {middle[flat]:.1f} % and {middle[largest]:.1f} %.",
        f"the perceptron has {away[perceptron]:.1f} %.",
        f"And the network with two convolutions? {away[flat]:.1f} %, no better.",
        f"one pixel away from the middle it has {beside[flat]:.1f} %, and the perceptron "
        f"{beside[perceptron]:.1f} %.",
        f"has {away[largest]:.1f} %, and its map is a chessboard.",
        f"an even number of pixels both ways are read as in the middle, {even:.1f} %. "
        f"Where both moves are odd it is {odd:.1f} %.",
        f"has {away[frozen]:.1f} % elsewhere and {middle[frozen]:.1f} % in the middle",
        f"the chessboard is gone: {away['largest, anywhere']:.1f} % elsewhere.",
        f"After 400 steps it has {later[0]:.1f} %, after four times as many {later[1]:.1f} %, after sixteen "
        f"times as many {later[2]:.1f} %.",
        f"better than the third network that never saw a digit there, {away[largest]:.1f} %, "
        "and worse than the same network in 400 steps with digits anywhere, "
        f"{away['largest, anywhere']:.1f} %",
        f"The flattened network that learns anywhere has {away['flattened, anywhere']:.1f} % after 400 steps",
        "in two seeds it has about 75 %, in three it hardly got going "
        f"({100 * gamble[0]:.0f} to {100 * gamble[2]:.0f} %).",
        "(In five of the nine rows below this is the largest",
    )
    assert away[largest] < later[2] < away["largest, anywhere"]
    assert gamble[2] < 0.25
    assert gamble[3:] == pytest.approx([0.75, 0.75], abs=0.01)
    assert [run["rate"] for run in runs.values()].count(max(experiment("anywhere")["rates"])) == 5
    assert len(runs) == 9


def test_estimates(page) -> None:
    kept = experiment("anywhere")
    forward = summary(models.alexnet(), (3, 224, 224)).multiply_adds
    work = 3 * forward * page["published"]["training"] * 90
    rate = kept["core"]["multiply-adds a second"]
    days, cards = work / rate / 86_400, work / (5.5 * 86_400)
    assert (page["work"], page["days"], page["cards"]) == pytest.approx((work, days, cards))
    assert 1e9 < rate < 1e12, "a core of today does thousands of millions a second"
    assert not unsaid(
        PAGE,
        f"does {rate / 1e9:.1f} billion multiply-adds a second",
        f"It would take {days:.0f} days.",
        f"did {cards / 1e9:.0f} billion multiply-adds a second, {cards / rate:.0f} times as many as our core",
    )


def test_backward_is_about_two_forwards() -> None:
    """A convolution's backward pass: as many multiply-adds for the weights' gradient as for the input's."""
    x, w = np.ones((1, 3, 6, 6)), np.ones((4, 3, 3, 3))
    y, cache = functional.conv2d_forward(x, w)
    by_x, by_w = functional.conv2d_backward(np.ones_like(y), cache)[:2]
    # Each counts how often its numbers are used: all ones, so sums count products.
    assert by_x.sum() == by_w.sum() == y.sum()


def test_the_exercises(page) -> None:
    net = nn.Sequential(nn.Flatten(), nn.Linear(576, 128), nn.ReLU(), nn.Linear(128, 10))
    count = summary(net, (1, 24, 24)).parameters
    assert page["all_of_them"] == count == experiment("anywhere")["runs"]["perceptron, middle"]["parameters"]
    assert page["sleeping"] == pytest.approx([512 * 128, 512 * 128 / count])
    assert page["bits"][0] == pytest.approx(np.log2(1000))
    assert page["solved"] == "right"


def test_visible_code_runs_alone() -> None:
    scope: dict[str, Any] = {"np": np, "plain": plain, "models": models, "data": data}
    for cell in chapter(PAGE).cells:
        if cell.visible and not cell.exercise and "moved" not in cell.code:
            exec(cell.code, scope)
    assert scope["middle"].shape == scope["corner"].shape == (1, 1, 24, 24)
    assert np.array_equal(scope["here"], scope["there"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["perceptron, middle", "largest, middle"])
def test_a_seed_of_anywhere_again(name: str) -> None:
    made, kept = script("anywhere"), experiment("anywhere")
    run = kept["runs"][name]
    middle, away, _ = made.run(made.SETTINGS[name], run["rate"], kept["seeds"][0])
    assert middle == pytest.approx(run["middle"][0], abs=0.02)
    assert away == pytest.approx(run["elsewhere"][0], abs=0.1)
