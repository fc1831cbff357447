"""The race: steps on surfaces by torch, and what was kept of the network."""

import numpy as np
import pytest
import torch

from coursekit.experiments import experiment
from tests.book.sentences import WORDS, unsaid

PAGE = "optimization/race"
NAMES = ["gradient descent", "momentum", "Adagrad", "RMSProp", "Adam"]
OPTIMIZERS = {
    "gradient descent": lambda w, rate: torch.optim.SGD([w], rate),
    "momentum": lambda w, rate: torch.optim.SGD([w], rate, momentum=0.9),
    "Adagrad": lambda w, rate: torch.optim.Adagrad([w], rate),
    "RMSProp": lambda w, rate: torch.optim.RMSprop([w], rate),
    "Adam": lambda w, rate: torch.optim.Adam([w], rate),
}


def bowl(w: torch.Tensor) -> torch.Tensor:
    turn = torch.tensor(np.pi / 6)
    along = w[..., 0] * torch.cos(turn) + w[..., 1] * torch.sin(turn)
    across = w[..., 1] * torch.cos(turn) - w[..., 0] * torch.sin(turn)
    return 0.5 * (along**2 + 100 * across**2)


def plateau(w: torch.Tensor) -> torch.Tensor:
    square = (w**2).sum(-1)
    return square / (1 + square)


SURFACES = {
    "bowl": (bowl, (2.0, 1.5)),
    "plateau": (plateau, (6.0, 5.0)),
    "saddle": (lambda w: 0.5 * w[..., 0] ** 2 + 0.25 * (w[..., 1] ** 2 - 1) ** 2, (2.0, 0.05)),
    "Rosenbrock": (
        lambda w: (1 - w[..., 0]) ** 2 + 100 * (w[..., 1] - w[..., 0] ** 2) ** 2,
        (-1.2, 1.0),
    ),
    "Beale": (
        lambda w: sum(
            (value - w[..., 0] + w[..., 0] * w[..., 1] ** power) ** 2
            for power, value in ((1, 1.5), (2, 2.25), (3, 2.625))
        ),
        (1.0, 1.5),
    ),
}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def steps_needed(name: str, surface: str, rate: float, most: int) -> float:
    loss, middle = SURFACES[surface]
    starts = np.array(middle) + 0.1 * np.random.default_rng(0).normal(size=(20, 2))
    w = torch.tensor(starts, requires_grad=True)
    optimizer, found = OPTIMIZERS[name](w, rate), np.full(20, np.inf)
    for t in range(1, most + 1):
        optimizer.zero_grad()
        loss(w).sum().backward()
        optimizer.step()
        there = (loss(w.detach()) < 0.001).numpy()
        found[there & (found == np.inf)] = t
    return float(np.median(found))


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", NAMES)
def test_steps_on_surfaces_by_torch(page, surface: str, name: str) -> None:
    medians = [np.inf if m is None else m for m in page["medians"][surface][name]]
    best = int(np.argmin(medians))
    reached = np.isfinite(medians[best])
    most = 2 * int(medians[best]) + 50 if reached else 300  # the upper of the middle two comes later
    found = steps_needed(name, surface, page["rates"][best], most)
    assert found == medians[best]
    if reached:
        assert 0 < best < len(medians) - 1, "no best rate is at the end of the grid"


def test_what_the_text_says_of_surfaces(page) -> None:
    best = {
        surface: {name: min(np.inf if m is None else m for m in found) for name, found in by_name.items()}
        for surface, by_name in page["medians"].items()
    }
    winners = {surface: min(found, key=found.get) for surface, found in best.items()}
    assert winners["bowl"] == winners["Rosenbrock"] == "Adam"
    assert winners["plateau"] == "Adagrad"
    assert {name for name, steps in best["saddle"].items() if steps == 9} == {"Adagrad", "RMSProp"}
    assert winners["Beale"] == "momentum"
    arrived = page["arrived"]
    assert max(arrived["gradient descent"]) == max(arrived["Adagrad"]) == 0
    assert max(arrived["RMSProp"]) == 2, "and RMSProp from no more than two"
    with_rate = dict(zip(page["rates"], arrived["momentum"], strict=True))
    assert with_rate.pop(0.001) == 20
    assert f"only {WORDS[with_rate.pop(0.003)]} of the 20 starts" in " ".join(page.text.split())
    assert set(with_rate.values()) == {0}, "with any other of the ten rates none"
    reached = [m for m in page["medians"]["Rosenbrock"]["momentum"] if m is not None]
    assert len(reached) == 1
    for name in NAMES:
        for surface in SURFACES:
            if np.isfinite(best[surface][name]):
                assert f"{best[surface][name]:.0f}" in page.output


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("bowl", "momentum"),
        ("bowl", "Adam"),
        ("saddle", "gradient descent"),
        ("saddle", "Adagrad"),
        ("saddle", "RMSProp"),
        ("Rosenbrock", "momentum"),
        ("Rosenbrock", "Adam"),
        ("Beale", "momentum"),
        ("Beale", "Adam"),
    ],
)
def test_steps_with_a_finer_grid_by_torch(page, surface: str, name: str) -> None:
    rate, steps = page["finer"][surface][name]
    assert steps_needed(name, surface, rate, 3 * int(steps) + 50) == steps


def test_what_the_text_says_of_the_finer_grid(page) -> None:
    steps = {
        surface: {name: kept[1] for name, kept in by_name.items() if kept}
        for surface, by_name in page["finer"].items()
    }
    assert page["finer_range"][0] == page["rates"][0]
    assert page["rates"][-2] < page["finer_range"][1] < page["rates"][-1]
    bowl, saddle, rosenbrock, beale = (
        steps[surface] for surface in ("bowl", "saddle", "Rosenbrock", "Beale")
    )
    assert min(bowl, key=bowl.get) == "momentum"
    assert 2 * bowl["momentum"] < bowl["Adam"]
    assert min(saddle, key=saddle.get) == "gradient descent"
    assert saddle["Adagrad"] == saddle["RMSProp"]
    for found in (rosenbrock, beale):
        assert abs(found["momentum"] / found["Adam"] - 1) < 0.05, "level"
    assert not unsaid(
        PAGE,
        f"momentum is first in the bowl: it needs {bowl['momentum']:.0f} steps",
        f"it needs {saddle['gradient descent']:.0f} steps, Adagrad and RMSProp need {saddle['Adagrad']:.0f}",
        f"with {rosenbrock['momentum']:.0f} and {rosenbrock['Adam']:.0f} steps, "
        f"and with {beale['momentum']:.0f} and {beale['Adam']:.0f}",
    )


def test_overshooting_and_stagnation(page) -> None:
    w = torch.tensor([-2.5, 1.2], dtype=torch.float64, requires_grad=True)
    optimizer, furthest, curvatures = OPTIMIZERS["momentum"](w, 0.1), -np.inf, torch.tensor([1.0, 10.0])
    for _ in range(60):
        optimizer.zero_grad()
        (0.5 * curvatures * w**2).sum().backward()
        optimizer.step()
        furthest = max(furthest, w[0].item())
    assert page["furthest"]["momentum"] == pytest.approx(furthest)
    assert page["furthest"]["gradient descent"] < 0, "it does not overshoot along the long axis"
    for name, (before, after) in page["plateau"].items():
        w = torch.tensor([6.0, 5.0], dtype=torch.float64, requires_grad=True)
        optimizer, losses = OPTIMIZERS[name](w, 0.1), []
        for _ in range(150):
            optimizer.zero_grad()
            plateau(w).backward()
            optimizer.step()
            losses.append(plateau(w.detach()).item())
        assert [before, after] == pytest.approx([losses[0], losses[-1]], rel=1e-6, abs=1e-9)


def test_a_path_can_overshoot_while_its_loss_falls(page) -> None:
    told = page["zigzag"]
    w = torch.tensor([-2.5, 1.2], dtype=torch.float64, requires_grad=True)
    optimizer, curvatures = OPTIMIZERS["gradient descent"](w, told["rate"]), torch.tensor([1.0, 10.0])
    sides, losses = [], []
    for _ in range(told["steps"] + 1):
        optimizer.zero_grad()
        loss = (0.5 * curvatures * w**2).sum()
        loss.backward()
        sides.append(w[1].item())
        losses.append(loss.item())
        optimizer.step()
    across, falls = np.multiply(sides[1:], sides[:-1]) < 0, np.diff(losses) < 0
    assert told["across"] == across.sum() == told["steps"], "over the long axis in each step"
    assert told["falls"] == falls.sum() == told["steps"], "and the loss falls every time"


def by_seed(name: str, part: str, schedule: str = "constant", control: str = "tuned"):
    return np.array(experiment("optimizer_race")["race"][f"{name}, {schedule}"][control][part], dtype=float)


def test_the_race_is_fair() -> None:
    """All have the same rates, none of the best is at an end of them, and no seed both tunes and races."""
    found = experiment("optimizer_race")
    rates = found["rates"]
    assert not set(found["seeds"]) & set(found["tuning_seeds"])
    assert len(found["seeds"]) == 10
    for entry, tried in found["tried"].items():
        accuracy = np.mean(tried, axis=1)
        assert np.shape(tried) == (len(rates), len(found["tuning_seeds"]))
        best = int(np.argmax(accuracy))
        assert found["race"][entry]["tuned"]["rate"] == rates[best]
        assert 0 < best < len(rates) - 1, entry


def test_tables_of_the_network(page) -> None:
    for name in NAMES:
        for schedule in ("constant", "cosine"):
            values = by_seed(name, "tested", schedule)
            assert f"{values.mean():.3f} ± {values.std(ddof=1):.3f}" in page.output
        for control, accuracy in page["tested"][name].items():
            values = by_seed(name, "tested", control=control)
            assert accuracy == pytest.approx(values.mean())
            assert f"{values.mean():.3f} ± {values.std(ddof=1):.3f}" in page.output


def test_what_the_text_says_of_the_network(page) -> None:
    tested = {
        schedule: {name: by_seed(name, "tested", schedule) for name in NAMES}
        for schedule in ("constant", "cosine")
    }
    for schedule, (gain, error) in page["ahead"].items():
        apart = tested[schedule]["Adam"] - tested[schedule]["momentum"]
        assert (gain, error) == pytest.approx((apart.mean(), apart.std(ddof=1) / np.sqrt(10)))
    assert page["ahead"]["constant"][0] > 2.5 * page["ahead"]["constant"][1], "a difference"
    assert abs(page["ahead"]["cosine"][0]) < page["ahead"]["cosine"][1], "none"
    apart = tested["constant"]["Adagrad"] - tested["cosine"]["Adagrad"]
    assert apart.mean() > 2 * apart.std(ddof=1) / np.sqrt(10), "Adagrad gets worse"
    means = [values.mean() for values in tested["constant"].values()]
    assert page["choice"] == pytest.approx(max(means) - min(means))
    assert page["losses"]["constant"]["momentum"] < page["losses"]["constant"]["Adam"]
    assert tested["constant"]["momentum"].mean() < tested["constant"]["Adam"].mean()
    assert page["network"] == [28 * 28, 50, 1500, 900]


def test_what_the_text_says_of_rates(page) -> None:
    found = experiment("optimizer_race")
    tried = {name: np.mean(found["tried"][f"{name}, constant"], axis=1) for name in NAMES}
    close = {name: int((values >= values.max() - 0.01).sum()) for name, values in tried.items()}
    assert page["close"] == close
    assert (min(close.values()), max(close.values())) == (1, 3)
    for name, make in OPTIMIZERS.items():
        kind = type(make(torch.zeros(1), 1.0))
        default = kind([torch.zeros(1)]).param_groups[0]["lr"]
        assert page["defaults"][name] == pytest.approx(tried[name][found["rates"].index(default)])
    at_default = page["defaults"]
    assert max(at_default, key=at_default.get) == "Adam"
    lost = {
        (name, control): kept["tuned"] - kept[control]
        for name, kept in page["tested"].items()
        for control in ("a tenth", "ten times")
    }
    less = {case for case, loss in lost.items() if loss < page["choice"]}
    assert len(lost) == 10
    assert less == {("momentum", "a tenth"), ("Adam", "ten times"), ("gradient descent", "ten times")}
    assert lost["gradient descent", "ten times"] < 0, "nothing at all"
    assert page["rates_used"]["Adam"] == pytest.approx(0.001), "its default"
    assert page["rates_used"]["Adagrad"] / 0.01 == pytest.approx(3)
    assert 0.01 / page["rates_used"]["RMSProp"] == pytest.approx(10)


def test_solutions_of_the_exercises(page) -> None:
    assert page["nine"] == pytest.approx([0.004, 0.0057, 3.5], abs=0.04)
    assert page["solved"] == "right"
    assert "Not written yet" in page.output
