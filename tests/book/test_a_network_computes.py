"""A network computes: the drawn network against torch, parameter counts, depth without an activation."""

from itertools import pairwise, permutations
from math import factorial

import numpy as np
import pytest
import torch

from convnet import plain

PAGE = "networks/a-network-computes"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def layered(weights, activation):
    """Torch's network with these weights, biases first."""
    layers = []
    for weight in weights:
        weight = torch.tensor(weight, dtype=torch.float64)
        layer = torch.nn.Linear(weight.shape[1] - 1, len(weight), dtype=torch.float64)
        layer.load_state_dict({"weight": weight[:, 1:], "bias": weight[:, 0]})
        layers += [layer, activation()]
    return torch.nn.Sequential(*layers[:-1])


def test_the_drawn_network(page) -> None:
    network = layered([page["W1"], page["W2"]], torch.nn.ReLU)
    x = torch.tensor(page["x"], dtype=torch.float64)
    first = network[0](x)
    assert len(x) == 5
    assert page["a1"] == first.tolist() == [-3, 5, 2]
    assert page["z1"] == first.relu().tolist() == [0, 5, 2]
    assert page["a2"] == network(x).tolist() == [2, -1]


def test_the_sums_of_the_text_are_those_of_the_picture(page) -> None:
    bias, *weights = page["W1"][1]
    x = page["x"]
    assert f"weights\n$({', '.join(map(str, weights))})$ and the bias ${bias}$" in page.text.replace(
        " the weights $", " the weights\n$"
    )
    assert f"inputs\n$({', '.join(map(str, x))})$" in page.text
    assert f"rows $({', '.join(map(str, page['W2'][0]))})$ and $({', '.join(map(str, page['W2'][1]))})$" in (
        page.text.replace("\n", " ")
    )
    drawn = page.output[page.output.index("Three columns of boxes") :][:600].replace("minus ", "-")
    for before, after in zip(page["a1"], page["z1"], strict=True):
        assert f"{before:.0f} becomes {after:.0f}" in drawn or f"{before:.0f} stays {after:.0f}" in drawn
    told = f"bias {bias} and its weights {', '.join(map(str, weights[:-1]))} and {weights[-1]}."
    assert told in drawn


def test_a_batch_is_row_by_row(page) -> None:
    network = layered([page["W1"], page["W2"]], torch.nn.ReLU)
    batch = torch.tensor(page["batch"], dtype=torch.float64)
    assert page["together"] == network(batch).tolist()
    assert page["batch"][0] == page["x"]
    assert page["together"][1] == network(torch.zeros(5, dtype=torch.float64)).tolist() != [0, 0]
    assert page["together"][2] == [16, 8], "the exercise works it out"


def test_parameters(page) -> None:
    networks = [
        (5, 3, 2),
        (784, 100, 10),
        (784, 100, 100, 10),
        (784, 1000, 10),
        tuple(page["colour_sizes"][:4]),
    ]
    counted = [
        [sum(p.numel() for p in torch.nn.Linear(i, o).parameters()) for i, o in pairwise(sizes)]
        for sizes in networks
    ]
    assert [*page["counts"], page["colour"]] == counted
    assert page["totals"] == [sum(layers) for layers in counted[:-1]]
    assert page["colour_total"] == sum(counted[-1])
    assert page["first_shares"] == [layers[0] / sum(layers) for layers in counted[:-1]]
    assert min(page["first_shares"]) > 0.5, "most are in the first layer, in the networks of this table"


def test_without_an_activation_a_network_is_one_linear_layer() -> None:
    """The proof's matrix and vector, multiplied out layer by layer, for drawn networks."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        sizes = rng.integers(1, 8, rng.integers(2, 7))
        weights = [rng.normal(size=(o, 1 + i)) for i, o in pairwise(sizes)]
        w, b = np.eye(sizes[0]), np.zeros(sizes[0])
        for weight in weights:
            w, b = weight[:, 1:] @ w, weight[:, 1:] @ b + weight[:, 0]
        x = rng.normal(size=(9, sizes[0]))
        np.testing.assert_allclose(plain.mlp(x, weights, np.copy), x @ w.T + b, atol=1e-9)
        assert np.linalg.matrix_rank(w) <= min(sizes), "a narrow place loses something"


def test_the_experiment_could_have_said_no(page) -> None:
    """The activation is the only difference: nothing is missed without one, something in each draw with."""
    shares = {way: np.array(runs) for way, runs in page["shares"].items()}
    assert {runs.shape for runs in shares.values()} == {(3, 10)}
    assert shares["none"].max() == page["most_without"] < 1e-25
    assert min(shares["ReLU"].min(), shares["tanh"].min()) == page["least_with"] > 0.02
    for way in ("ReLU", "tanh"):
        for runs in 100 * shares[way]:
            assert f"{runs.mean():.1f} ± {runs.std(ddof=1):.1f}" in page.output


def test_exclusive_or_and_orders(page) -> None:
    assert page["either"] == [0, 1, 1, 0]
    x = np.array([[1, 0, 0], [1, 1, 1], [1, 1, 0], [1, 0, 1]], dtype=float)  # a 1, then both inputs
    pairs = x[0] + x[1], x[2] + x[3]
    np.testing.assert_array_equal(*pairs, err_msg="so no linear layer tells them apart")
    assert page["digits"] == len(str(factorial(100)))
    units = range(4)
    swapped = {
        kind: {tuple(column[list(order)].tobytes() for column in columns) for order in permutations(units)}
        for kind, columns in {
            "alike": (np.ones(4), np.ones(4)),
            "no two alike": (np.ones(4), np.arange(4.0)),
        }.items()
    }
    assert len(swapped["no two alike"]) == factorial(4) > len(swapped["alike"]) == 1


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
