"""Augmentation: what the page says of orders and labels, and the experiment that it reads."""

import numpy as np
import pytest
import torch

from convnet import plain
from coursekit import data
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "regularization/augmentation"
KEPT = {"shifts", "rotations", "brightness", "cutout", "rotations and shifts", "all four"}
BROKEN = {"flips", "half turns"}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown_augment():
    scope = {"np": np, "plain": plain}
    for cell in chapter(PAGE).cells:
        if cell.visible and cell.code.startswith("def augment"):
            exec(cell.code, scope)
    return scope["augment"]


def test_the_shown_combination_draws_each_of_fifty_pictures(page) -> None:
    """All of them and no other, equally often; the order makes no difference to what is drawn."""
    picture = np.random.default_rng(0).random((1, 1, 6, 6)) + 1
    many, rng = np.repeat(picture, 20_000, axis=0), np.random.default_rng(1)
    before = many.copy()
    found, counts = np.unique(shown_augment()(many, rng).reshape(len(many), -1), axis=0, return_counts=True)
    np.testing.assert_array_equal(many, before)
    tensor = torch.tensor(picture)
    wanted = {
        torch.nn.functional.pad(start, (right, -right, down, -down)).numpy().tobytes()
        for start in (tensor, tensor.flip(3))
        for down in range(-2, 3)
        for right in range(-2, 3)
    }
    assert {one.reshape(1, 1, 6, 6).tobytes() for one in found} == wanted
    assert page["variants"] == len(wanted) == 50
    assert np.abs(counts - 400).max() < 100, "five standard deviations"
    other_order = {
        torch.nn.functional.pad(tensor, (right, -right, down, -down)).flip(3).numpy().tobytes()
        for down in range(-2, 3)
        for right in range(-2, 3)
    }
    assert other_order <= wanted


def test_which_orders_matter(page) -> None:
    assert page["brightness_commutes"]
    assert not page["flip_commutes"]
    assert page["flip_and_back"]
    assert not page["cutout_commutes"]
    assert page["versions"] == [490, 245]
    assert page["solved"] == "right"


def test_half_a_turn_makes_nines_of_sixes() -> None:
    """The digit most alike, among others, to a turned six is a nine more often than anything else."""
    images, labels = data.digits()
    flat = images.reshape(len(images), -1).astype(float)
    turned = images[labels == 6][:, :, ::-1, ::-1].reshape(-1, 64).astype(float)
    apart = (flat**2).sum(axis=1) - 2 * turned @ flat.T
    assert np.bincount(labels[apart.argmin(axis=1)], minlength=10).argmax() == 9


def test_the_experiment_says_what_the_page_says(page) -> None:
    kept = experiment("augmentation")["runs"]
    for name, each in kept.items():
        for what, values in each.items():
            assert page[what][name] == pytest.approx(100 * np.mean(values))
        apart = 100 * (np.array(each["tested"]) - kept["nothing"]["tested"])
        assert page["ahead tested"][name][0] == pytest.approx(apart.mean())
        assert page["ahead tested"][name][1] == pytest.approx(apart.std(ddof=1) / np.sqrt(len(apart)))
        assert page["gained"][name] == pytest.approx(
            100 * (np.mean(each["averaged"]) - np.mean(each["tested"]))
        )


def test_sentences_say_what_was_found() -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs."""
    found = experiment("augmentation")
    kept = found["runs"]
    mean = {
        name: {what: 100 * np.mean(values) for what, values in each.items()} for name, each in kept.items()
    }
    long, both = "nothing, three times the steps", "rotations and shifts"

    def cost(name: str, of: str = "nothing") -> str:
        return f"{mean[of]['tested'] - mean[name]['tested']:.1f}"

    def gain(name: str) -> float:
        return mean[name]["averaged"] - mean[name]["tested"]

    assert mean["nothing"]["trained"] == 100
    (twice,) = (name for name in kept if "twice" in name)
    assert not unsaid(
        PAGE,
        f"A network with {found['units']} hidden units takes {found['steps']} steps.",
        f"cutout costs {cost('cutout')} points and shifts {cost('shifts')}.",
        f"without augmentation it stays at {mean[long]['tested']:.1f} %.",
        f"it has {mean['shifts']['trained']:.1f} % of its own training digits right, "
        "where the control has all of them.",
        f"from {cost(both)} points down to {cost(f'{both}, three times the steps', long)}, against",
        f"Twice the pictures, by contrast, is worth {-float(cost(twice)):.1f} points.",
        f"falls from {mean['nothing']['tested']:.1f} % to {mean['nothing']['shifted']:.1f} %. "
        f"With shifts it has {mean['shifts']['shifted']:.1f} %.",
        f"Whether that is worth {cost('shifts')} points",
        f"Half turns take the classes 6 and 9 from {mean['nothing']['six and nine']:.1f} % "
        f"to {mean['half turns']['six and nine']:.1f} %, "
        f"flips leave them at {mean['flips']['six and nine']:.1f} %, but cost {cost('flips')} points",
        f"trained with shifts gains {gain('shifts'):.1f} points.",
        f"never saw shifted digits *loses* {-gain('nothing'):.1f}.",
    )


def test_what_the_page_claims_holds_for_each_seed() -> None:
    kept = {
        name: {what: np.array(values) for what, values in each.items()}
        for name, each in experiment("augmentation")["runs"].items()
    }
    nothing = kept["nothing"]
    assert KEPT | BROKEN | {"nothing"} == {name for name in kept if "," not in name}
    for name in ("shifts", "rotations and shifts", "all four"):
        assert (kept[name]["shifted"] > nothing["shifted"] + 0.3).all()
        assert (kept[name]["tested"] < nothing["tested"]).all()
        assert (kept[name]["averaged"] > kept[name]["tested"]).all()
    for name in ("nothing", "rotations", "brightness", "cutout"):
        assert (kept[name]["averaged"] < kept[name]["tested"] - 0.1).all()
    for name in BROKEN:
        assert (kept[name]["tested"] < nothing["tested"]).all()
    assert kept["half turns"]["six and nine"].mean() < kept["flips"]["six and nine"].mean() - 0.03


def test_training_and_test_digits_of_the_experiment_differ() -> None:
    made = script("augmentation")
    for seed in range(3):
        few, tests = made.split(seed, made.FEW)
        more, again = made.split(seed, 2 * made.FEW)
        assert set(few) <= set(more)
        assert not set(more) & set(tests)
        np.testing.assert_array_equal(tests, again)
        assert np.bincount(data.digits()[1][few]).tolist() == [made.FEW // 10] * 10


def test_steps_of_the_experiment_are_torchs() -> None:
    """Ten steps without augmentation, the same batches, by torch's autograd and gradient descent."""
    made, (images, labels) = script("augmentation"), data.digits()
    x, chosen = images.astype(float), made.split(0, made.FEW)[0]
    weights, losses = made.train(x[chosen], labels[chosen], (), 0, 10)
    tensors = [torch.tensor(w, requires_grad=True) for w in made.draw(np.random.default_rng([0, 1]))]
    optimizer = torch.optim.SGD(tensors, lr=made.RATE)
    rng, order = np.random.default_rng([0, 2]), np.empty(0, int)
    for step in range(10):
        if len(order) < made.BATCH:
            order = rng.permutation(len(chosen))
        some, order = order[: made.BATCH], order[made.BATCH :]
        z = torch.tensor(x[chosen][some]).flatten(1)
        for place, w in enumerate(tensors):
            z = torch.nn.functional.linear(z, w[:, 1:], w[:, 0])
            z = torch.relu(z) if place == 0 else z
        loss = torch.nn.functional.cross_entropy(z, torch.tensor(labels[chosen][some]))
        assert loss.item() == pytest.approx(losses[step], rel=1e-9)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    for mine, theirs in zip(weights, tensors, strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nothing", "shifts"])
def test_a_run_of_the_experiment_again(name: str) -> None:
    made, kept = script("augmentation"), experiment("augmentation")["runs"][name]
    found = made.run((name, 0))
    for what in ("tested", "shifted", "averaged"):
        assert found[what] == pytest.approx(kept[what][0], abs=0.02), what
