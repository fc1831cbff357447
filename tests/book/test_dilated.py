"""Dilated convolution: layers against torch, the rule for gaps by search, and what the page says of both."""

import itertools
from collections.abc import Sequence
from functools import reduce
from operator import or_

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import arithmetic, plain
from tests.book.sentences import unsaid

PAGE = "advanced/dilated"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def pixels(dilations: Sequence[int], k: int = 3) -> list[bool]:
    """Which pixels a stack reads along one axis: torch's gradient of one output by all of them."""
    x = torch.zeros(1, 1, 1 + (k - 1) * sum(dilations), dtype=torch.float64, requires_grad=True)
    y = x
    for d in dilations:
        y = TF.conv1d(y, torch.ones(1, 1, k, dtype=torch.float64), dilation=d)
    assert y.numel() == 1
    y.sum().backward()
    return [bool(one) for one in x.grad[0, 0] > 0]


def mask(dilations: Sequence[int], k: int = 3) -> int:
    """The same as the bits of a number, for long searches."""
    read = 1
    for d in dilations:
        copies = [read << (tap * d) for tap in range(k)]
        read = reduce(or_, copies)
    return read


def gapless(dilations: Sequence[int], k: int = 3) -> bool:
    size = 1 + (k - 1) * sum(dilations)
    return mask(dilations, k) == (1 << size) - 1


def rule(dilations: Sequence[int], k: int = 3) -> bool:
    """No dilation is larger than the field of the layers with the smaller ones."""
    ordered = sorted(dilations)
    return all(d <= 1 + (k - 1) * sum(ordered[:n]) for n, d in enumerate(ordered))


def published(dilations: Sequence[int], k: int = 3) -> bool:
    """Wang and others (2018) in their own form: the second number is M − 2(M − r)."""
    m = dilations[-1]
    for r in reversed(dilations[1:-1]):
        m = max(m - 2 * r, m - 2 * (m - r), r)
    return m <= k


def stacks(layers: int, largest: int) -> itertools.product:
    return itertools.product(range(1, largest + 1), repeat=layers)


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize(
    "dilations", [(2, 2, 2), (2, 4, 8), (2, 3), (1, 2, 9), (9, 1, 3), (1, 4, 5), (3, 5, 7)]
)
def test_a_stack_reads_what_can_be_paid(dilations: tuple[int, ...], k: int) -> None:
    read = pixels(dilations, k)
    assert [bool(mask(dilations, k) >> u & 1) for u in range(len(read))] == read
    assert read == read[::-1], "what is missed at one end is missed at the other"
    for order in itertools.permutations(dilations):
        assert pixels(order, k) == read


def test_a_square_kernel_reads_rows_and_columns_one_by_one() -> None:
    dilations = (2, 3)
    x = torch.zeros(1, 1, 11, 11, dtype=torch.float64, requires_grad=True)
    y = x
    for d in dilations:
        y = TF.conv2d(y, torch.ones(1, 1, 3, 3, dtype=torch.float64), dilation=d)
    y.sum().backward()
    line = np.array(pixels(dilations))
    assert np.array_equal(x.grad[0, 0].numpy() > 0, np.outer(line, line))


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_the_rule_for_gaps_is_exact(k: int) -> None:
    """Every stack of one to four layers with dilations up to 10."""
    for layers in range(1, 5):
        for dilations in stacks(layers, 10):
            assert gapless(dilations, k) == rule(dilations, k), (k, dilations)


def test_a_common_divisor_and_no_1() -> None:
    for dilations in stacks(3, 9):
        read = [u for u, one in enumerate(f"{mask(dilations):b}"[::-1]) if one == "1"]
        assert np.gcd.reduce(read) == np.gcd.reduce(dilations)
        if min(dilations) > 1:
            assert 1 not in read
            assert 2 * sum(dilations) - 1 not in read


def test_repeated_gaps_stay_at_the_ends() -> None:
    """All groups of two or three dilations up to 6 without a common divisor: only the ends keep gaps."""
    for layers in (2, 3):
        for group in stacks(layers, 6):
            if np.gcd.reduce(group) > 1:
                continue
            often, more = ([*group] * times for times in (12, 13))
            at_start = [_missed_before_half(dilations) for dilations in (often, more)]
            assert at_start[0] == at_start[1]
            assert max(at_start[0], default=0) < 30, "the largest amount that coins up to 6 cannot pay is 19"


def _missed_before_half(dilations: Sequence[int]) -> list[int]:
    read = mask(dilations)
    return [u for u in range(sum(dilations) + 1) if not read >> u & 1]


def test_the_published_rule_from_1_upwards_is_the_exact_one() -> None:
    for layers in (2, 3, 4, 5):
        for rest in itertools.combinations_with_replacement(range(1, 15), layers - 1):
            assert published((1, *rest)) == gapless((1, *rest))


def test_the_published_rule_elsewhere(page) -> None:
    counts = {name: [0, 0, 0, 0] for name in page["counts"]}
    rising, falling, other = "1 first, sorted", "1 first, unsorted", "2 or more first"
    without_divisor = 0
    for layers in (2, 3, 4):
        for dilations in stacks(layers, 9):
            kind = other if dilations[0] > 1 else rising if sorted(dilations) == [*dilations] else falling
            accepted, whole = published(dilations), gapless(dilations)
            counts[kind][2 * (not whole) + (not accepted)] += 1
            if kind == other and accepted and not whole:
                without_divisor += int(np.gcd.reduce(dilations) == 1)
    assert counts == page["counts"]
    assert counts[rising][1:3] == [0, 0]
    assert counts[falling][2] == 0
    assert sum(map(sum, counts.values())) == page["stacks"] == 7371
    assert page["fooled_without_divisor"] == without_divisor
    assert page["said"] == [True, True, True]
    assert list(page["other_k"].values()) == [[True, False], [False, True]]
    assert page["fields"] == [3, 10]
    assert [published((1, 2, 5)), published((1, 2, 9))] == [True, False], "the paper's examples"
    assert not unsaid(
        PAGE,
        f"refuses {counts[falling][1]} stacks that have none. One of them is 1, 3, 1.",
        f"Of the {counts[other][2]} stacks that it accepts with gaps, "
        f"{without_divisor} have no common divisor.",
    )


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_a_stride_taken_back(page, padding: int) -> None:
    """Three layers with strides 2, 2, 1 in torch; padded, the answers in between differ near the border."""
    generator = torch.Generator().manual_seed(padding)
    kernels = [
        torch.randn(out, into, 3, 3, generator=generator, dtype=torch.float64)
        for into, out in ((2, 3), (3, 4), (4, 2))
    ]

    def network(x, strides, dilations):
        for kernel, s, d in zip(kernels, strides, dilations, strict=True):
            x = torch.relu(TF.conv2d(x, kernel, stride=s, padding=padding * d, dilation=d))
        return x

    x = torch.randn(1, 2, 43, 38, generator=generator, dtype=torch.float64)
    dense = network(x, (1, 1, 1), (1, 2, 4))
    strided = network(x, (2, 2, 1), (1, 1, 1))
    torch.testing.assert_close(dense[:, :, ::4, ::4], strided)
    shifted = network(x[:, :, 1:, 3:], (2, 2, 1), (1, 1, 1))
    between = dense[:, :, 1::4, 3::4]
    rows, columns = (min(a, b) for a, b in zip(between.shape[2:], shifted.shape[2:], strict=True))
    same = torch.isclose(between[:, :, :rows, :columns], shifted[:, :, :rows, :columns])
    assert same[:, :, 4:-4, 4:-4].all()
    assert bool(same.all()) == (padding == 0)
    assert max(page["by_moving"]) < 1e-12
    assert page["old_field"] == page["new_field"] == 27
    assert page["jumps"] == [2, 2, 4, 4, 4]


@pytest.mark.parametrize("seed", range(10))
def test_the_layer_in_torch(seed: int) -> None:
    """What the page derives, with other code: plain layers on grids are torch's dilated layer."""
    rng = np.random.default_rng(seed)
    d, k_h, k_w = (int(n) for n in rng.integers(1, 4, size=3))
    x = torch.tensor(rng.normal(size=(2, 3, d * (k_h - 1) + 4, d * (k_w - 1) + 2)), requires_grad=True)
    w = torch.tensor(rng.normal(size=(4, 3, k_h, k_w)), requires_grad=True)
    y = TF.conv2d(x, w, dilation=d)
    delta = torch.tensor(rng.normal(size=tuple(y.shape)))
    by_x, by_w = torch.autograd.grad(y, (x, w), delta)
    found, weights = np.zeros(x.shape), np.zeros(w.shape)
    image, kernel, upstream = x.detach().numpy(), w.detach().numpy(), delta.numpy()
    for g, h in itertools.product(range(d), repeat=2):
        grid = np.s_[:, :, g::d, h::d]
        np.testing.assert_allclose(plain.conv2d(image[grid], kernel), y.detach()[grid], atol=1e-12)
        back = plain.conv2d_backward(upstream[grid], image[grid], kernel)
        found[grid] = back[0]
        weights += back[1]
    np.testing.assert_allclose(found, by_x, atol=1e-12)
    np.testing.assert_allclose(weights, by_w, atol=1e-12)


def test_the_shown_functions_agree(page) -> None:
    assert page["layers"] == 12
    assert max(page["forward_off"], page["backward_off"]) < 1e-12
    assert page["numeric_off"] < 1e-7


def test_same_weights_wider_view(page) -> None:
    layer = torch.nn.Conv2d(64, 64, 3, bias=False)
    assert page["in_stack"] == 3 * layer.weight.numel()
    assert page["views"] == [7, 15, 27]
    assert page["in_one"] == [64 * 64 * size**2 for size in page["views"]]


def test_figure_and_paths(page) -> None:
    for name, gaps in page["missed"].items():
        read = pixels([int(d) for d in name.split(", ")])
        assert gaps == [u for u, one in enumerate(read) if not one]
    assert page["missed"]["2, 3"] == [1, 9]
    assert page["missed"]["2, 3, 2, 3"] == [1, 19]
    assert page["missed"]["1, 2, 9, 1, 2, 9"] == page["missed"]["1, 3, 9"] == []
    assert page["twice"] == 13
    stacks = [(1, 1, 1), (1, 2, 3), (1, 2, 4), (1, 2, 5), (1, 3, 9)]
    for dilations, fewest, most, mean in zip(stacks, page["fewest"], page["most"], page["mean"], strict=True):
        sums = [
            sum(tap * d for tap, d in zip(taps, dilations, strict=True))
            for taps in itertools.product(range(3), repeat=3)
        ]
        ways = [sums.count(u) for u in range(1 + 2 * sum(dilations))]
        assert [fewest, most] == [min(ways) ** 2, max(ways) ** 2]
        assert mean == pytest.approx(729 / len(ways) ** 2)
    assert page["mean"] == sorted(page["mean"], reverse=True)
    assert page["all_paths"] == [729] * 5
    assert page["samples"] == 2**10
    assert page["sound"] == [1, 1]
    assert arithmetic.receptive_field([(2, 1, 0, 2**n) for n in range(10)])[-1].size == 1024


def test_neighbours_of_a_last_layer_share_units_only_without_dilation() -> None:
    for d in range(1, 6):
        reads = [{(d * i, d * j + step) for i in range(3) for j in range(3)} for step in (0, 1)]
        assert len(reads[0] & reads[1]) == (6 if d == 1 else 0)


def test_exercises(page) -> None:
    assert page["change"] == [3, 17]
    assert max(page["added"]) == 3
    assert page["field_145"] == 21
    assert page["old_jump"] == 4
    assert page["solved"] == "right"
    assert page["exact"] == 0
