"""Networks and what is reached in them: as torch prints, cuts, shares and counts."""

import copy
import pickle
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import models, nn, optim
from convnet.training import Trainer, evaluate
from tests.convnet.layer_pairs import filled


def test_a_network_prints_nested() -> None:
    ours = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Sequential(nn.ReLU(), nn.MaxPool2d(2)), last=nn.Linear(6, 2)
    )
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(1, 6, 5, padding=2), torch.nn.Sequential(torch.nn.ReLU(), torch.nn.MaxPool2d(2))
    )
    theirs.add_module("last", torch.nn.Linear(6, 2))
    assert repr(ours) == repr(theirs).replace("inplace=False", "")
    line = "  (c1): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))"
    assert line in str(models.lenet5()).split("\n")
    block = str(models.resnet18()).split("\n")
    assert block[5:9] == [
        "  (layer1): Sequential(",
        "    (0): Sequential(",
        "      (residual): Residual(",
        "        (conv1): Conv2d(64, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)",
    ]


def test_a_parameter_that_is_shared_is_learned_once() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)).initialize(seed=0)
    model[1].weight = model[0].weight  # type: ignore[attr-defined]
    reference = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
    reference[1].weight = reference[0].weight
    assert [name for name, _ in model.named_parameters()] == [n for n, _ in reference.named_parameters()]
    assert list(model.state_dict()) == list(reference.state_dict())
    assert len(optim.SGD(model.parameters()).parameters) == 3


def test_layers_are_reached_replaced_and_cut_as_in_torch() -> None:
    ours = nn.Sequential({"a": nn.ReLU(), "b": nn.Tanh()}, c=nn.Sigmoid())
    theirs = torch.nn.Sequential(OrderedDict(a=torch.nn.ReLU(), b=torch.nn.Tanh(), c=torch.nn.Sigmoid()))
    for network, kinds in ((ours, nn), (theirs, torch.nn)):
        network.b = kinds.Linear(2, 3)  # type: ignore[attr-defined]
        network[-1] = kinds.Linear(3, 4)  # type: ignore[attr-defined]
        network.append(kinds.Flatten())  # type: ignore[attr-defined]
    assert repr(ours) == repr(theirs)
    assert repr(ours[1:3]) == repr(theirs[1:3])
    assert ours.a is ours[0] is next(iter(ours))
    assert len(ours) == len(theirs) == 4
    assert [name for name, _ in ours.named_parameters()] == [name for name, _ in theirs.named_parameters()]
    assert filled(ours)(np.zeros((5, 2))).shape == (5, 4)
    block = nn.Residual(nn.Linear(2, 2), downsample=nn.Identity())
    block.downsample = nn.Linear(2, 2)
    assert len(list(block.parameters())) == 4
    assert nn.Branches(left=nn.ReLU()).left.name == "ReLU"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda net: setattr(net, "head", nn.ReLU()),
            r"Sequential: there is no layer 'head' to replace; append",
        ),
        (lambda net: setattr(net, "a", 3), r"Sequential: layer 'a' must be a module, got int"),
        (lambda net: net.append(nn.ReLU(), "a"), r"Sequential: layer 'a' is there already"),
        (lambda net: net.append(net[0]), r"Sequential: layers 'a' and '1' are one object; make two"),
        (lambda net: nn.Branches(net, net), r"Branches: layers '0' and '1' are one object; make two"),
        (lambda net: nn.Sequential({}), r"Sequential: at least one layer is needed"),
    ],
)
def test_networks_refuse(call: Callable[[nn.Sequential], Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call(nn.Sequential(a=nn.ReLU()))
    with pytest.raises(AttributeError, match="Sequential has no attribute or layer 'head'"):
        _ = nn.Sequential(a=nn.ReLU()).head


class Blocks(nn.Module):
    """As many layers as one likes."""

    def __init__(self, count: int) -> None:
        self.name = "blocks"
        self.blocks = nn.ModuleList(nn.Linear(2, 2) for _ in range(count))

    def forward(self, x: Any) -> Any:
        for block in self.blocks:
            x = block.forward(x)  # type: ignore[attr-defined]
        return x

    def backward(self, grad_out: Any) -> Any:
        for block in reversed(list(self.blocks)):
            grad_out = block.backward(grad_out)  # type: ignore[attr-defined]
        return grad_out


def test_a_list_of_modules_is_found() -> None:
    model = filled(Blocks(3))
    theirs = torch.nn.Module()
    theirs.blocks = torch.nn.ModuleList(torch.nn.Linear(2, 2) for _ in range(3))
    assert [name for name, _ in model.named_parameters()] == [name for name, _ in theirs.named_parameters()]
    assert [name for name, _ in model.named_modules()] == [name for name, _ in theirs.named_modules()]
    assert [name for name, _ in model.named_children()] == ["blocks"]
    assert len(list(model.modules())) == len(list(theirs.modules()))
    model.blocks.append(filled(nn.Linear(2, 2)))
    x = np.ones((1, 2))
    for again in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        np.testing.assert_array_equal(again(x), model(x))
        np.testing.assert_array_equal(again.backward(x), model.backward(x))
    assert model.blocks[-1] is list(model.blocks)[3]
    assert len(model.blocks) == 4
    with pytest.raises(ValueError, match="ModuleList: modules must be modules, got int"):
        model.blocks.append(3)
    with pytest.raises(ValueError, match="ModuleList: modules must be an iterable of modules, got 3"):
        nn.ModuleList(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: nn.Parameter(np.ones(3), nn.init.constant(0.0)),
            r"Parameter: shape must .* ndarray",
        ),  # type: ignore[arg-type]
        (
            lambda: nn.Buffer((2, -1), nn.init.constant(0.0)),
            r"Buffer: shape must be an integer",
        ),
        (lambda: nn.Linear(1, 1).initialize().to("cuda"), r"to: library must be one of .*pass device='cuda'"),
        (lambda: nn.Linear(1, 1).initialize().to("cpu"), r"to: library must be one of .*pass device='cpu'"),
    ],
)
def test_refuses(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_parameters_and_summaries_show_what_they_hold() -> None:
    weight = nn.Parameter((2,), nn.init.constant(1.0))
    assert repr(weight) == "Parameter of shape (2,): no values yet"
    weight.data = np.asarray([1.0, 2.0])
    assert repr(weight) == "Parameter of shape (2,):\n[1. 2.]"
    table = nn.summary(nn.Linear(2, 3), (2,))
    assert repr(table) == str(table)
    assert "Linear" in repr(table)


def test_accuracy_of_pixels_is_a_share() -> None:
    """As many labels as pixels: the share is of these, in training and in evaluation."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((6, 1, 3, 4)).astype(np.float32), rng.integers(0, 2, (6, 3, 4))
    model = nn.Conv2d(1, 2, 1).initialize(seed=0)
    wanted = float((model(x).argmax(axis=1) == y).mean())
    assert 0 < wanted < 1
    assert evaluate(model, x, y, batch_size=4).accuracy == pytest.approx(wanted)
    trainer = Trainer(model, optim.SGD(model.parameters(), lr=0.0), batch_size=4, progress=False)
    assert trainer.fit(x, y, 1).epochs[0].accuracy == pytest.approx(wanted)
