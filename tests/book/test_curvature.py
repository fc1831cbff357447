"""Curvature: bowls against matrix powers, sweeps against formulas, networks against torch's own Hessian."""

import numpy as np
import pytest
import torch

from coursekit import data

PAGE = "optimization/curvature"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_the_bound_of_one_direction(page) -> None:
    assert page["around"] == pytest.approx([0.99**200, 1, 1.01**200])
    assert page["found_bound"] == pytest.approx(0.2, abs=1e-9)


def test_each_direction_goes_its_own_way(page) -> None:
    np.testing.assert_allclose(page["along"], page["predicted"], rtol=1e-12)
    assert page["factors"] == pytest.approx([0.82, -0.8])
    step = np.eye(2) - 0.18 * np.array([[5.5, 4.5], [4.5, 5.5]])
    for number, along in enumerate(page["along"]):
        w = np.linalg.matrix_power(step, number) @ [3, 1]
        assert np.linalg.norm(along) == pytest.approx(np.linalg.norm(w))
        assert sorted(np.abs(along)) == pytest.approx(
            sorted(np.abs(np.array([[1, 1], [-1, 1]]) @ w / np.sqrt(2)))
        )


def test_the_best_rate(page) -> None:
    for rate, factor in zip(page["rates"], page["measured"], strict=True):
        assert factor == pytest.approx(max(abs(1 - rate), abs(1 - 10 * rate)), rel=1e-4)
    assert (page["best"], page["factor"]) == (2 / 11, 9 / 11)
    assert abs(page["best_swept"] - page["best"]) <= 0.0005
    assert 0 <= page["factor_swept"] - page["factor"] < 0.005
    hessian = torch.autograd.functional.hessian(
        lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2, torch.ones(2, dtype=torch.float64)
    )
    low, high = torch.linalg.eigvalsh(hessian).tolist()
    assert page["valley"] == pytest.approx(high / low)
    assert round(page["valley"]) == 2508


def test_the_best_momentum(page) -> None:
    rate, beta, factor = page["told"]
    root = np.sqrt(10)
    assert factor == pytest.approx((root - 1) / (root + 1))
    assert (rate, beta) == pytest.approx((4 / (root + 1) ** 2, factor**2))
    assert page["pairs"] == [141, 101]
    assert 0 < page["lowest"] < 0.01, "no pair of the sweep is below the formula"
    assert page["grid_best"] == pytest.approx([rate, beta], abs=0.006)
    assert 0 < page["measured_momentum"] - factor < 0.003
    below, above = page["beyond"]
    assert below < -50 < 50 < above, "the bound 2 (1 + β) / λ: logarithms of the distance after 2,000 steps"


@pytest.mark.parametrize("beta", [0.0, 0.3, 0.9])
def test_no_rate_beats_the_root_of_beta(beta: float) -> None:
    best = min(
        max(np.abs(np.linalg.eigvals([[1 - s, -s * beta], [1, beta]]))) for s in np.linspace(1e-3, 4, 4001)
    )
    assert best >= np.sqrt(beta) - 1e-9


def test_steps_to_a_thousandth_are_torchs(page) -> None:
    for kappa, alone, moved in zip(page["kappas"], page["alone"], page["moved"], strict=True):
        root = np.sqrt(kappa)
        ways = (2 / (1 + kappa), 0.0), (4 / (root + 1) ** 2, ((root - 1) / (root + 1)) ** 2)
        for found, (rate, beta) in zip((alone, moved), ways, strict=True):
            w = torch.ones(2, dtype=torch.float64)
            optimizer = torch.optim.SGD([w], lr=rate, momentum=beta)
            steps = 0
            while w.norm() >= np.sqrt(2) / 1000:
                w.grad = torch.tensor([1.0, kappa]) * w
                optimizer.step()
                steps += 1
            assert abs(found - steps) <= 1, "rounding may decide at the edge"


class Problem:
    """The page's network, by torch, after its 500 steps."""

    def __init__(self, seed: int) -> None:
        images, labels = data.digits()
        rows = np.random.default_rng(seed).permutation(len(images))[:300]
        self.x = torch.tensor(images[rows].reshape(300, -1).astype(float))
        self.y = torch.tensor(labels[rows])
        rng = np.random.default_rng(seed)
        drawn = [rng.normal(size=(10, 65)) / 8, rng.normal(size=(10, 11)) / np.sqrt(10)]
        for weight in drawn:
            weight[:, 0] = 0
        self.w = torch.tensor(np.concatenate([weight.ravel() for weight in drawn]))
        self.losses = self.go_on(0.1, 500)

    def loss(self, w: torch.Tensor) -> torch.Tensor:
        first, second = w[:650].reshape(10, 65), w[650:].reshape(10, 11)
        hidden = torch.tanh(self.x @ first[:, 1:].T + first[:, 0])
        return torch.nn.functional.cross_entropy(hidden @ second[:, 1:].T + second[:, 0], self.y)

    def go_on(self, rate: float, steps: int) -> list[float]:
        w = self.w.clone().requires_grad_()
        losses = []
        for _ in range(steps):
            loss = self.loss(w)
            losses.append(loss.item())
            (grad,) = torch.autograd.grad(loss, w)
            with torch.no_grad():
                w -= rate * grad
        self.w = w.detach()
        return [*losses, self.loss(self.w).item()]

    def eigenvalues(self) -> torch.Tensor:
        return torch.linalg.eigvalsh(torch.autograd.functional.hessian(self.loss, self.w))

    def largest(self) -> float:
        return self.eigenvalues()[-1].item()


def test_the_largest_curvature_is_that_of_the_whole_hessian(page) -> None:
    seed = 0  # the one whose curve is shown; the Hessian of each takes twenty seconds
    problem = Problem(seed)
    lowest, *_, top = problem.eigenvalues().tolist()
    assert -top < lowest < 0, "some are negative, and none of those is larger in absolute value"
    assert page["tops"][seed] == pytest.approx(top, rel=1e-3), "a hundred steps come close"
    assert page["visible"] == pytest.approx(page["tops"][seed], rel=1e-4)
    losses = problem.go_on(0.9 * 2 / page["tops"][seed], 200)
    kept = page["outcome"]["0.9"][seed]
    assert [kept["first"], kept["last"]] == pytest.approx([losses[0], losses[-1]], rel=1e-4)
    assert kept["share"] == pytest.approx(0.9 * problem.largest() / page["tops"][seed], rel=1e-3)


def test_a_nudge_grows_above_the_bound_and_shrinks_below_it(page) -> None:
    kept = {float(share): np.array([run["kept"] for run in runs]) for share, runs in page["outcome"].items()}
    for share, nudge in kept.items():
        assert ((np.abs(nudge) > 1) == (share > 1)).all(), share
    for share in (0.9, 1.1):
        np.testing.assert_allclose(kept[share], (1 - 2 * share) ** 5, rtol=0.2)
    assert (np.abs(kept[4.0]) < 0.1 * 7**5).all(), "it does not stay small for long"


def test_what_the_text_says_of_the_networks(page) -> None:
    outcome = {
        share: {name: np.array([run[name] for run in runs]) for name in runs[0]}
        for share, runs in page["outcome"].items()
    }
    assert all(len(each["last"]) == 5 for each in outcome.values())
    for share, each in outcome.items():
        np.testing.assert_allclose(each["grown"], 1 - 2 * float(share), atol=0.005)
    for share in ("0.5", "0.9"):
        assert outcome[share]["rises"].max() == 0, "below the bound no step raised the loss"
    assert (outcome["1.1"]["last"] < outcome["0.9"]["last"]).all(), "better than below it"
    assert outcome["1.1"]["rises"].max() == 0, "above it none did either"
    assert (outcome["2.0"]["highest"] > 4 * outcome["2.0"]["first"]).all()
    assert round(outcome["2.0"]["highest"].mean(), 1) == 4.4
    assert (outcome["2.0"]["last"] < outcome["2.0"]["first"]).all()
    assert (outcome["4.0"]["last"] > outcome["4.0"]["first"]).sum() == 4
    assert outcome["4.0"]["highest"].max() < 10, "far from infinity"
    for share in ("0.5", "0.9", "1.1", "2.0"):
        assert outcome[share]["share"].max() < 1
    for share, found in page["on_the_bowl"].items():
        assert found == pytest.approx((1 - 2 * float(share)) ** 200)


def test_power_iteration_finds_the_largest_in_absolute_value(page) -> None:
    assert page["negative"] == pytest.approx(-3)


def test_exercises(page) -> None:
    two = page["two"]
    assert {name: round(value, 4) for name, value in two.items()} == {
        "kappa": 25,
        "bound": 0.04,
        "best": 0.0385,
        "factor": 0.9231,
        "beta": 0.4444,
        "moved": 0.6667,
        "rate": 0.0556,
    }
    assert page["solved"] == "right"
