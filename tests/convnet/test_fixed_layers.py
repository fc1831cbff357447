"""Layers beside torch's: how they are printed, copied and pickled, and that their messages name them."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn, optim
from convnet.training import EarlyStopping, Trainer
from tests.convnet.harness import LIBRARIES, convert, to_numpy
from tests.convnet.layer_pairs import MAPS, NAMES, PAIRS, Pair, as_in, filled
from tests.convnet.runs import assert_same, clouds, make
from tests.convnet.test_nn_variants import VARIANTS, draw_inputs, given
from tests.convnet.test_nn_variants import filled as filled_variant

EACH_PAIR = pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
WAYS: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),
    "deepcopy": copy.deepcopy,
}
EACH_WAY = pytest.mark.parametrize("way", WAYS)


def passed(model: Any, reference: Any, shape: tuple[int, ...], library: str, seed: int) -> None:
    """Compare a forward and a backward pass with torch's, buffers and gradients included."""
    rng = np.random.default_rng(seed)
    values = rng.standard_normal(shape)
    x = torch.tensor(values, requires_grad=True)
    wanted = reference(x)
    upstream = rng.standard_normal(tuple(wanted.shape))
    wanted.backward(torch.tensor(upstream))
    out = model(convert(values, library))
    grad_x = model.backward(convert(upstream, library))
    np.testing.assert_allclose(to_numpy(out), wanted.detach().numpy(), rtol=1e-10, atol=1e-10)
    assert x.grad is not None
    np.testing.assert_allclose(to_numpy(grad_x), x.grad.numpy(), rtol=1e-10, atol=1e-10)
    ours = dict(model.named_parameters())
    assert list(ours) == [name for name, _ in reference.named_parameters()]
    for name, parameter in reference.named_parameters():
        np.testing.assert_allclose(to_numpy(ours[name].grad), parameter.grad.numpy(), rtol=1e-10, atol=1e-10)
    for name, buffer in reference.named_buffers():
        np.testing.assert_allclose(to_numpy(model.state_dict()[name]), buffer.numpy(), rtol=1e-10)


@EACH_PAIR
def test_equals_torch(pair: Pair) -> None:
    """Each library, in both modes; two passes, so that gradients add up; the shape is known beforehand."""
    for number, library in enumerate(LIBRARIES):
        for training in (True, False):
            model = filled(pair.ours(), library).train(training)
            reference = as_in(model, pair.theirs())
            for seed in range(2):
                passed(model, reference, pair.shape, library, 2 * number + seed)
    out = model(np.zeros(pair.shape)) if library == "numpy" else model(convert(np.zeros(pair.shape), library))
    if pair.given[:1] != (0,):  # an example alone knows nothing of what becomes of the batch
        assert model.output_shape(pair.shape[1:]) == tuple(out.shape[1:])


@EACH_PAIR
def test_prints_as_torch_does(pair: Pair) -> None:
    """But for `inplace`, which is not offered; ours prints without arrays as with them."""
    wanted = repr(pair.theirs()).replace(", inplace=False", "").replace("inplace=False", "")
    assert repr(pair.ours()) == repr(filled(pair.ours())) == wanted


class Own(nn.Module):
    """A module as students write them, with something to say of itself."""

    def __init__(self) -> None:
        self.linear, self.factor = nn.Linear(2, 2), 3

    def extra_repr(self) -> str:
        return f"factor={self.factor}"

    def forward(self, x: Any) -> Any:
        if x.shape[1] == 3:
            raise ValueError("conv2d: something in my own words")
        return self.factor * self.linear(x)

    def backward(self, grad_out: Any) -> Any:
        return self.linear.backward(self.factor * grad_out)


def test_a_module_of_ones_own_prints_itself_and_keeps_its_words() -> None:
    assert str(Own()) == "Own(\n  factor=3\n  (linear): Linear(in_features=2, out_features=2, bias=True)\n)"
    with pytest.raises(ValueError, match=r"^conv2d: something in my own words$"):
        Own()(np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"^Linear: the array of shape \(2,\) has no values yet"):
        Own()(np.ones((1, 2)))


@EACH_WAY
@EACH_PAIR
def test_a_copy_computes_the_same(pair: Pair, way: str) -> None:
    """Copied before it has arrays, after a forward pass, and after a backward pass."""
    assert repr(WAYS[way](pair.ours())) == repr(pair.ours())
    model = filled(pair.ours())
    reference = as_in(model, pair.theirs())
    model(np.random.default_rng(1).standard_normal(pair.shape))
    again = WAYS[way](model.train())
    with pytest.raises(ValueError, match=f"^{pair.kind}: backward needs a forward pass before it"):
        again.backward(np.zeros(pair.shape))
    again = filled(again)
    passed(again, as_in(again, reference), pair.shape, "numpy", 3)
    third = WAYS[way](again)
    for parameter, other in zip(again.parameters(), third.parameters(), strict=True):
        np.testing.assert_array_equal(parameter.grad, other.grad)
    passed(third, reference, pair.shape, "numpy", 4)


@EACH_WAY
@pytest.mark.parametrize("name", VARIANTS)
def test_a_copy_of_a_layer_with_several_inputs(name: str, way: str) -> None:
    variant = VARIANTS[name]
    layer = filled_variant(variant, "numpy")
    inputs = draw_inputs(variant, 0) + given(variant, layer, "numpy")
    out = layer(*inputs)
    again = WAYS[way](layer)
    assert repr(again) == repr(layer)
    np.testing.assert_array_equal(again(*WAYS[way](inputs)), out)
    for gradient, other in zip(layer.backward(out), again.backward(out), strict=True):
        np.testing.assert_array_equal(gradient, other)


def test_pickles_hold_no_images() -> None:
    """What a forward pass keeps is the batch: as much as the images, and somebody's images."""
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU()).initialize(seed=0)
    before = len(pickle.dumps(model))
    model(np.ones((64, 1, 28, 28), dtype=np.float32))
    assert len(pickle.dumps(model)) < before + 100


@EACH_WAY
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_run_that_was_copied_goes_on_as_the_run(library: str, way: str) -> None:
    """Model, optimizer, schedule, sources of chance, stopping and history, all in one."""
    x, y = (convert(values, library) for values in clouds())
    straight, copied = (make(library, seed=4, stopping=EarlyStopping(9)) for _ in range(2))
    straight.fit(x, y, 4)
    copied.fit(x, y, 2)
    again: Trainer = WAYS[way](copied)
    again.fit(x, y, 4)
    assert_same(straight, again)
    assert straight.optimizer.lr == again.optimizer.lr
    assert len(copied.history.epochs) == 2, "the run that was copied stays where it was"


@EACH_WAY
def test_optimizers_and_schedules_are_copied_in_any_state(way: str) -> None:
    for kind in ("SGD", "Adam", "AdamW", "Adagrad", "RMSprop", "LookAheadNesterov", "VelocityMomentum"):
        model = filled(nn.Linear(2, 2))
        optimizer = getattr(optim, kind)(model.parameters(), lr=0.1)
        schedules = [optim.LinearLR(optimizer), optim.StepLR(optimizer, 2)]
        row = optim.SequentialLR(optimizer, schedules, [2])
        for step in range(4):
            model, optimizer, row = WAYS[way]((model, optimizer, row))
            assert optimizer.parameters[0] is model.weight, "what belongs together stays together"
            optimizer.look_ahead()
            model, optimizer, row = WAYS[way]((model, optimizer, row))
            for parameter in model.parameters():
                parameter.grad = np.full(parameter.shape, 1.0 + step)
            optimizer.step()
            row.step()
        straight = filled(nn.Linear(2, 2))
        other = getattr(optim, kind)(straight.parameters(), lr=0.1)
        schedule = optim.SequentialLR(other, [optim.LinearLR(other), optim.StepLR(other, 2)], [2])
        for step in range(4):
            other.look_ahead()
            for parameter in straight.parameters():
                parameter.grad = np.full(parameter.shape, 1.0 + step)
            other.step()
            schedule.step()
        np.testing.assert_array_equal(straight.weight.data, model.weight.data, err_msg=kind)


WRONG: list[tuple[str, Callable[[], Any]]] = [
    ("Conv2d: weight expects", lambda: filled(nn.Conv2d(3, 2, 3))(np.ones(MAPS))),
    ("Conv2d: grad_out must", lambda: after(filled(nn.Conv2d(4, 2, 3))).backward(np.ones(MAPS))),
    ("Conv2d: grad_out must", lambda: after(filled(nn.Conv2d(4, 2, 3))).backward_parameters(np.ones(MAPS))),
    ("Conv2d: ", lambda: filled(nn.Sequential(nn.Conv2d(4, 2, 8)))(np.ones(MAPS))),
    ("Conv2d: ", lambda: nn.summary(nn.Sequential(nn.Conv2d(4, 2, 8)), MAPS[1:])),
    ("MaxPool2d: ", lambda: nn.summary(nn.MaxPool2d(8), MAPS[1:])),
    ("Conv2d: .*float", lambda: filled(nn.Conv2d(4, 2, 3)).to(dtype="float32")(np.ones(MAPS))),
    ("Linear: .*float", lambda: filled(nn.Linear(9, 2)).to(dtype="float32")(np.ones(MAPS))),
    ("BatchNorm2d: running", lambda: filled(nn.BatchNorm2d(3))(np.ones(MAPS))),
    ("AdaptiveAvgPool2d: ", lambda: nn.AdaptiveAvgPool2d(0)(np.ones(MAPS))),
    ("Dropout: generator", lambda: nn.Dropout()(np.ones(MAPS))),
    ("ReLU: x must be an array", lambda: nn.ReLU()([1.0])),  # type: ignore[arg-type]
    ("Softmax: ", lambda: nn.Softmax(9)(np.ones(MAPS))),
    ("PReLU: ", lambda: filled(nn.PReLU(3))(np.ones(MAPS))),
    ("SubmanifoldConv2d: ", lambda: nn.SubmanifoldConv2d(1, 1, 3).rulebook(np.ones((2, 2)))),
    ("CrossEntropyLoss: target", lambda: nn.CrossEntropyLoss()(np.ones((2, 3)), np.asarray([1, 5]))),
    ("Linear: the array of shape", lambda: nn.Sequential(nn.Linear(9, 2))(np.ones(MAPS))),
]


def after(layer: Any) -> Any:
    """Return the layer after a forward pass."""
    layer(np.ones(MAPS))
    return layer


@pytest.mark.parametrize(("message", "call"), WRONG)
def test_messages_name_the_layer(message: str, call: Callable[[], Any]) -> None:
    """Not the function inside, nor the network around it."""
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
