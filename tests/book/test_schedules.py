"""Schedules: the noise floor by its formula, the noisy bowl by torch, the network by what was kept."""

import numpy as np
import pytest
import torch

from coursekit.experiments import experiment

PAGE = "optimization/schedules"
COUNT = 300


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_noise_floor(page) -> None:
    for rate, measured in page["measured"].items():
        floor = float(rate) / (2 - float(rate))
        assert measured == pytest.approx(floor, rel=0.04), "standard error of a variance of 20,000: 1 %"
    assert page["floors"] == pytest.approx([float(r) / (2 - float(r)) for r in page["measured"]])
    assert page["shown"] == pytest.approx(0.1 / 1.9, rel=0.04)
    assert f"{page['shown']:.3f}"[:4] in page.output
    assert page["floors"][0] == pytest.approx(0.05 / 2, rel=0.03), "about half of a small rate"


def schedule(name: str, optimizer: torch.optim.Optimizer, highest: float):
    """Make torch's schedule with the page's numbers."""
    kinds = torch.optim.lr_scheduler
    return {
        "constant": lambda: kinds.LambdaLR(optimizer, lambda _: 1.0),
        "step": lambda: kinds.StepLR(optimizer, COUNT // 3),
        "exponential": lambda: kinds.ExponentialLR(optimizer, 0.01 ** (1 / COUNT)),
        "cosine": lambda: kinds.CosineAnnealingLR(optimizer, COUNT),
        "warm-up": lambda: kinds.LinearLR(optimizer, 0.01, total_iters=COUNT // 10),
        "cyclical": lambda: kinds.CyclicLR(
            optimizer, highest / 100, highest, COUNT // 6, cycle_momentum=False
        ),
        "one cycle": lambda: kinds.OneCycleLR(optimizer, highest, COUNT, cycle_momentum=False),
    }[name]()


@pytest.mark.parametrize(
    "name", ["constant", "step", "exponential", "cosine", "warm-up", "cyclical", "one cycle"]
)
@pytest.mark.parametrize("noise", [1.0, 0.0])
def test_the_noisy_bowl_by_torch(page, name: str, noise: float) -> None:
    kept = page["bowls"]["noise" if noise else "none"][name]
    w = torch.full((200, 2), 3.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], kept["rate"])
    rates, rng = schedule(name, optimizer, kept["rate"]), np.random.default_rng(0)
    curvatures = torch.tensor([1.0, 10.0])
    for _ in range(COUNT):
        w.grad = w.detach() * curvatures + noise * torch.tensor(rng.normal(size=(200, 2)))
        optimizer.step()
        rates.step()
    losses = (0.5 * curvatures * w.detach() ** 2).sum(dim=1).numpy()
    assert losses.mean() == pytest.approx(kept["mean"], rel=1e-6, abs=1e-40)
    assert kept["error"] == pytest.approx(losses.std(ddof=1) / np.sqrt(200), rel=1e-6, abs=1e-40)


def test_what_the_text_says_of_the_bowl(page) -> None:
    noisy, quiet = page["bowls"]["noise"], page["bowls"]["none"]
    constant, error = noisy["constant"]["mean"], noisy["constant"]["error"]
    for name in ("step", "exponential", "cosine", "one cycle"):
        spread = np.hypot(error, noisy[name]["error"])
        assert constant - noisy[name]["mean"] > 3 * spread, name
        assert noisy[name]["rate"] > 2 * noisy["constant"]["rate"]
    assert 2.5 < constant / min(found["mean"] for found in noisy.values()) < 3.2
    assert min(noisy["constant"]["mean"], noisy["warm-up"]["mean"]) > noisy["cyclical"]["mean"]
    four = ("step", "exponential", "cosine", "one cycle")
    assert noisy["cyclical"]["mean"] > max(noisy[name]["mean"] for name in four), "gains less"
    higher, its_error = page["warm_up"]
    assert higher == pytest.approx(noisy["warm-up"]["mean"] - constant)
    assert higher > 5 * its_error, "run by run, warm-up ends higher"
    assert (round(higher, 4), round(its_error, 4)) == (0.0008, 0.0001)
    assert max(found["mean"] for found in quiet.values()) < 1e-40
    for found in noisy.values():
        assert f"{found['mean']:.4f} ± {found['error']:.4f}" in page.output


def test_what_the_text_says_of_the_network(page) -> None:
    race = experiment("optimizer_race")["race"]
    tested = {
        name.partition(", ")[2]: np.array(found["tuned"]["tested"])
        for name, found in race.items()
        if name.startswith("momentum")
    }
    assert set(tested) == set(page["bowls"]["noise"])
    losses = {name: np.array(race[f"momentum, {name}"]["tuned"]["loss"]) for name in ("constant", "cosine")}
    for name, values in tested.items():
        assert page["accuracies"][name] == pytest.approx(values.mean())
        assert f"{values.mean():.3f} ± {values.std(ddof=1):.3f}" in page.output
        apart = values - tested["constant"]
        assert page["gains"][name] == pytest.approx([apart.mean(), apart.std(ddof=1) / np.sqrt(10)])
    ends_low = {"cosine", "one cycle", "exponential", "step"}
    for name, (gain, error) in page["gains"].items():
        if name in ends_low:
            assert gain > 3 * error, name
            assert 0.008 < gain < 0.014, "about one point"
        elif name != "constant":
            assert abs(gain) < 1.3 * error, name
    assert min(page["gains"][name][0] for name in ends_low) == page["gains"]["step"][0]
    assert losses["cosine"].mean() > losses["constant"].mean(), "the training loss is not lower"
    assert losses["cosine"].std() < losses["constant"].std() / 2, "of the four, the text names the cosine"
    assert page["trained_on"] + page["validated_on"] == 2000


def test_solutions_of_the_exercises(page) -> None:
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], 0.5)
    cycle = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.5, page["length"], pct_start=51 / 101, cycle_momentum=False
    )
    rates = []
    for _ in range(76):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        cycle.step()
    assert [rates[t] for t in (0, 25, 50, 75)] == pytest.approx(page["cycle"])
    optimizer = torch.optim.SGD([weight], 0.3)
    restarts = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 7)
    for rate in page["restarted"]:
        assert optimizer.param_groups[0]["lr"] == pytest.approx(rate, abs=1e-12)
        optimizer.step()
        restarts.step()
    assert page["all_rates"] == pytest.approx(10)
    steep = torch.full((1,), 100.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([steep], 0.1)
    falling = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.99)
    for _ in range(2000):
        steep.grad = steep.detach().clone()
        optimizer.step()
        falling.step()
    assert steep.item() == pytest.approx(page["steep"], rel=1e-4)
    assert 100 - page["steep"] > page["all_rates"], "larger gradients lead further than the rates add up to"
    assert page["solved"] == "right"
    assert "Not written yet" in page.output
