"""The gradient of the pixels: by hand, as a full convolution, of a whole layer; what symmetry hides."""

import numpy as np
import pytest
import torch
from scipy import signal
from torch.nn import functional

from convnet import plain
from coursekit import data
from coursekit.experiments import experiment
from tests.book.rules_frame import Page
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "backward/what-a-pixel-touches"
X = [[1, 2, 0, 3], [0, 1, 2, 1], [2, 0, 1, 1]]
W = [[1, -1], [2, 0]]
DELTA = [[1, 0, -2], [0, 3, 1]]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def shown():
    """The functions that the page shows, as a reader would run them."""
    cells = Page(PAGE).chapter.cells
    names = {"np": np, "plain": plain}
    for cell in cells:
        if cell.visible and cell.code.startswith("def ") and not cell.exercise:
            exec(cell.code, names)
    assert {"pixel_gradient", "layer_gradients"} <= set(names)
    return names


def gradients(x, weight, delta):
    """Torch's gradients of a layer with bias: by pixels, weights and biases."""
    x, weight, delta = (
        torch.tensor(np.array(each, dtype=float), dtype=torch.float64) for each in (x, weight, delta)
    )
    x.requires_grad_()
    weight.requires_grad_()
    bias = torch.zeros(len(weight), dtype=torch.float64, requires_grad=True)
    return [
        grad.numpy()
        for grad in torch.autograd.grad(functional.conv2d(x, weight, bias), (x, weight, bias), delta)
    ]


def of_pixels(w, delta):
    w, delta = np.asarray(w), np.asarray(delta)
    x = np.zeros((delta.shape[0] + w.shape[0] - 1, delta.shape[1] + w.shape[1] - 1))
    return gradients(x[None, None], w[None, None], delta[None, None])[0][0, 0]


def test_the_image_by_hand(page) -> None:
    assert (page["x"], page["w"], page["delta"]) == (X, W, DELTA)
    by_x = of_pixels(W, DELTA)
    np.testing.assert_array_equal(page["by_x"], by_x)
    np.testing.assert_array_equal(page["found"], by_x)
    assert by_x[1, 2] == 0 * 0 - 2 * 2 + 3 * (-1) + 1 * 1 == -6
    assert page["corner"] == by_x[0, 0] == DELTA[0][0] * W[0][0]
    np.testing.assert_array_equal(by_x, signal.convolve2d(DELTA, W))


def test_the_outputs_that_the_pixel_touched() -> None:
    """Move x[1, 2], and see which outputs change, and by which weight."""
    moved = np.array(X)
    moved[1, 2] += 1
    change = plain.correlate2d(moved, np.array(W)) - plain.correlate2d(np.array(X), np.array(W))
    np.testing.assert_array_equal(change[:, 1:], np.array(W)[::-1, ::-1])
    assert (change[:, 0] == 0).all()


@pytest.mark.parametrize("seed", range(40))
def test_a_pixels_gradient_is_a_full_convolution(shown, seed: int) -> None:
    rng = np.random.default_rng(seed)
    delta, w = rng.normal(size=rng.integers(1, 6, 2)), rng.normal(size=rng.integers(1, 5, 2))
    found = shown["pixel_gradient"](delta, w)
    by_x = of_pixels(w, delta)
    np.testing.assert_allclose(found, by_x, atol=1e-12)
    np.testing.assert_allclose(found, signal.convolve2d(delta, w), atol=1e-12)
    x = rng.normal(size=by_x.shape)
    numeric = plain.numerical_gradient(lambda x: float((delta * plain.correlate2d(x, w)).sum()), x)
    np.testing.assert_allclose(found, numeric, atol=1e-7)
    # The table: a layer that convolves is gone back through by correlating.
    turned = w[::-1, ::-1]
    np.testing.assert_allclose(of_pixels(turned, delta), signal.correlate2d(delta, w), atol=1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_channels_and_a_batch(shown, seed: int) -> None:
    rng = np.random.default_rng(seed)
    images, channels, kernels = (int(n) for n in rng.integers(1, 4, 3))
    k_h, k_w = (int(n) for n in rng.integers(1, 4, 2))
    x = rng.normal(size=(images, channels, k_h + rng.integers(0, 4), k_w + rng.integers(0, 5)))
    weight = rng.normal(size=(kernels, channels, k_h, k_w))
    delta = rng.normal(size=plain.conv2d(x, weight).shape)
    by_x, by_weight, by_bias = gradients(x, weight, delta)
    each = [shown["layer_gradients"](one_delta, one, weight) for one_delta, one in zip(delta, x, strict=True)]
    np.testing.assert_allclose([found[0] for found in each], by_x, atol=1e-12)
    np.testing.assert_allclose(sum(found[1] for found in each), by_weight, atol=1e-12)
    np.testing.assert_allclose(sum(found[2] for found in each), by_bias, atol=1e-12)
    for mine, torchs in zip(plain.conv2d_backward(delta, x, weight), (by_x, by_weight, by_bias), strict=True):
        np.testing.assert_allclose(mine, torchs, atol=1e-12)


def test_the_pages_own_check(page) -> None:
    assert page["cases"] == 12
    assert np.max(page["compared"]) < 1e-8
    deltas, images, kernels = zip(*page["drawn_shapes"], strict=True)
    assert {shape[0] for shape in images} == {1, 2, 3}, "one image, and several"
    assert any(h != w for *_, h, w in images)
    assert any(h != w for *_, h, w in kernels)
    assert any(kernel[0] != kernel[1] for kernel in kernels)
    assert len(deltas) == 12


def test_the_error_follows_the_share_that_a_turn_makes_negative(page) -> None:
    assert page["draws"] == 5
    for name, found in page["hidden"].items():
        without, right = np.array(found["errors"]).T
        assert right.max() < 1e-12, name
        assert without.mean() == pytest.approx(found["share"], abs=0.1), name
        if found["share"] == 0:
            assert without.max() < 1e-12, name
    apart = [np.mean(found["errors"], axis=0)[0] - found["share"] for found in page["hidden"].values()]
    assert page["furthest"] == pytest.approx(np.abs(apart).max())
    assert page["furthest"] < 0.025, "the page says 0.02"
    shares = [found["share"] for found in page["hidden"].values()]
    assert min(shares) == 0
    assert max(shares) == 1
    assert sum(0.3 < share < 0.95 for share in shares) >= 3


def test_the_edge_kernels_wrong_gradient_is_opposite(page) -> None:
    edge = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    np.testing.assert_array_equal(edge[::-1, ::-1], -edge)
    assert page["hidden"]["vertical edges"]["share"] == 1
    assert all(wrong == pytest.approx(1) for wrong, _ in page["hidden"]["vertical edges"]["errors"])
    delta = np.random.default_rng(0).normal(size=(4, 5))
    np.testing.assert_allclose(signal.correlate2d(delta, edge), -of_pixels(edge, delta), atol=1e-12)


def test_symmetric_kernels_hide_the_turn(page) -> None:
    for name in ("Laplacian", "Gaussian blur"):
        assert page["hidden"][name]["share"] == 0
        assert np.max(page["hidden"][name]["errors"]) < 1e-12
    delta = np.random.default_rng(0).normal(size=(4, 5))
    np.testing.assert_allclose(signal.correlate2d(delta, np.ones((3, 2))), of_pixels(np.ones((3, 2)), delta))


def test_quizzes() -> None:
    pixels = of_pixels(np.ones((3, 2)), np.ones((6, 7)))
    assert pixels.shape == (8, 8)
    assert np.pad(np.zeros((6, 7)), ((2, 2), (1, 1))).shape == (10, 9)
    # Which outputs does the pixel (4, 5) touch? Those up to it.
    x = torch.zeros(1, 1, 9, 9, dtype=torch.float64)
    touched = torch.autograd.functional.jacobian(
        lambda x: functional.conv2d(x, torch.ones(1, 1, 3, 3, dtype=torch.float64)), x
    )[0, 0, ..., 0, 0, 4, 5]
    assert {tuple(place) for place in touched.nonzero().tolist()} == {
        (r, c) for r in (2, 3, 4) for c in (3, 4, 5)
    }


def test_exercises(page) -> None:
    nine = of_pixels([[1, 2], [0, 3]], [[1, -1], [2, 0]])
    assert page["nine"] == nine.tolist() == [[1, 1, -2], [2, 7, -3], [0, 6, 0]]
    assert page["solved"] == "right"
    rng = np.random.default_rng(0)
    delta, w, v = rng.normal(size=(4, 5)), rng.normal(size=(2, 3)), rng.normal(size=(3, 2))
    assert of_pixels(w, delta).sum() == pytest.approx(delta.sum() * w.sum())
    x = torch.zeros(1, 1, 7, 8, dtype=torch.float64, requires_grad=True)
    kernels = [torch.tensor(each)[None, None] for each in (w, v)]
    functional.conv2d(functional.conv2d(x, kernels[0]), kernels[1]).backward(torch.tensor(delta)[None, None])
    np.testing.assert_allclose(signal.convolve2d(delta, signal.convolve2d(v, w)), x.grad[0, 0], atol=1e-12)


def test_training_hardly_notices_a_missing_turn() -> None:
    """What the page says of the kept runs, and in which of them it holds."""
    kept = experiment("unturned_kernel")
    accuracy = {way: 100 * np.array(values) for way, values in kept["accuracy"].items()}
    right = accuracy["right"]
    for way in ("not turned", "nothing"):
        assert (accuracy[way] < right).all()
    assert max(kept["error"]["right"]) == 0
    assert set(kept["error"]["nothing"]) == {1}
    assert min(kept["error"]["not turned"]) > 0.1, "a gradient check would stop it in each seed"

    def apart(way: str) -> str:
        behind = right - accuracy[way]
        return f"${behind.mean():.1f} \\pm {behind.std(ddof=1) / np.sqrt(len(behind)):.1f}$"

    assert not unsaid(
        PAGE,
        f"Without the turn it still has {accuracy['not turned'].mean():.1f} %,",
        f"The right code has {right.mean():.1f} %, ahead by {apart('not turned')} points",
        f"Handing back nothing costs {apart('nothing')}.",
        f"a relative error of {np.mean(kept['error']['not turned']):.2f}.",
    )


def test_the_experiments_right_gradients_are_torchs() -> None:
    made, (images, labels) = script("unturned_kernel"), data.digits()
    rng = np.random.default_rng(0)
    x, weights, other = images[:20].astype(float), made.drawn_weights(rng), made.drawn_weights(rng)[1]
    tensors = [torch.tensor(weight, requires_grad=True) for weight in weights]
    z = torch.relu(functional.conv2d(torch.tensor(x), tensors[0]))
    z = torch.relu(functional.conv2d(z, tensors[1])).flatten(1)
    functional.cross_entropy(z @ tensors[2].T, torch.tensor(labels[:20])).backward()
    for way in made.WAYS:
        grads, _ = made.gradients(way, x, labels[:20], weights, other)
        for place, (grad, tensor) in enumerate(zip(grads, tensors, strict=True)):
            error = plain.relative_error(tensor.grad.numpy(), grad)
            assert error < 1e-12 if way == "right" or place else error > 0.1, (way, place)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["right", "not turned"])
def test_a_seed_of_the_experiment_again(way: str) -> None:
    made, kept = script("unturned_kernel"), experiment("unturned_kernel")
    found = made.run(way, 0)
    for what in ("error", "accuracy", "loss"):
        assert found[what] == pytest.approx(kept[what][way][0], abs=0.02), what
