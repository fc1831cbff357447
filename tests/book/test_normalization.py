"""Normalization: outputs, statistics and gradients against torch, and the experiment."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as TF

from convnet import plain
from coursekit import widgets
from coursekit.experiments import experiment
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "regularization/normalization"
KINDS = {np.float32: 2e-4, np.float64: 1e-9}


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def drawn(seed: int) -> tuple[int, int, int, int]:
    """A shape; every third is a batch of one."""
    rng = np.random.default_rng(seed)
    images, channels, rows, columns = rng.integers(1, 6, size=4)
    return (1 if seed % 3 == 0 else int(images), int(channels), int(rows) + 1, int(columns) + 1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("which", ["batch", "layer"])
def test_both_are_torchs_forward_and_backward(which: str, seed: int, kind: type) -> None:
    shape, rng = drawn(seed), np.random.default_rng([seed, 1])
    x, g = (rng.normal(2, 3, size=shape).astype(kind) for _ in range(2))
    size = shape[1] if which == "batch" else shape[1:]
    w, b = (rng.normal(size=size).astype(kind) for _ in range(2))
    tensors = [torch.tensor(part, requires_grad=True) for part in (x, w, b)]
    if which == "batch":
        y = TF.batch_norm(tensors[0], None, None, tensors[1], tensors[2], training=True)
        ours, grads = plain.batch_norm(x, w, b), plain.batch_norm_backward(g, x, w)
    else:
        y = TF.layer_norm(tensors[0], list(shape[1:]), tensors[1], tensors[2])
        ours, grads = plain.layer_norm(x, w, b), plain.layer_norm_backward(g, x, w)
    y.backward(torch.tensor(g))
    close = KINDS[kind]
    np.testing.assert_allclose(ours, y.detach(), rtol=close, atol=close)
    for grad, tensor in zip(grads, tensors, strict=True):
        np.testing.assert_allclose(grad, tensor.grad, rtol=10 * close, atol=10 * close)


@pytest.mark.parametrize("seed", range(6))
def test_gradients_are_finite_differences(seed: int) -> None:
    shape, rng = drawn(seed), np.random.default_rng([seed, 2])
    x, g = rng.normal(size=shape), rng.normal(size=shape)
    w, b = rng.normal(size=(2, shape[1]))
    slope = plain.numerical_gradient(lambda x: float((g * plain.batch_norm(x, w, b)).sum()), x.copy())
    np.testing.assert_allclose(plain.batch_norm_backward(g, x, w)[0], slope, rtol=1e-4, atol=1e-5)


def test_running_statistics_are_torchs_batch_after_batch() -> None:
    layer = nn.BatchNorm2d(3).double()
    mean, var, rng = np.zeros(3), np.ones(3), np.random.default_rng(0)
    for count in (2, 5, 1, 4):
        x = rng.normal(2, 3, size=(count, 3, 2, 2))
        layer(torch.tensor(x))
        mean, var = plain.update_running(mean, var, x)
        np.testing.assert_allclose(mean, layer.running_mean, rtol=1e-12)
        np.testing.assert_allclose(var, layer.running_var, rtol=1e-12)
    layer.eval()
    x = rng.normal(size=(1, 3, 2, 2))
    found = plain.batch_norm_eval(x, mean, var, np.ones(3), np.zeros(3))
    np.testing.assert_allclose(found, layer(torch.tensor(x)).detach(), rtol=1e-12)


def test_what_the_page_computes(page) -> None:
    assert page["means"] == pytest.approx([0, 0, 0], abs=1e-12)
    assert page["variances"] == pytest.approx([1, 1, 1], abs=1e-4)
    assert page["moved"] < 1e-4
    assert page["samples"] == 50 * 14**2
    assert page["after_10"] == pytest.approx(0.9**10)
    assert 0.9 ** page["under_a_tenth"] < 0.1 < 0.9 ** (page["under_a_tenth"] - 1)
    assert max(page["errors"]) < 1e-6
    assert page["forgotten"] > 1e-3, "without the two means it is another gradient"
    assert page["sums"] < 1e-12
    assert page["along"] < 1e-2
    assert page["solved"] == "right"


def test_four_numbers(page) -> None:
    x = torch.tensor([[[[1.0, 3]]], [[[5.0, 7]]]], dtype=torch.float64)
    layer = nn.BatchNorm2d(1, eps=1e-15).double()  # torch refuses 0
    np.testing.assert_allclose(np.ravel(page["normalized"]), layer(x).detach().ravel())
    np.testing.assert_allclose(np.ravel(page["running_four"]), [layer.running_mean[0], layer.running_var[0]])
    np.testing.assert_allclose(np.ravel(page["by_layer"]), [-1, 1, -1, 1])


def test_a_bias_and_a_length_before_it_do_nothing() -> None:
    rng = np.random.default_rng(4)
    x, g = rng.normal(size=(4, 2, 3, 3)), rng.normal(size=(4, 2, 3, 3))
    grad = plain.batch_norm_backward(g, x, np.ones(2), eps=0.0)[0]
    np.testing.assert_allclose(grad.sum(axis=(0, 2, 3)), 0, atol=1e-12)
    np.testing.assert_allclose((grad * x).sum(axis=(0, 2, 3)), 0, atol=1e-12)
    half = plain.batch_norm_backward(g, 2 * x, np.ones(2), eps=0.0)[0]
    np.testing.assert_allclose(2 * half, grad, rtol=1e-9, atol=1e-12)


def test_company_matters_to_batch_normalization_only_in_training() -> None:
    x = np.random.default_rng(5).normal(size=(4, 3, 2, 2))
    ones, zeros = np.ones(3), np.zeros(3)
    alone, together = plain.batch_norm(x[:1], ones, zeros), plain.batch_norm(x, ones, zeros)[:1]
    assert np.abs(alone - together).max() > 0.1
    weights = (np.ones(x.shape[1:]), np.zeros(x.shape[1:]))
    np.testing.assert_allclose(plain.layer_norm(x[:1], *weights), plain.layer_norm(x, *weights)[:1])
    single = plain.batch_norm(np.full((1, 3, 1, 1), 7.0), ones, zeros + 2)
    np.testing.assert_array_equal(single, 2)


def figures_rows(seed: int):
    """Rows, upstream gradient, scale, shift: those of the page's figure, or drawn ones."""
    if seed == 0:
        state = widgets.normalization().state
        return np.array(state["x"], float), np.array(state["grad"], float), 1.0, 0.0
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(2, 7, size=2))
    return rng.normal(3, 2, size=shape), rng.normal(size=shape), -1.5, 0.5


@pytest.mark.parametrize("over", ["batch", "layer"])
@pytest.mark.parametrize("seed", range(4))
def test_the_figure_has_the_pages_functions_in_training(seed: int, over: str) -> None:
    """Rows of the figure are images of one channel and one row."""
    x, g, scale, shift = figures_rows(seed)
    found = widgets.normalization(x, g, scale, shift, over=over).numbers
    maps, upstream = x[:, None, None, :], g[:, None, None, :]
    size = (1,) if over == "batch" else maps.shape[1:]
    forward, backward = (
        (plain.batch_norm, plain.batch_norm_backward)
        if over == "batch"
        else (plain.layer_norm, plain.layer_norm_backward)
    )
    w, b = np.full(size, scale), np.full(size, shift)
    np.testing.assert_allclose(found["output"], forward(maps, w, b)[:, 0, 0], atol=1e-9)
    ones = forward(maps, np.ones(size), np.zeros(size))
    np.testing.assert_allclose(found["normalized"], ones[:, 0, 0], atol=1e-9)
    by_x, by_w, by_b = backward(upstream, maps, w)
    np.testing.assert_allclose(found["grad_x"], by_x[:, 0, 0], atol=1e-9)
    assert (found["grad_gamma"], found["grad_beta"]) == pytest.approx((by_w.sum(), by_b.sum()))


@pytest.mark.parametrize("fed", [0, 1, 7])
@pytest.mark.parametrize("seed", range(4))
def test_the_figure_has_the_pages_functions_in_evaluation(seed: int, fed: int) -> None:
    x, g, scale, shift = figures_rows(seed)
    found = widgets.normalization(
        x, g, scale, shift, mode="evaluation", momentum=0.3, running_mean=2, running_var=3, fed=fed
    ).numbers
    maps, mean, var = x[:, None, None, :], np.array([2.0]), np.array([3.0])
    for _ in range(fed):
        mean, var = plain.update_running(mean, var, maps, 0.3)
    assert (found["running_means"][fed], found["running_vars"][fed]) == pytest.approx((mean[0], var[0]))
    output = plain.batch_norm_eval(maps, mean, var, np.array([scale]), np.array([shift]))
    np.testing.assert_allclose(found["output"], output[:, 0, 0], atol=1e-9)
    np.testing.assert_allclose(found["grad_x"], scale * g / np.sqrt(var + 1e-5), atol=1e-9)


def test_the_experiments_network_has_torchs_gradients() -> None:
    """All four variants in 64 bits, by finite differences along a random direction."""
    made = script("rates_and_norms")
    rng = np.random.default_rng(0)
    x, delta = rng.normal(size=(5, 1, 8, 8)), rng.normal(size=(5, 10))
    for variant in made.VARIANTS:
        network = made.Network(variant, rng)
        for name in ("w", "scales", "shifts"):
            setattr(network, name, [part.astype(float) for part in getattr(network, name)])
        network.running = [tuple(part.astype(float) for part in both) for both in network.running]
        grads = network.backward(delta, network.forward(x)[1])
        ways = [rng.normal(size=part.shape) for part in network.parameters]
        told, values = sum((a * b).sum() for a, b in zip(grads, ways, strict=True)), []
        for step in (1e-6, -2e-6):
            for part, way in zip(network.parameters, ways, strict=True):
                part += step * way
            values.append(float((delta * network.forward(x)[0]).sum()))
        assert (values[0] - values[1]) / 2e-6 == pytest.approx(told, rel=1e-4), variant


def test_the_control_is_normal_in_its_first_batch() -> None:
    made = script("rates_and_norms")
    network = made.Network("nothing, scaled once", np.random.default_rng(0))
    x = made.divide(0)[0][:50]
    network.forward(x, scale_once=True)
    for layer in range(made.LAYERS):
        a = plain.conv2d(
            np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))),
            *network.w[2 * layer : 2 * layer + 2],
            1 if layer else 2,
        )
        np.testing.assert_allclose(a.mean(axis=(0, 2, 3)), 0, atol=1e-3)
        np.testing.assert_allclose(a.std(axis=(0, 2, 3)), 1, atol=1e-3)
        x = np.maximum(a, 0)


def test_the_experiment_says_what_the_page_says(page) -> None:
    kept = experiment("rates_and_norms")
    for name, tested in kept["tested"].items():
        means = 100 * np.mean(tested, axis=1)
        assert [page["by_rate"][name][str(rate)] for rate in kept["rates"]] == pytest.approx(list(means))
        assert page["at_best"][name] == pytest.approx(means.max())
        assert page["good"][name] == [
            rate for rate, mean in zip(kept["rates"], means, strict=True) if mean >= 60
        ]
    running = 100 * np.mean(kept["by_batches"]["by running statistics"])
    assert page["running"] == pytest.approx(running)
    assert page["by_class"] < page["mixed"], "with one class a batch, its statistics mislead"


def test_sentences_say_what_was_found() -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs."""
    kept = experiment("rates_and_norms")
    rates = kept["rates"]
    mean = {name: 100 * np.mean(tested, axis=1) for name, tested in kept["tested"].items()}
    bare, once, batch, layer = (
        mean[name]
        for name in ("nothing", "nothing, scaled once", "batch normalization", "layer normalization")
    )
    at_1, at_3 = rates.index(1), rates.index(3)
    assert batch.argmax() == at_1
    others = max(each[at_3] for name, each in mean.items() if name != "batch normalization")
    batches = kept["by_batches"]
    mixed, sorted_, single = 100 * np.mean(batches["of test batches"], axis=0)
    running = f"{100 * np.mean(batches['by running statistics']):.1f} %"
    assert layer.max() < once.max(), "less than the control"
    assert not unsaid(
        PAGE,
        f"{bare.max():.1f} % at its best rate. With batch normalization it has {batch.max():.1f} % "
        f"at a rate of 1, and {batch[at_3]:.1f} % at 3, where each of the others has "
        f"less than {np.ceil(others):.0f} %.",
        f"A good start alone lifts {bare.max():.1f} % to {once.max():.1f} %",
        f"the same start ends at {once[at_1]:.1f} %.",
        f"is worth {batch.max() - once.max():.0f} points here, and the larger rates",
        f"layer normalization does so, too, and has {layer.max():.1f} %",
        f"the networks with batch normalization have {running} on unseen digits.",
        f"of 50 mixed digits still get {mixed:.1f} %",
        f"sorted by class get {sorted_:.1f} %",
        f"Single digits (the first 100) get {single:.1f} %.",
        f"{0.9**10:.3f} after 10, and less than 0.1 from {int(np.argmax(0.9 ** np.arange(40) < 0.1))} on.",
    )


@pytest.mark.slow
@pytest.mark.parametrize("place", range(4))
def test_a_run_of_the_experiment_again(place: int) -> None:
    made, kept = script("rates_and_norms"), experiment("rates_and_norms")
    variant = made.VARIANTS[place]
    found = made.run((variant, kept["rates"][2], kept["seeds"][0]))
    assert found.tested == pytest.approx(kept["tested"][variant][2][0], abs=0.05)
    assert found.loss == pytest.approx(kept["loss"][variant][2][0], abs=0.1)
