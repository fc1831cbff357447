"""Activations: slopes and Jacobian against torch, gradients through layers and dead units against torch's."""

import numpy as np
import pytest
import torch

from convnet import plain
from coursekit import data

PAGE = "networks/activations"
TORCH = {
    "none": lambda a: a,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "leaky ReLU": lambda a: torch.nn.functional.leaky_relu(a, 0.1),
}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_derivatives_agree_and_a_wrong_one_does_not(page) -> None:
    assert set(page["worst"]) == set(TORCH) - {"none"}
    assert max(page["worst"].values()) < 1e-9
    assert page["wrong"] > 0.1
    assert page["wrong"] < 1.001, "sigmoid less its slope: at most 1, far to the right"
    assert page["steepest"] == {"sigmoid": 0.25, "tanh": 1, "ReLU": 1, "leaky ReLU": 1}


def test_relu_at_zero(page) -> None:
    zero = torch.zeros((), requires_grad=True)
    torch.relu(zero).backward()
    assert zero.grad == 0, "what the text says that torch says"
    assert {name: round(found, 6) for name, found in page["at_zero"].items()} == {
        "ReLU": 0.5,
        "leaky ReLU": 0.55,
    }


def gradients(zero: int, slope: float) -> list[float]:
    """Length of each layer's gradient, where one layer is 0 and ReLU has this slope at its kink."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(units, 1 + inputs)) for inputs, units in ((6, 5), (5, 4), (4, 3))]
    weights[zero] *= 0
    grads = plain.mlp_backward(
        rng.normal(size=(8, 3)),
        rng.normal(size=(8, 6)),
        weights,
        plain.relu,
        lambda grad_out, a: grad_out * np.where(a == 0, slope, a > 0),
    )
    return [float(np.linalg.norm(grad)) for grad in grads[1:]]


@pytest.mark.parametrize("zero", [0, 1])
def test_a_hidden_layer_of_zeros_gets_no_gradient(zero: int) -> None:
    assert gradients(zero, 0)[: zero + 1] == [0] * (zero + 1)
    assert gradients(zero, 0.5)[zero] > 0.1, "it is the slope at the kink that stops it"


def test_what_is_handed_on(page) -> None:
    for name, found in page["handed_on"].items():
        a = torch.tensor(-2.0, dtype=torch.float64, requires_grad=True)
        TORCH[name](a).backward(torch.tensor(3.0, dtype=torch.float64))
        assert found == pytest.approx(a.grad.item(), abs=1e-12), name
    assert page["tanh_two"] == pytest.approx(np.tanh(-2))


def through(name: str, width: int, seed: int, scale: float = 1.0) -> float:
    """Factor of one of 20 layers, on the page's weights and inputs, by torch's autograd."""
    rng = np.random.default_rng(seed)
    x = torch.tensor(rng.normal(size=(100, width)), requires_grad=True)
    z = x
    for _ in range(20):
        z = TORCH[name](z @ torch.tensor(rng.normal(size=(width, width)) * scale / np.sqrt(width)).T)
    grad_out = torch.tensor(rng.normal(size=z.shape))
    (grad,) = torch.autograd.grad(z, x, grad_out)
    return float((grad.norm() / grad_out.norm()) ** (1 / 20))


@pytest.mark.parametrize("name", ["none", "sigmoid", "tanh", "ReLU"])
def test_gradients_through_twenty_layers(page, name: str) -> None:
    factors = np.array(page["factors"][name])
    assert factors.shape == (3, 5)
    assert factors[0, 0] == pytest.approx(through(name, 20, 0), rel=1e-9)
    assert factors[1, 3] == pytest.approx(through(name, 100, 3), rel=1e-9)
    for found in factors:
        assert f"{found.mean():.3f} ± {found.std(ddof=1):.3f}" in page.output
    scaled = np.array(page["by_scale"][name])
    assert scaled[1, 0] == pytest.approx(through(name, 100, 0, np.sqrt(2)), rel=1e-9)
    for found in scaled:
        assert f"{found.mean():.2f} ± {found.std(ddof=1):.2f}" in page.output


def test_what_the_text_says_of_them(page) -> None:
    factors = {name: np.array(found) for name, found in page["factors"].items()}
    assert (abs(factors["none"] - 1) < 0.05).all(), "the weights alone keep the length"
    assert (factors["sigmoid"] < 0.25).all()
    assert page["arrived"]["sigmoid"] < 1e-12
    for name, found in factors.items():
        assert page["arrived"][name] == pytest.approx((found[1] ** 20).mean(), rel=1e-6)
    assert (abs(factors["ReLU"] - np.sqrt(0.5)) < 0.06).all()
    scaled = {name: np.array(found).mean(axis=1) for name, found in page["by_scale"].items()}
    assert abs(scaled["ReLU"][1] - 1) < 0.02
    assert abs(scaled["tanh"][1] - 1) < 0.05, "tanh matches about as well"
    assert scaled["sigmoid"][1] < 0.5, "and sigmoid does not"
    assert scaled["sigmoid"][2] < 1 < scaled["sigmoid"][3]
    rng = np.random.default_rng(0)
    z, sizes = rng.normal(size=(100, 100)), []
    for _ in range(20):
        z = np.tanh(z @ rng.normal(size=(100, 100)) / 10)
        sizes.append(z.std())
    assert sizes[0] > sizes[4] > sizes[9] > sizes[19], "what tanh writes shrinks on the way forward"
    assert sizes[19] < sizes[0] / 2
    assert page["saturated_percent"] == round(100 * np.mean(page["saturated"]["16.0"]))
    assert np.mean(page["saturated"]["1.0"]) < 0.01 < 0.5 < np.min(page["saturated"]["16.0"])


def test_dead_units_stay_dead_without_a_leak(page) -> None:
    dying = {rate: np.array(runs) for rate, runs in page["dying"].items()}
    assert {runs.shape for runs in dying.values()} == {(3, 4)}
    assert (dying["0.1"][:, 0] == dying["0.5"][:, 0]).all(), "the same units, drawn before any step"
    assert dying["0.1"][:, 0].sum() > 0, "some were dead as drawn"
    assert (dying["0.5"][:, 1] > 4 * dying["0.1"][:, 1]).all(), "the large step kills"
    assert all((runs[:, 2] == 0).all() for runs in dying.values())
    back, dead = dying["0.5"][:, 3].sum(), dying["0.5"][:, :2].sum()
    assert back / dead == pytest.approx(0.1, abs=0.02), "one in ten"
    assert (dying["0.1"][:, 3] == 0).all(), "none after the smaller rate"
    for runs in dying.values():
        for column in runs.T:
            assert f"{column.mean():.1f} ± {column.std(ddof=1):.1f}" in page.output


def test_dying_is_repeated_by_torch(page) -> None:
    images, labels = data.fashion_mnist("train")
    rng = np.random.default_rng(0)
    some = rng.permutation(len(images))[:200]
    x, right = (
        torch.tensor(images[some].reshape(200, -1).astype(float)),
        torch.tensor(labels[some].astype(int)),
    )
    network = torch.nn.Sequential(
        torch.nn.Linear(784, 100), torch.nn.ReLU(), torch.nn.Linear(100, 10)
    ).double()
    for layer in (network[0], network[2]):
        torch.nn.init.zeros_(layer.bias)
        drawn = rng.normal(size=tuple(layer.weight.shape)) * np.sqrt(2 / layer.in_features)
        layer.load_state_dict({"weight": torch.tensor(drawn), "bias": layer.bias})
    drawn_dead = int((network[0](x) <= 0).all(dim=0).sum())
    assert drawn_dead == page["dying"]["0.5"][0][0]
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    for _ in range(20):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(x), right).backward()
        optimizer.step()
    dead = (network[0](x) <= 0).all(dim=0)
    assert abs(int(dead.sum()) - sum(page["dying"]["0.5"][0][:2])) <= 1  # rounding may move a unit across 0
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(network(x), right).backward()
    assert dead.any()
    assert (network[0].weight.grad[dead] == 0).all()


def test_softmax(page) -> None:
    scores = torch.tensor([2.0, 1.0, 0.0], dtype=torch.float64)
    wanted = torch.autograd.functional.jacobian(lambda y: torch.softmax(y, 0), scores)
    np.testing.assert_allclose(page["jacobian"], wanted, atol=1e-12)
    np.testing.assert_allclose(page["numeric"], wanted, atol=1e-9)
    np.testing.assert_allclose(wanted.sum(dim=1), 0, atol=1e-12)
    assert page["limits"] == [int(page["limit"]), int(page["limit"]) + 1]
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(709.0))
        assert np.isinf(np.exp(710.0))


def test_softmax_of_two_is_a_sigmoid() -> None:
    y = torch.randn(50, 2, dtype=torch.float64)
    torch.testing.assert_close(torch.softmax(y, 1)[:, 0], torch.sigmoid(y[:, 0] - y[:, 1]))


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
