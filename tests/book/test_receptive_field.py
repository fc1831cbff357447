"""Receptive fields: the two rules against gradients through torch, and the bell against the binomials."""

import numpy as np
import pytest
import torch


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/receptive-field")


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


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


@pytest.mark.parametrize(
    ("layers", "size", "jump"),
    [
        ([(3, 2, 1, 1)], 3, 2),
        ([(3, 2, 1, 1)] * 2, 7, 4),
        ([(3, 1, 1, 1)] * 2, 5, 1),
        ([(3, 1, 1, 1)] * 3, 7, 1),
        ([(7, 1, 3, 1)], 7, 1),
        ([(3, 1, 1, 1), (3, 1, 2, 2), (3, 1, 4, 4)], 15, 1),
        ([(3, 1, 2, 2)] * 3, 13, 1),
        ([(5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1), (2, 2, 0, 1), (5, 1, 0, 1)], 32, 4),
    ],
)
def test_two_rules(chapter, layers, size, jump) -> None:
    last = chapter["arithmetic"].receptive_field(layers)[-1]
    assert (last.size, last.jump) == (size, jump) == field_by_torch(layers)


def test_worked_by_hand(chapter) -> None:
    assert [(field.size, field.jump) for field in chapter["twice"]] == [(3, 2), (7, 4)]
    assert [field.size for field in chapter["three"]] == [3, 5, 7]
    assert (chapter["small"], chapter["large"]) == (27 * 64**2, 49 * 64**2)


def test_cones_of_the_drawing_are_the_fields(chapter) -> None:
    for layers in chapter["stacks"].values():
        pixels = chapter["sees"](layers, 8)[0]
        assert max(pixels) - min(pixels) + 1 == chapter["arithmetic"].receptive_field(layers)[-1].size


def test_the_explorer_speaks(chapter) -> None:
    page = chapter["explorer"].data
    assert page.count("<svg") == 5
    assert page.count('tabindex="0"') == page.count('<g class="unit') > 50
    assert "Feature 4: it reads 7 pixels, 1 to 7." in page
    assert "Feature 12: it reads 7 pixels, 6 to 18. 6 of its 13 places are padding or gaps." in page
    assert "http" not in page


def test_measured_from_gradients(chapter) -> None:
    rng = np.random.default_rng(3)
    for layers in chapter["stacks"].values():
        gradient = chapter["input_gradient"](layers, 41, rng)
        assert chapter["measured_size"](gradient) == field_by_torch(layers)[0]


def test_effective_field_is_smaller(chapter) -> None:
    for depth, gradient in chapter["heat"].items():
        assert gradient.sum() == pytest.approx(1)
        outside = np.ones_like(gradient, dtype=bool)
        outside[22 - depth : 23 + depth, 22 - depth : 23 + depth] = False
        assert gradient[outside].sum() == 0
    shares = [chapter["shares"][depth] for depth in (2, 8, 20)]
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


@pytest.mark.parametrize("depth", [1, 2, 10, 50])
def test_paths_are_trinomial(chapter, depth) -> None:
    """The coefficients of (1 + z + z²)ⁿ, and their variance."""
    expected = np.polynomial.polynomial.polypow([1.0, 1.0, 1.0], depth) / 3.0**depth
    profile = chapter["paths"](depth)
    np.testing.assert_allclose(profile, expected, atol=1e-12)
    positions = np.arange(-depth, depth + 1)
    assert (profile * positions**2).sum() == pytest.approx(depth * 8 / 12)


@pytest.mark.parametrize(
    ("dilations", "field", "read"),
    [((1, 1, 1), 7, 49), ((1, 2, 4), 15, 225), ((2, 2, 2), 13, 49), ((1, 2, 4, 8), 31, 961)],
)
def test_dilations(chapter, dilations, field, read) -> None:
    x = torch.zeros(1, 1, 41, 41, requires_grad=True)
    out = x
    for d in dilations:
        out = torch.nn.functional.conv2d(out, torch.ones(1, 1, 3, 3), padding=d, dilation=d)
    out[0, 0, 20, 20].backward()
    assert int((x.grad != 0).sum()) == read
    said = f"field {field} x {field}, pixels read {read} of {field**2}"
    assert f"{dilations!s:13s} {9 * len(dilations)} weights, {said}" in chapter.output


def test_famous_networks(chapter) -> None:
    assert [field.size for field in chapter["lenet"]] == [5, 6, 14, 16, 32]
    assert [field.jump for field in chapter["lenet"]] == [1, 2, 2, 4, 4]
    layers = [(*layer, 0, 1)[:4] if len(layer) == 2 else (*layer, 1) for layer in chapter["layers_of_vgg"]]
    assert len(layers) == 18
    assert (chapter["vgg"][-1].size, chapter["vgg"][-1].jump) == (212, 32) == field_by_torch(layers, 448)
    assert chapter["without"] == 27


def test_solutions_of_the_exercises(chapter) -> None:
    field = chapter["arithmetic"].receptive_field
    assert next(n for n in range(1, 30) if field([(3, 1)] * n)[-1].size >= 28) == 14
    mixed = field([(3, 1), (2, 2), (3, 1), (2, 2), (3, 1), (3, 1), (3, 1)])
    assert [one.size for one in mixed] == [3, 4, 8, 10, 18, 26, 34]
    early = [field([(3, 2 if place == n else 1) for n in range(4)])[-1].size for place in range(4)]
    assert early == [15, 13, 11, 9]
    assert [one.start for one in field([(2, 2)] * 2)] == [0.5, 1.5]
