"""What the chapter on partial convolution says of its experiment, and the networks that it trained."""

import numpy as np
import pytest

from convnet import functional as F
from coursekit.experiments import experiment
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "advanced/partial"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_what_the_experiment_says_is_what_it_found(page) -> None:
    runs = experiment("inpainting")["runs"]
    decibels = {kind: -10 * np.log10(run["all"]) for kind, run in runs.items()}
    ahead = {kind: decibels["partial"] - each for kind, each in decibels.items()}
    ordinary = ("zeros", "mean", "zeros and mask")
    assert all((ahead[kind] > 0).all() and ahead[kind].size == 5 for kind in ordinary)
    assert (ahead["averaged"] < 0).all()
    assert all((decibels["averaged"] > decibels[kind]).all() for kind in runs if kind != "averaged")
    both = {kind: runs[kind]["all"] + runs[kind]["other rate"] for kind in ("partial", *ordinary)}
    assert [len(each) for each in both.values()] == [10] * 4
    assert max(both["partial"]) < min(min(both[kind]) for kind in ordinary)
    assert abs(ahead["equal weights"].mean()) < ahead["equal weights"].std(ddof=1)
    grey = {kind: np.mean(run["by distance"], axis=0) for kind, run in runs.items()}
    smaller = grey["equal weights"] < grey["partial"]
    assert smaller.tolist() == [True, False, False, False], "put back: better at the edge, worse inside"
    bare = "equal weights, nothing put back"
    assert (ahead[bare] < 0).all()
    dark = {kind: 255 * np.mean(run["too bright"], axis=0)[3] for kind, run in runs.items()}

    def far(kind: str, sign: int = 1) -> str:
        return f"{sign * ahead[kind].mean():.1f} ± {ahead[kind].std(ddof=1):.1f} dB"

    seconds = np.mean(runs["partial"]["seconds"]) / np.mean(runs["zeros"]["seconds"])
    assert not unsaid(
        PAGE,
        f"of the one with zeros by {far('zeros')}, "
        f"and of the one that gets the mask as a channel by {far('zeros and mask')}",
        f"the partial one by {far('averaged', -1)}",
        "With known pixels put back after each layer, "
        f"they come within {far('equal weights')} of the trained ones, "
        "better at the edges of holes and worse inside.",
        "With nothing put back, as in the trained network, "
        f"they are ahead of it in all five seeds, by {far(bare, -1)}.",
        f"too dark, by {-dark['zeros']:.1f} grey levels",
        f"cures that: {-dark['mean']:.1f} are left",
        f"with {decibels['mean'].mean():.1f} dB after {decibels['zeros'].mean():.1f}",
        f"take {seconds:.1f} times as long",
    )
    assert runs["partial"]["parameters"] == runs["zeros"]["parameters"] == runs["mean"]["parameters"]
    assert runs["zeros and mask"]["parameters"] - runs["zeros"]["parameters"] == 9 * 12


def test_the_first_three_networks_start_from_the_same_weights_and_the_last_from_others() -> None:
    net = script("inpainting")
    first, *others = ([one.data for one in net.Filler(kind).initialize(0).parameters()] for kind in net.KINDS)
    same = [[np.array_equal(one, two) for one, two in zip(first, other, strict=True)] for other in others]
    assert same == [[True] * 12, [True] * 12, [False] * 12]


@pytest.mark.parametrize(
    "name", ["mean of all known pixels", "equal weights", "equal weights, nothing put back"]
)
def test_a_way_without_training_again(name: str) -> None:
    net, kept = script("inpainting"), experiment("inpainting")["runs"][name]
    task = net.task(net.TESTED, 1)
    found = net.errors(net.UNTRAINED[name](*task), *task)
    for key, numbers in found.items():
        np.testing.assert_allclose(numbers, kept[key][1], rtol=1e-3, atol=1e-5)


def test_a_network_of_the_experiment_is_a_right_layer_after_layer() -> None:
    """Its gradient, by finite differences, through a hole that closes; in doubles, for ReLU has corners."""
    net, kinds = script("inpainting"), {}
    for kind in net.KINDS:
        filler = net.Filler(kind).initialize(seed=1).to(dtype="float64")
        rng = np.random.default_rng(0)
        x, mask = rng.random((2, 1, 9, 9)), np.ones((2, 1, 9, 9))
        mask[:, :, 3:6, 2:7] = 0
        filler.backward(filler.forward(x, mask) - x)
        weight = filler.layers[2].weight
        place, eps, values = (3, 2, 1, 1), 1e-6, []
        for sign in (1, -1):
            weight.data[place] += sign * eps
            values.append(0.5 * ((filler.forward(x, mask) - x) ** 2).sum())
            weight.data[place] -= sign * eps
        kinds[kind] = weight.grad[place], (values[0] - values[1]) / (2 * eps)
    assert all(got == pytest.approx(wanted, rel=1e-4, abs=1e-7) for got, wanted in kinds.values()), kinds


def test_the_experiments_masks_grow_as_the_layers_do_and_close() -> None:
    net = script("inpainting")
    mask = net.holes(40, 36, np.random.default_rng(0))
    expected = F.partial_conv2d_forward(mask, np.ones((1, 1, 3, 3), np.float32), None, mask, padding=1)[
        1
    ].new_mask
    np.testing.assert_array_equal(net.grown(mask), expected)
    assert net.distances(mask).max() <= net.LAYERS


@pytest.mark.slow
def test_a_run_of_the_experiment_repeats() -> None:
    net, kept = script("inpainting"), experiment("inpainting")["runs"]["partial"]
    _, found, _ = net.run(("partial", kept["rate"], 0))
    assert found["all"] == pytest.approx(kept["all"][0], rel=0.05)
