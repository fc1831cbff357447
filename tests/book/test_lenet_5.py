"""LeNet-5 as published: its passes against torch, its counts against the paper's and against today's."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import arithmetic, models, plain
from convnet.nn import summary
from tests.book.chapter import chapter
from tests.book.sentences import unsaid

PAGE = "architectures/lenet-5"
IN_THE_PAPER = {
    "C1": (156, 122_304), "S2": (12, 5_880), "C3": (1_516, 151_600), "S4": (32, 2_000),
    "C5": (48_120, 48_120), "F6": (10_164, 10_164),
}  # fmt: skip
"""Trainable parameters and connections that the paper names, layer by layer."""
TABLE = """
X...XXX..XXXX.XX
XX...XXX..XXXX.X
XXX...XXX..X.XXX
.XXX..XXXX..X.XX
..XXX..XXXX.XX.X
...XXX..XXXX.XXX
"""
"""Table I of the paper: rows are maps of S2, columns those of C3."""


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Everything that the page's visible cells define, without the exercises."""
    scope: dict[str, Any] = {"np": np, "plain": plain}
    for cell in chapter(PAGE).cells:
        if cell.visible and not cell.exercise:
            exec(cell.code, scope)
    return scope


def drawn(shown: dict[str, Any], seed: int) -> dict[str, Any]:
    """Weights of every layer, and codes of ±1."""
    rng = np.random.default_rng(seed)
    w: dict[str, Any] = {
        name: [rng.normal(size=shape) / 5 for shape in both] for name, both in shown["shapes"].items()
    }
    w["codes"] = np.where(rng.random((10, 84)) < 0.5, -1.0, 1.0)
    return w


def by_torch(x: np.ndarray, w: dict[str, Any]) -> torch.Tensor:
    """The network from the paper's description: C3 map by map, sums of windows by a convolution of ones."""
    t = {
        name: [torch.tensor(part) for part in both] if isinstance(both, list) else torch.tensor(both)
        for name, both in w.items()
    }

    def squash(a: torch.Tensor) -> torch.Tensor:
        return 1.7159 * torch.tanh(2 * a / 3)

    def pool(z: torch.Tensor, coefficient: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        maps = z.shape[1]
        ones = coefficient.reshape(-1, 1, 1, 1) * torch.ones(maps, 1, 2, 2, dtype=z.dtype)
        return squash(TF.conv2d(z, ones, bias, stride=2, groups=maps))

    rows = TABLE.split()
    z = squash(TF.conv2d(torch.tensor(x), *t["C1"]))
    z = pool(z, *t["S2"])
    maps = []
    for f in range(16):
        read = [m for m in range(6) if rows[m][f] == "X"]
        maps.append(TF.conv2d(z[:, read], t["C3"][0][f : f + 1, read], t["C3"][1][f : f + 1]))
    z = pool(squash(torch.cat(maps, dim=1)), *t["S4"])
    z = squash(TF.conv2d(z, *t["C5"])).flatten(1)
    z = squash(TF.linear(z, *t["F6"]))
    return torch.cdist(z, t["codes"]) ** 2


@pytest.mark.parametrize("seed", range(3))
def test_the_shown_network_is_the_papers(shown, seed: int) -> None:
    w = drawn(shown, seed)
    x = np.random.default_rng([seed, 1]).normal(size=(2, 1, 32, 32))
    np.testing.assert_allclose(shown["lenet5"](x, w), by_torch(x, w), rtol=1e-7)


def test_the_connection_table(shown, page) -> None:
    rows = np.array([[mark == "X" for mark in row] for row in TABLE.split()])
    np.testing.assert_array_equal(shown["mask"], rows.T)
    assert page["slices"] == rows.sum() == 60
    assert page["all_slices"] == 96
    assert page["each"] == [3] * 6 + [4] * 9 + [6]
    assert len({tuple(maps) for maps in rows.T}) == 16, "no two maps of C3 read the same maps"


def test_counts_are_the_papers(page) -> None:
    for name, (parameters, connections) in IN_THE_PAPER.items():
        assert (page["learned"][name], page["joined"][name]) == (parameters, connections), name
    assert page["learned"]["C1"] == arithmetic.conv_parameters(1, 6, 5)
    assert page["learned"]["C5"] == arithmetic.conv_parameters(16, 120, 5)
    assert page["learned"]["F6"] == arithmetic.linear_parameters(120, 84)
    assert page["totals"] == [60_000, 340_908]
    assert page["sides"] == [32, 28, 14, 10, 5, 1]
    assert page["fields"] == [5, 6, 14, 16, 32]
    assert page["jumps"][2] == 2


def test_todays_network_and_what_it_has_more(page) -> None:
    listed = {layer.name: layer.parameters for layer in summary(models.lenet5(), (1, 28, 28)).layers}
    assert {name: listed[name.lower()] for name in page["now"]} == page["now"]
    assert page["now_total"] == 61_706
    assert page["more"] == sum(page["steps"]) == 61_706 - 60_000
    pooling, table, output = page["steps"]
    assert pooling == -(12 + 32)
    assert table == arithmetic.conv_parameters(6, 16, 5) - 1_516
    assert output == arithmetic.linear_parameters(84, 10)


def test_coefficients_of_a_quarter_make_todays_pooling() -> None:
    """The page's `subsample` without squashing, against S2 of `convnet.models.lenet5`."""
    scope: dict[str, Any] = {"plain": plain, "squash": lambda a: a}
    for cell in chapter(PAGE).cells:
        if cell.visible and "def subsample" in cell.code:
            exec(cell.code, scope)
    x = np.random.default_rng(0).normal(size=(2, 6, 28, 28))
    found = scope["subsample"](x, np.full(6, 0.25), np.zeros(6))
    np.testing.assert_allclose(found, models.lenet5().s2(x), atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_distances_are_a_linear_layer(seed: int) -> None:
    """For codes of ±1 without biases, for others with the biases of the exercise; softmax agrees, too."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(30, 84))
    for codes in (np.where(rng.random((10, 84)) < 0.5, -1.0, 1.0), rng.normal(size=(10, 84))):
        y = ((x[:, None] - codes) ** 2).sum(axis=2)
        scores = x @ codes.T - (codes**2).sum(axis=1) / 2
        np.testing.assert_array_equal(y.argmin(axis=1), scores.argmax(axis=1))
        np.testing.assert_allclose(plain.softmax(-y), plain.softmax(2 * scores), atol=1e-9)
    # The paper's loss: one more term in the sum of the softmax, as of a class with a constant score.
    right, constant = rng.integers(0, 10, size=30), -3.0
    own = y[np.arange(30), right]
    paper = own + np.log(np.exp(constant) + np.exp(-y).sum(axis=1))
    with_none = np.column_stack([-y, np.full(30, constant)])
    np.testing.assert_allclose(paper, -np.log(plain.softmax(with_none)[np.arange(30), right]), rtol=1e-9)


def test_squashing(shown, page) -> None:
    squash = shown["squash"]
    assert page["at_one"] == pytest.approx(1, abs=1e-4)
    assert page["ends"][1] == pytest.approx(1.7159)
    a = np.linspace(-3, 3, 601)
    bent = np.abs(squash(a + 1e-3) - 2 * squash(a) + squash(a - 1e-3))
    assert abs(a[bent.argmax()]) == pytest.approx(page["bend"][2], abs=0.02)
    assert page["most_bent"] == pytest.approx(page["bend"][2], abs=1e-3)
    assert page["pooled"] == pytest.approx([squash(w) for w in (0.25, 1.0, 4.0)])


def test_c3_looks_at_the_middle_of_the_picture() -> None:
    """The windows' middles of a row of C3, in pixels of the input, are 20 pixels with their surroundings."""
    c3 = arithmetic.receptive_field([(5, 1), (2, 2), (5, 1)])[-1]
    middles = (c3.size - 1) / 2 + c3.jump * np.arange(10)
    assert 10 * c3.jump == 20
    np.testing.assert_allclose(middles.mean(), (32 - 1) / 2)


def test_sentences() -> None:
    found = summary(models.lenet5(), (1, 28, 28)).parameters
    assert not unsaid(
        PAGE,
        "The paper says that it has 60,000 parameters and 340,908 connections.",
        f"`models.lenet5` of this course has {found:,} parameters, and you can say where each of the "
        f"{found - 60_000:,} more comes from",
        "Of 96 pairs 60 are joined.",
    )


def test_the_exercise_was_solved(page) -> None:
    assert page["solved"] == "right"
