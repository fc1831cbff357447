"""Arguments once taken wrongly or refused without need: NumPy's integers, byte order, libraries, hints."""

from collections.abc import Callable
from typing import Any

import array_api_strict
import dask.array
import numpy as np
import pytest
import torch

from convnet import arithmetic
from convnet import functional as F

RNG = np.random.default_rng(0)


def draw(*shape: int) -> Any:
    return RNG.standard_normal(shape)


MAPS = draw(2, 4, 6, 7)
CALLS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "conv1d": ([draw(2, 4, 7), draw(6, 2, 3), draw(6)], {"stride": 2, "padding": 1, "groups": 2}),
    "conv2d": ([MAPS, draw(6, 2, 3, 2), draw(6)], {"stride": 2, "padding": 1, "dilation": 1, "groups": 2}),
    "conv3d": ([draw(2, 4, 5, 6, 7), draw(6, 2, 2, 3, 2), draw(6)], {"stride": 2, "padding": 1, "groups": 2}),
    "conv_transpose2d": ([MAPS, draw(4, 3, 3, 2), draw(6)], {"stride": 2, "output_padding": 1, "groups": 2}),
    "separable_conv2d": ([MAPS, draw(8, 1, 3, 3), draw(6, 8, 1, 1), draw(6)], {"stride": 2, "padding": 1}),
    "partial_conv2d": ([MAPS, draw(6, 4, 3, 3), draw(6)], {"stride": 2, "padding": 1}),
    "deform_conv2d": ([MAPS, draw(2, 18, 6, 7), draw(6, 4, 3, 3), draw(6)], {"stride": 1, "padding": 1}),
    "linear": ([draw(5, 4), draw(3, 4), draw(3)], {}),
    "relu": ([draw(5, 4)], {}),
    "sigmoid": ([draw(5, 4)], {}),
    "tanh": ([draw(5, 4)], {}),
    "softmax": ([draw(5, 4)], {"dim": 1}),
    "prelu": ([draw(5, 4, 3), draw(4)], {}),
    "batch_norm": ([draw(5, 4, 3), draw(4), draw(4) ** 2, draw(4), draw(4)], {"training": True}),
    "layer_norm": ([draw(5, 4, 3)], {"normalized_shape": 3}),
    "max_pool2d": ([MAPS], {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1}),
    "avg_pool2d": ([MAPS], {"kernel_size": 3, "stride": 2, "padding": 1}),
    "adaptive_avg_pool2d": ([MAPS], {"output_size": 3}),
    "global_avg_pool2d": ([MAPS], {}),
    "interpolate": ([MAPS], {"size": 9, "mode": "bilinear"}),
    "unfold": ([MAPS], {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1}),
    "pad": ([MAPS], {"pad": [1, 2], "mode": "replicate"}),
    "cross_entropy": ([draw(5, 4)], {"target": np.asarray([0, 1, 2, 3, 100]), "ignore_index": 100}),
    "focal_loss": ([draw(5, 4)], {"target": np.asarray([0, 1, 2, 3, 100]), "ignore_index": 100}),
    "sigmoid_focal_loss": ([draw(5, 4)], {"target": RNG.integers(0, 2, (5, 4))}),
}


def results(name: str, arrays: list[Any], options: dict[str, Any]) -> list[Any]:
    out, cache = getattr(F, f"{name}_forward")(*arrays, **options)
    upstream = np.cos(np.arange(np.size(out))).reshape(np.shape(out)).astype(out.dtype)
    found = getattr(F, f"{name}_backward")(upstream, cache)
    return [out, *(found if isinstance(found, tuple) else (found,))]


def compare(name: str, array: Callable[[Any], Any], option: Callable[[Any], Any]) -> None:
    arrays, options = CALLS[name]
    wanted = results(name, arrays, options)
    found = results(name, [array(x) for x in arrays], {key: option(x) for key, x in options.items()})
    for value, truth in zip(found, wanted, strict=True):
        if truth is None:
            assert value is None
            continue
        np.testing.assert_allclose(value, truth, rtol=1e-9, atol=1e-12)
        assert np.asarray(value).dtype.isnative


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int32, np.int64])
def test_integers_of_any_width_are_options(kind: Any) -> None:
    def cast(value: Any) -> Any:
        if isinstance(value, list):
            return [kind(item) for item in value]
        if isinstance(value, np.ndarray):
            return value.astype(kind)
        return kind(value) if isinstance(value, int) and not isinstance(value, bool) else value

    for name in CALLS:
        compare(name, lambda x: x, cast)


COUNTS: list[tuple[str, tuple[Any, ...]]] = [
    ("conv_output_size", (120, 5, 1, 2, 3)),
    ("pool_output_size", (120, 3, 2, 1, 1)),
    ("same_padding", (120, 2)),
    ("leftover", (120, 7, 3, 100, 2)),
    ("linear_parameters", (120, 100)),
    ("conv_parameters", (120, 100, (7, 3), 10)),
    ("locally_connected_parameters", ((7, 7), 120)),
    ("linear_multiply_adds", (120, 100)),
    ("conv_multiply_adds", (120, 100, 7, (100, 90))),
    ("receptive_field", ([(7, 2, 3, 120), (7, 2, 3, 120), (3, 2)],)),
]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.int64])
@pytest.mark.parametrize(("name", "args"), COUNTS, ids=[name for name, _ in COUNTS])
def test_counts_of_narrow_integers_do_not_overflow(name: str, args: tuple[Any, ...], kind: Any) -> None:
    def cast(value: Any) -> Any:
        return type(value)(cast(item) for item in value) if isinstance(value, tuple | list) else kind(value)

    wanted, found = (getattr(arithmetic, name)(*values) for values in (args, cast(args)))
    assert found == wanted
    numbers = [found] if isinstance(found, int) else [n for part in found for n in np.atleast_1d(part)]
    assert isinstance(found, int) or all(isinstance(n, int | np.int64 | np.float64) for n in numbers)


@pytest.mark.parametrize("name", CALLS)
def test_numbers_in_the_other_byte_order(name: str) -> None:
    def swapped(value: Any) -> Any:
        return value.astype(value.dtype.newbyteorder("S")) if isinstance(value, np.ndarray) else value

    compare(name, swapped, swapped)


@pytest.mark.parametrize("name", CALLS)
def test_arrays_that_are_only_read_may_be_read_only(name: str) -> None:
    def locked(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            value = value.copy()
            value.flags.writeable = False
        return value

    compare(name, locked, locked)


class Frozen:
    """An array of a library whose arrays cannot be written, as JAX's."""

    shape, ndim, dtype, device = (3,), 1, np.dtype(np.float64), "cpu"

    def __array_namespace__(self, api_version: str | None = None) -> Any:
        return FrozenLibrary

    def __getitem__(self, key: Any) -> Any:
        return self

    def __add__(self, other: Any) -> "Frozen":
        return Frozen()

    def __float__(self) -> float:
        return 0.0


class FrozenLibrary:
    @staticmethod
    def zeros(shape: tuple[int, ...]) -> Frozen:
        return Frozen()


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (dask.array.ones(3), r"dask\.Array"),
        (Frozen(), r"tests\.Frozen"),
        (np.ma.masked_array([1.0], mask=[True]), r"numpy\.Masked\w*"),
        (np.matrix([[1.0]]), r"numpy\.matrix"),
    ],
)
def test_arrays_that_would_give_wrong_numbers_are_refused(x: Any, kind: str) -> None:
    pattern = rf"relu: convnet works on NumPy arrays and torch tensors; {kind} is neither; x must be"
    with pytest.raises(ValueError, match=pattern):
        F.relu_forward(x)
    with pytest.raises(ValueError, match=r"linear: convnet works on NumPy .* weight must be one of these"):
        F.linear_forward(np.ones((1, 1)), x)
    with pytest.raises(ValueError, match=r"cross_entropy: convnet works on NumPy .* target must be"):
        F.cross_entropy_forward(np.ones((3, 2)), x)


def test_a_hint_says_how_to_cast() -> None:
    kernel = np.ones((1, 1, 3, 3), dtype=np.float32)
    image = np.ones((1, 1, 5, 5))
    with pytest.raises(ValueError, match=r"conv2d: weight has .*; cast one of them, as in x\.astype\(weight"):
        F.conv2d_forward(image, kernel)
    with pytest.raises(ValueError, match=r"conv2d: weight has .*; cast one of them, as in x\.to\(weight"):
        F.conv2d_forward(torch.tensor(image), torch.tensor(kernel))
    with pytest.raises(ValueError, match=r"int64; cast it, as in x\.astype\(numpy\.float32\)"):
        F.relu_forward(np.arange(3))
    with pytest.raises(ValueError, match=r"int64; cast it, as in x\.to\(torch\.float32\)"):
        F.relu_forward(torch.arange(3))
    assert F.conv2d_forward(image.astype(kernel.dtype), kernel)[0].dtype == kernel.dtype
    assert F.relu_forward(array_api_strict.asarray([-1.0, 2.0]))[0].shape == (2,)


WRONG: dict[str, Callable[[], Any]] = {
    "separable_conv2d": lambda: F.separable_conv2d_forward(
        MAPS, draw(4, 1, 3, 3), draw(6, 4, 1, 1), stride=0
    ),
    "separable_conv2d_backward": lambda: F.separable_conv2d_backward(
        draw(1), F.separable_conv2d_forward(MAPS, draw(4, 1, 3, 3), draw(6, 4, 1, 1))[1]
    ),
    "partial_conv2d": lambda: F.partial_conv2d_forward(MAPS, draw(6, 3, 3, 3)),
    "conv1d": lambda: F.conv1d_forward(draw(1, 1, 3), draw(1, 1, 9), padding=4, padding_mode="reflect"),
    "conv2d": lambda: F.conv2d_forward(MAPS, draw(1, 4, 9, 9), padding=8, padding_mode="reflect"),
    "conv3d": lambda: F.conv3d_forward(
        draw(1, 1, 3, 3, 3), draw(1, 1, 9, 9, 9), padding=4, padding_mode="reflect"
    ),
    "max_pool2d": lambda: F.max_pool2d_forward(MAPS[:, :0], 2),
    "avg_pool2d": lambda: F.avg_pool2d_forward(MAPS[:, :0], 2),
    "interpolate": lambda: F.interpolate_forward(MAPS[:, :0], 2),
    "pad": lambda: F.pad_forward(MAPS[:, :0], (1, 1), mode="reflect"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_complaint_opens_with_the_layer_that_was_called(name: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name}: "):
        WRONG[name]()
