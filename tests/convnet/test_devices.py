"""Every intermediate array is made on the device of the arguments.

Tensors of torch's `meta` device have a shape and no numbers. They refuse to meet tensors of another device,
so they find what was made in the wrong place without needing an accelerator.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from convnet import models, nn
from convnet._array import device, full


def meta(*shape: int) -> torch.Tensor:
    return torch.ones(shape, device="meta")


X, WEIGHT, BIAS = meta(2, 4, 9, 8), meta(6, 2, 3, 2), meta(6)
IMAGE, KERNEL = meta(6, 5), meta(3, 2)
PAIRS: dict[str, tuple[Callable[..., Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = {
    "linear": (F.linear_forward, F.linear_backward, (X, meta(3, 8), meta(3)), {}),
    "sigmoid": (F.sigmoid_forward, F.sigmoid_backward, (X,), {}),
    "tanh": (F.tanh_forward, F.tanh_backward, (X,), {}),
    "relu": (F.relu_forward, F.relu_backward, (X,), {}),
    "prelu": (F.prelu_forward, F.prelu_backward, (X, meta(4)), {}),
    "softmax": (F.softmax_forward, F.softmax_backward, (X, 1), {}),
    "cross_entropy": (
        F.cross_entropy_forward,
        F.cross_entropy_backward,
        (X, X, meta(4)),
        {"label_smoothing": 0.1},
    ),
    "conv1d": (F.conv1d_forward, F.conv1d_backward, (meta(2, 4, 9), meta(6, 2, 3), BIAS), {"groups": 2}),
    "conv2d": (
        F.conv2d_forward,
        F.conv2d_backward,
        (X, WEIGHT, BIAS),
        {"groups": 2, "stride": 2, "padding": 1},
    ),
    "conv2d flipped": (F.conv2d_forward, F.conv2d_backward, (X, WEIGHT), {"groups": 2, "padding": "same"}),
    "conv2d 1×1": (F.conv2d_forward, F.conv2d_backward, (X, meta(5, 4, 1, 1), meta(5)), {}),
    "conv3d": (
        F.conv3d_forward,
        F.conv3d_backward,
        (meta(2, 4, 5, 9, 8), meta(6, 2, 3, 3, 2), BIAS),
        {"groups": 2, "stride": 2, "padding": 1},
    ),
    "max_pool2d": (F.max_pool2d_forward, F.max_pool2d_backward, (X, 3, 2, 1), {}),
    "avg_pool2d": (F.avg_pool2d_forward, F.avg_pool2d_backward, (X, 3, 2, 1), {"ceil_mode": True}),
    "global_avg_pool2d": (F.global_avg_pool2d_forward, F.global_avg_pool2d_backward, (X,), {}),
    "pad constant": (F.pad_forward, F.pad_backward, (X, (1, 2)), {}),
    "pad reflect": (F.pad_forward, F.pad_backward, (X, (1, 2)), {"mode": "reflect"}),
    "pad replicate": (F.pad_forward, F.pad_backward, (X, (1, 2)), {"mode": "replicate"}),
    "batch_norm": (
        F.batch_norm_forward,
        F.batch_norm_backward,
        (X, meta(4), meta(4), meta(4), meta(4)),
        {"training": True},
    ),
    "layer_norm": (F.layer_norm_forward, F.layer_norm_backward, (X, [8], meta(8), meta(8)), {}),
    "dropout": (F.dropout_forward, F.dropout_backward, (X,), {"generator": np.random.default_rng(0)}),
    "dropout2d": (F.dropout2d_forward, F.dropout2d_backward, (X,), {"generator": np.random.default_rng(0)}),
    "conv_transpose1d": (
        F.conv_transpose1d_forward,
        F.conv_transpose1d_backward,
        (meta(2, 4, 9), meta(4, 3, 3), meta(6)),
        {"groups": 2, "stride": 2},
    ),
    "conv_transpose2d": (
        F.conv_transpose2d_forward,
        F.conv_transpose2d_backward,
        (X, meta(4, 3, 3, 2), meta(6)),
        {"groups": 2, "stride": 2, "output_padding": 1},
    ),
    "separable_conv2d": (
        F.separable_conv2d_forward,
        F.separable_conv2d_backward,
        (X, meta(4, 1, 3, 3), meta(5, 4, 1, 1), meta(5)),
        {},
    ),
    "partial_conv2d": (
        F.partial_conv2d_forward,
        F.partial_conv2d_backward,
        (X, meta(5, 4, 3, 3), meta(5)),
        {},
    ),
    "interpolate nearest": (F.interpolate_forward, F.interpolate_backward, (X, 13), {}),
    "interpolate bilinear": (F.interpolate_forward, F.interpolate_backward, (X, 13), {"mode": "bilinear"}),
    "unfold": (F.unfold_forward, F.unfold_backward, (X, 3), {"padding": 1}),
}


@pytest.mark.parametrize("name", PAIRS)
def test_pairs_stay_on_the_device(name: str) -> None:
    forward, backward, args, options = PAIRS[name]
    out, cache = forward(*args, **options)
    gradients = backward(torch.empty_like(out), cache)
    for array in (out, *(gradients if isinstance(gradients, tuple) else (gradients,))):
        assert array is None or array.device.type == "meta"


@pytest.mark.parametrize(
    "call",
    [
        lambda: F.deform_conv2d_forward(X, meta(2, 12, 7, 7), meta(5, 4, 3, 2), mask=meta(2, 6, 7, 7))[0],
        lambda: F.class_balanced_weights([3, 4], 0.9, like=X),
        lambda: F.convolve2d(IMAGE, KERNEL, "same"),
        lambda: F.correlate2d(IMAGE, KERNEL, "valid"),
        lambda: F.correlate1d(meta(5), meta(2)),
        lambda: F.conv2d_matrix(meta(2, 4, 3, 2), (4, 9, 8)),
    ],
)
def test_functions_stay_on_the_device(call: Callable[[], torch.Tensor]) -> None:
    assert call().device.type == "meta"


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.Conv1d(4, 6, 3, padding="same", padding_mode="circular"), (2, 4, 9)),
        (nn.Conv3d(4, 6, 3, 2, 1, groups=2), (2, 4, 5, 8, 9)),
        (nn.PartialConv2d(4, 6, 3), (2, 4, 8, 9)),
        (nn.Upsample(13, mode="bilinear"), (2, 4, 8, 9)),
    ],
)
def test_layers_stay_on_the_device(layer: nn.Module, shape: tuple[int, ...]) -> None:
    if list(layer.parameters()):
        layer.initialize(0).to("torch", device="meta")
    x = meta(*shape)
    out = layer(x)
    layer.backward_parameters(torch.empty_like(out))
    layer(x)
    assert layer.backward(torch.empty_like(out)).device.type == "meta"
    assert all(parameter.grad.device.type == "meta" for parameter in layer.parameters())  # type: ignore[union-attr]


def test_two_devices_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"linear: all arrays must be on one device; x is on meta, weight is on cpu"
    ):
        F.linear_forward(meta(2, 3), torch.ones(4, 3))


@pytest.mark.parametrize(
    ("build", "shape"),
    [(models.lenet5, (1, 28, 28)), (models.resnet20, (3, 16, 16)), (models.googlenet, (3, 64, 64))],
)
def test_models_move_to_a_device(build: Callable[[], nn.Module], shape: tuple[int, ...]) -> None:
    model = build().initialize(0).to("torch", device="meta")
    out = model(meta(2, *shape))
    grad = model.backward(torch.empty_like(out))
    assert grad.device.type == "meta"
    assert all(parameter.grad.device.type == "meta" for parameter in model.parameters())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("library", "where", "why"),
    [
        ("torch", "basement", "to: torch cannot use device 'basement' here: Expected one of cpu, cuda"),
        ("numpy", "cuda", "to: numpy cannot use device 'cuda' here: Unsupported device for NumPy"),
        (None, "cuda", "to: numpy cannot use device 'cuda' here"),
    ],
)
def test_a_device_that_is_not_there_moves_nothing(library: str | None, where: str, why: str) -> None:
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)).initialize(0)
    before = {name: id(array) for name, array in model.state_dict().items()}
    with pytest.raises(ValueError, match=why):
        model.to(library, device=where, dtype="float64")
    assert {name: id(array) for name, array in model.state_dict().items()} == before


def test_scalars_of_numpy_2_0_lie_where_arrays_do() -> None:
    """Sums over all axes give scalars, and only from NumPy 2.1 on have these a device of their own."""

    class Scalar(np.float64):
        @property
        def device(self) -> str:
            raise AttributeError("'numpy.float64' object has no attribute 'device'")

    assert device(Scalar(2.0)) == np.ones(1).device
    assert full((), 1, Scalar(2.0)) == 1
