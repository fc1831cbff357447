"""A network is examined on a copy of it, by values, and what is wrong is said in words."""

import copy
import warnings

import numpy as np
import pytest
import torch
from torch import nn

from coursekit import checks

RNG = np.random.default_rng(3)
IMAGES, LABELS = RNG.normal(size=(20, 1, 6, 6)), RNG.integers(0, 3, 20)


class Net(nn.Module):
    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(4 * 36, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.norm(self.conv(x)))
        return self.head(self.drop(x.flatten(1)))


class Unused(Net):
    def __init__(self) -> None:
        super().__init__()
        self.spare = nn.Linear(2, 2)


class KeepsGraph(Net):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.features = self.conv(x)
        return super().forward(x)


class Pair(Net):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x), x  # type: ignore[return-value]


class AlwaysDrops(Net):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.dropout(super().forward(x), 0.5)


class MovesInEvaluation(Net):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.norm.train()
        return super().forward(x)


def same(a, b) -> bool:
    return a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a)


def test_parameters_buffers_and_counts() -> None:
    net = Net()
    report = checks.module(net, "Net()")
    assert report.shapes == {k: tuple(v.shape) for k, v in net.named_parameters()}
    assert report.count == sum(p.numel() for p in net.parameters())
    assert set(report.buffers) == {"norm.running_mean", "norm.running_var", "norm.num_batches_tracked"}
    assert same(report.state, {k: v.numpy() for k, v in net.state_dict().items()})
    assert "Net(): 6 parameters of" in repr(report)


def test_numbers_of_a_network_come_without_a_warning_and_are_not_its_own() -> None:
    net = Net()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = checks.module(net)
        assert report.forward(IMAGES).shape == (20, 3)
        assert report.gradients(IMAGES, LABELS).keys() == report.parameters.keys()
    before = net.conv.bias.detach().clone()
    report.parameters["conv.bias"][:] = 9
    assert torch.equal(net.conv.bias.detach(), before)


def test_forward_and_gradients_are_those_of_torch() -> None:
    net, other = Net(), Net()
    report, x = checks.module(net), torch.tensor(IMAGES, dtype=torch.float32)
    state = other.state_dict()
    np.testing.assert_allclose(report.forward(IMAGES), net.eval()(x).detach(), rtol=1e-5, atol=1e-6)
    right = other.eval()(x)
    np.testing.assert_allclose(report.forward(IMAGES, state=state), right.detach(), rtol=1e-5, atol=1e-6)
    up = torch.randn(20, 3)
    for target, loss in ((LABELS, nn.functional.cross_entropy(right, torch.tensor(LABELS))),
                         (up, (right * up).sum())):  # fmt: skip
        other.zero_grad()
        loss.backward(retain_graph=True)
        for name, grad in report.gradients(IMAGES, target, state=state).items():
            np.testing.assert_allclose(grad, dict(other.named_parameters())[name].grad, rtol=1e-4, atol=1e-5)


def test_the_network_and_the_random_numbers_stay_as_they_are() -> None:
    net = Net()
    before, modes = copy.deepcopy(net.state_dict()), [m.training for m in net.modules()]
    torch.manual_seed(4)
    expected = torch.rand(1)
    torch.manual_seed(4)
    report = checks.module(net)
    report.forward(IMAGES, train=True)
    report.gradients(IMAGES, LABELS, train=True)
    report.overfit(IMAGES, LABELS, steps=3)
    report.modes(IMAGES)
    assert torch.equal(torch.rand(1), expected)
    assert same(
        {k: v.numpy() for k, v in before.items()}, {k: v.numpy() for k, v in net.state_dict().items()}
    )
    assert [m.training for m in net.modules()] == modes
    assert all(p.grad is None for p in net.parameters())


def test_overfit_tells_a_network_that_learns_from_one_that_cannot() -> None:
    trained = checks.module(Net()).overfit(IMAGES, LABELS, steps=60, lr=0.01)
    assert trained.losses.shape == (61,)
    assert abs(trained.losses[0] - np.log(3)) < 1
    assert trained.losses[-1] < 0.1
    assert trained.accuracy == 1
    right = nn.functional.cross_entropy(torch.tensor(trained.logits), torch.tensor(LABELS)).item()
    assert trained.loss == pytest.approx(right, rel=1e-4)
    np.testing.assert_array_equal(trained.predictions, LABELS)
    untrained = checks.module(Net()).overfit(IMAGES, LABELS, steps=1, lr=1e-6)
    assert untrained.accuracy < 1


def test_a_part_that_no_gradient_reaches_is_named() -> None:
    assert checks.module(Net()).unreached(IMAGES, LABELS) == []
    report = checks.module(Unused())
    assert report.unreached(IMAGES, LABELS) == ["spare.weight", "spare.bias"]
    assert report.gradients(IMAGES, LABELS)["spare.bias"].shape == (2,)


def test_modes() -> None:
    moved = {"norm.running_mean", "norm.running_var", "norm.num_batches_tracked"}
    modes = checks.module(Net()).modes(IMAGES)
    assert (modes.drawn, modes.settled, set(modes.moved), modes.spoilt) == (True, True, moved, ())
    assert not checks.module(AlwaysDrops()).modes(IMAGES).settled
    assert set(checks.module(MovesInEvaluation()).modes(IMAGES).spoilt) == moved
    plain = checks.module(nn.Sequential(nn.Flatten(), nn.Linear(36, 3))).modes(IMAGES)
    assert (plain.drawn, plain.moved) == (False, ())


def kept_graph() -> nn.Module:
    net = KeepsGraph()
    net(torch.zeros(2, 1, 6, 6))
    return net


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: checks.module(None, "Net()"), r"Net\(\) is None"),
        (lambda: checks.module(Net, "net"), "must be a torch.nn.Module, got Net, a class: test an object"),
        (lambda: checks.module([1], "net"), "got an object of class list"),
        (lambda: checks.module(kept_graph()), r"Keep it with \.detach\(\)"),
        (lambda: checks.module(Pair()).forward(IMAGES), "returned a tuple. Its forward must return"),
        (lambda: checks.module(Net()).forward(IMAGES, state={}), "Not wanted: conv.bias"),
        (lambda: checks.module(Net()).forward(IMAGES, state=Unused().state_dict()), "Missing: spare.bias"),
        (lambda: checks.module(Net()).forward(IMAGES, state=Net(5).state_dict()),
         r"head.weight has shape \(3, 144\), the right shape is \(5, 144\)"),
        (lambda: checks.module(Net()).gradients(IMAGES, np.ones((2, 3))), r"the right shape is \(2, 3\)"),
        (lambda: checks.module(nn.Flatten(0)).overfit(IMAGES, LABELS), "nothing to learn"),
        (lambda: checks.module(nn.Sequential(nn.Flatten(0), nn.Linear(720, 3))).overfit(IMAGES, LABELS),
         r"returned shape \(3,\) for 20 images. Return a row"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(ask, words) -> None:
    with pytest.raises(AssertionError, match=words):
        ask()
