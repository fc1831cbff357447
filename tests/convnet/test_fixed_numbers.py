"""Numbers that were wrong once: what torch's own samples of its operations found, kind by kind."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import convert, to_numpy

NAN, INF = float("nan"), float("inf")


@pytest.mark.filterwarnings("ignore:invalid value encountered", "ignore:divide by zero")  # an empty mean
def test_ignored_examples_have_no_gradient() -> None:
    """Not even where all are ignored, so that the mean is NaN."""
    x = np.random.default_rng(0).standard_normal((3, 4))
    all_ignored, some = np.full(3, -100), np.asarray([-100, 0, -100])
    none_weighs = np.asarray([0.0, 1.0, 1.0, 1.0])
    for target, weight, reduction, smoothing in product(
        (all_ignored, some), (None, none_weighs), ("mean", "sum", "none"), (0.0, 0.1)
    ):
        if smoothing and weight is not None and target is some and reduction == "mean":
            continue  # all weights of an example that counts are 0: torch has NaN, here it is infinite
        label = f"target {target}, weight {weight}, {reduction}, smoothing {smoothing}"
        leaf = torch.tensor(x, requires_grad=True)
        wanted = torch_f.cross_entropy(
            leaf,
            torch.tensor(target),
            None if weight is None else torch.tensor(weight),
            reduction=reduction,
            label_smoothing=smoothing,
        )
        wanted.sum().backward()
        out, cache = F.cross_entropy_forward(
            x, target, weight, reduction=reduction, label_smoothing=smoothing
        )
        grad = F.cross_entropy_backward(np.ones_like(out), cache)
        np.testing.assert_allclose(out, wanted.detach(), err_msg=label)
        assert leaf.grad is not None
        np.testing.assert_allclose(grad, leaf.grad, atol=1e-12, err_msg=label)
        if not smoothing:  # γ = 0 is cross-entropy
            out, focal = F.focal_loss_forward(x, target, weight, gamma=0.0, reduction=reduction)
            np.testing.assert_allclose(F.focal_loss_backward(np.ones_like(out), focal), grad, atol=1e-12)


@pytest.mark.filterwarnings("ignore:invalid value encountered")
@pytest.mark.parametrize("library", ["numpy", "torch", "strict"])
def test_no_classes(library: str) -> None:
    """Scores for no class at all are no error where every example is ignored."""
    x, ignored, probabilities = np.zeros((3, 0)), np.full(3, -100), np.zeros((3, 0))
    for target, reduction, smoothing in product(
        (ignored, probabilities), ("mean", "sum", "none"), (0.0, 0.1)
    ):
        out, cache = F.cross_entropy_forward(
            convert(x, library), convert(target, library), reduction=reduction, label_smoothing=smoothing
        )
        wanted = torch_f.cross_entropy(
            torch.tensor(x), torch.tensor(target), reduction=reduction, label_smoothing=smoothing
        )
        if not smoothing:  # torch divides the share of each class by their number
            np.testing.assert_array_equal(to_numpy(out), wanted)
        assert F.cross_entropy_backward(out, cache).shape == (3, 0)
    with pytest.raises(ValueError, match=r"cross_entropy: target holds class 0, x has 0 classes"):
        F.cross_entropy_forward(convert(x, library), convert(np.zeros(3, dtype=np.int64), library))


ODD = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 1e30, -1e30]
ACTIVATIONS = {
    "relu": torch_f.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softmax": lambda x: torch_f.softmax(x, 0),
    "prelu": lambda x: torch_f.prelu(x, torch.tensor([0.25], dtype=torch.float64)),
}
MORE: dict[str, tuple[Any, ...]] = {"softmax": (0,), "prelu": (np.asarray([0.25]),)}


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.filterwarnings("ignore:invalid value encountered")
def test_activations_at_nan_and_infinity(name: str) -> None:
    leaf = torch.tensor(ODD, dtype=torch.float64, requires_grad=True)
    wanted = ACTIVATIONS[name](leaf)
    upstream = np.linspace(1.0, 2.0, len(ODD))
    (gradient,) = torch.autograd.grad(wanted, leaf, torch.tensor(upstream))
    out, cache = getattr(F, f"{name}_forward")(np.asarray(ODD), *MORE.get(name, ()))
    found = getattr(F, f"{name}_backward")(upstream, cache)
    np.testing.assert_allclose(out, wanted.detach())
    np.testing.assert_allclose(found[0] if isinstance(found, tuple) else found, gradient)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("mode", ["nearest", "nearest-exact"])
def test_nearest_pixels(mode: str, dtype: type) -> None:
    """They are torch's, for small images and large ones, in either precision, with sizes and with factors."""
    rng = np.random.default_rng(0)
    cases: list[tuple[int, int, dict[str, Any]]] = [
        (1, 2, {"size": (1, 166)}),  # pixel 83 is 0 in 32 bits and 1 in 64
        (70, 70, {"scale_factor": 1.01}),  # an image too large for torch to copy it
        (20, 20, {"scale_factor": 1.01}),
        (11, 11, {"scale_factor": 2.01}),
    ]
    for _ in range(300):
        before, after = rng.integers(1, 90, 2), rng.integers(1, 200, 2)
        factors = pick_factors(rng)
        by_factor = rng.random() < 0.5 and min(np.floor(before * factors)) >= 1
        option: dict[str, Any] = (
            {"scale_factor": factors} if by_factor else {"size": tuple(int(n) for n in after)}
        )
        cases.append((int(before[0]), int(before[1]), option))
    for height, width, option in cases:
        x = np.arange(height * width, dtype=dtype).reshape(1, 1, height, width)
        out, _ = F.interpolate_forward(x, mode=mode, **option)
        wanted = torch_f.interpolate(torch.tensor(x), mode=mode, **option)
        np.testing.assert_array_equal(out, wanted, err_msg=f"{(height, width)}, {option}")


def pick_factors(rng: np.random.Generator) -> tuple[float, float]:
    """Draw two factors, some of which leave a size as it is."""
    choices = [1.01, 0.995, 1.0, 2.0, 2.01, 0.5, 1 / 3, float(rng.uniform(0.3, 3.0))]
    return float(rng.choice(choices)), float(rng.choice(choices))


def test_bilinear_copies_an_axis_whose_size_stays() -> None:
    x = np.random.default_rng(0).standard_normal((1, 2, 7, 90))
    for factors in ((1.1, 1.005), (1.1, 2.0), (0.5, 1.01), (1.0, 1.0)):
        leaf = torch.tensor(x, requires_grad=True)
        wanted = torch_f.interpolate(leaf, scale_factor=factors, mode="bilinear")
        out, cache = F.interpolate_forward(x, scale_factor=factors, mode="bilinear")
        np.testing.assert_allclose(out, wanted.detach(), atol=1e-12, err_msg=str(factors))
        upstream = np.cos(np.arange(out.size)).reshape(out.shape)
        (gradient,) = torch.autograd.grad(wanted, leaf, torch.tensor(upstream))
        np.testing.assert_allclose(F.interpolate_backward(upstream, cache), gradient, atol=1e-12)
