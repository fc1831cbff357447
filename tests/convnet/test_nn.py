"""Layer objects and containers against torch.nn: values, gradients, state, modes, moves."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn
from tests.convnet.harness import LIBRARIES, convert, library_of, to_numpy

IMAGES = (2, 4, 7, 9)
SIGNALS, VOLUMES = (2, 4, 11), (2, 4, 3, 5, 6)
LAYERS: dict[str, tuple[Callable[[], nn.Module], Callable[[], torch.nn.Module], tuple[int, ...]]] = {
    "linear": (lambda: nn.Linear(5, 3), lambda: torch.nn.Linear(5, 3), (2, 6, 5)),
    "linear without bias": (lambda: nn.Linear(5, 3, False), lambda: torch.nn.Linear(5, 3, False), (4, 5)),
    "conv": (
        lambda: nn.Conv2d(4, 6, (3, 2), 2, 1, 1, 2),
        lambda: torch.nn.Conv2d(4, 6, (3, 2), 2, 1, 1, 2),
        IMAGES,
    ),
    "conv same": (
        lambda: nn.Conv2d(4, 3, 4, padding="same", dilation=2, bias=False, padding_mode="reflect"),
        lambda: torch.nn.Conv2d(4, 3, 4, padding="same", dilation=2, bias=False, padding_mode="reflect"),
        IMAGES,
    ),
    "conv of signals": (
        lambda: nn.Conv1d(4, 6, 3, 2, 1, 2, 2),
        lambda: torch.nn.Conv1d(4, 6, 3, 2, 1, 2, 2),
        SIGNALS,
    ),
    "conv of signals same": (
        lambda: nn.Conv1d(4, 3, 4, padding="same", bias=False, padding_mode="circular"),
        lambda: torch.nn.Conv1d(4, 3, 4, padding="same", bias=False, padding_mode="circular"),
        SIGNALS,
    ),
    "conv of volumes": (
        lambda: nn.Conv3d(4, 6, (2, 3, 2), (1, 2, 2), 1, (2, 1, 1), 2),
        lambda: torch.nn.Conv3d(4, 6, (2, 3, 2), (1, 2, 2), 1, (2, 1, 1), 2),
        VOLUMES,
    ),
    "conv of volumes same": (
        lambda: nn.Conv3d(4, 3, (3, 2, 1), padding="same", bias=False, padding_mode="replicate"),
        lambda: torch.nn.Conv3d(4, 3, (3, 2, 1), padding="same", bias=False, padding_mode="replicate"),
        VOLUMES,
    ),
    "partial conv without holes": (
        lambda: nn.PartialConv2d(4, 6, (3, 2), 2, "valid", 2),
        lambda: torch.nn.Conv2d(4, 6, (3, 2), 2, "valid", 2),
        IMAGES,
    ),
    "upsample": (
        lambda: nn.Upsample(scale_factor=(2, 1.5)),
        lambda: torch.nn.Upsample(scale_factor=(2, 1.5)),
        IMAGES,
    ),
    "upsample bilinear": (
        lambda: nn.Upsample((10, 6), mode="bilinear", align_corners=True),
        lambda: torch.nn.Upsample((10, 6), mode="bilinear", align_corners=True),
        IMAGES,
    ),
    "transposed conv": (
        lambda: nn.ConvTranspose2d(4, 6, (3, 2), 2, 1, 1, 2),
        lambda: torch.nn.ConvTranspose2d(4, 6, (3, 2), 2, 1, 1, 2),
        IMAGES,
    ),
    "max pool": (lambda: nn.MaxPool2d(3, 2, 1, 2), lambda: torch.nn.MaxPool2d(3, 2, 1, 2), IMAGES),
    "max pool ceil": (
        lambda: nn.MaxPool2d(2, ceil_mode=True),
        lambda: torch.nn.MaxPool2d(2, ceil_mode=True),
        IMAGES,
    ),
    "average pool": (
        lambda: nn.AvgPool2d(3, 2, 1, True, False),
        lambda: torch.nn.AvgPool2d(3, 2, 1, True, False),
        IMAGES,
    ),
    "global average pool": (
        lambda: nn.AdaptiveAvgPool2d(1),
        lambda: torch.nn.AdaptiveAvgPool2d(1),
        IMAGES,
    ),
    "adaptive average pool": (
        lambda: nn.AdaptiveAvgPool2d((3, None)),
        lambda: torch.nn.AdaptiveAvgPool2d((3, None)),
        IMAGES,
    ),
    "relu": (nn.ReLU, torch.nn.ReLU, IMAGES),
    "tanh": (nn.Tanh, torch.nn.Tanh, IMAGES),
    "sigmoid": (nn.Sigmoid, torch.nn.Sigmoid, IMAGES),
    "prelu": (lambda: nn.PReLU(4), lambda: torch.nn.PReLU(4), IMAGES),
    "softmax": (lambda: nn.Softmax(1), lambda: torch.nn.Softmax(1), IMAGES),
    "flatten": (nn.Flatten, torch.nn.Flatten, IMAGES),
    "batch norm": (lambda: nn.BatchNorm2d(4, 1e-3, 0.3), lambda: torch.nn.BatchNorm2d(4, 1e-3, 0.3), IMAGES),
    "batch norm plain": (
        lambda: nn.BatchNorm2d(4, affine=False),
        lambda: torch.nn.BatchNorm2d(4, affine=False),
        IMAGES,
    ),
    "layer norm": (lambda: nn.LayerNorm((7, 9)), lambda: torch.nn.LayerNorm((7, 9)), IMAGES),
    "layer norm plain": (
        lambda: nn.LayerNorm(9, elementwise_affine=False),
        lambda: torch.nn.LayerNorm(9, elementwise_affine=False),
        IMAGES,
    ),
    "layer norm without bias": (
        lambda: nn.LayerNorm(9, bias=False),
        lambda: torch.nn.LayerNorm(9, bias=False),
        IMAGES,
    ),
    "no dropout": (lambda: nn.Dropout(0.0), lambda: torch.nn.Dropout(0.0), IMAGES),
    "no channel dropout": (lambda: nn.Dropout2d(0.0), lambda: torch.nn.Dropout2d(0.0), IMAGES),
    "sequential": (
        lambda: nn.Sequential(nn.Conv2d(4, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(105, 2)),
        lambda: torch.nn.Sequential(
            torch.nn.Conv2d(4, 3, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(105, 2)
        ),
        IMAGES,
    ),
}
EACH_LAYER = pytest.mark.parametrize("name", LAYERS)
EACH_LIBRARY = pytest.mark.parametrize("library", LIBRARIES)


def with_values(model: nn.Module, library: str) -> nn.Module:
    """Give every array normal numbers, 64-bit, of the library."""
    rng = np.random.default_rng(5)
    for _, array in model.named_arrays():
        values = rng.uniform(0.5, 1.5, array.shape)
        array.data = convert(np.asarray(3) if array.whole else values, library)
    return model


def load_into_torch(reference: torch.nn.Module, model: nn.Module) -> torch.nn.Module:
    state = {name: torch.tensor(to_numpy(array.data)) for name, array in model.named_arrays()}
    reference.load_state_dict(state, strict=True)
    return reference


def compare(model: nn.Module, reference: torch.nn.Module, shape: tuple[int, ...], library: str) -> None:
    """Two passes each, so that gradients add up; then all gradients and buffers."""
    rng = np.random.default_rng(6)
    for _ in range(2):
        values = rng.standard_normal(shape)
        x = torch.tensor(values, requires_grad=True)
        wanted = reference(x)
        upstream = rng.standard_normal(tuple(wanted.shape))
        wanted.backward(torch.tensor(upstream))
        out = model(convert(values, library))
        grad_x = model.backward(convert(upstream, library))
        assert library_of(out) == library_of(grad_x) == library
        np.testing.assert_allclose(to_numpy(out), wanted.detach().numpy(), rtol=1e-10, atol=1e-10)
        assert x.grad is not None
        np.testing.assert_allclose(to_numpy(grad_x), x.grad.numpy(), rtol=1e-10, atol=1e-10)
    parameters = dict(model.named_parameters())
    assert list(parameters) == [name for name, _ in reference.named_parameters()]
    for name, parameter in reference.named_parameters():
        assert parameter.grad is not None
        found = to_numpy(parameters[name].grad)
        np.testing.assert_allclose(found, parameter.grad.numpy(), rtol=1e-10, atol=1e-10, err_msg=name)
    buffers = model.state_dict()
    for name, buffer in reference.named_buffers():
        np.testing.assert_allclose(to_numpy(buffers[name]), buffer.numpy(), rtol=1e-10, err_msg=name)


@EACH_LIBRARY
@EACH_LAYER
@pytest.mark.parametrize("training", [True, False])
def test_equals_torch(name: str, library: str, training: bool) -> None:
    build, reference, shape = LAYERS[name]
    model = with_values(build(), library).train(training)
    compare(model, load_into_torch(reference().double(), model).train(training), shape, library)


@EACH_LIBRARY
@pytest.mark.parametrize("name", [name for name in LAYERS if "conv" in name or name == "sequential"])
def test_parameters_alone_get_the_same_gradients(name: str, library: str) -> None:
    build, _, shape = LAYERS[name]
    model = with_values(build(), library)
    x = convert(np.random.default_rng(0).standard_normal(shape), library)
    out = model(x)
    grad_out = convert(np.random.default_rng(1).standard_normal(tuple(out.shape)), library)
    model.backward(grad_out)
    wanted = [to_numpy(parameter.grad) for parameter in model.parameters()]
    model.zero_grad()
    model(x)
    model.backward_parameters(grad_out)
    for parameter, gradient in zip(model.parameters(), wanted, strict=True):
        np.testing.assert_array_equal(to_numpy(parameter.grad), gradient)


@EACH_LAYER
def test_shape_is_known_beforehand(name: str) -> None:
    build, _, shape = LAYERS[name]
    model = with_values(build(), "numpy")
    out = model(np.zeros(shape))
    assert nn.summary(model, shape[1:]).layers[-1].shape == out.shape[1:]


@EACH_LAYER
def test_backward_wants_a_forward_pass_of_its_own(name: str) -> None:
    build, _, shape = LAYERS[name]
    model = with_values(build(), "numpy")
    out = model(np.zeros(shape))
    model.backward(np.zeros(out.shape))
    with pytest.raises(ValueError, match=r"\w+: backward needs a forward pass before it"):
        model.backward(np.zeros(out.shape))


class TorchResidual(torch.nn.Module):
    def __init__(self, downsample: torch.nn.Module | None) -> None:
        super().__init__()
        self.conv1, self.conv2 = torch.nn.Conv2d(4, 6, 3, 2, 1), torch.nn.Conv2d(6, 4, 3, 1, 1)
        self.downsample = downsample

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.conv2(torch.tanh(self.conv1(x)))
        return out + (x[:, :, ::2, ::2] if self.downsample is None else self.downsample(x))


class TorchBranches(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.wide, self.a, self.b = (
            torch.nn.Conv2d(4, 3, 3, padding=1),
            torch.nn.Conv2d(4, 2, 1),
            torch.nn.Conv2d(2, 5, 1),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.wide(x), self.b(torch.relu(self.a(x)))], 1)


@EACH_LIBRARY
def test_residual(library: str) -> None:
    model = nn.Residual(
        conv1=nn.Conv2d(4, 6, 3, 2, 1),
        tanh=nn.Tanh(),
        conv2=nn.Conv2d(6, 4, 3, 1, 1),
        downsample=nn.Sequential(nn.Conv2d(4, 4, 1, 2)),
    )
    reference = TorchResidual(torch.nn.Sequential(torch.nn.Conv2d(4, 4, 1, 2))).double()
    with_values(model, library)
    compare(model, load_into_torch(reference, model), IMAGES, library)


@EACH_LIBRARY
def test_branches_whose_arrangement_does_not_show(library: str) -> None:
    chain = nn.Sequential(a=nn.Conv2d(4, 2, 1), relu=nn.ReLU(), b=nn.Conv2d(2, 5, 1))
    model = with_values(nn.Branches(wide=nn.Conv2d(4, 3, 3, padding=1), chain=nn.inline(chain)), library)
    compare(model, load_into_torch(TorchBranches().double(), model), IMAGES, library)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nn.Linear(0, 3), r"Linear: in_features must be an integer of at least 1, got 0"),
        (lambda: nn.Conv2d(4, 6, 3, groups=4), r"Conv2d: groups=4 must divide in_channels=4 and out_chann"),
        (lambda: nn.ConvTranspose2d(4, 6, 3, groups=3), r"ConvTranspose2d: groups=3 must divide in_chann"),
        (lambda: nn.Conv2d(4, 6, 3, padding="full"), r"Conv2d: padding must be one of 'valid', 'same'"),
        (lambda: nn.Conv2d(4, 6, 3, padding_mode="wrap"), r"Conv2d: padding_mode must be one of 'zeros'"),
        (lambda: nn.MaxPool2d((2, 0)), r"MaxPool2d: kernel_size must be an integer of at least 1, got 0"),
        (lambda: nn.Dropout(1.5), r"Dropout: p must be a number from 0 to 1, got 1\.5"),
        (lambda: nn.Sequential(), r"Sequential: at least one layer is needed"),
        (lambda: nn.Branches(a=3), r"Branches: layer 'a' must be a module, got int"),  # type: ignore[arg-type]
        (lambda: nn.Linear(2, 3)(np.ones((1, 2))), r"Linear: the array of shape \(3,\) has no values yet"),
        (lambda: nn.Dropout()(np.ones(2)), r"Dropout: generator must be given in training"),
        (
            lambda: nn.Residual(nn.Linear(2, 3)).initialize()(np.ones((1, 2), dtype=np.float32)),
            r"Residual: the layers give the shape \(1, 3\), the shortcut \(1, 2\)",
        ),
        (
            lambda: nn.summary(nn.Sequential(nn.Linear(2, 3)), (5,)),
            r"Linear: expects 2 input features, gets the shape \(5,\)",
        ),
        (
            lambda: nn.summary(nn.Conv2d(3, 4, 3), (1, 8, 8)),
            r"Conv2d: expects the shape \(3, H, W\), gets \(1, 8, 8\)",
        ),
        (lambda: nn.summary(nn.MaxPool2d(2), (8,)), r"MaxPool2d: expects the shape \(C, H, W\), gets \(8,\)"),
    ],
)
def test_bad_arguments(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
