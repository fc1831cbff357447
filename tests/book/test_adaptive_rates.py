"""A rate for each weight: steps by hand, sparse features, ε, and the turned valley, by torch's optimizers."""

import numpy as np
import pytest
import torch

PAGE = "optimization/adaptive-rates"
OPTIMIZERS = {
    "gradient descent": lambda w, rate: torch.optim.SGD([w], rate),
    "momentum": lambda w, rate: torch.optim.SGD([w], rate, momentum=0.9),
    "Adagrad": lambda w, rate: torch.optim.Adagrad([w], rate),
    "RMSProp": lambda w, rate: torch.optim.RMSprop([w], rate),
    "Adam": lambda w, rate: torch.optim.Adam([w], rate),
}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def path(name: str, rate: float, grads, **options) -> list[float]:
    """Positions of a weight that starts at 0 and sees these gradients, by torch."""
    w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    kind = {"Adagrad": torch.optim.Adagrad, "RMSProp": torch.optim.RMSprop, "Adam": torch.optim.Adam}[name]
    optimizer, found = kind([w], rate, **options), [0.0]
    for grad in grads:
        w.grad = torch.tensor([float(grad)], dtype=torch.float64)
        optimizer.step()
        found.append(w.item())
    return found


def test_adagrad_slows_down_and_how_far_it_gets(page) -> None:
    np.testing.assert_allclose(page["lengths"], np.diff(path("Adagrad", 1.0, [-5] * 4)), atol=5e-4)
    long = path("Adagrad", 1.0, [1] * page["after"])
    assert long[-2] - long[-1] == pytest.approx(1 / 100), "a hundredth of the first step"
    assert page["all_together"] == pytest.approx(-long[-1])
    assert abs(page["all_together"] / (2 * np.sqrt(page["after"])) - 1) < 0.01


def test_the_effective_rate_goes_to_zero_only_if_gradients_keep_coming(page) -> None:
    ends = page["effective_ends"]
    assert ends["always 1"] == pytest.approx(1 / np.sqrt(100))
    assert ends["1 in every tenth step"] == pytest.approx(1 / np.sqrt(10))
    shrinking = path("Adagrad", 1.0, 0.9 ** np.arange(60))
    assert (shrinking[-2] - shrinking[-1]) / 0.9**59 == pytest.approx(page["stays_at"], rel=1e-4)
    assert ends["shrinks by a tenth"] == pytest.approx(page["stays_at"], rel=1e-6)
    assert page["stays_at"] == pytest.approx(1 / np.sqrt(page["sum_of_squares"]))


def sparse(name: str, rate: float, present, seed: int):
    """Squared errors of the page's sparse problem, by torch."""
    rng = np.random.default_rng(seed)
    right = rng.normal(size=50)
    w = torch.zeros(50, dtype=torch.float64, requires_grad=True)
    optimizer = OPTIMIZERS[name](w, rate)
    for _ in range(1000):
        x = torch.tensor((rng.random(50) < present) * rng.choice([-1.0, 1.0], size=50))
        optimizer.zero_grad()
        (0.5 * ((w - torch.tensor(right)) @ x) ** 2).backward()
        optimizer.step()
    return (w.detach().numpy() - right) ** 2


PRESENT = {"sparse": np.geomspace(1, 1 / 200, 50), "equally rare": np.full(50, 1 / 200)}


@pytest.mark.parametrize("kind", PRESENT)
@pytest.mark.parametrize("name", ["gradient descent", "Adagrad", "RMSProp", "Adam"])
def test_sparse_features_by_torch(page, name: str, kind: str) -> None:
    kept = page["learned"][kind][name]
    found = sparse(name, kept["rate"], PRESENT[kind], 3)
    assert found.mean() == pytest.approx(kept["all"][3], rel=1e-6)
    assert found[-10:].mean() == pytest.approx(kept["rarest"][3], rel=1e-6)
    for part in ("all", "rarest") if kind == "sparse" else ("all",):
        values = np.array(kept[part])
        assert f"{values.mean():.3f} ± {values.std(ddof=1):.3f}" in page.output


def test_what_the_text_says_of_sparse_features(page) -> None:
    """Adagrad is ahead with every seed where some are rarer, and not with equally rare or dense ones."""
    found = {
        kind: {
            name: {part: np.array(values[part]) for part in ("all", "rarest")}
            for name, values in kept.items()
        }
        for kind, kept in page["learned"].items()
    }
    descent, adagrad = found["sparse"]["gradient descent"], found["sparse"]["Adagrad"]
    assert (descent["all"] > 4 * adagrad["all"]).all()
    assert adagrad["all"].mean() < descent["all"].mean() / 10
    gained = descent["all"].mean() - adagrad["all"].mean()
    assert 10 / 50 * (descent["rarest"] - adagrad["rarest"]).mean() > 0.8 * gained
    rare = found["equally rare"]
    assert (rare["gradient descent"]["all"] < rare["Adagrad"]["all"]).sum() == 4, "no advantage"
    larger, smaller = (
        page["learned"][kind]["gradient descent"]["rate"] for kind in ("equally rare", "sparse")
    )
    assert larger > smaller
    descent, adagrad = found["dense"]["gradient descent"]["all"], found["dense"]["Adagrad"]["all"]
    assert max(descent.max(), adagrad.max()) < 1e-5, "both have solved it"


def test_first_steps_of_adam(page) -> None:
    with_correction = -np.diff(path("Adam", 1.0, [1] * 100))
    for t in (1, 2, 3, 12, 100):
        assert page["corrected"][str(t)] == pytest.approx(with_correction[t - 1])
    v = squares = 0.0
    for t in range(1, 3001):
        v, squares = 0.9 * v + 0.1, 0.999 * squares + 0.001
        if str(t) in page["raw"]:
            assert page["raw"][str(t)] == pytest.approx(v / np.sqrt(squares), rel=1e-6)
    assert page["raw"]["1"] == pytest.approx(0.1 / np.sqrt(0.001), rel=1e-6)
    assert page["longest"] == 12
    assert max(page["raw"].values()) < 7, "three to seven rates, as the summary says"
    first = path("RMSProp", 1.0, [1])
    assert first[-1] == pytest.approx(-10, rel=1e-6)


def test_where_torch_puts_epsilon(page) -> None:
    for kind, g, outside in zip(["Adam"] * 4, [1.0, 1e-4, 1e-6, 1e-8], page["outside"], strict=True):
        assert -path(kind, 1.0, [g], eps=1e-8)[-1] == pytest.approx(outside)
        assert -path("Adagrad", 1.0, [g], eps=1e-8)[-1] == pytest.approx(outside)
    assert page["inside"][2] == pytest.approx(0.01, rel=1e-4)
    assert round(page["factor"]) == 99


def test_scaling_one_gradient_changes_no_path_of_adam(page) -> None:
    grads = np.random.default_rng(0).normal(size=(200, 2))
    plain, scaled = path("Adam", 0.01, grads[:, 1]), path("Adam", 0.01, 100 * grads[:, 1])
    assert np.abs(np.subtract(plain, scaled)).max() == pytest.approx(page["apart"], rel=1e-3)
    assert page["apart"] < 1e-8 < 1 < page["descent_apart"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_turned_valley_by_torch(page, name: str) -> None:
    for angle, kept in page["turned"][name].items():
        turn = np.radians(float(angle))
        axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        hessian = torch.tensor(axes @ np.diag([1.0, 1000.0]) @ axes.T)
        start = axes @ np.random.default_rng(0).normal(size=(20, 2))[4]
        w = torch.tensor(start, requires_grad=True)
        optimizer = OPTIMIZERS[name](w, kept["rate"])
        for _ in range(page["steps"]):
            optimizer.zero_grad()
            (0.5 * w @ hessian @ w).backward()
            optimizer.step()
        loss = float(0.5 * w.detach() @ hessian @ w.detach())
        assert loss == pytest.approx(kept["losses"][4], rel=1e-3, abs=1e-15), angle


def test_what_the_text_says_of_the_turned_valley(page) -> None:
    median = {
        name: {angle: kept["median"] for angle, kept in by_angle.items()}
        for name, by_angle in page["turned"].items()
    }
    for name in ("gradient descent", "momentum"):
        assert median[name]["0"] == pytest.approx(median[name]["45"], rel=1e-6)
    for name in ("Adagrad", "RMSProp"):
        assert median[name]["0"] < 1e-15
        assert 0.8 < median[name]["45"] / median["gradient descent"]["45"] < 1.3
    momentum, adam = (
        {angle: np.array(kept["losses"]) for angle, kept in page["turned"][name].items()}
        for name in ("momentum", "Adam")
    )
    assert np.percentile(adam["0"], 25) < median["momentum"]["0"] < np.percentile(adam["0"], 95), "level"
    assert (adam["45"] > 100 * momentum["45"]).all(), "from every start"


def test_solutions_of_the_exercises(page) -> None:
    np.testing.assert_allclose(page["moves"], np.diff(path("Adam", 1.0, [2, -2])), rtol=1e-6)
    w = torch.ones(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.RMSprop([w], 0.01, centered=True)
    for grad in page["first_grads"]:
        w.grad = torch.tensor(grad, dtype=torch.float64)
        optimizer.step()
    np.testing.assert_allclose(page["centred"], w.detach(), rtol=1e-9)
    assert page["longest_of_steady"] == pytest.approx(0.1 / 1e-8), "ten million rates"
    optimizer.state[w]["square_avg"].fill_(0.5)
    optimizer.state[w]["grad_avg"].fill_(1.0)
    w.grad = torch.ones(2, dtype=torch.float64)
    optimizer.step()
    assert w.isnan().all(), "torch divides by the root of a negative number"
    assert page["solved"] == "right"
    assert "Not written yet" in page.output
