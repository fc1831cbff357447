"""Losses: likelihood, gradient, first loss and squared error against torch, SciPy and closed forms."""

import numpy as np
import pytest
import torch
from scipy import optimize
from torch.nn import functional

from coursekit import data

PAGE = "networks/losses"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_likelihood(page) -> None:
    right = torch.tensor([0.8, 0.5, 0.1], dtype=torch.float64)
    assert page["product"] == pytest.approx(right.prod().item())
    assert page["mean_loss"] == pytest.approx(-right.log().mean().item())
    assert page["mean_loss"] == pytest.approx(-np.log(page["product"]) / 3)
    assert np.full(2000, 0.1).prod() == 0, "two thousand factors underflow"
    assert page["smallest"] == pytest.approx(5e-324)


def test_what_each_loss_makes_you_say(page) -> None:
    losses = {"−log q": lambda q: -np.log(q), "(1 − q)²": lambda q: (1 - q) ** 2, "1 − q": lambda q: 1 - q}
    assert set(page["cheapest"]) == set(losses)
    assert page["shirts"] == 0.7
    for name, loss in losses.items():
        best = optimize.minimize_scalar(
            lambda q, loss=loss: 0.7 * loss(q) + 0.3 * loss(1 - q), bounds=(0.01, 0.99), method="bounded"
        ).x
        assert page["cheapest"][name] == pytest.approx(best, abs=0.006)
    assert page["cheapest"]["1 − q"] == 0.99, "the edge of what was tried"


def test_where_the_logarithm_of_softmax_ends(page) -> None:
    for bits, kind in (("64", torch.float64), ("32", torch.float32)):
        gap = page["gaps"][bits]
        for distance, zero in ((gap, True), (gap - 1, False)):
            small = torch.softmax(torch.tensor([0.0, float(distance)], dtype=kind), 0)[0]
            assert bool(small == 0) is zero, (bits, distance)
    patched = torch.tensor([0.0, 30.0], dtype=torch.float64, requires_grad=True)
    (-torch.log(torch.softmax(patched, 0)[0] + 1e-8)).backward()
    plain = torch.tensor([0.0, 30.0], dtype=torch.float64, requires_grad=True)
    functional.cross_entropy(plain[None], torch.tensor([0])).backward()
    assert page["rare"] == pytest.approx(torch.softmax(patched, 0)[0].item())
    # Two classes, over all probabilities: the pull of the patched loss is strongest at the root of the patch.
    gaps = torch.linspace(0, 30, 3001, dtype=torch.float64).requires_grad_()
    (-torch.log(torch.sigmoid(-gaps) + 1e-8)).sum().backward()
    at = torch.sigmoid(-gaps)[gaps.grad.argmax()].item()
    assert page["strongest"] == pytest.approx(at, rel=0.02) == pytest.approx(1e-4, rel=0.02)
    beyond = gaps.grad[gaps.grad.argmax() :]
    assert (beyond.diff() < 0).all(), "the more wrong, the weaker"
    assert page["patched_share"] == pytest.approx((patched.grad[0] / plain.grad[0]).item(), rel=1e-6)


def test_gradient_and_its_mistakes(page) -> None:
    found = page["disagreements"]
    assert found["as above"] < 1e-9
    assert min(found["without 1/N"], found["p alone"]) > 0.4


def test_no_score_is_pulled_harder_than_one_over_n() -> None:
    scores = 50 * torch.randn(200, 7, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    scores.requires_grad_()
    functional.cross_entropy(scores, torch.arange(200) % 7).backward()
    assert scores.grad.abs().max() <= 1 / 200
    assert scores.grad.abs().max() > 0.99 / 200
    torch.testing.assert_close(scores.grad.sum(dim=1), torch.zeros(200, dtype=torch.float64))


def at_start(factor: float, seed: int) -> tuple[float, float]:
    """Spread and loss of the page's network before its first step, by torch."""
    images, labels = data.fashion_mnist("train")
    rng = np.random.default_rng(seed)
    z = torch.tensor(images.reshape(len(images), -1).astype(float))
    for number, (inputs, outputs) in enumerate(((784, 100), (100, 10))):
        z = torch.relu(z) if number else z
        z = z @ torch.tensor(factor * rng.normal(size=(outputs, inputs)) * np.sqrt(2 / inputs)).T
    spread = z.var(dim=1, correction=0).mean().sqrt().item()
    return spread, functional.cross_entropy(z, torch.tensor(labels)).item()


@pytest.mark.parametrize("factor", [0.1, 1.0, 3.0])
def test_first_losses(page, factor: float) -> None:
    spreads, losses = page["spreads"][str(factor)], page["losses"][str(factor)]
    assert len(spreads) == len(losses) == 10
    for seed in (0, 7):
        assert (spreads[seed], losses[seed]) == pytest.approx(at_start(factor, seed))


def test_first_loss_is_that_of_guessing_and_half_the_spread_squared(page) -> None:
    losses = {name: np.mean(found) for name, found in page["losses"].items()}
    assert page["guessing"] == pytest.approx(np.log(10))
    assert losses["0.1"] == pytest.approx(np.log(10), abs=0.005)
    assert losses["3.0"] > 4 * losses["0.1"], "far more"
    for name in ("0.1", "0.5", "1.0"):
        expected = np.log(10) + np.mean(np.square(page["spreads"][name])) / 2
        spread = np.std(page["losses"][name], ddof=1)
        assert losses[name] == pytest.approx(expected, abs=0.005 + spread / np.sqrt(10) * 2), name


def test_a_saturated_sigmoid(page) -> None:
    score = torch.tensor(-10.0, dtype=torch.float64, requires_grad=True)
    ((torch.sigmoid(score) - 1) ** 2).backward()
    assert page["pull"]["squared"] == pytest.approx(score.grad.item())
    score.grad = None
    functional.binary_cross_entropy_with_logits(score, torch.tensor(1.0, dtype=torch.float64)).backward()
    assert page["pull"]["cross-entropy"] == pytest.approx(score.grad.item())
    assert page["times"] == pytest.approx(page["pull"]["cross-entropy"] / page["pull"]["squared"])
    assert page["overshot"] == 2 * (6 - 1)
    z = np.linspace(0.001, 0.999, 999)
    pull = 2 * (1 - z) * z * (1 - z)
    assert z[pull.argmax()] == pytest.approx(1 / 3, abs=0.001), "the worse, the weaker, from there down"


def test_steps_out_of_saturation(page) -> None:
    # The score's way is nearly that of a differential equation, whose time to 0 is an integral.
    a = np.linspace(-10, 0, 200_001)
    z = 1 / (1 + np.exp(-a))
    for name, pull in (("cross-entropy", 1 - z), ("squared", 2 * (1 - z) ** 2 * z)):
        time = np.trapezoid(1 / pull, a)
        assert page["steps"][name] == pytest.approx(time, rel=0.02, abs=1)
    assert page["steps"]["squared"] > 1000 * page["steps"]["cross-entropy"]


def test_accuracy_does_not_react(page) -> None:
    assert (page["moved"], page["accuracy_reacts"], page["steps_taken"]) == (7850, 0, 200)
    images, labels = data.fashion_mnist("train")
    x = torch.tensor(images.reshape(len(images), -1).astype(float))
    network, target = torch.nn.Linear(784, 10).double(), torch.tensor(labels)
    torch.nn.init.zeros_(network.weight)
    torch.nn.init.zeros_(network.bias)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    for step in range(201):
        optimizer.zero_grad()
        functional.cross_entropy(network(x), target).backward()
        if step < 200:
            optimizer.step()
    alive = sum(int((parameter.grad != 0).sum()) for parameter in network.parameters())
    assert page["loss_reacts"] == alive
    black = int((x == 0).all(dim=0).sum())
    assert 7850 - alive == 10 * black
    assert black == page["black"] == 1, "one pixel, ten classes"
    # A move of 1e-6 of one parameter moves a score by 1e-6 at most: no lead may be that small.
    best = network(x).topk(2, dim=1).values
    assert (best[:, 0] - best[:, 1]).min() > 1e-6


def test_loss_and_accuracy_can_disagree(page) -> None:
    before, after = page["disagree"]
    assert sum(p > 0.5 for p in before) == 2
    assert sum(p > 0.5 for p in after) == 0
    losses = [
        functional.nll_loss(torch.tensor(p).log()[:, None], torch.zeros(3).long()) for p in (before, after)
    ]
    assert page["disagree_losses"] == pytest.approx([loss.item() for loss in losses], rel=1e-6)
    assert losses[1] < losses[0]


def test_exercises(page) -> None:
    scores = torch.log(torch.tensor([[2.0, 1.0, 3.0]], dtype=torch.float64)).requires_grad_()
    loss = functional.cross_entropy(scores, torch.tensor([2]))
    loss.backward()
    assert page["by_hand_loss"] == pytest.approx(loss.item())
    np.testing.assert_allclose(page["by_hand_grad"], scores.grad)
    np.testing.assert_allclose(page["by_hand_grad"], [[1 / 3, 1 / 6, -1 / 2]])
    assert page["solved"] == "right"


def test_honest_answers_are_cheapest_for_any_number_of_classes() -> None:
    rng = np.random.default_rng(0)
    for classes in range(2, 9):
        given = rng.dirichlet(np.ones(classes))
        others = rng.dirichlet(np.ones(classes), size=500)
        assert (-(given * np.log(others)).sum(axis=1)).min() > -(given * np.log(given)).sum()
