"""Momentum: paths, networks and looks ahead are torch's; what the text says holds for each seed."""

import numpy as np
import pytest
import torch

from coursekit import data
from tests.book.test_landscapes import surface

PAGE = "optimization/momentum"
TRIED = {
    "bowl": ((-2.5, 1.2), 0.1, 0.5, 30),
    "bowl, larger β": ((-2.5, 1.2), 0.1, 0.9, 30),
    "plateau": ((3, 2), 0.1, 0.9, 100),
    "Rosenbrock's valley": ((-1.2, 1), 0.001, 0.9, 500),
}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def torch_walk(name: str, start, rate: float, beta: float, steps: int, nesterov: bool = False):
    """Points on the way of torch's SGD."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate, momentum=beta, nesterov=nesterov)
    path = []
    for _ in range(steps):
        path.append(w.detach().clone())
        optimizer.zero_grad()
        surface(name, w).backward()
        optimizer.step()
    return torch.stack([*path, w.detach()])


def test_three_steps_by_hand(page) -> None:
    assert np.allclose(page["first_three"], [[0.8, 2], [0.42, 3.8], [-0.122, 5.42]])
    assert np.allclose(page["by_hand"], [[0.5, 1], [0, 1], [-0.25, 0.5]])


@pytest.mark.parametrize("name", TRIED)
def test_paths_end_where_torchs_do(page, name: str) -> None:
    start, rate, beta, steps = TRIED[name]
    for found, momentum in zip(page["final"][name], (0.0, beta), strict=True):
        wanted = surface(name, torch_walk(name, start, rate, momentum, steps)[-1]).item()
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-12)
    alone, moved = page["final"][name]
    if "larger" in name:
        assert round(moved / alone) == round(page["times_worse"]) == 25, "too much momentum for a bowl"
    else:
        assert moved < alone / 100, "momentum gets much lower"


def test_gradient_descent_at_its_own_rate(page) -> None:
    """The control: the rate that the bowl bears without momentum."""
    wanted = surface("bowl", torch_walk("bowl", (-2.5, 1.2), page["best_alone_rate"], 0.0, 30)[-1]).item()
    assert page["best_alone"] == pytest.approx(wanted, rel=1e-6)
    assert f"{wanted:.5f}" == "0.00003"
    assert page["final"]["bowl"][1] < wanted / 1000, "momentum of 0.5 is far below it"


def test_what_becomes_of_the_speed(page) -> None:
    for beta in (0.0, 0.5, 0.9, 0.99):
        assert page["limits"][str(beta)] == pytest.approx(1 / (1 - beta))
        assert page["turning"][str(beta)] == pytest.approx(1 / (1 + beta))
        reached = 1 if beta == 0 else int(np.ceil(np.log(0.05) / np.log(beta)))
        assert page["nearly"][str(beta)] == reached, "the sum after t steps lacks a share of β to the t"


def test_three_forms_one_path(page) -> None:
    average, step, with_the_rate_of_the_sum = page["apart"]
    assert max(average, step) < 1e-13
    assert with_the_rate_of_the_sum > 1


def test_after_a_drop_the_step_form_rolls_out(page) -> None:
    assert page["before_drop"] == pytest.approx([10 * (1 - 0.9**60)] * 3)
    by_sum, average, step = page["after_drop"]
    assert by_sum == average == pytest.approx(1, abs=0.01)
    assert step == pytest.approx(0.9 * page["before_drop"][2] + 0.1)
    assert page["agree"] < 1e-12
    assert page["farther"] == pytest.approx(page["ways"][2] - page["ways"][0])
    assert page["formula"] == pytest.approx(81)
    assert page["farther"] == pytest.approx(81 * (1 - 0.9**60) ** 2)


def test_after_a_drop_in_networks(page) -> None:
    """Columns: at the drop, ten and fifty steps later, at the end."""
    by_sum, step = np.array(page["dropped"]["sum"]), np.array(page["dropped"]["step"])
    assert by_sum.shape == step.shape == (5, 4)
    np.testing.assert_allclose(by_sum[:, 0], step[:, 0], rtol=1e-9)
    assert (step[:, 1] > by_sum[:, 1] + 0.03).all(), "all five are worse off"
    gone = np.abs(step - by_sum)[:, 2:]
    assert gone.max() < by_sum[:, 3].std(ddof=1), "less than networks differ from each other"


def network(seed: int):
    """Weights that the page draws, as torch's tensors, biases first."""
    rng = np.random.default_rng(seed)
    drawn = rng.normal(size=(20, 65)) * np.sqrt(2 / 64), rng.normal(size=(10, 21)) * np.sqrt(1 / 20)
    weights = [torch.tensor(weight) for weight in drawn]
    for weight in weights:
        weight[:, 0] = 0
    return [weight.requires_grad_() for weight in weights]


def trained(seed: int, rate: float, beta: float) -> float:
    """Loss after 300 steps of torch's SGD, on the page's pictures and batches."""
    images, labels = data.digits()
    x, y = torch.tensor(images.reshape(len(images), -1).astype(float)), torch.tensor(labels)
    training = np.random.default_rng(1000 + seed).permutation(len(images))[:1500]
    rng, (first, second) = np.random.default_rng(seed), network(seed)
    optimizer = torch.optim.SGD([first, second], lr=rate, momentum=beta)

    def loss(rows):
        hidden = torch.relu(x[rows] @ first[:, 1:].T + first[:, 0])
        return torch.nn.functional.cross_entropy(hidden @ second[:, 1:].T + second[:, 0], y[rows])

    for _ in range(300):
        optimizer.zero_grad()
        loss(training[rng.integers(0, 1500, 32)]).backward()
        optimizer.step()
    return loss(training).item()


@pytest.mark.parametrize(("name", "beta", "share"), [("SGD", 0.0, 1.0), ("momentum", 0.9, 0.1)])
def test_the_race_is_repeated_by_torch(page, name: str, beta: float, share: float) -> None:
    assert page["raced"][name][1][0] == pytest.approx(trained(0, 0.1 * share, beta), rel=1e-6)


def test_what_the_text_says_of_the_race(page) -> None:
    sgd, momentum = np.array(page["raced"]["SGD"]), np.array(page["raced"]["momentum"])
    assert sgd.shape == momentum.shape == (5, 5)
    assert page["speeds"] == [0.03, 0.1, 0.3, 1.0, 3.0]
    assert (momentum[0] > sgd[0]).all(), "a little behind"
    for place in (1, 2):
        assert abs(sgd[place].mean() - momentum[place].mean()) < 2 * sgd[place].std(ddof=1)
    assert (sgd[3] > 0.25).sum() == 2
    assert (sgd[4] > 2.3).all()
    assert momentum[3].max() < 0.11
    assert momentum[4].max() < 0.5
    assert momentum[3].mean() < sgd[:, :].mean(axis=1).min(), "faster than any plain rate"


@pytest.mark.parametrize("name", TRIED)
def test_nesterov_looks_where_torch_stands(page, name: str) -> None:
    assert page["compared"][name] < 1e-13
    start, rate, beta, steps = TRIED[name]
    wanted = torch_walk(name, start, rate, beta, steps, nesterov=True)
    w, v = torch.tensor(start, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)
    for step in range(steps):
        ahead = (w + beta * v).requires_grad_()
        torch.testing.assert_close(ahead.detach(), wanted[step], rtol=1e-9, atol=1e-9)
        (grad,) = torch.autograd.grad(surface(name, ahead), ahead)
        v = beta * v - rate * grad
        w = w + v


def test_nesterov_brakes(page) -> None:
    for name, nesterov in (("momentum", False), ("Nesterov", True)):
        path = torch_walk("bowl", (-2.5, 1.2), 0.05, 0.9, 60, nesterov)
        assert page["swings"][name] == pytest.approx([path[20:, 1].min().item(), path[20:, 1].max().item()])
    assert -page["swings"]["momentum"][0] == pytest.approx(0.41, abs=0.005)
    assert page["swings"]["momentum"][1] == pytest.approx(0.34, abs=0.005)
    assert np.abs(page["swings"]["Nesterov"]).max() == pytest.approx(0.0004, abs=0.00005)


def test_nesterov_bears_smaller_rates_only(page) -> None:
    assert (page["too_fast_rate"], page["too_fast_steps"]) == (0.14, 200)
    for name, nesterov in (("momentum", False), ("Nesterov", True)):
        wanted = surface("bowl", torch_walk("bowl", (-2.5, 1.2), 0.14, 0.9, 200, nesterov)[-1]).item()
        assert page["too_fast"][name] == pytest.approx(wanted, rel=1e-6)
    assert round(np.log10(page["too_fast"]["Nesterov"])) == 16
    assert page["too_fast"]["momentum"] < 1e-8


def test_the_mixed_up_look_ahead_runs_away(page) -> None:
    """In each step (w, v) is multiplied by a matrix with an eigenvalue of 1.5."""
    step = np.array([[1 - 0.1, -2 * 0.1 * 0.9], [1, 2 * 0.9]])
    assert max(abs(np.linalg.eigvals(step))) == pytest.approx(1.5)
    wanted = (np.linalg.matrix_power(step, 30) @ [1, 0])[0]
    assert page["mixed_up"] == pytest.approx(wanted)
    assert wanted < 0


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
