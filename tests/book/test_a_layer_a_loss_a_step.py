"""The opening chapter: layer, loss, chain rule and step against torch; claims against counterexamples."""

import math

import numpy as np
import pytest
import torch

from coursekit import data

PAGE = "start/a-layer-a-loss-a-step"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_layer_and_its_parameters(page) -> None:
    weight, x, bias = torch.tensor([[1, 0, -1], [2, 1, 0]]), torch.tensor([2, 1, 3]), torch.tensor([1, -2])
    assert page["small_y"] == (weight @ x + bias).tolist()
    linear = torch.nn.Linear(784, 10)
    assert page["parameters"] == sum(p.numel() for p in linear.parameters()) == 7_850
    two = torch.nn.Sequential(torch.nn.Linear(784, 100), torch.nn.ReLU(), torch.nn.Linear(100, 10))
    assert page["both"] == sum(p.numel() for p in two.parameters()) == 79_510
    assert page["layers"] == [78_500, 1_010]


def test_two_linear_layers_are_one_and_none_computes_the_absolute_value() -> None:
    rng = np.random.default_rng(0)
    first, second, b1, b2, x = (rng.standard_normal(shape) for shape in ((4, 3), (2, 4), (4,), (2,), (3,)))
    np.testing.assert_allclose(second @ (first @ x + b1) + b2, second @ first @ x + (second @ b1 + b2))
    a = rng.standard_normal(100)
    np.testing.assert_allclose(np.maximum(a, 0) + np.maximum(-a, 0), np.abs(a))
    w, b = (
        rng.standard_normal(100),
        rng.standard_normal(100),
    )
    # Half-way between −1 and 1 a linear layer is at the mean of its values there.
    np.testing.assert_allclose(((-w + b) + (w + b)) / 2, b, atol=1e-12)
    assert (abs(-1) + abs(1)) / 2 != abs(0)


def test_softmax_and_cross_entropy(page) -> None:
    scores = torch.tensor([2.0, 1.0, -1.0], dtype=torch.float64)
    np.testing.assert_allclose(page["three"], scores.softmax(0), atol=6e-4)
    np.testing.assert_allclose(page["three_losses"], -scores.log_softmax(0), atol=6e-3)
    assert page["guessing"] == round(math.log(10), 3) == page["first_loss"]
    assert round(math.log(100), 1) == 4.6
    assert round(math.log(10), 1) == 2.3


def test_chain_rule_and_steps(page) -> None:
    for b, values, slopes in (
        (-1.0, page["values"], page["slopes"]),
        (-4.0, page["dead_values"], page["dead_slopes"]),
    ):
        w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1.5, b))
        a = w * 2.0 + b
        h = a.relu()
        a.retain_grad()
        h.retain_grad()
        loss = (h - 3) ** 2
        loss.backward()
        assert values == {"a": a.item(), "h": h.item(), "L": loss.item()}
        assert slopes == {"w": w.grad.item(), "b": b.grad.item(), "a": a.grad.item(), "h": h.grad.item()}
    assert page["slopes"] == {"h": -2, "a": -2, "w": -4, "b": -2}
    assert page["nudged"] == -3.996
    assert page["after_a_step"] == {"0.05": [1.7, -0.9, 0.25], "0.25": [2.5, -0.5, 2.25]}


def test_gradient_of_softmax_and_cross_entropy() -> None:
    scores = torch.randn(5, 4, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([0, 3, 1, 1, 2])
    torch.nn.functional.cross_entropy(scores, labels, reduction="sum").backward()
    expected = scores.detach().softmax(1) - torch.nn.functional.one_hot(labels, 4)
    torch.testing.assert_close(scores.grad, expected)


def test_training_is_repeated_by_autograd(page) -> None:
    images, labels = (torch.as_tensor(array) for array in data.fashion_mnist("train"))
    x = images.reshape(len(images), -1).double()
    weight, bias = (torch.zeros(s, dtype=torch.float64, requires_grad=True) for s in ((10, 784), (10,)))
    optimizer = torch.optim.SGD([weight, bias], lr=0.1)
    losses = []
    for _ in range(200):
        loss = torch.nn.functional.cross_entropy(x @ weight.T + bias, labels)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert page["last_loss"] == round(losses[-1], 3)
    right = ((x @ weight.T + bias).argmax(1) == labels).double().mean().item()
    assert page["seen"] == round(100 * right, 1)
    assert 70 < page["unseen"] < page["seen"]


def test_shuffled_labels_are_remembered_and_not_understood(page) -> None:
    """The control: on new pictures true labels win by far; on seen ones both are nearly all right."""
    true, shuffled = np.array(page["measured"]["true"]), np.array(page["measured"]["shuffled"])
    assert true.shape == shuffled.shape == (3, 2)
    assert max(true.max(), shuffled.max()) <= 100
    for runs in (true, shuffled):  # what the table says
        for column in runs.T:
            assert f"{column.mean():.1f} ± {column.std(ddof=1):.1f}" in page.output
    assert (true[:, 0] > 99).all()
    assert (shuffled[:, 0] > 94).all()
    assert (true[:, 1] > 70).all()
    assert (abs(shuffled[:, 1] - 10) < 4).all()


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
