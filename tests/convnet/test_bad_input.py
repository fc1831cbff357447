"""Arguments of a wrong kind: each gets a `ValueError` that names the operation and says what is wanted."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from convnet import nn, optim
from convnet.training import Trainer
from tests.convnet.harness import to_numpy

X, WEIGHT = np.ones((2, 3)), np.ones((1, 2, 3, 3))
RNG = np.random.default_rng(0)


def column(**options: Any) -> Any:
    return F.batch_norm_forward(np.ones((2, 1)), np.zeros(1), np.ones(1), **options)


def weights() -> list[nn.Parameter]:
    return list(nn.Linear(2, 2).initialize().parameters())


def trainer() -> Trainer:
    model = nn.Linear(2, 2).initialize()
    return Trainer(model, optim.SGD(model.parameters()), progress=False)


FUNCTIONS: list[tuple[Callable[[], Any], str]] = [
    (lambda: F.dropout_forward([1.0], generator=RNG), r"dropout: x must be an array, got list"),  # type: ignore[arg-type]
    (lambda: F.dropout2d_forward([1.0], generator=RNG), r"dropout2d: x must be an array, got list"),  # type: ignore[arg-type]
    (lambda: F.dropout_forward(X, None, generator=RNG), r"dropout: p must be a number .*, got None"),  # type: ignore[arg-type]
    (
        lambda: F.dropout_forward(X, generator=torch.Generator()),  # type: ignore[arg-type]
        r"dropout: generator must be NumPy's .*numpy.random.default_rng\(seed\), got torch.*Generator",
    ),
    (
        lambda: F.dropout_forward(X, generator=np.random.RandomState(0)),  # type: ignore[arg-type]
        r"dropout: generator must be NumPy's .*, got .*RandomState",
    ),
    (lambda: F.pad_forward(X, 1), r"pad: pad must be a sequence of integers \(left, .*, got 1"),  # type: ignore[arg-type]
    (lambda: F.pad_forward(X, (1, 1), value=None), r"pad: value must be a number, got None"),  # type: ignore[arg-type]
    (lambda: F.focal_loss_forward(X, np.ones(2, int), gamma="a"), r"focal_loss: gamma must be .*, got 'a'"),  # type: ignore[arg-type]
    (lambda: F.sigmoid_focal_loss_forward(X, X, alpha="a"), r"sigmoid_focal_loss: alpha must be .*, got 'a'"),  # type: ignore[arg-type]
    (
        lambda: F.cross_entropy_forward(X, np.ones(2, int), label_smoothing="a"),  # type: ignore[arg-type]
        r"cross_entropy: label_smoothing must be a number from 0 to 1, got 'a'",
    ),
    (
        lambda: F.class_balanced_weights([1, 2], "a", like=X),  # type: ignore[arg-type]
        r"class_balanced_weights: beta must be a number at least 0, got 'a'",
    ),
    (lambda: F.conv2d_matrix(WEIGHT, 6), r"conv2d_matrix: x_shape must be \(C, H, W\) or .*, got 6"),  # type: ignore[arg-type]
    (lambda: column(momentum=None), r"batch_norm: momentum must be a number from 0 to 1, got None"),
    (lambda: column(eps=-2.0), r"batch_norm: eps must be a number at least 0, got -2\.0"),
    (lambda: F.layer_norm_forward(X, 3, eps=-2.0), r"layer_norm: eps must be a number at least 0, got -2\.0"),
]
LAYERS: list[tuple[Callable[[], Any], str]] = [
    (lambda: nn.BatchNorm2d(4, momentum=None), r"BatchNorm2d: momentum must be .* from 0 to 1, got None"),  # type: ignore[arg-type]
    (lambda: nn.LayerNorm(4, eps=-1.0), r"LayerNorm: eps must be a number at least 0, got -1\.0"),
    (
        lambda: nn.BatchNorm2d(4).initialize()(np.ones((2, 4, 6), dtype=np.float32)),
        r"BatchNorm2d: x must have 4 dimensions \(N, C, H, W\), it has 3",
    ),
    (lambda: nn.BatchNorm2d(4)([1.0]), r"BatchNorm2d: x must be an array, got list"),  # type: ignore[arg-type]
    (lambda: nn.summary(nn.ReLU(), 3), r"summary: input_shape must be a shape such as \(C, H, W\), got 3"),  # type: ignore[arg-type]
    (
        lambda: nn.summary(nn.BatchNorm2d(7), (3, 9, 9)),
        r"BatchNorm2d: expects the shape \(7, H, W\), gets \(3, 9, 9\)",
    ),
    (
        lambda: nn.summary(nn.LayerNorm(7), (3, 9)),
        r"LayerNorm: expects a shape that ends in \(7,\), gets \(3, 9\)",
    ),
    (lambda: nn.summary(nn.Dropout2d(), (3,)), r"Dropout2d: expects the shape \(C, H, W\), gets \(3,\)"),
    (lambda: nn.init.kaiming_normal(RNG, 3), r"fans: shape must be a shape such as .*, got 3"),  # type: ignore[arg-type]
    (lambda: nn.summary(nn.PReLU(7), (3, 9, 9)), r"PReLU: expects 7 channels, gets the shape \(3, 9, 9\)"),
]
TRAINING: list[tuple[Callable[[], Any], str]] = [
    (lambda: optim.Adam(weights(), betas=None), r"Adam: betas must be two numbers, got None"),  # type: ignore[arg-type]
    (lambda: optim.SGD(3), r"SGD: parameters must be an iterable of parameters, .*, got 3"),  # type: ignore[arg-type]
    (lambda: optim.SGD(weights(), lr="a"), r"SGD: lr must be a number at least 0, got 'a'"),  # type: ignore[arg-type]
    (lambda: optim.SGD(weights(), lr=True), r"SGD: lr must be a number at least 0, got True"),
    (lambda: trainer().fit([1], [2], 1), r"Trainer: x must be an array, got list"),  # type: ignore[arg-type]
    (lambda: trainer().fit(X, torch.ones(2), 1), r"Trainer: all arrays must come from one library"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "message"), [*FUNCTIONS, *LAYERS, *TRAINING])
def test_what_is_of_a_wrong_kind_is_refused(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize("dtype", ["int32", "complex64", "float23", "asarray", 7, np.int64, torch.int64])
def test_weights_are_real_floating_numbers(library: str, dtype: Any) -> None:
    model = nn.Linear(2, 2).initialize().to(library)
    before = model.weight.data
    with pytest.raises(
        ValueError, match=rf"^to: dtype must be a real floating dtype of {library} or its name"
    ):
        model.to(dtype=dtype)
    assert model.weight.data is before


def test_a_dtype_of_the_library_will_do() -> None:
    model = nn.Linear(2, 2).initialize()
    assert model.to(dtype=np.float64).weight.data.dtype == np.float64
    assert model.to(dtype=np.dtype("float32")).weight.data.dtype == np.float32
    with pytest.raises(ValueError, match=r"^to: dtype must be .* of numpy .*, got torch\.float64"):
        model.to(dtype=torch.float64)
    assert model.to("torch", dtype=torch.float64).weight.data.dtype == torch.float64


def test_numbers_of_numpy_are_numbers() -> None:
    assert optim.SGD(weights(), lr=np.float32(0.5)).lr == 0.5  # type: ignore[arg-type]
    assert optim.SGD(weights(), lr=np.int64(2)).lr == 2.0  # type: ignore[arg-type]
    assert nn.Dropout(np.float32(0.5)).p == 0.5  # type: ignore[arg-type]
    assert nn.LayerNorm(np.int64(6)).normalized_shape == (6,)  # type: ignore[arg-type]
    x, target = np.ones((2, 3), dtype=np.float32), np.asarray([0, 1])
    eps = np.float64(0.5)  # it would turn 32-bit arrays into 64-bit ones
    assert F.layer_norm_forward(x, 3, eps=eps)[0].dtype == np.float32
    assert F.batch_norm_forward(x, None, None, training=True, eps=eps)[0].dtype == np.float32
    assert F.focal_loss_forward(x, target, gamma=eps)[0].dtype == np.float32


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0), (2, 0, 3, 3)])
@pytest.mark.parametrize("name", ["kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal"])
def test_a_weight_without_elements_is_drawn_as_in_torch(name: str, shape: tuple[int, ...]) -> None:
    assert getattr(nn.init, name)(RNG, shape).shape == shape


@pytest.mark.parametrize(("shape", "dim"), [((3, 0), 1), ((0, 3), 0), ((0, 3), 1), ((2, 0, 4), -2)])
def test_softmax_of_no_scores_is_empty_as_in_torch(shape: tuple[int, ...], dim: int) -> None:
    wanted = torch.softmax(torch.ones(shape), dim)
    out, cache = F.softmax_forward(np.ones(shape), dim)
    assert to_numpy(out).shape == tuple(wanted.shape)
    assert to_numpy(F.softmax_backward(out, cache)).shape == shape
