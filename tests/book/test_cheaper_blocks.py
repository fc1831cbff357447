"""Cheaper blocks: counts against torch and the published networks, and what each trick gives up."""

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import models, nn, plain
from tests.book.sentences import unsaid

PAGE = "architectures/cheaper-blocks"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def weights(inputs: int, outputs: int, kernel: int | tuple[int, int]) -> int:
    """Weights of torch's layer."""
    return torch.nn.Conv2d(inputs, outputs, kernel, bias=False).weight.numel()


def built(network: nn.Module, start: str) -> list[int]:
    """Weights of the kernels of a network whose names begin so."""
    return [
        int(np.prod(parameter.shape))
        for name, parameter in network.named_parameters()
        if name.startswith(start) and len(parameter.shape) == 4
    ]


def test_the_smallest_window(page) -> None:
    """1×1 with 32 filters on 56×56×64."""
    torchs = torch.nn.Conv2d(64, 32, 1, bias=False)
    assert tuple(page["shape"]) == tuple(torchs(torch.zeros(1, 64, 56, 56)).shape) == (1, 32, 56, 56)
    assert page["one_by_one"] == torchs.weight.numel() == 2048
    assert page["one_by_one_work"] == 2048 * 56 * 56 == 6_422_528
    assert page["times"] == 9
    assert page["pixel"] < 1e-12, "it is a linear layer at each pixel"
    assert page["rank"] == 32
    assert page["lost"] < 1e-12, "maps that differ and are mixed to the same"
    assert page["wide"] == weights(256, 256, 3)
    assert page["wide_work"] == page["wide"] * 56 * 56


def test_network_in_network_has_no_linear_layer(page) -> None:
    assert page["nin"] == 966_986
    assert page["nin_linear"] == 0
    layers = nn.summary(models.network_in_network(), (3, 32, 32)).layers
    windows = [p.shape[2] for _, p in models.network_in_network().named_parameters() if len(p.shape) == 4]
    assert windows == [5, 1, 1, 5, 1, 1, 3, 1, 1]
    assert layers[-1].shape == (10,)
    assert page["vgg"] == 138_357_544
    assert round(10 * page["vgg_linear"]) == 9, "nine tenths"
    assert page["vgg_linear"] == pytest.approx(((25088 + 1) * 4096 + 4097 * 4096 + 4097 * 1000) / 138_357_544)


@pytest.mark.parametrize("narrow", [128, 64, 32])
def test_bottlenecks(page, narrow: int) -> None:
    counted = [weights(256, narrow, 1), weights(narrow, narrow, 3), weights(narrow, 256, 1)]
    assert page["counted"][str(narrow)] == counted
    assert page["saved"][str(narrow)] == pytest.approx(589_824 / sum(counted))


def test_the_bottleneck_is_resnets(page) -> None:
    network = models.resnet50()
    assert built(network, "layer1.1.conv") == page["counted"]["64"]
    assert sum(page["counted"]["64"]) == 69_632 == 17 * 256**2 // 16
    assert page["half"] == 3.25
    assert built(network, "layer4.2.conv") == page["last"][:3] == page["last_built"]
    assert page["last"][4] == weights(2048, 2048, 3)


@pytest.mark.parametrize("seed", range(5))
def test_a_narrow_middle_limits_the_rank(page, seed: int) -> None:
    """Without activations three layers are one, each tap of which has the rank of the middle."""
    rng = np.random.default_rng(seed)
    wide, narrow = int(rng.integers(5, 9)), int(rng.integers(1, 5))
    x = rng.normal(size=(2, wide, 5, 6))
    down, up = rng.normal(size=(narrow, wide, 1, 1)), rng.normal(size=(wide, narrow, 1, 1))
    middle = rng.normal(size=(narrow, narrow, 3, 3))
    found = plain.conv2d(plain.conv2d(plain.conv2d(x, down), middle, padding=1), up)
    # The one kernel, read off an impulse in each channel.
    impulses = np.zeros((wide, wide, 5, 5))
    impulses[np.arange(wide), np.arange(wide), 2, 2] = 1
    answers = plain.conv2d(plain.conv2d(plain.conv2d(impulses, down), middle, padding=1), up)
    one = answers[:, :, 1:4, 1:4][:, :, ::-1, ::-1].swapaxes(0, 1)
    np.testing.assert_allclose(plain.conv2d(x, one, padding=1), found, atol=1e-9)
    ranks = {int(np.linalg.matrix_rank(one[:, :, i, j], tol=1e-8)) for i in range(3) for j in range(3)}
    assert ranks == {narrow}
    assert page["same"] < 1e-9
    assert set(page["narrow_ranks"]) == {3}
    assert set(page["free_ranks"]) == {12}


def test_the_inception_module_is_the_published_one(page) -> None:
    """Row 3b of the paper's table; torchvision's has 3×3 in the third branch."""
    assert page["module"] == {
        "1 × 1": weights(256, 128, 1),
        "3 × 3": weights(256, 128, 1) + weights(128, 192, 3),
        "5 × 5": weights(256, 32, 1) + weights(32, 96, 5),
        "pooling": weights(256, 64, 1),
    }
    as_built = [
        *(weights(256, 128, 1), weights(256, 128, 1), weights(128, 192, 3)),
        *(weights(256, 32, 1), weights(32, 96, 3), weights(256, 64, 1)),
    ]
    assert page["built"] == built(models.googlenet(), "inception3b") == as_built
    assert page["channels_out"] == [672, 480]
    layers = {layer.name: layer.shape for layer in nn.summary(models.googlenet(), (3, 224, 224)).layers}
    assert layers["inception3b.branch1.conv"] == (128, 28, 28)
    assert layers["inception4a.branch1.conv"][1:] == (14, 14)
    modules = {name.partition(".")[0] for name in layers if name.startswith("inception")}
    assert len(modules) == 9


def test_the_shown_module_is_torchs(page) -> None:
    x = torch.tensor(page["inception_input"], dtype=torch.float64)
    sets = [[torch.tensor(w, dtype=torch.float64) for w in own] for own in page["inception_sets"]]
    outputs = []
    for number, kernels in enumerate(sets):
        y = TF.max_pool2d(x, 3, 1, padding=1) if number == 3 else x
        for kernel in kernels:
            y = TF.relu(TF.conv2d(y, kernel, padding="same"))
        outputs.append(y)
    np.testing.assert_allclose(page["inception_output"], torch.cat(outputs, 1), atol=1e-9)
    assert page["inception_shape"] == [2, 4 + 6 + 3 + 2, 6, 7]


def test_a_column_and_a_row(page) -> None:
    assert page["factorized"] < 1e-12
    assert page["ratios"] == pytest.approx([2 / 3, 14 / 49])
    assert page["diagonal_rank"] == 3
    assert page["diagonal_missed"] == pytest.approx(2 / 3)
    pair = weights(192, 192, (7, 1)) + weights(192, 192, (1, 7))
    assert page["factor_weights"] == [pair, weights(192, 192, 7)] == [516_096, 1_806_336]
    in_6e = built(models.inception_v3(), "Mixed_6e.branch7x7_")
    assert in_6e[1] + in_6e[2] == pair


@pytest.mark.parametrize("seed", range(4))
def test_channels_in_between_make_up_for_it_only_in_part(seed: int) -> None:
    """As a matrix, the kernel of a column and a row has rank C; a free one k·C."""
    rng, channels, k = np.random.default_rng(seed), 3, 3
    column, row = rng.normal(size=(channels, channels, k, 1)), rng.normal(size=(channels, channels, 1, k))
    x = rng.normal(size=(1, channels, 7, 6))
    one = np.einsum("fhj,hmi->fmij", row[:, :, 0, :], column[:, :, :, 0])
    twice = plain.conv2d(plain.conv2d(x, column), row)
    np.testing.assert_allclose(plain.conv2d(x, one), twice, atol=1e-9)
    as_matrix = one.transpose(0, 3, 1, 2).reshape(k * channels, k * channels)
    assert np.linalg.matrix_rank(as_matrix) == channels
    assert np.linalg.matrix_rank(rng.normal(size=(k * channels, k * channels))) == k * channels


def test_windows_of_inception_v3(page) -> None:
    kinds = page["kinds"]
    assert page["convolutions"] == 94 == sum(count for count, _ in kinds.values())
    assert kinds["5 × 5"][0] == 3
    assert "7 × 7" not in kinds
    names = [name for name, p in models.inception_v3().named_parameters() if tuple(p.shape[2:]) == (1, 3)]
    assert {name.partition(".")[0] for name in names} == {"Mixed_7b", "Mixed_7c"}
    # Side by side: 1×3 and 3×1 read the same maps, and the module stacks what both make.
    layers = {layer.name: layer for layer in nn.summary(models.inception_v3(), (3, 299, 299)).layers}
    assert layers["Mixed_7c.branch3x3_2a.conv"].shape == layers["Mixed_7c.branch3x3_2b.conv"].shape
    assert [p.shape[1] for name, p in models.inception_v3().named_parameters() if name in names] == [384] * 4


def test_networks_side_by_side(page) -> None:
    published = {
        "AlexNet": 61_100_840, "VGG-16": 138_357_544, "GoogLeNet": 6_624_904, "Inception v3": 23_834_568,
        "ResNet-50": 25_557_032,
    }  # fmt: skip
    assert page["in_all"] == published
    assert page["in_billions"]["VGG-16"] == pytest.approx(15.47, abs=0.005)


def test_sentences_say_what_was_counted(page) -> None:
    fewer, more = page["fewer"], page["more_work"]
    assert round(fewer) == 9
    assert not unsaid(
        PAGE,
        f"has {page['wide']:,} weights. On maps of $56 \\times 56$ pixels "
        f"it takes {page['wide_billions']:.2f} billion",
        f"{page['millions']:.1f} million multiply-adds",
        f"VGG-16 has nine tenths of its {page['vgg_millions']:.0f} million there",
        f"it is {page['sums']['64']:,} weights in place of {page['wide']:,}, "
        f"and the work shrinks by the same factor of {page['saved']['64']:.1f}.",
        f"With half of them, $3.25 \\, C^2$, the factor is {page['saved']['128']:.1f}.",
        f"It saves a factor of {page['ratio']:.1f}: {page['module_millions']:.0f} million multiply-adds "
        f"in place of {page['naive_millions']:.0f} million.",
        f"has a ninth of AlexNet's parameters, {page['in_millions']['GoogLeNet']:.1f} million "
        f"against {page['in_millions']['AlexNet']:.1f}, and needs {more:.1f} times its multiply-adds.",
    )


def test_exercises(page) -> None:
    assert page["solved"] == "right"
    worth = page["worth"]
    assert 2 / worth + 9 / worth**2 == pytest.approx(9)
    assert 2 / (worth + 0.01) + 9 / (worth + 0.01) ** 2 < 9
    assert page["eighth"] > worth
    assert 9 / page["equal"] ** 2 == pytest.approx(2 / page["equal"])
