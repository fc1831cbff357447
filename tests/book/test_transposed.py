"""Transposed convolution and bilinear interpolation against torch; the rule for uneven outputs, by search."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import arithmetic, plain
from coursekit import widgets
from tests.book.chapter import chapter
from tests.book.sentences import WORDS, unsaid

PAGE = "advanced/transposed"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def shown(name: str) -> Callable[..., Any]:
    """Give a function as the page shows it."""
    cells = [c for c in chapter(PAGE).cells if c.visible and f"def {name}(" in c.code and "..." not in c.code]
    scope: dict[str, Any] = {"np": np, "plain": plain}
    exec(cells[0].code, scope)
    return scope[name]


def layers(seed: int) -> tuple[list[torch.Tensor], tuple[int, int, int]]:
    """Images, kernels and δ of a layer that need not be square, and its options s, p, q."""
    rng = np.random.default_rng(seed)
    while True:
        size, k = rng.integers(1, 6, 2), rng.integers(1, 6, 2)
        s, p = int(rng.integers(1, 5)), int(rng.integers(0, 3))
        q = int(rng.integers(0, s))
        shape = (size - 1) * s + k - 2 * p + q
        if (shape > 0).all():
            break
    shapes = ((2, 3, *size), (3, 2, *k), (2, 2, *shape))
    return [torch.tensor(rng.normal(size=each), requires_grad=True) for each in shapes], (s, p, q)


def test_three_pixels(page) -> None:
    x, w = (torch.tensor(page[name], dtype=torch.float64) for name in ("x", "w"))
    expected = TF.conv_transpose1d(x[None, None], w[None, None], stride=2)[0, 0].tolist()
    assert page["y"] == page["by_matrix"] == page["by_sliding"] == expected == [2, 6, 3, -3, 1, 9, 6]
    assert np.shape(page["M"]) == (3, 7)
    assert "x = np.array([2.0, -1, 3])" in page.text
    figure = widgets.transposed_stepper(page["x"], page["w"])
    assert "widgets.transposed_stepper(x, w)" in page.text
    assert figure.numbers["output"].tolist() == figure.numbers["slid"].tolist() == page["y"]
    longer = widgets.transposed_stepper(page["x"], [*page["w"], 1]).numbers["counts"].tolist()
    assert longer == [1, 1, 2, 2, 2, 2, 1, 1], "where it vanishes: inside"


@pytest.mark.parametrize("seed", range(30))
def test_both_views_are_the_layer(seed: int) -> None:
    """The transpose of the matrix, and a convolution of the map with zeros in between and a frame around."""
    (x, w, _), (s, p, q) = layers(seed)
    expected = TF.conv_transpose2d(x, w, stride=s, padding=p, output_padding=q).detach().numpy()
    images, kernels = x.detach().numpy(), w.detach().numpy()
    matrix = plain.conv2d_matrix(kernels, expected.shape[1:], s, p)
    by_matrix = images.reshape(2, -1) @ matrix
    np.testing.assert_allclose(by_matrix.reshape(expected.shape), expected, atol=1e-9)
    frame = [k - 1 - p for k in kernels.shape[2:]]
    if min(frame) >= 0:
        wide = np.pad(plain.dilate(images, s), [(0, 0), (0, 0), *((side, side + q) for side in frame)])
        slid = plain.conv2d(wide, kernels.swapaxes(0, 1)[:, :, ::-1, ::-1])
        np.testing.assert_allclose(slid, expected, atol=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_the_shown_code_is_torchs_forward_and_backward(seed: int) -> None:
    (x, w, delta), (s, p, q) = layers(seed)
    b = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    y = TF.conv_transpose2d(x, w, b, stride=s, padding=p, output_padding=q)
    (y * delta.detach()).sum().backward()
    images, kernels, g = (values.detach().numpy() for values in (x, w, delta))
    np.testing.assert_allclose(shown("up")(images, kernels, s, p, q), y.detach(), atol=1e-9)
    by = shown("up_backward")(g, images, kernels, s, p)
    for got, wanted in zip(by, (x.grad, w.grad, b.grad), strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-9)
    # The page's sum for the kernel, index by index.
    by_kernel, (high, wide) = np.zeros(kernels.shape), g.shape[2:]
    for u, v, i, j in np.ndindex(*images.shape[2:], *kernels.shape[2:]):
        r, c = u * s + i - p, v * s + j - p
        if 0 <= r < high and 0 <= c < wide:
            by_kernel[:, :, i, j] += images[:, :, u, v].T @ g[:, :, r, c]
    np.testing.assert_allclose(by_kernel, w.grad, atol=1e-9)


def test_the_mistakes_are_seen_in_some_layers(page) -> None:
    seen = page["seen"]
    assert seen.pop("") == 0
    assert len(seen) == 3
    assert all(0 < wrong < page["layers"] == 24 for wrong in seen.values())
    assert max(page["largest"], page["dot_product"]) < 1e-9


def test_sizes(page) -> None:
    """For every s, the way up for q = 0 to s − 1 leads to just the sizes that come down to H."""
    for k in range(1, 7):
        for s in range(1, 6):
            for p in range(3):
                for size in range(1, 6):
                    up = [(size - 1) * s + k - 2 * p + q for q in range(s)]
                    down = [h for h in range(60) if h + 2 * p >= k and (h + 2 * p - k) // s + 1 == size]
                    assert [h for h in up if h >= 0] == down
    assert page["sizes_up"] == [5, 6]
    assert page["doubled"] == [[14, 14]] * 3


def test_rows_that_nothing_paints() -> None:
    """At most the last q − p rows where k ≥ s. With gaps between the pictures there are more."""
    for k in range(1, 7):
        for s in range(1, 6):
            for p in range(4):
                for q in range(s):
                    if 3 * s + k - 2 * p + q <= 0:
                        continue
                    ones = np.ones((1, 1, 4))
                    painted = plain.conv_transpose1d(ones, np.ones((1, 1, k)), 0.0, s, p, q)[0, 0]
                    empty = np.flatnonzero(painted == 0)
                    if k >= s:
                        last = range(len(painted) - max(0, q - p), len(painted))
                        assert empty.tolist() == list(last), (k, s, p, q)


def kinds(k: int, s: int, p: int) -> list[int]:
    """Pixels that paint each of s neighbouring outputs far from the border."""
    painted = plain.conv_transpose1d(np.ones((1, 1, 25)), np.ones((1, 1, k)), 0.0, s, p)[0, 0]
    return painted[12 * s : 13 * s].astype(int).tolist()


def test_equal_counts_exactly_if_the_stride_divides_the_kernel(page) -> None:
    for k in range(1, 10):
        for s in range(1, 6):
            for p in range(3):
                counts = kinds(k, s, p)
                assert sum(counts) == k
                assert set(counts) <= {k // s, -(-k // s)}
                assert (len(set(counts)) == 1) == (k % s == 0)
                assert (0 in counts) == (k < s)
    for s, pairs in page["counted"].items():
        expected = [[min(kinds(k, int(s), 0)) ** 2, max(kinds(k, int(s), 0)) ** 2] for k in range(2, 8)]
        assert pairs == expected
    ones = torch.ones(1, 1, 4, 4)
    for name, side in (("three", 3), ("four", 4)):
        layer = TF.conv_transpose2d(ones, torch.ones(1, 1, side, side), stride=2)
        assert page[name] == layer[0, 0].tolist()


def test_a_pattern_is_expected_whatever_the_kernel() -> None:
    """Exactly 1 − 1/s² of the mean square, from the counts alone: expectations of squares are counts."""
    for s in range(1, 6):
        for k in range(s, 12):
            counts = np.outer(kinds(k, s, 0), kinds(k, s, 0))
            square = counts.sum() / s**2
            square_of_mean = counts.sum() / s**4
            assert 1 - square_of_mean / square == pytest.approx(1 - 1 / s**2)


def test_loudness_and_pattern(page) -> None:
    loud, pattern = page["loud"], page["pattern"]
    odd, even, control = "transposed, 3 × 3", "transposed, 4 × 4", "bilinear, then 3 × 3"
    # Drawn once more from other seeds, with torch's layer.
    again: dict[str, list[list[float]]] = {odd: [], even: []}
    for name, k in ((odd, 3), (even, 4)):
        for seed in range(10, 15):
            w = torch.tensor(np.random.default_rng(seed).normal(size=(1, 200, k, k)))
            y = TF.conv_transpose2d(torch.ones(1, 1, 5, 5, dtype=torch.float64), w, stride=2)
            one = y[0, :, 4:6, 4:6].reshape(200, 4).numpy()
            size = np.sqrt((one**2).mean(axis=0))
            again[name].append([size.max() / size.min(), one.var(axis=1).mean() / (one**2).mean()])
        assert np.mean(again[name], axis=0) == pytest.approx([loud[name][0], pattern[name][0]], abs=0.1)
        assert pattern[name][0] == pytest.approx(0.75, abs=2 * pattern[name][1])
    assert loud[odd][0] == pytest.approx(2, abs=0.2)
    assert loud[even][0] < 1.25 < loud[odd][0] - 3 * loud[odd][1]
    assert loud[control] == [1, 0]
    assert pattern[control] == [0, 0]


@pytest.mark.parametrize("seed", range(10))
def test_a_constant_stays_constant_exactly_if_sums_are_equal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    s, k = int(rng.integers(1, 4)), int(rng.integers(3, 7))
    w = rng.normal(size=k)
    flat = np.full((1, 1, 12), 3.0)
    middle = plain.conv_transpose1d(flat, w[None, None], stride=s)[0, 0, 6 * s : 7 * s]
    np.testing.assert_allclose(middle, [3 * w[start::s].sum() for start in range(s)])
    # Repeating and convolving is a layer whose sums are equal.
    both = np.convolve(w, np.ones(s))
    assert len(both) == k + s - 1
    x = rng.normal(size=5)
    one = plain.conv_transpose1d(x[None, None], both[None, None], stride=s)[0, 0]
    np.testing.assert_allclose(one, np.convolve(np.repeat(x, s), w), atol=1e-12)
    np.testing.assert_allclose([both[start::s].sum() for start in range(s)], w.sum())


def test_weights_can_make_up_for_counts() -> None:
    tent = np.array([0.5, 1, 0.5])
    assert len(set(kinds(3, 2, 0))) == 2
    middle = plain.conv_transpose1d(np.ones((1, 1, 6)), tent[None, None], stride=2)[0, 0, 2:-2]
    assert set(middle.tolist()) == {1.0}


def test_bilinear_is_torchs(page) -> None:
    image = torch.tensor(page["image"], dtype=torch.float64, requires_grad=True)
    large = TF.interpolate(image[None, None], (6, 8), mode="bilinear", align_corners=False)
    (large[0, 0] * torch.tensor(page["upstream"], dtype=torch.float64)).sum().backward()
    np.testing.assert_allclose(page["bilinear_back"], image.grad, atol=1e-12)
    assert page["bilinear_apart"] < 1e-9
    small = torch.tensor(page["small"], dtype=torch.float64)
    np.testing.assert_allclose(
        page["large"], TF.interpolate(small[None, None], (6, 8), mode="bilinear")[0, 0]
    )
    assert np.unique(page["by_small"]).tolist() == [4]
    row = torch.tensor([[[0.0, 1.0]]], dtype=torch.float64)
    for name, corners in (("edges", False), ("corners", True)):
        wanted = TF.interpolate(row, 4, mode="linear", align_corners=corners)[0, 0]
        np.testing.assert_allclose(page[name], wanted, atol=1e-12)


def test_shares_add_up_on_both_sides() -> None:
    """Rows to 1 always; columns to the factor, where it is a whole number."""
    for size in range(1, 8):
        for outputs in range(1, 25):
            matrix = plain.bilinear_matrix(size, outputs)
            np.testing.assert_allclose(matrix.sum(axis=1), 1)
            if outputs % size == 0:
                np.testing.assert_allclose(matrix.sum(axis=0), outputs // size, atol=1e-12)


def test_doubling_is_a_transposed_convolution_inside(page) -> None:
    assert page["tent_inside"] < 1e-12
    assert page["tent_ring"] > 0.1
    tent = np.array([1, 3, 3, 1]) / 4
    assert tent[::2].sum() == tent[1::2].sum() == 1


def test_sentences_say_what_was_computed(page) -> None:
    odd, even = (page["pattern"][name][0] for name in ("transposed, 3 × 3", "transposed, 4 × 4"))
    assert round(4 * odd) == round(4 * even) == 3
    work = [arithmetic.conv_multiply_adds(1, 1, 4, 7), arithmetic.conv_multiply_adds(1, 1, 3, 14)]
    assert work[1] / work[0] == page["price"] == 2.25
    assert not unsaid(
        PAGE,
        "the same places are twice as loud as others",
        f"about {WORDS[round(4 * odd)]} quarters with either kernel",
        f"which is {page['price']} times as many",
        "about three of four numbers are zeros",
    )
    spread = plain.dilate(np.ones((1, 1, 100, 100)), 2)
    assert (spread == 0).mean() == pytest.approx(0.75, abs=0.01)


def test_exercises(page) -> None:
    assert page["solved"] == "right"
    assert page["painted"] == [4, 8, -3, 2, -1]
    assert page["cut"] == [8, -3, 2]
    x = torch.tensor([[[4.0, 1]]], requires_grad=True)
    y = TF.conv_transpose1d(x, torch.tensor([[[1.0, 2, -1]]]), stride=2, padding=1, output_padding=1)
    (y[0, 0] * torch.tensor([1.0, 0, 2, 1])).sum().backward()
    assert page["given_back"] == y[0, 0].tolist()
    assert page["pair_back"] == x.grad[0, 0].tolist() == [2, 3]
    assert page["climbs"] == {
        "4 0": [7, 14, 28, 56, 112, 224],
        "3 0": [7, 13, 25, 49, 97, 193],
        "3 1": [7, 14, 28, 56, 112, 224],
    }
