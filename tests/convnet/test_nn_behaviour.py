"""How layers behave in training and evaluation: chance, modes, shortcuts, the loss."""

from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn
from tests.convnet.harness import LIBRARIES, convert, to_numpy

EACH_LIBRARY = pytest.mark.parametrize("library", LIBRARIES)


def test_dropout_draws_from_its_own_seeded_generator() -> None:
    def run(seed: int, library: str = "numpy") -> Any:
        model = nn.Sequential(nn.Dropout(0.5), nn.Dropout(0.5)).initialize(seed)
        x = convert(np.ones((50, 40)), library)
        out = model(x)
        return to_numpy(out), to_numpy(model.backward(x))

    out, grad = run(3)
    np.testing.assert_array_equal(out, grad)
    np.testing.assert_array_equal(out, run(3)[0])
    np.testing.assert_array_equal(out, run(3, "torch")[0])
    assert not np.array_equal(out, run(4)[0])
    assert set(np.unique(out)) == {0.0, 4.0}
    assert abs(float((out > 0).mean()) - 0.25) < 0.03, "two layers drop independently"
    model = nn.Dropout(0.5).eval()
    np.testing.assert_array_equal(model(np.ones(9)), 1.0)


def test_channel_dropout_drops_whole_maps() -> None:
    out = nn.Dropout2d(0.5).initialize(0)(np.ones((20, 10, 3, 3)))
    per_map = np.asarray(out).reshape(200, 9)
    assert np.all(per_map == per_map[:, :1])
    assert 0.3 < float(per_map[:, 0].astype(bool).mean()) < 0.7


@EACH_LIBRARY
def test_cross_entropy(library: str) -> None:
    rng = np.random.default_rng(0)
    scores, target, weight = rng.standard_normal((6, 4)), rng.integers(0, 4, 6), rng.random(4)
    x = torch.tensor(scores, requires_grad=True)
    reference = torch.nn.CrossEntropyLoss(torch.tensor(weight), label_smoothing=0.1)
    wanted = reference(x, torch.tensor(target))
    wanted.backward()
    loss = nn.CrossEntropyLoss(convert(weight, library), label_smoothing=0.1)
    found = loss.forward(convert(scores, library), convert(target, library))
    assert x.grad is not None
    np.testing.assert_allclose(float(found), float(wanted.detach()), rtol=1e-12)
    np.testing.assert_allclose(to_numpy(loss.backward()), x.grad.numpy(), rtol=1e-10)
    with pytest.raises(ValueError, match=r"CrossEntropyLoss: backward needs a forward pass"):
        loss.backward()


def test_modes_reach_every_layer() -> None:
    model = nn.Sequential(nn.Residual(nn.Dropout()), nn.Branches(nn.Dropout(), nn.BatchNorm2d(2)))
    assert all(module.training for _, module in model.named_modules())
    assert not any(module.training for _, module in model.eval().named_modules())
    assert all(module.training for _, module in model.train().named_modules())
    assert len(list(model.named_modules())) == 6


@EACH_LIBRARY
def test_a_state_shows_what_training_moves_as_in_torch(library: str) -> None:
    def run(model: Any, x: Any) -> dict[str, Any]:
        state = dict(model.state_dict())
        model(x)
        model(x)
        return {name: to_numpy(array) for name, array in state.items()}

    x = np.random.default_rng(0).standard_normal((4, 2, 3, 5)).astype(np.float32)
    layer = nn.BatchNorm2d(2).initialize()
    if library == "strict":
        for _, array in layer.named_arrays():
            array.data = convert(to_numpy(array.data), library)
    else:
        layer.to(library)
    found, wanted = run(layer, convert(x, library)), run(torch.nn.BatchNorm2d(2), torch.tensor(x))
    assert int(found["num_batches_tracked"]) == 2
    for name, value in wanted.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-5, err_msg=name)


def test_identity_shortcut_lets_the_gradient_pass() -> None:
    model = nn.Residual(nn.Linear(3, 3)).initialize(0, weight=nn.init.constant(0.0))
    x = np.ones((2, 3), dtype=np.float32)
    np.testing.assert_array_equal(model(x), x)
    np.testing.assert_array_equal(model.backward(5 * x), 5 * x)


def test_parameters_on_both_ways_of_a_shortcut_get_their_gradients() -> None:
    model = nn.Residual(nn.Conv2d(2, 3, 1), downsample=nn.Conv2d(2, 3, 1)).initialize(0)
    x = np.random.default_rng(0).standard_normal((2, 2, 3, 4)).astype(np.float32)
    grad_out = np.ones(model(x).shape, dtype=np.float32)
    model.backward(grad_out)
    wanted = [parameter.grad for parameter in model.parameters()]
    model.zero_grad()
    model(x)
    model.backward_parameters(grad_out)
    for parameter, gradient in zip(model.parameters(), wanted, strict=True):
        np.testing.assert_array_equal(parameter.grad, gradient)  # type: ignore[arg-type]
