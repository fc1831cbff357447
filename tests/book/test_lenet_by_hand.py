"""LeNet-5 by hand: its passes against torch, counts, rungs, and the experiment that the page reads."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convnet import functional
from convnet.models import lenet5
from convnet.nn import summary
from coursekit import data
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.coursekit.test_experiments import script

PAGE = "backward/lenet-by-hand"
LAYERS = ("C1", "C3", "C5", "F6", "output")


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown() -> dict[str, Any]:
    """The two functions that the page shows."""
    scope: dict[str, Any] = {"np": np, "F": functional}
    for cell in chapter(PAGE).cells:
        if cell.visible and "def lenet" in cell.code:
            exec(cell.code, scope)
    return scope


def network() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
        nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    ).double()  # fmt: skip


@pytest.mark.parametrize("batch", [1, 3])
def test_forward_and_backward_are_torchs(batch: int) -> None:
    """The page's code and the experiment's, against autograd: scores, and gradients of all weights."""
    torch.manual_seed(batch)
    net, made = network(), script("lenet_by_hand")
    layers = [layer for layer in net if hasattr(layer, "weight")]
    w = {
        name: [layer.weight.detach().numpy(), layer.bias.detach().numpy()]
        for name, layer in zip(LAYERS, layers, strict=True)
    }
    x = torch.randn(batch, 1, 28, 28, dtype=torch.float64)
    labels = torch.arange(batch)
    y = net(x)
    nn.functional.cross_entropy(y, labels).backward()
    loss, cache = functional.cross_entropy_forward(y.detach().numpy(), labels.numpy())
    delta = functional.cross_entropy_backward(np.ones_like(loss), cache)
    scores, caches = shown()["lenet"](x.numpy(), w)
    by_page = shown()["lenet_backward"](delta, caches)
    again, back = made.lenet(x.numpy(), w)
    by_script = back(delta)
    np.testing.assert_allclose(scores, y.detach(), atol=1e-10)
    np.testing.assert_allclose(again, y.detach(), atol=1e-10)
    for name, layer in zip(LAYERS, layers, strict=True):
        for place, parameter in enumerate((layer.weight, layer.bias)):
            np.testing.assert_allclose(by_page[name][place], parameter.grad, atol=1e-12)
            np.testing.assert_allclose(by_script[name][place], parameter.grad, atol=1e-12)


def test_the_controls_gradients_are_torchs() -> None:
    made = script("lenet_by_hand")
    rng = np.random.default_rng(0)
    for name in ("two linear layers", "one linear layer"):
        w = made.draw(made.MODELS[name].shapes, rng)
        x = rng.normal(size=(4, 1, 28, 28)).astype(np.float32)
        y, back = made.MODELS[name].run(x, w)
        delta = rng.normal(size=y.shape).astype(np.float32)
        tensors = {key: [torch.tensor(v, requires_grad=True) for v in both] for key, both in w.items()}
        z = torch.tensor(x).flatten(1)
        if "F6" in w:
            z = torch.tanh(nn.functional.linear(z, *tensors["F6"]))
        (nn.functional.linear(z, *tensors["output"]) * torch.tensor(delta)).sum().backward()
        for key, both in back(delta).items():
            for found, tensor in zip(both, tensors[key], strict=True):
                np.testing.assert_allclose(found, tensor.grad, rtol=1e-3, atol=1e-4)


def test_frozen_kernels_stay_and_the_others_move() -> None:
    made = script("lenet_by_hand")
    rng = np.random.default_rng(0)
    x, labels = rng.random((20, 1, 28, 28), np.float32), np.arange(20) % 10
    still = {"LeNet-5": "", "frozen kernels, learned head": "C1 C3 C5", "only C1 and C3 frozen": "C1 C3"}
    for name, frozen in still.items():
        run = made.train(made.MODELS[name], 0.03, 0, x, labels, (x, labels), epochs=2)
        for layer in LAYERS:
            stays = np.array_equal(run.before[layer][0], run.after[layer][0])
            assert stays is (layer in frozen.split())
        assert (run.read(x) == labels).mean() == pytest.approx(run.accuracies[-1])


def test_counts(page) -> None:
    counts = page["counts"]
    layers = [layer for layer in network() if hasattr(layer, "weight")]
    for name, layer in zip(LAYERS, layers, strict=True):
        assert counts[name] == sum(p.numel() for p in layer.parameters())
    assert page["total"] == sum(counts.values()) == 61_706
    assert "61,706" in str(summary(lenet5(), (1, 28, 28)))
    sizes, z = [], torch.zeros(1, 1, 28, 28, dtype=torch.float64)
    for layer in network():
        z = layer(z)
        if not isinstance(layer, nn.Tanh) and z.ndim == 4:
            sizes.append(z.shape[-1])
    assert page["sides"] == sizes == [28, 14, 10, 5, 1]
    # Without S4, and on wider pictures: the exercises.
    net = network()
    small = net[:5](torch.zeros(1, 1, 28, 28, dtype=torch.float64))
    assert page["without_s4"] == sum(p.numel() for p in nn.Conv2d(16, 120, small.shape[-1]).parameters())
    maps = net[:6](torch.zeros(1, 1, 32, 36, dtype=torch.float64))
    places = net[6](maps)
    assert page["wide"] == [*maps.shape[2:], *places.shape[2:], places.numel()]


def test_rungs(page) -> None:
    assert page["largest"] < 1e-6
    assert page["guessing"] == pytest.approx(np.log(10))
    assert all(abs(first - page["guessing"]) < 0.2 for first in page["firsts"])
    assert all(steps < 400 for steps in page["fifty_steps"])
    assert page["solved"] == "right"


def test_the_experiment_says_what_the_page_says(page) -> None:
    """The goal, the controls behind, the curve, and rates that were not at the end of the list."""
    kept = experiment("lenet_by_hand")
    tested = {name: np.array(each["accuracies"])[:, -1] for name, each in kept["race"].items()}
    assert tested["LeNet-5"].mean() >= 0.85
    for name, values in tested.items():
        assert page["means"][name] == pytest.approx(100 * values.mean())
        assert page["spreads"][name] == pytest.approx(100 * values.std(ddof=1))
        rates, scores = kept["rates"], np.mean(kept["tried"][name], axis=1)
        assert kept["best"][name] == rates[int(scores.argmax())]
        moved = np.array(kept["race"][name]["moved"])
        np.testing.assert_allclose(moved[:, 0], values, atol=1e-9)
        if name != "LeNet-5":
            assert (tested["LeNet-5"] > values).all()
            ours, theirs = np.array(kept["only_lenet"][name]).T
            np.testing.assert_allclose((ours - theirs) / 1000, tested["LeNet-5"] - values, atol=1e-9)


def test_most_moves_cut_a_piece_off() -> None:
    """Clothes reach to the border, so moved pictures are harder for a second reason."""
    made, (clothes, _) = script("lenet_by_hand"), data.fashion_mnist("test")
    ink = clothes.sum(axis=(1, 2, 3))
    assert (ink > clothes[..., 1:-1, 1:-1].sum(axis=(1, 2, 3))).all()
    left = made.moved(clothes, 3, np.random.default_rng(0)).sum(axis=(1, 2, 3))
    assert (left < ink - 1e-3).mean() > 0.8


@pytest.mark.slow
def test_an_epoch_of_the_experiment_again() -> None:
    """The first epoch of the first seed: the same start, the same batches, the same loss."""
    made, kept = script("lenet_by_hand"), experiment("lenet_by_hand")
    for name, model in made.MODELS.items():
        run = made.train(
            model, kept["best"][name], kept["seeds"][0], *data.fashion_mnist("train"),
            data.fashion_mnist("test"), stop=1,
        )  # fmt: skip
        assert run.losses[0] == pytest.approx(kept["race"][name]["losses"][0][0], rel=0.01)
        assert run.accuracies[0] == pytest.approx(kept["race"][name]["accuracies"][0][0], abs=0.02)
