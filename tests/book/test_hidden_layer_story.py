"""What homework 1 says of a hidden layer is so: measured with its own answers, and tried on drawn layers."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from autograder.release import master, variants
from coursekit import data
from tests.support import ROOT

Pictures = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def names() -> dict:
    """The master's answers, run one below the other."""
    found: dict = {"np": np}
    for source in variants.own_answers(master.read("hw1", ROOT)).values():
        exec(source, found)
    return found


def both_ways(x: np.ndarray, labels: np.ndarray) -> Pictures:
    return np.concatenate([x, 1 - x]), np.concatenate([labels, labels])


def digits() -> tuple[Pictures, Pictures]:
    images, labels = data.digits()
    x = images.reshape(len(images), 64).astype(float)
    return (x[:1000], labels[:1000]), (x[1000:], labels[1000:])


def clothes(split: str) -> Pictures:
    images, labels = data.fashion_mnist(split)  # type: ignore[arg-type]
    return images.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49).astype(float), labels


def shares(fit: Callable, seen: Pictures, new: Pictures, hidden: list[int]) -> np.ndarray:
    """Return the percentage of new pictures that are right, for each of three seeds."""
    return np.array([100 * np.mean(fit(*seen, hidden, seed)(new[0]) == new[1]) for seed in range(3)])


def control(names: dict, activation: type) -> float:
    """Return the percentage that the notebook's control gets."""
    seen, new = (both_ways(*pictures) for pictures in digits())
    net = names["MLP"]([64, 64, 10], activation, np.random.default_rng(0))
    names["train"](net, *seen, [np.arange(step % 40, 2000, 40) for step in range(600)], 0.5)
    return float(100 * np.mean(net.forward(new[0]).argmax(axis=1) == new[1]))


class Nothing:
    """The control's activation."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        return grad_out


def test_the_quoted_table_is_measured_and_says_what_the_model_answer_says(names: dict) -> None:
    text = (ROOT / "solutions/hw1/hw1.py").read_text(encoding="utf-8").replace("\n# ", " ")
    (told,) = re.findall(r"Three seeds of the course's own recipe(.*?)</details>", text)
    seen, new = digits()
    both = both_ways(*seen), both_ways(*new)
    found = [
        shares(names["fit"], *pictures, hidden) for hidden in ([], [64]) for pictures in ((seen, new), both)
    ]
    measured = [value for runs in found for value in (runs.mean(), runs.std(ddof=1))]
    measured += [control(names, names["ReLU"]), control(names, Nothing)]
    said = [float(number) for number in re.findall(r"\d+\.\d", told)]
    assert len(said) == len(measured)
    # Another processor adds up in another order, and a few of 797 pictures go to another class.
    assert np.allclose(said, measured, atol=1.5), measured
    linear, linear_both, net, net_both = found
    assert net.mean() - linear.mean() > 2 * max(net.std(ddof=1), linear.std(ddof=1)), "more than the spread"
    assert net_both.min() > 90
    assert linear_both.max() < 25, "hardly more than guessing"
    assert measured[-2] > 80
    assert measured[-1] < 25, "the activation counts, not the number of weights"


def test_the_bands_stand_above_the_baseline_and_below_the_master(names: dict) -> None:
    seen, new = both_ways(*clothes("train")), both_ways(*clothes("test"))
    assert shares(names["fit"], seen, new, []).max() < 30
    assert shares(names["fit"], seen, new, [64]).mean() > 72, "the last band begins at 70 %"


@pytest.mark.parametrize("seed", range(20))
def test_no_linear_layer_is_right_both_ways_in_two_classes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, labels = (np.concatenate(parts) for parts in zip(*digits(), strict=True))
    weight, bias = rng.normal(size=(64, 10)), rng.normal(size=10)
    if seed % 2:  # the best that least squares finds for chalk, which is a good classifier
        ones = np.concatenate([x, np.ones((len(x), 1))], axis=1)
        wanted = np.eye(10)[labels] + 0.1 * rng.normal(size=(len(x), 10))
        solved, *_ = np.linalg.lstsq(ones, wanted, rcond=None)
        weight, bias = solved[:-1], solved[-1]
    chalk, ink = ((part @ weight + bias).argmax(axis=1) == labels for part in (x, 1 - x))
    assert len(set(labels[chalk & ink].tolist())) <= 1
    most = np.bincount(labels).max()
    assert chalk.sum() + ink.sum() <= most + len(x)
    if seed % 2:
        assert chalk.mean() > 0.9, "a layer that is good at chalk"
