"""Layers with more than one input: values, gradients, state and refusals; torch's autograd is the judge."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn
from convnet.gradcheck import gradcheck
from tests.convnet.harness import LIBRARIES, convert, library_of, to_numpy
from tests.convnet.operations import deformable as deformable_
from tests.convnet.operations import partial as partial_
from tests.convnet.operations import submanifold as submanifold_

SITES = np.random.default_rng(0).permutation(np.argwhere(np.random.default_rng(1).random((2, 6, 7)) < 0.4))


@dataclass
class Variant:
    """A layer, its inputs with gradients and without, and the same operation in torch."""

    build: Callable[[], nn.Component]
    inputs: dict[str, tuple[int, ...]]
    reference: Callable[..., torch.Tensor]
    fixed: dict[str, Any]


def deformable(weight: Any, bias: Any, x: Any, offset: Any, mask: Any = None, **options: Any) -> torch.Tensor:
    return deformable_.by_definition(x, offset, weight, bias, mask, **options)


def partial(weight: Any, bias: Any, x: Any, mask: Any) -> torch.Tensor:
    return partial_.by_definition(x, weight, bias, mask, stride=2, padding=1)


def submanifold(weight: Any, bias: Any, x: Any, coordinates: Any) -> torch.Tensor:
    return submanifold_.dense(x, weight, bias, coordinates, (1, 2))


HOLES = (np.random.default_rng(2).random((2, 1, 7, 6)) < 0.6).astype(np.float64)
VARIANTS = {
    "deformable v1": Variant(
        lambda: nn.DeformConv2d(4, 6, (3, 2), padding=1, groups=2),
        {"x": (2, 4, 5, 6), "offset": (2, 24, 5, 7)},
        lambda *args: deformable(*args, padding=1),
        {},
    ),
    "deformable v2": Variant(
        lambda: nn.DeformConv2d(4, 6, 3, 2, (1, 2), 2, bias=False),
        {"x": (2, 4, 5, 6), "offset": (2, 18, 2, 3), "mask": (2, 9, 2, 3)},
        lambda *args: deformable(*args, stride=2, padding=(1, 2), dilation=2),
        {},
    ),
    "partial": Variant(
        lambda: nn.PartialConv2d(3, 4, 3, 2, 1), {"x": (2, 3, 7, 6)}, partial, {"mask": HOLES}
    ),
    "submanifold": Variant(
        lambda: nn.SubmanifoldConv2d(3, 4, (3, 5), (1, 2)),
        {"x": (len(SITES), 3)},
        submanifold,
        {"coordinates": SITES},
    ),
}
EACH_VARIANT = pytest.mark.parametrize("name", VARIANTS)
EACH_LIBRARY = pytest.mark.parametrize("library", LIBRARIES)


def draw_inputs(variant: Variant, seed: int) -> list[Any]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in variant.inputs.values()]


def given(variant: Variant, layer: Any, library: str) -> list[Any]:
    """Return the inputs without gradients as the layer takes them: a mask, or a rulebook."""
    fixed = [convert(value, library) for value in variant.fixed.values()]
    return [layer.rulebook(fixed[0])] if "coordinates" in variant.fixed else fixed


def filled(variant: Variant, library: str) -> Any:
    layer = variant.build().initialize(seed=3).to("numpy", dtype="float64")
    for _, array in layer.named_arrays():
        array.data = convert(to_numpy(array.data), library)
    return layer


@EACH_LIBRARY
@EACH_VARIANT
@pytest.mark.parametrize("training", [True, False])
def test_agrees_with_torch(name: str, library: str, training: bool) -> None:
    """Two passes each, so that gradients add up."""
    variant = VARIANTS[name]
    layer = filled(variant, library).train(training)
    parameters = {
        name: torch.tensor(to_numpy(p.data), requires_grad=True) for name, p in layer.named_parameters()
    }
    for seed in range(2):
        inputs = draw_inputs(variant, seed)
        leaves = [torch.tensor(values, requires_grad=True) for values in inputs]
        fixed = [torch.tensor(value) for value in variant.fixed.values()]
        wanted = variant.reference(parameters["weight"], parameters.get("bias"), *leaves, *fixed)
        upstream = np.random.default_rng(9).standard_normal(tuple(wanted.shape))
        wanted.backward(torch.tensor(upstream))
        out = layer(*(convert(values, library) for values in inputs), *given(variant, layer, library))
        gradients = layer.backward(convert(upstream, library))
        gradients = gradients if isinstance(gradients, tuple) else (gradients,)
        assert library_of(out) == library
        np.testing.assert_allclose(to_numpy(out), wanted.detach().numpy(), rtol=1e-10, atol=1e-10)
        assert all(gradient is None for gradient in gradients[len(leaves) :])
        for gradient, leaf in zip(gradients, leaves, strict=False):
            assert library_of(gradient) == library
            assert leaf.grad is not None
            np.testing.assert_allclose(to_numpy(gradient), leaf.grad.numpy(), rtol=1e-10, atol=1e-10)
    for name, parameter in layer.named_parameters():
        grad = parameters[name].grad
        assert grad is not None
        np.testing.assert_allclose(to_numpy(parameter.grad), grad.numpy(), rtol=1e-10, atol=1e-10)


@EACH_VARIANT
def test_backward_agrees_with_differences(name: str) -> None:
    variant = VARIANTS[name]
    layer = filled(variant, "numpy")
    fixed = given(variant, layer, "numpy")
    rng = np.random.default_rng(4)
    inputs = draw_inputs(variant, 4)
    if "offset" in variant.inputs:  # away from the edges of the bilinear surface
        shape = variant.inputs["offset"]
        inputs[1] = rng.uniform(0.2, 0.8, shape) + rng.integers(-1, 2, shape)
    parameters = list(layer.parameters())

    def forward(*args: Any) -> tuple[Any, None]:
        for parameter, values in zip(parameters, args[len(inputs) :], strict=True):
            parameter.data = values
        return layer(*args[: len(inputs)], *fixed), None

    def backward(grad_out: Any, _: None) -> tuple[Any, ...]:
        layer.zero_grad()
        gradients = layer.backward(grad_out)
        found = gradients if isinstance(gradients, tuple) else (gradients,)
        return (*found, *(parameter.grad for parameter in parameters))

    gradcheck(forward, backward, [*inputs, *(parameter.data for parameter in parameters)])


@EACH_VARIANT
def test_state_modes_and_moves(name: str) -> None:
    variant = VARIANTS[name]
    layer, other = variant.build().initialize(seed=1), variant.build().initialize(seed=2)
    names = ["weight", "bias"][: 1 + (getattr(layer, "bias", None) is not None)]
    assert list(layer.state_dict()) == names
    assert layer.state_dict()["weight"].dtype == np.float32
    np.testing.assert_array_equal(
        to_numpy(variant.build().initialize(seed=1).state_dict()["weight"]),
        to_numpy(layer.state_dict()["weight"]),
        err_msg="one seed, one start",
    )
    other.load_state_dict(layer.state_dict())
    for key, value in layer.state_dict().items():
        np.testing.assert_array_equal(to_numpy(other.state_dict()[key]), to_numpy(value))
    assert not layer.eval().training
    assert layer.train().training
    layer.to("torch", dtype="float64")
    assert all(array.dtype == torch.float64 for array in layer.state_dict().values())


@EACH_VARIANT
def test_backward_wants_a_forward_pass_of_its_own(name: str) -> None:
    variant = VARIANTS[name]
    layer = filled(variant, "numpy")
    out = layer(*draw_inputs(variant, 0), *given(variant, layer, "numpy"))
    layer.backward(out)
    with pytest.raises(ValueError, match=r"\w+: backward needs a forward pass before it"):
        layer.backward(out)


@pytest.mark.parametrize("build", [nn.DeformConv2d, nn.PartialConv2d, nn.SubmanifoldConv2d])
def test_kernels_start_with_the_spread_of_torch(build: Callable[..., nn.Component]) -> None:
    """Evenly up to the same bound; a bias has few numbers, so its spread is left to chance."""
    torch.manual_seed(0)
    layer, theirs = build(40, 80, 3).initialize(seed=0), torch.nn.Conv2d(40, 80, 3)
    for name, tensor in theirs.named_parameters():
        mine, wanted = to_numpy(layer.state_dict()[name]), tensor.detach().numpy()
        assert mine.shape == wanted.shape
        assert abs(mine).max() == pytest.approx(abs(wanted).max(), rel=0.05)
        assert mine.std() == pytest.approx(wanted.std(), rel=0.02 if name == "weight" else 0.3)
