"""Groups, depthwise and pointwise layers, shuffles: against torch, by search; and the times as kept."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convnet import plain
from tests.book.chapter import chapter
from tests.book.sentences import unsaid
from tests.support import ROOT

PAGE = "advanced/grouped-and-depthwise"
KEPT = {"AMD EPYC": "amd-epyc", "Intel Xeon": "intel-xeon-processor"}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown(name: str) -> Callable[..., Any]:
    """Give a function as the page shows it."""
    cells = [c for c in chapter(PAGE).cells if c.visible and f"def {name}(" in c.code and "..." not in c.code]
    scope: dict[str, Any] = {"np": np, "plain": plain}
    if name == "shuffle_backward":
        scope["shuffle"] = shown("shuffle")
    exec(cells[0].code, scope)
    return scope[name]


def weights(inputs: int, outputs: int, kernel: int, groups: int = 1) -> int:
    """Weights of torch's layer."""
    return torch.nn.Conv2d(inputs, outputs, kernel, groups=groups, bias=False).weight.numel()


def layers(seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, int]:
    """Maps, kernels and δ of a grouped layer; one group and depthwise ones among them."""
    rng = np.random.default_rng(seed)
    groups, depth, kernels, images = (int(rng.integers(1, top)) for top in (5, 4, 4, 3))
    if seed % 4 == 0:
        depth = 1
    size, k = rng.integers(3, 8, 2), rng.integers(1, 4, 2)
    shapes = (
        (images, groups * depth, *size),
        (groups * kernels, depth, *k),
        (images, groups * kernels, *(size - k + 1)),
    )
    x, w, delta = (torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes)
    return x, w, delta.detach(), groups


@pytest.mark.parametrize("seed", range(40))
def test_groups_are_blocks_of_one_kernel_forward_and_back(seed: int) -> None:
    """The gradient is that of the large kernel, read in the blocks."""
    x, w, delta, groups = layers(seed)
    y = functional.conv2d(x, w, groups=groups)
    (y * delta).sum().backward()
    pixels, own, upstream = (values.detach().numpy() for values in (x, w, delta))
    np.testing.assert_allclose(shown("grouped")(pixels, own, groups), y.detach(), atol=1e-11)
    large = shown("block_diagonal")(own, groups)
    np.testing.assert_allclose(plain.conv2d(pixels, large), y.detach(), atol=1e-11)
    by_x, by_large, _ = plain.conv2d_backward(upstream, pixels, large)
    inside = shown("block_diagonal")(np.ones(own.shape), groups) == 1
    assert inside.sum() == own.size
    np.testing.assert_allclose(by_large[inside], w.grad.ravel(), atol=1e-10)
    np.testing.assert_allclose(by_x, x.grad, atol=1e-10)


def test_what_the_drawn_layers_are() -> None:
    drawn = [(w.shape[1] == 1, groups > 1) for _, w, _, groups in map(layers, range(40))]
    assert min(drawn.count(kind) for kind in ((True, True), (False, True))) >= 3, "depthwise and between"
    assert sum(not several for _, several in drawn) >= 3, "one group"


def test_the_page_checked_its_own_layer(page) -> None:
    assert page["large_shape"] == [9, 6, 3, 3]
    assert page["same"] < 1e-12
    assert page["blocks_are_weights"] < 1e-12
    assert page["off_by"] < 1e-9, "finite differences"
    assert page["outside"] > page["within"] / 2, "the derivatives outside of the blocks are no zeros"


def test_counts(page) -> None:
    assert page["dense"] == weights(256, 256, 3)
    assert page["depthwise"] == weights(256, 256, 3, 256)
    assert page["alexnet"] == [weights(96, 256, 5), weights(96, 256, 5, 2)] == [614_400, 307_200]
    assert page["narrow"] == weights(256, 64, 1) + weights(64, 64, 3) + weights(64, 256, 1)
    wider = weights(256, 128, 1) + weights(128, 128, 3, 32) + weights(128, 256, 1)
    assert page["wider"] == wider == 70_144
    for channels, kernels, k, groups in ((6, 9, 3, 3), (64, 64, 3, 32), (8, 16, 5, 8), (12, 4, 1, 2)):
        assert weights(channels, kernels, k, groups) == k * k * channels * kernels // groups


@pytest.mark.parametrize("seed", range(20))
def test_depthwise_then_pointwise_forward_and_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    images, channels, kernels = (int(n) for n in rng.integers(1, 5, 3))
    size, k = rng.integers(3, 7, 2), rng.integers(1, 4, 2)
    shapes = ((images, channels, *size), (channels, 1, *k), (kernels, channels, 1, 1))
    shapes += ((images, kernels, *(size - k + 1)),)
    x, q, w, delta = (torch.tensor(rng.normal(size=shape), requires_grad=True) for shape in shapes)
    y = functional.conv2d(functional.conv2d(x, q, groups=channels), w)
    (y * delta.detach()).sum().backward()
    numbers = [values.detach().numpy() for values in (x, q, w)]
    upstream = delta.detach().numpy()
    h, out = shown("separable")(*numbers)
    np.testing.assert_allclose(out, y.detach(), atol=1e-11)
    found = shown("separable_backward")(upstream, numbers[0], h, *numbers[1:])
    for mine, theirs in zip(found, (x, q, w), strict=True):
        np.testing.assert_allclose(mine, theirs.grad, atol=1e-10)
    # The formulas of the page, and the one kernel that does both.
    by_h = np.einsum("fm,nfrc->nmrc", numbers[2][:, :, 0, 0], upstream)
    windows = np.lib.stride_tricks.sliding_window_view(numbers[0], tuple(k), axis=(2, 3))
    np.testing.assert_allclose(np.einsum("nmrc,nmrcij->mij", by_h, windows), q.grad.numpy()[:, 0], atol=1e-10)
    by_w = np.einsum("nfrc,nmrc->fm", upstream, h)
    np.testing.assert_allclose(by_w, w.grad.numpy()[:, :, 0, 0], atol=1e-10)
    product = numbers[2] * numbers[1][:, 0]
    np.testing.assert_allclose(plain.conv2d(numbers[0], product), out, atol=1e-11)
    for channel in range(channels):
        assert np.linalg.matrix_rank(product[:, channel].reshape(kernels, -1)) == 1


def test_the_price_of_a_pair(page) -> None:
    for channels, kernels, k in ((256, 256, 3), (3, 64, 7), (512, 128, 5), (16, 1, 1)):
        pair = weights(channels, channels, k, channels) + weights(channels, kernels, 1)
        assert pair / weights(channels, kernels, k) == pytest.approx(1 / kernels + 1 / k**2)
    assert page["pair"] == weights(256, 256, 3, 256) + weights(256, 256, 1)
    assert page["pair_fewer"] == pytest.approx(page["dense"] / page["pair"])
    assert page["pair_mixing"] == weights(256, 256, 1) / page["pair"]
    assert max(page["back_off_by"]) < 1e-9, "finite differences"
    assert page["one_kernel"] + page["plain_agrees"] < 1e-12
    assert (set(page["ranks"]), page["free_rank"]) == ({1}, 4)


def mobilenet(in_two: bool) -> torch.nn.Sequential:
    """The paper's table, in torch; or the same with ordinary layers."""
    found: list[torch.nn.Module] = []

    def add(channels: int, kernels: int, k: int, stride: int = 1, groups: int = 1) -> None:
        found.append(torch.nn.Conv2d(channels, kernels, k, stride, k // 2, groups=groups, bias=False))
        found.extend([torch.nn.BatchNorm2d(kernels), torch.nn.ReLU()])

    add(3, 32, 3, 2)
    widths = (32, 64, 128, 128, 256, 256, *[512] * 6, 1024, 1024)
    for number, (channels, kernels) in enumerate(pairwise(widths)):
        stride = 2 if number in (1, 3, 5, 11) else 1
        if in_two:
            add(channels, channels, 3, stride, channels)
            add(channels, kernels, 1)
        else:
            add(channels, kernels, 3, stride)
    return torch.nn.Sequential(
        *found, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(1024, 1000)
    )


@pytest.mark.parametrize(("place", "in_two"), [(0, False), (1, True)])
def test_mobilenet_is_counted_as_torch_has_it(page, place: int, in_two: bool) -> None:
    network, adds = mobilenet(in_two), {1: 0, 3: 0, "linear": 0}
    x = torch.zeros(1, 3, 224, 224, device="meta")
    for layer in network.to("meta").eval():
        x = layer(x)
        if isinstance(layer, torch.nn.Conv2d):
            adds[layer.kernel_size[0]] += layer.weight.numel() * x.shape[2] * x.shape[3]
        elif isinstance(layer, torch.nn.Linear):
            adds["linear"] += layer.weight.numel()
    assert page["parameters"][place] == sum(p.numel() for p in network.parameters())
    assert page["multiply_adds"][place] == sum(adds.values())
    if in_two:
        assert page["in_pointwise"] == pytest.approx(adds[1] / sum(adds.values()))
        assert page["pointwise"] == 13


@pytest.mark.parametrize("groups", [1, 2, 3, 4, 6, 12])
def test_the_shuffle_is_torchs(groups: int) -> None:
    x = torch.randn(2, 12, 3, 2, dtype=torch.float64, requires_grad=True)
    delta = torch.randn(2, 12, 3, 2, dtype=torch.float64)
    y = torch.channel_shuffle(x, groups)
    np.testing.assert_array_equal(shown("shuffle")(x.detach().numpy(), groups), y.detach())
    y.backward(delta)
    np.testing.assert_array_equal(shown("shuffle_backward")(delta.numpy(), groups), x.grad)
    if groups in (1, 12):
        assert torch.equal(x, y), "depthwise, a shuffle changes nothing"


@pytest.mark.parametrize("groups", range(1, 10))
def test_how_far_a_shuffle_carries(page, groups: int) -> None:
    """min((C/g)^t, C) channels, whatever C, g and t; weights that are drawn, so that paths count."""
    rng = np.random.default_rng(groups)
    for side in range(1, 7):
        channels = groups * side
        order = shown("shuffle")(np.arange(channels)[None], groups)[0]
        together = np.eye(channels)
        for t in range(1, 6):
            kernel = shown("block_diagonal")(rng.uniform(0.5, 1, size=(channels, side, 1, 1)), groups)
            together = kernel[:, :, 0, 0] @ (together[order] if t > 1 else together)
            reached = set((together > 0).sum(axis=1).tolist())
            assert reached == {min(side**t, channels)}
            if t == 2:
                assert (reached == {channels}) == (channels >= groups**2)
    assert (page["broken"], page["tried"]) == (0, 360)


@pytest.mark.parametrize(("groups", "through"), [(2, 1), (2, 2), (2, 5), (3, 2), (4, 1)])
def test_two_shuffled_layers_are_blocks_of_low_rank(page, groups: int, through: int) -> None:
    """C/g² channels lead from one group to another, and no more is their rank."""
    side = groups * through
    channels, rng = groups * side, np.random.default_rng(groups)
    first, second = (
        shown("block_diagonal")(rng.normal(size=(channels, side, 1, 1)), groups)[:, :, 0, 0] for _ in range(2)
    )
    both = second @ first[shown("shuffle")(np.arange(channels)[None], groups)[0]]
    cut = both.reshape(groups, side, groups, side).swapaxes(1, 2).reshape(-1, side, side)
    assert {int(np.linalg.matrix_rank(block)) for block in cut} == {through}
    assert page["block_ranks"] == [256 // 8**2] == [4]
    assert page["two_layers"] == 2 * weights(256, 256, 1, 8)
    assert page["one_layer"] == weights(256, 256, 1)
    assert page["depends_256"] == [256, 256]


def kept(machine: str) -> dict[str, list[str]]:
    """Rows of the kept benchmark, by the name of the layer."""
    text = (ROOT / "benchmarks" / "results" / f"2026-11-20-layers-{KEPT[machine]}.md").read_text("utf-8")
    assert "torch 2.13.0+cpu" in text
    assert text.startswith(f"# layers: 2026-11-20, {machine.split()[0]}")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if "|" in line]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("machine", KEPT)
def test_the_times_are_those_that_were_kept(page, machine: str) -> None:
    rows = kept(machine)
    names = {
        "1 group": "64→64 3×3 at 32², batch 64",
        "4 groups": "64→64 3×3, 4 groups, at 32², batch 16",
        "32 groups": "64→64 3×3, 32 groups, at 32², batch 16",
        "depthwise": "64 3×3 depthwise at 32², batch 16",
    }
    assert page["torch_ms"][machine] == {short: float(rows[name][0]) for short, name in names.items()}
    assert page["batch"] == {short: int(name.split()[-1]) for short, name in names.items()}
    assert page["numpy_times"][machine]["32 groups"] == float(rows[names["32 groups"]][1])
    dilated = "64→64 3×3 dilation 2 at 32², batch 16"
    assert page["dilated_ms"][machine] == float(rows[dilated][0])
    for short, name in names.items():
        each = float(rows[name][0]) / int(name.split()[-1])
        assert page["each"][machine][short] == pytest.approx(each)
        assert page["faster"][machine][short] == pytest.approx(float(rows[names["1 group"]][0]) / 64 / each)
    # The batch seems to matter little: with dilation, 16 pictures take as long, each, within a tenth.
    assert page["dilated_each"][machine] == pytest.approx(page["each"][machine]["1 group"], rel=0.1)


def test_sentences_say_what_was_counted_and_measured(page) -> None:
    amd, intel = (page["faster"][machine] for machine in KEPT)
    numpy_amd, numpy_intel = (page["numpy_times"][machine]["32 groups"] for machine in KEPT)
    beside = [page["depthwise_beside_32"][machine] for machine in KEPT]
    same_work = [page["dilated_each"][machine] for machine in KEPT]
    number = page["for_each_number"]
    assert intel["32 groups"] < 1 < amd["32 groups"]
    assert page["adds"]["32 groups"] == 2 * page["adds"]["depthwise"] == page["adds"]["1 group"] // 32
    assert number == {name: adds / (2 * 64 * 32**2) for name, adds in page["adds"].items()}
    parameters, adds = page["fewer"]
    assert not unsaid(
        PAGE,
        f"Four groups make it {amd['4 groups']:.1f} and {intel['4 groups']:.1f} times faster, not 4.",
        f"The depthwise layer is {amd['depthwise']:.1f} and {intel['depthwise']:.1f} times faster",
        f"32 groups are {amd['32 groups']:.1f} times faster on one machine; on the other they are *slower*",
        f"took {same_work[0]:.2f} and {same_work[1]:.2f} ms",
        f"took {numpy_amd:.2f} and {numpy_intel:.2f} of torch's time",
        f"and ran {beside[0]:.1f} and {beside[1]:.1f} times faster.",
        f"that is {number['1 group']:.0f} multiply-adds for each number read or written "
        f"if there is one group, and {number['depthwise']:.1f} if it is depthwise.",
        f"{parameters:.1f} times fewer parameters and {adds:.1f} times fewer multiply-adds, "
        f"for {page['lost']:.1f} points",
        f"In MobileNet, {100 * page['in_pointwise']:.0f} % of the multiply-adds",
        f"are as large as inside, {page['outside']:.2f} on average against {page['within']:.2f}.",
        f"{page['pair_fewer']:.1f} times fewer than {page['dense']:,}, "
        f"and {100 * page['pair_mixing']:.0f} % of them mix.",
    )


def test_exercises(page) -> None:
    depthwise, mixing, pair, work = page["mobile_pair"]
    assert depthwise == weights(512, 512, 3, 512)
    assert mixing == weights(512, 512, 1)
    assert work == 14 * 14 * pair == 14 * 14 * (depthwise + mixing)
    assert page["mobile_whole"] == [weights(512, 512, 3), 14 * 14 * weights(512, 512, 3)]
    assert page["mobile_ratio"] == pytest.approx(1 / 512 + 1 / 9)
    for many in range(1, 13):  # a kernels for each of 16 channels, 256 kernels behind them
        pair = weights(16, 16 * many, 3, 16) + weights(16 * many, 256, 1)
        assert (pair < weights(16, 256, 3)) == (many < page["most"]) == (many <= 8)
        slices = np.random.default_rng(many).normal(size=(20, many)) @ np.eye(9)[np.arange(many) % 9]
        assert np.linalg.matrix_rank(slices) == min(many, 9)
    assert page["nothing_lost"] < 1e-12
    assert page["solved"] == "right"
