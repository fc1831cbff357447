"""Backpropagation: the network by hand, three ways to a gradient, its cost and its kinks, against torch."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from convnet import plain

PAGE = "networks/backpropagation"
W1 = [[1, 2, 1, -1, 1, -1], [-2, 1, 3, 1, -1, 1], [3, -1, 2, 2, 1, -1]]
W2 = [[1, 3, 1, -2], [-4, 2, 1, -1]]
X = [1, 0, 2, -1, 3]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def hidden(first: torch.Tensor) -> torch.Tensor:
    return first[:, 0] + first[:, 1:] @ torch.tensor(X).double()


def gradients(target: list[float], stepped: list[list[float]] | None = None):
    """Gradients of half the squared distance by both matrices, and by the hidden pre-activations."""
    first, second = torch.tensor(W1).double().requires_grad_(), torch.tensor(W2).double().requires_grad_()
    a = hidden(first)
    used = second if stepped is None else torch.tensor(stepped).double()
    y = used[:, 0] + used[:, 1:] @ torch.relu(a)
    # A changed second layer must not change the errors: those belong to the outputs of the old one.
    error = second[:, 0] + second[:, 1:] @ torch.relu(a) - torch.tensor(target).double()
    loss = (error.detach() * y).sum() if stepped is not None else (error**2).sum() / 2
    delta = torch.autograd.grad(loss, a, retain_graph=True)[0]
    return torch.autograd.grad(loss, [first, second] if stepped is None else [first]), delta


def test_the_network_by_hand(page) -> None:
    (by_first, by_second), delta = gradients([1, 2])
    assert page["error"] == [2 - 1, -1 - 2]
    assert page["by_W1"] == by_first.tolist()
    assert page["by_W2"] == by_second.tolist()
    assert page["delta1"] == delta.tolist() == [0, -2, 1]
    assert page["counted"] == len(W1) * len(W1[0]) + len(W2) * len(W2[0])
    for name, matrix in (("W1", W1), ("W2", W2)):
        written = page.text.split(f"{name} = np.array(")[1]
        assert "".join(written.split()).startswith("".join(str(matrix).split()).replace("]]", "]"))


def test_the_same_network_as_in_the_first_chapter(page, saved) -> None:
    first = saved("networks/a-network-computes")
    assert (first["W1"], first["W2"], first["x"]) == (W1, W2, X)
    assert "a1, z1, y = [-3, 5, 2], [0, 5, 2], [2, -1]" in page.text
    assert (first["a1"], first["z1"], first["a2"]) == ([-3, 5, 2], [0, 5, 2], [2, -1])


def test_a_step_taken_too_early(page) -> None:
    (_, by_second), right = gradients([1, 2])
    stepped = torch.tensor(W2).double() - page["rate"] * by_second
    np.testing.assert_allclose(page["stepped"], stepped)
    _, early = gradients([1, 2], stepped.tolist())
    np.testing.assert_allclose(page["early_delta"], early, atol=1e-12)
    assert right[2] > 0 > early[2], "the third has the wrong sign"


def test_three_ways_agree_and_a_mistake_does_not(page) -> None:
    found = page["compared"]
    assert found["loops"][1] < 1e-10
    assert found["finite differences"][1] < 1e-7
    assert found["a step taken too early"][0] > 0.01
    assert page["networks"] == 100
    assert 50 < page["deep"] < 100, "one layer alone has nothing to read too early"


def multiplications(sizes: tuple[int, ...]) -> tuple[float, float]:
    """What torch counts forward and backward for one example: biases as weights of a one, as on the page."""
    weights = [torch.zeros(o, 1 + i, requires_grad=True) for i, o in pairwise(sizes)]
    one = torch.ones(1, 1)

    def forward() -> torch.Tensor:
        z = torch.ones(1, sizes[0])
        for number, weight in enumerate(weights):
            z = torch.relu(z) if number else z
            z = torch.cat([one, z], dim=1) @ weight.T
        return z.sum()

    counter = FlopCounterMode(display=False)
    with counter:
        out = forward()
    ahead = counter.get_total_flops()
    with counter:
        out.backward()
    return ahead / 2, counter.get_total_flops() / 2


def test_what_it_costs(page) -> None:
    shapes = [(784, 100, 10), (784, 100, 100, 10), (100,) * 21]
    for sizes, ratio, back in zip(shapes, page["ratios"], page["backward"], strict=True):
        ahead, counted = multiplications(sizes)
        hidden_ones = sum(sizes[2:])  # torch goes back to the ones, too, and throws that away
        assert counted - hidden_ones == back
        assert ratio == pytest.approx(back / ahead)
        assert ratio < 2
    assert round(1 + page["ratios"][2]) == 3, "the question's network"
    assert 1 + page["ratios"][0] < 2.1, "at most three runs; here two"
    assert page["parameters"] == multiplications(shapes[0])[0] == 785 * 100 + 101 * 10
    assert page["runs"] == page["parameters"] + 1
    assert page["differences"] == [count * (count + 1) for count in (79_510, 89_610, 202_000)]
    assert page["times"][0] == pytest.approx(79_511 * 79_510 / (79_510 + page["backward"][0]))


def test_never_more_than_twice() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        sizes = tuple(int(size) for size in rng.integers(1, 200, rng.integers(2, 8)))
        ahead = sum((i + 1) * o for i, o in pairwise(sizes))
        back = ahead + sum(i * o for i, o in pairwise(sizes[1:]))
        assert back < 2 * ahead


def test_backpropagation_at_a_kink_is_no_slope(page) -> None:
    """ReLU(x) − ReLU(−x) is x. Torch says 0 at 0, as the page does; its only slope is 1."""
    x = torch.zeros((), dtype=torch.float64, requires_grad=True)
    (torch.relu(x) - torch.relu(-x)).backward()
    assert page["same_at_zero"] == x.grad.item() == 0
    assert page["same_numeric"] == pytest.approx(1)
    for place in (-0.5, 0.5):
        away = torch.tensor(place, requires_grad=True)
        (torch.relu(away) - torch.relu(-away)).backward()
        assert away.grad == 1


@pytest.mark.parametrize(("slope", "stopped"), [(0.0, True), (0.5, False)])
def test_a_black_picture_without_biases_hides_the_gradient_of_its_pixels(slope: float, stopped: bool) -> None:
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(5, 7)), rng.normal(size=(3, 6))]
    for weight in weights:
        weight[:, 0] = 0
    by_x, *by_weights = plain.mlp_backward(
        rng.normal(size=(1, 3)),
        np.zeros((1, 6)),
        weights,
        plain.relu,
        lambda grad_out, a: grad_out * np.where(a == 0, slope, a > 0),
    )
    assert (by_x == 0).all() == stopped
    assert all((grad[:, 1:] == 0).all() for grad in by_weights), "weights read zeros, whatever the slope"


def test_the_loss_has_no_convex_subgradient(page) -> None:
    """L(w) = (ReLU(w) − 1)²: a line through (0, 1) below the curve needs a slope ≥ 0 and ≤ −2."""
    assert page["kinked"] == {"-1.0": 1, "-0.5": 1, "0.0": 1, "0.5": 0.25}
    near = np.linspace(-0.1, 0.1, 2001)
    values = (np.maximum(near, 0) - 1) ** 2
    slopes = np.linspace(-5, 5, 1001)
    below = (1 + slopes[:, None] * near <= values + 1e-12).all(axis=1)
    assert not below.any(), "not even nearby"
    # Where the loss is smooth there may be no such line either, and the derivative will do.
    w, wide = torch.tensor(0.5, requires_grad=True), np.linspace(-4, 4, 2001)
    ((torch.relu(w) - 1) ** 2).backward()
    tangent = 0.25 + w.grad.item() * (wide - 0.5)
    assert (tangent > (np.maximum(wide, 0) - 1) ** 2).any()
    relu = (slopes[:, None] * near <= np.maximum(near, 0) + 1e-12).all(axis=1)
    assert slopes[relu].min() == pytest.approx(0)
    assert slopes[relu].max() == pytest.approx(1)
    # Gradients nearby tend to 0 and to −2.
    ends = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in (-1e-9, 1e-9)]
    for w in ends:
        ((torch.relu(w) - 1) ** 2).backward()
    assert [w.grad.item() for w in ends] == pytest.approx([0, -2])


def test_exercises(page) -> None:
    assert page["another"] == gradients([3, 0])[1].tolist() == [0, -2, 3]
    assert page["solved"] == "right"
    rng = np.random.default_rng(0)
    grad_out, x, weight = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.normal(size=(3, 3))
    tensors = [torch.tensor(each, requires_grad=True) for each in (x, weight)]
    out = tensors[0] + torch.relu(tensors[0] @ tensors[1].T)
    wanted = torch.autograd.grad(out, tensors, torch.tensor(grad_out))
    delta = plain.relu_backward(grad_out, x @ weight.T)
    np.testing.assert_allclose(grad_out + delta @ weight, wanted[0])
    np.testing.assert_allclose(delta.T @ x, wanted[1])
