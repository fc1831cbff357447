"""The first training run: the step of a check, planted mistakes, and the run itself repeated by torch."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch.nn import functional

from coursekit import data
from coursekit.experiments import experiment
from tests.coursekit.test_experiments import script

PAGE = "networks/training"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_the_step_of_a_check(page) -> None:
    exponents, (wide, narrow) = np.array(page["exponents"]), np.log10(page["errors"])
    slope = np.polyfit(exponents[exponents >= -3], wide[exponents >= -3], 1)[0]
    assert slope == pytest.approx(2, abs=0.1), "truncation: a factor of 100 for each power of ten"
    for errors, chosen in ((wide, exponents <= -6), (narrow, (exponents >= -5) & (exponents <= -3))):
        assert np.polyfit(exponents[chosen], errors[chosen], 1)[0] == pytest.approx(-1, abs=0.15), "rounding"
    assert page["lowest"] == [-5, -2]
    assert page["best"][0] < 1e-9 < 1e-5 < page["best"][1] < 1e-3
    at_default = page["errors"][1][page["exponents"].index(-5)]
    mildest = min(np.mean(found["errors"]) for name, found in page["planted"].items() if name != "none")
    assert mildest / 2 < at_default < mildest, "in 32 bits a right gradient looks nearly like a wrong one"


def test_planted_mistakes(page) -> None:
    planted = page["planted"]
    assert len(planted) == 6
    assert max(planted["none"]["errors"]) < 1e-9, "less than a billionth"
    wrong = {name: found for name, found in planted.items() if name != "none"}
    assert min(min(found["errors"]) for found in wrong.values()) > 0.1
    # N times the gradient lies (N − 1) / (N + 1) away from it.
    np.testing.assert_allclose(planted["1/N forgotten"]["errors"], 19 / 21, rtol=1e-6)
    mean = {name: np.mean(found["accuracy"]) for name, found in planted.items()}
    chance = {name: np.std(found["accuracy"], ddof=1) for name, found in planted.items()}
    assert mean["1/N forgotten"] < 15
    assert mean["none"] - mean["slope forgotten"] == pytest.approx(3, abs=0.5)
    assert mean["none"] - mean["weights transposed, where square"] == pytest.approx(1, abs=0.5)
    for name in ("slope at z in place of a", "biases forgotten"):
        assert abs(mean[name] - mean["none"]) < max(chance[name], chance["none"])


def test_kinks_raise_false_alarms(page) -> None:
    shares = {name: np.array(found) for name, found in page["alarm_shares"].items()}
    assert (shares["tanh"] == 0).all()
    assert (np.diff(shares["ReLU"].mean(axis=1)) <= 0).all()
    assert shares["ReLU"][0].min() > 10
    assert (shares["ReLU"][-2:] == 0).all(), "none at the two smaller steps"


def network(rng: np.random.Generator, sizes: tuple[int, ...] = (64, 50, 10)) -> torch.nn.Sequential:
    """The page's network, with the weights that it draws."""
    layers: list[torch.nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layer = torch.nn.Linear(inputs, outputs).double()
        drawn = torch.tensor(rng.normal(size=(outputs, inputs)) * np.sqrt(2 / inputs))
        layer.load_state_dict({"weight": drawn, "bias": torch.zeros(outputs).double()})
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def train(made: torch.nn.Module, x: torch.Tensor, labels: torch.Tensor, epochs: int, rng) -> None:
    optimizer = torch.optim.SGD(made.parameters(), lr=0.5)
    for _ in range(epochs):
        for some in np.split(rng.permutation(len(x)), range(50, len(x), 50)):
            optimizer.zero_grad()
            functional.cross_entropy(made(x[some]), labels[some]).backward()
            optimizer.step()


def test_the_run_is_repeated_by_torch(page) -> None:
    """Same split, weights and batches: first loss, fifty pictures, and the first epochs of the curve."""
    images, labels = data.digits()
    x, target = torch.tensor(images.reshape(len(images), -1).astype(float)), torch.tensor(labels)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    seen, made = order[:1000], network(rng)
    start = [parameter.detach().clone() for parameter in made.parameters()]
    shuffled = torch.tensor(rng.permutation(labels[seen[:50]]))
    assert page["runs"][0]["start"] == pytest.approx(
        functional.cross_entropy(made(x[seen]), target[seen]).item()
    )

    def again() -> None:
        with torch.no_grad():
            for parameter, first in zip(made.parameters(), start, strict=True):
                parameter.copy_(first)

    for name, given in (("fifty", target[seen[:50]]), ("fifty shuffled", shuffled)):
        again()
        train(made, x[seen[:50]], given, 300, rng)
        scores = made(x[seen[:50]])
        assert page["runs"][0][name][0] == pytest.approx(
            functional.cross_entropy(scores, given).item(), rel=1e-6
        )
        assert (scores.argmax(dim=1) == given).all()
        assert page["runs"][0][name][1] == 100
    again()
    train(made, x[seen], target[seen], 60, rng)
    loss, right = functional.cross_entropy(made(x[seen]), target[seen]).item(), 0.0
    assert page["last"][0][0] == pytest.approx(loss, rel=1e-4)
    right = (made(x[order[1000:]]).argmax(dim=1) == target[order[1000:]]).double().mean().item()
    assert page["last"][0][3] == pytest.approx(100 * right, abs=0.3)
    assert page["missed"] == pytest.approx(797 * (1 - right), abs=2)
    assert f"twelve of the {page['missed']} pictures" in " ".join(page.text.split())
    train(made, x[seen], target[seen], 180, rng)
    for part, some in ((0, seen), (2, order[1000:])):
        again_loss = functional.cross_entropy(made(x[some]), target[some]).item()
        assert page["runs"][0]["longer"][part] == pytest.approx(again_loss, rel=1e-2)


def test_what_the_text_says_of_the_run(page) -> None:
    assert (page["digits"], page["seen"], page["unseen"]) == (1797, 1000, 797)
    assert all(run["small"] == pytest.approx(np.log(10), abs=0.005) for run in page["runs"])
    assert all(np.log(10) < run["start"] < 3 for run in page["runs"])
    seen, unseen = np.array(page["loss_seen"]), np.array(page["loss_unseen"])
    assert np.array(page["last"])[:, 1].min() == 100, "every picture of the training set"
    for row, part in ((seen, 0), (unseen, 2)):
        assert page["around_twenty"][part] == pytest.approx(row[15:25].mean())
        assert page["last_ten"][part] == pytest.approx(row[50:].mean())
    twenty, ten = np.array(page["around_twenty"]), np.array(page["last_ten"])
    assert ten[0] < twenty[0] / 4, "one keeps falling"
    assert 0.8 * twenty[2] < ten[2] < 0.9 * twenty[2], "the other only slowly"
    assert (unseen[0] - twenty[2]) / (seen[0] - twenty[0]) > 0.95, "until then they fell together"
    assert (twenty[2] - ten[2]) / (twenty[0] - ten[0]) == pytest.approx(0.5, abs=0.1), "now half as far"
    longer = np.array([run["longer"] for run in page["runs"]])
    np.testing.assert_allclose(page["longer"], longer.mean(axis=0))
    last = np.array(page["last"])
    assert (longer[:, 0] < last[:, 0] / 4).all()
    assert (longer[:, 2] > 1.05 * last[:, 2]).sum() == 2, (
        "overfitting: the test loss rises in two of the runs"
    )
    assert longer[:, 2].mean() == pytest.approx(0.114, abs=0.001)
    assert longer[:, 3].mean() == pytest.approx(last[:, 3].mean(), abs=0.05), "and hardly costs accuracy"
    np.testing.assert_allclose(page["final"], last.mean(axis=0))
    np.testing.assert_allclose(page["final_spread"], last.std(axis=0, ddof=1))
    for part, name in enumerate(("loss_seen", "accuracy_seen", "loss_unseen", "accuracy_unseen")):
        assert page[name][-1] == pytest.approx(page["final"][part]), name
    assert page["guessing"] == pytest.approx(np.log(10))
    assert page["fifty"][1] == page["fifty_shuffled"][1] == 100
    assert page["fifty"][2] > 75 > 20 > page["fifty_shuffled"][2]
    assert len(page["titles"]) == 12
    assert "0, said 4" in page["titles"], "the label of the figure names it"


def test_controls(page) -> None:
    """What the conclusion claims, and no more: read from the kept runs."""
    kept = experiment("digits_and_controls")
    assert len(kept["seeds"]) == 5
    unseen = {name: 100 * np.array(found)[:, 1] for name, found in kept["accuracy"].items()}
    net = unseen["network, 50 hidden units"]
    for name, found in unseen.items():
        lead = net - found
        np.testing.assert_allclose(page["ahead"][name], lead, atol=1e-9)
        assert page["ahead_mean"][name] == pytest.approx(lead.mean(), abs=1e-9)
        assert page["ahead_spread"][name] == pytest.approx(lead.std(ddof=1), abs=1e-9)
        assert page["accuracy"][name][1] == pytest.approx(found.mean())
        seen = 100 * np.array(kept["accuracy"][name])[:, 0]
        for column in (seen, found):
            assert f"{column.mean():.1f} ± {column.std(ddof=1):.1f}" in page.output
    lead = net - unseen["linear layer on pixels"]
    assert (lead >= 0).all()
    assert (lead == 0).sum() == 1, "in one of five runs it is not ahead at all"
    assert (net - unseen["50 frozen units"]).min() > 2
    assert (net - unseen["50 frozen units"]).mean() == pytest.approx(2.8, abs=0.05)
    done = 100 * np.array(kept["accuracy"]["50 frozen units"])[:, 0]
    assert done.mean() > 99, "they had the time that they need"
    assert abs(net - unseen["500 frozen units"]).max() < 0.5
    assert (unseen["most similar picture"] > net).all()
    shuffled = np.array(kept["accuracy"]["200 pictures, shuffled labels"])
    assert (shuffled[:, 0] == 1).all()
    assert shuffled[:, 1].max() < 0.15


def test_the_recipes_of_the_controls(monkeypatch) -> None:
    """60 epochs; more where units learn more slowly; as many steps with 200 pictures."""
    made, steps = script("digits_and_controls"), {}

    def noted(weights, x, labels, rng, *, epochs=made.EPOCHS, frozen=0):
        steps[len(x), len(weights), len(weights[0]), frozen] = epochs * len(x) // made.BATCH
        return weights

    monkeypatch.setattr(made, "train", noted)
    made.run(0)
    assert steps == {
        (1000, 2, 50, 0): 60 * 20,
        (1000, 2, 500, 1): 60 * 20,
        (1000, 1, 10, 0): 3 * 60 * 20,
        (1000, 2, 50, 1): 25 * 60 * 20,
        (200, 2, 50, 0): 5 * 60 * 4,
    }
    assert steps[200, 2, 50, 0] == steps[1000, 2, 50, 0]


@pytest.mark.slow
def test_a_seed_of_the_controls_again() -> None:
    found, kept = script("digits_and_controls").run(0), experiment("digits_and_controls")
    for name, scores in found.items():
        np.testing.assert_allclose(scores, kept["accuracy"][name][0], atol=0.01, err_msg=name)


def test_the_most_similar_picture() -> None:
    rng = np.random.default_rng(0)
    x, others, labels = rng.normal(size=(20, 5)), rng.normal(size=(7, 5)), rng.integers(0, 3, 20)
    distances = torch.cdist(torch.tensor(others), torch.tensor(x))
    np.testing.assert_array_equal(
        script("digits_and_controls").nearest(x, labels, others), labels[distances.argmin(dim=1)]
    )


def test_frozen_layers_stay() -> None:
    made, rng = script("digits_and_controls"), np.random.default_rng(0)
    weights = made.draw((6, 4, 3), rng)
    x, labels = rng.normal(size=(60, 6)), rng.integers(0, 3, 60)
    for frozen in (0, 1):
        trained = made.train(weights, x, labels, np.random.default_rng(1), epochs=2, frozen=frozen)
        assert [np.array_equal(*pair) for pair in zip(weights, trained, strict=True)] == [bool(frozen), False]


def test_exercises(page) -> None:
    assert page["rounding"] == pytest.approx(1e-4)
    assert page["rounding"] / page["derivative"] == pytest.approx(0.01), "1 % of it"
    for rounding, step in ((1e-16, 4e-6), (6e-8, 3e-3)):
        h = np.logspace(-9, 0, 100_000)
        assert h[(h**2 + rounding / h).argmin()] == pytest.approx(step, rel=0.1)
    h = np.logspace(-12, 0, 100_000)
    one, both = h + 2e-16 / h, h**2 + 1e-16 / h  # two roundings, over h and over 2h
    assert page["one_side"] == [f"{value:.1e}" for value in (h[one.argmin()], one.min())]
    assert both.min() == pytest.approx(4e-11, rel=0.02)
    assert one.min() / both.min() == pytest.approx(700, rel=0.02)
    assert page["solved"] == "right"
