"""Receptive fields: the two rules against gradients through torch, gaps by search, the bell by binomials."""

import itertools

import numpy as np
import pytest
import torch

from convnet.arithmetic import receptive_field


@pytest.fixture(scope="module")
def page(saved):
    return saved("convolution/receptive-field")


def field_by_torch(layers, size=120) -> tuple[int, int]:
    """Receptive field and jump along one axis, from where the gradients of two neighbours start and end."""
    ends = []
    for neighbour in (0, 1):
        x = torch.zeros(1, 1, size, requires_grad=True)
        out = x
        for kernel_size, stride, padding, dilation in layers:
            out = torch.nn.functional.conv1d(
                out, torch.ones(1, 1, kernel_size), None, stride, padding, dilation
            )
        out[0, 0, out.shape[-1] // 2 + neighbour].backward()
        seen = torch.nonzero(x.grad[0, 0]).ravel()
        ends.append((int(seen[0]), int(seen[-1])))
    return ends[0][1] - ends[0][0] + 1, ends[1][0] - ends[0][0]


@pytest.mark.parametrize(
    ("layers", "size", "jump"),
    [
        ([(3, 2, 1, 1)], 3, 2),
        ([(3, 2, 1, 1)] * 2, 7, 4),
        ([(3, 1, 1, 1)] * 2, 5, 1),
        ([(3, 1, 1, 1)] * 3, 7, 1),
        ([(7, 1, 3, 1)], 7, 1),
        ([(5, 2, 2, 1), (3, 1, 1, 1)], 9, 2),  # the first quiz
        ([(3, 1, 1, 1), (3, 1, 2, 2), (3, 1, 4, 4)], 15, 1),
        ([(3, 1, 2, 2)] * 3, 13, 1),
        ([(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1)], 32, 4),
    ],
)
def test_two_rules(layers, size, jump) -> None:
    last = receptive_field(layers)[-1]
    assert (last.size, last.jump) == (size, jump) == field_by_torch(layers)


def test_worked_by_hand(page) -> None:
    assert page["strided"] == [[3, 2], [7, 4]]
    assert [size for size, _ in page["three"]] == [3, 5, 7]
    assert page["seven"] == [[7, 1]]
    assert (page["small"], page["large"]) == (27 * 64**2, 49 * 64**2)


def test_measured_from_gradients(page) -> None:
    assert page["measured"] == page["formula"]
    assert page["measured"] == [field_by_torch(layers)[0] for layers in page["stacks"]]


def test_a_stride_counts_for_later_layers_only() -> None:
    """The sum over layers, on drawn stacks; the last stride changes nothing, the first one does."""
    rng = np.random.default_rng(0)
    for _ in range(100):
        layers = [(int(k), int(s)) for k, s in rng.integers(1, 6, size=(rng.integers(2, 6), 2))]
        strides = [s for _, s in layers]
        size = 1 + sum((k - 1) * int(np.prod(strides[:n])) for n, (k, _) in enumerate(layers))
        assert receptive_field(layers)[-1].size == size
        assert receptive_field([*layers[:-1], (layers[-1][0], 9)])[-1].size == size


def test_effective_field_is_smaller(page) -> None:
    """The inner half of the field holds more and more of the gradient, and nothing lies outside the field."""
    inner = page["inner"]
    assert [row[0] for row in inner] == [2, 8, 20]
    means = [row[3] for row in inner]
    assert means == sorted(means)
    assert means[-1] - means[0] > 3 * max(row[4] for row in inner) / np.sqrt(30)
    assert max(abs(row[5]) for row in inner) < 1e-12


def test_paths_are_trinomial(page) -> None:
    """The coefficients of (1 + z + z²)ⁿ, and their variance."""
    expected = np.polynomial.polynomial.polypow([1.0, 1.0, 1.0], 10) / 3.0**10
    np.testing.assert_allclose(page["paths_10"], expected, atol=1e-12)
    assert expected[0] == pytest.approx(3.0**-10)  # one path leads to the outermost pixel
    depths = np.array([2, 5, 10, 20, 50, 100])
    np.testing.assert_array_equal(page["paths_sizes"], 2 * depths + 1)
    np.testing.assert_allclose(page["paths_sigmas"], np.sqrt(depths * (3**2 - 1) / 12))


@pytest.mark.parametrize(
    ("dilations", "field", "read"),
    [((1, 2, 4), 15, 225), ((2, 4, 6), 25, 169), ((2, 3), 11, 81), ((1, 2, 9), 25, 441)],
)
def test_dilations(page, dilations, field, read) -> None:
    x = torch.zeros(1, 1, 41, 41, requires_grad=True)
    out = x
    for d in dilations:
        out = torch.nn.functional.conv2d(out, torch.ones(1, 1, 3, 3), padding=d, dilation=d)
    out[0, 0, 20, 20].backward()
    assert int((x.grad != 0).sum()) == read
    assert [list(dilations), 9 * len(dilations), field, read] in page["dilated"]


def test_missed_pixels(page) -> None:
    missed = page["missed"]
    assert missed["(1, 2, 4)"] == []
    assert missed["(2, 3)"] == [-4, 4]
    assert missed["(1, 2, 9)"] == [-5, -4, 4, 5]
    assert missed["(2, 4, 6)"] == list(range(-11, 12, 2))


def pixels_read(layers: list[tuple[int, int]]) -> set[int]:
    """Pixels of layers (kernel size, dilation), counted from the left end of their field."""
    read = {0}
    for k, d in layers:
        read = {n + tap * d for n in read for tap in range(k)}
    return read


def without_gaps(layers: list[tuple[int, int]]) -> bool:
    """The rule: no dilation is larger than the receptive field of the layers with the smaller ones."""
    field = 1
    for k, d in sorted(layers, key=lambda layer: layer[1]):
        if d > field:
            return False
        field += d * (k - 1)
    return True


def test_the_rule_for_gaps_is_right_for_all_small_dilations() -> None:
    """Every choice of up to four dilations up to 10, for several kernel sizes."""
    outcomes = []
    for k, count in ((2, 3), (3, 3), (3, 4), (5, 3)):
        for dilations in itertools.product(range(1, 11), repeat=count):
            layers = [(k, d) for d in dilations]
            read, field = pixels_read(layers), 1 + (k - 1) * sum(dilations)
            assert (read == set(range(field))) == without_gaps(layers), (k, dilations)
            outcomes.append(len(read) == field)
    assert 0.05 < np.mean(outcomes) < 0.95


def test_the_rule_holds_for_mixed_kernels_and_with_strides() -> None:
    rng = np.random.default_rng(0)
    outcomes = []
    for _ in range(2000):
        count = int(rng.integers(1, 5))
        layers = [(int(k), int(d), int(s)) for k, d, s in rng.integers([2, 1, 1], [6, 7, 4], size=(count, 3))]
        jumps = np.cumprod([1, *(s for *_, s in layers)])
        spread = [(k, d * int(jump)) for (k, d, _), jump in zip(layers, jumps, strict=False)]
        field = receptive_field([(k, s, 0, d) for k, d, s in layers])[-1].size
        read = pixels_read(spread)
        assert max(read) == field - 1
        assert (len(read) == field) == without_gaps(spread)
        outcomes.append(len(read) == field)
    assert 0.05 < np.mean(outcomes) < 0.95


def test_no_common_divisor_is_not_enough_and_powers_of_three_are_widest() -> None:
    for dilations in ((2, 3), (1, 2, 9), (1, 4, 5), (2, 3, 4), (1, 3, 10)):
        assert np.gcd.reduce(dilations) == 1
        assert not without_gaps([(3, d) for d in dilations])
    assert without_gaps([(3, d) for d in (1, 2, 5)])
    widest = max(
        1 + 2 * sum(dilations)
        for dilations in itertools.product(range(1, 14), repeat=3)
        if without_gaps([(3, d) for d in dilations])
    )
    assert widest == 1 + 2 * (1 + 3 + 9) == 27


def test_famous_networks(page) -> None:
    assert page["lenet"] == [[5, 1], [6, 2], [14, 2], [16, 4], [32, 4]]
    assert len(page["vgg"]) == 18
    assert [size for size, _ in page["vgg"][:2]] == [3, 5]
    convolutions = (2, 2, 3, 3, 3)
    layers = [layer for count in convolutions for layer in [(3, 1, 1, 1)] * count + [(2, 2, 0, 1)]]
    assert tuple(page["vgg"][-1]) == (212, 32) == field_by_torch(layers, 448)
    assert page["without"] == [27, 1]
    assert [jump for _, jump in page["vgg"]][9:14] == [8, 8, 8, 8, 16]


def test_where_the_field_of_the_first_unit_begins() -> None:
    for layers in ([(3, 1, 1)], [(3, 2, 1), (5, 1, 2)], [(2, 2)] * 2, [(3, 1, 0, 4)]):
        last = receptive_field(layers)[-1]
        begins = 0
        for number, (_, _, *rest) in enumerate(layers):
            padding = rest[0] if rest else 0
            begins -= padding * (receptive_field(layers[:number])[-1].jump if number else 1)
        assert last.start - (last.size - 1) / 2 == begins


def test_solutions_of_the_exercises(page) -> None:
    assert page["fourteen"] == [29, 1]
    assert page["thirteen"][0] < 28
    assert [size for size, _ in page["mixed"]] == [3, 4, 8, 10, 18, 26, 34]
    assert page["early"] == [15, 13, 11, 9]
    assert page["starts"] == [0.5, 1.5]
    influence = page["influence"]
    assert influence[:4] * 3 == influence
    assert len(set(influence)) > 1
    assert page["solved"] == "right"
    assert page["powers_of_three"] == 27
