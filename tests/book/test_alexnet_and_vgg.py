"""AlexNet and VGG: counts against torch and the papers, and what a stack of small kernels is."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as TF

from convnet import arithmetic, models, plain
from convnet.nn import summary
from tests.book.chapter import chapter
from tests.book.sentences import unsaid

PAGE = "architectures/alexnet-and-vgg"
PHOTOGRAPH = (3, 224, 224)


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Everything that the page's visible cells define, without the exercises."""
    scope: dict[str, Any] = {"np": np, "plain": plain, "arithmetic": arithmetic}
    for cell in chapter(PAGE).cells:
        if cell.visible and not cell.exercise:
            exec(cell.code, scope)
    return scope


def vgg16() -> nn.Sequential:
    """VGG16 in torch, from column D of the paper's table."""
    layers: list[nn.Module] = []
    channels = 3
    for count, width in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    head = [nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, nn.Flatten(), *head)


def alexnet() -> nn.Sequential:
    """AlexNet of 2012 in torch: 96, 256, 384, 384, 256 kernels, some in two groups; 227 pixels."""
    return nn.Sequential(
        nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(256, 384, 3, padding=1), nn.ReLU(),
        nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Flatten(), nn.Linear(9216, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(),
        nn.Linear(4096, 1000),
    )  # fmt: skip


def test_alexnet_counts(page) -> None:
    with torch.device("meta"):
        net = alexnet()
        assert net(torch.zeros(1, 3, 227, 227)).shape == (1, 1000)
        assert net[:1](torch.zeros(1, 3, 227, 227)).shape == (1, 96, 55, 55)
    count = sum(p.numel() for p in net.parameters())
    assert page["two_groups"] == count
    assert round(count / 1e6, -1) == page["published"]["million"]
    assert page["alexnet"][0] == summary(models.alexnet(), PHOTOGRAPH).parameters == 61_100_840
    assert page["places"][0] % 1, "the paper's size of 224 is no whole number of places"
    assert page["places"][1:] == [55, 55]


def test_vgg16_counts(page) -> None:
    with torch.device("meta"):
        net = vgg16()
        z, work, sizes = torch.zeros(1, *PHOTOGRAPH), 0, []
        for layer in net:
            z = layer(z)
            if isinstance(layer, nn.Conv2d | nn.Linear):
                work += layer.weight.numel() * (z.shape[2] * z.shape[3] if z.ndim == 4 else 1)
            if isinstance(layer, nn.MaxPool2d):
                sizes.append(z.shape[-1])
    assert sizes == [112, 56, 28, 14, 7]
    assert page["vgg"] == [sum(p.numel() for p in net.parameters()), work]
    assert page["vgg"][0] == 138_357_544
    assert page["first_linear"] == sum(p.numel() for p in net[32].parameters())
    assert sum(isinstance(layer, nn.Conv2d | nn.Linear) for layer in net) == 16


def test_where_parameters_sit_and_where_the_work_is(page) -> None:
    for name, network in (("alexnet", models.alexnet()), ("vgg", models.vgg16())):
        layers = summary(network, PHOTOGRAPH).layers
        linear = [layer for layer in layers if layer.kind == "Linear"]
        of_parameters, of_work = page[f"{name}_shares"]
        assert of_parameters == pytest.approx(
            sum(one.parameters for one in linear) / sum(one.parameters for one in layers)
        )
        assert of_work == pytest.approx(
            sum(one.multiply_adds for one in linear) / sum(one.multiply_adds for one in layers)
        )
        assert of_parameters > 0.85
        assert of_work < 0.1


@pytest.mark.parametrize(("channels", "side"), [(1, 7), (3, 9), (4, 12)])
def test_small_kernels_cost_27_and_large_ones_49(channels: int, side: int, page) -> None:
    one, three = nn.Conv2d(channels, channels, 7, bias=False), nn.Conv2d(channels, channels, 3, bias=False)
    assert one.weight.numel() == 49 * channels**2
    assert 3 * three.weight.numel() == 27 * channels**2
    work = [arithmetic.conv_multiply_adds(channels, channels, kernel, side) for kernel in (7, 3)]
    assert [work[0], 3 * work[1]] == [49 * side**2 * channels**2, 27 * side**2 * channels**2]
    assert page["sizes"] == [3, 5, 7]
    weights, done, kept = page["options"]["three 3 × 3"]
    large = page["options"]["one 7 × 7"]
    assert (weights / large[0], done / large[1], kept / large[2]) == pytest.approx((27 / 49, 27 / 49, 3))


@pytest.mark.parametrize("seed", range(4))
def test_a_stack_without_relu_is_one_kernel_and_with_relu_it_is_none(shown, seed: int) -> None:
    rng = np.random.default_rng(seed)
    kernels = [rng.normal(size=(3, 3)) for _ in range(3)]
    combined = shown["full"](shown["full"](kernels[0], kernels[1]), kernels[2])
    assert combined.shape == (7, 7)
    x = torch.tensor(rng.normal(size=(1, 1, 12, 12)))

    def through(z: torch.Tensor, stack: list[np.ndarray], bend: bool = False) -> torch.Tensor:
        for number, kernel in enumerate(stack):
            z = torch.relu(z) if bend and number else z
            z = TF.conv2d(z, torch.tensor(kernel[::-1, ::-1].copy())[None, None])
        return z

    flipped = torch.tensor(combined[::-1, ::-1].copy())[None, None]
    torch.testing.assert_close(through(x, kernels), TF.conv2d(x, flipped))
    positive = [np.abs(kernel) for kernel in kernels]  # a linear function of x and of -x would add up to 0
    assert (through(x, positive, bend=True) + through(-x, positive, bend=True)).abs().max() > 0.1
    assert shown["combined"].shape == (7, 7)


def test_not_every_large_kernel_is_a_stack() -> None:
    """Near a random stack they fill 25 of 49 directions: 27 weights, two of which only scale each other."""
    rng = np.random.default_rng(0)
    weights = torch.tensor(rng.normal(size=(3, 3, 3)))

    def combine(w: torch.Tensor) -> torch.Tensor:
        z = w[0][None, None]
        for kernel in (w[1], w[2]):
            z = TF.conv2d(z, kernel.flip(0, 1)[None, None], padding=2)
        return z.flatten()

    jacobian = torch.autograd.functional.jacobian(combine, weights).reshape(49, 27)
    assert torch.linalg.matrix_rank(jacobian) == 27 - 2


def test_where_the_stack_costs_more(page) -> None:
    one, stack = page["first"]
    assert one == arithmetic.conv_parameters(3, 64, 7, bias=False)
    assert stack == sum(arithmetic.conv_parameters(c, 64, 3, bias=False) for c in (3, 64, 64))
    assert one < stack
    limit, photograph = page["limit"]
    assert photograph < limit
    for q in (limit - 0.01, limit + 0.01):
        assert (9 * q + 18 < 49 * q) == (q > limit)


@pytest.mark.parametrize("seed", range(3))
def test_the_top_5_error_is_torchs(shown, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, labels = rng.normal(size=(200, 30)), rng.integers(0, 30, size=200)
    best = torch.tensor(scores).topk(5).indices
    right = (best == torch.tensor(labels)[:, None]).any(dim=1).double().mean()
    assert shown["top5_error"](scores, labels) == pytest.approx(1 - float(right))


def test_sentences(page) -> None:
    small, large = summary(models.alexnet(), PHOTOGRAPH), summary(models.vgg16(), PHOTOGRAPH)
    of_alexnet, of_vgg = (100 * page[f"{name}_shares"][0] for name in ("alexnet", "vgg"))
    assert not unsaid(
        PAGE,
        f"The linear layers hold {of_alexnet:.0f} % of the {small.parameters:,} parameters.",
        f"The convolutions do {100 * page['alexnet_convolutions']:.0f} % of the work.",
        f"It has {large.parameters:,} parameters, {of_vgg:.0f} % of them in the linear layers, "
        f"and does {large.multiply_adds / 1e9:.1f} billion multiply-adds for a photograph, "
        f"{large.multiply_adds / small.multiply_adds:.0f} times as many as AlexNet.",
        f"The stack has {100 * (1 - 27 / 49):.0f} % less of both",
        "one $7 \\times 7$ has 9,408 weights; three $3 \\times 3$ have 75,456",
    )


def test_the_exercises(page) -> None:
    assert page["smaller"] == [25 * 128**2, 25 * 128**2 * 784, 18 * 128**2, 18 * 128**2 * 784]
    assert page["solved"] == "right"
