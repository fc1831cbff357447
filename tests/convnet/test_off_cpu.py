"""Off the CPU convnet computes the same in other ways: fewer, larger steps, and no waiting for answers.

The tensors of these tests are on the CPU, or have no numbers; that they are elsewhere is what is pretended.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
from torch.nn.functional import batch_norm, conv2d, pad
from torch.utils._python_dispatch import TorchDispatchMode

from convnet import _array, models, nn
from convnet import functional as F
from convnet._array import block_length
from convnet._engine import channel_statistics, matrix_products, whole_windows
from convnet._engine.geometry import Block, Geometry, blocks
from convnet._engine.windows import Axis

VIEWS = {
    *("view", "_unsafe_view", "permute", "slice", "select", "transpose", "expand", "reshape", "unsqueeze"),
    *("squeeze", "alias", "as_strided", "t", "detach", "_reshape_alias", "empty", "empty_strided"),
}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (_array, channel_statistics, matrix_products):
        monkeypatch.setattr(module, "is_off_cpu", lambda _: True)


def meta(*shape: int) -> torch.Tensor:
    return torch.ones(shape, device="meta")


def convolutions(count: int) -> list[dict[str, Any]]:
    """Draw convolutions: groups, strides and dilations that differ by axis, padding beyond the kernel."""
    generator = np.random.default_rng(0)
    drawn: list[dict[str, Any]] = []
    while len(drawn) < count:
        groups, height, width = (int(generator.integers(1, top)) for top in (3, 10, 10))
        kernel = tuple(int(size) for size in generator.integers(1, 4, 2))
        stride, dilation = (tuple(int(n) for n in generator.integers(1, 4, 2)) for _ in range(2))
        padding = tuple(int(n) for n in generator.integers(0, 5, 2))
        fits = all(
            size + 2 * p > d * (k - 1)
            for size, p, d, k in zip((height, width), padding, dilation, kernel, strict=True)
        )
        if fits:
            options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
            drawn.append({"size": (height, width), "kernel": kernel, "options": options})
    return drawn


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("bytes_at_once", [1, 1 << 28])
@pytest.mark.parametrize("case", convolutions(40), ids=str)
def test_convolution_is_torchs(
    case: dict[str, Any], bytes_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_windows, "OFF_CPU_BYTES", bytes_at_once)  # image by image, or all at once
    generator = torch.Generator().manual_seed(1)
    groups = case["options"]["groups"]
    x = torch.randn(3, 2 * groups, *case["size"], dtype=torch.float64, generator=generator)
    weight = torch.randn(3 * groups, 2, *case["kernel"], dtype=torch.float64, generator=generator)
    bias = torch.randn(3 * groups, dtype=torch.float64, generator=generator)
    out, cache = F.conv2d_forward(x, weight, bias, **case["options"])
    wanted = [array.clone().requires_grad_() for array in (x, weight, bias)]
    expected = conv2d(*wanted, **case["options"])
    torch.testing.assert_close(out, expected.detach())
    grad = torch.randn(out.shape, dtype=torch.float64, generator=generator)
    expected.backward(grad)
    for found, leaf in zip(F.conv2d_backward(grad, cache), wanted, strict=True):
        torch.testing.assert_close(found, leaf.grad)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("kernel", [2, 3])
def test_unequal_padding_is_torchs(kernel: int) -> None:
    x, weight = torch.randn(2, 3, 6, 5, dtype=torch.float64), torch.randn(4, 3, kernel, kernel).double()
    out, cache = F.conv2d_forward(x, weight, padding="same")
    leaves = [array.clone().requires_grad_() for array in (x, weight)]
    before, after = (kernel - 1) // 2, kernel // 2
    expected = conv2d(pad(leaves[0], (before, after, before, after)), leaves[1])
    torch.testing.assert_close(out, expected.detach())
    grad = torch.randn_like(out)
    expected.backward(grad)
    for found, leaf in zip(F.conv2d_backward(grad, cache)[:2], leaves, strict=True):
        torch.testing.assert_close(found, leaf.grad)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("mean", [0.0, 1e4])
def test_batch_normalization_is_torchs(mean: float) -> None:
    x = torch.randn(5, 3, 4, 6, dtype=torch.float64) + mean
    weight, bias = torch.randn(2, 3, dtype=torch.float64)
    out, cache = F.batch_norm_forward(x, torch.zeros(3).double(), torch.ones(3).double(), weight, bias, True)
    leaves = [array.clone().requires_grad_() for array in (x, weight, bias)]
    running = torch.zeros(3).double(), torch.ones(3).double()
    expected = batch_norm(leaves[0], *running, *leaves[1:], training=True)
    torch.testing.assert_close(out, expected.detach(), atol=1e-8, rtol=1e-8)
    torch.testing.assert_close(cache.running_mean, running[0])
    torch.testing.assert_close(cache.running_var, running[1])
    grad = torch.randn_like(out)
    expected.backward(grad)
    for found, leaf in zip(F.batch_norm_backward(grad, cache), leaves, strict=True):
        torch.testing.assert_close(found, leaf.grad, atol=1e-8, rtol=1e-7)


def test_layers_work_in_one_block() -> None:
    """Each block costs the start of its kernels, and no cache holds one."""
    sizes = Geometry(64, 16, 16, 1, Axis(32, 3, 1, 1, 1), Axis(32, 3, 1, 1, 1))
    assert len(list(blocks(sizes, torch.ones(1)))) > 4
    assert list(blocks(sizes, meta(1))) == [Block(0, 64, 1, 0, 32)]
    assert block_length(1000, 1 << 16, torch.ones(1)) == 8
    assert block_length(1000, 1 << 16, meta(1)) == 1000


class Starts(TorchDispatchMode):
    """Counts what would start a kernel: every operation but views and allocations."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
        self.count += func._schema.name.partition("::")[2] not in VIEWS
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize(
    ("build", "shape", "most"),
    [
        (lambda: nn.Conv2d(16, 16, 3, padding=1), (8, 16, 32, 32), 25),
        (lambda: nn.BatchNorm2d(16), (8, 16, 32, 32), 50),
        (models.lenet5, (8, 1, 28, 28), 130),
        (models.resnet20, (8, 3, 32, 32), 1400),
    ],
)
def test_few_kernels_are_started(build: Callable[[], nn.Module], shape: tuple[int, ...], most: int) -> None:
    """Each costs some ten microseconds, which is what bounds small networks on a GPU."""
    model = build().initialize(0).to("torch", device="meta")
    with Starts() as starts:
        out = model(meta(*shape))
        model.backward(torch.empty_like(out))
    assert starts.count <= most


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(("build", "shape"), [(models.lenet5, (1, 28, 28)), (models.resnet20, (3, 16, 16))])
def test_nobody_waits_for_an_answer(
    build: Callable[[], nn.Module], shape: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read a number from a GPU stops all that could be computed meanwhile, in every such layer.

    A fake tensor, which has no numbers, refuses to be read.
    """
    monkeypatch.setitem(_array._SPACES, FakeTensor, _array.namespace(torch.ones(1)))
    with FakeTensorMode():
        model = build().initialize(0).to("torch")
        out = model(torch.ones(2, *shape))
        model.backward(torch.ones_like(out))
