"""Each slip of the lecture decks, with the right value from PyTorch, SciPy or a count by hand."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from scipy import signal
from torch.nn import functional

from tests.book.toc import BOOK, chapters


@pytest.fixture(scope="module")
def page(saved):
    return saved("instructors/errata")


def test_the_worked_convolution(page) -> None:
    image, kernel = [[0, 1, 3], [1, 2, 2], [0, 0, 0]], [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
    whole = signal.convolve2d(image, kernel)
    np.testing.assert_array_equal(page["whole"], whole)
    assert whole.shape == (5, 5)
    assert page["wrong"] == [[1, 2]]
    assert page["printed"] == [[0, 0, 1], [0, 3, 10], [2, 6, 9]]
    assert whole[1, 2] == 12
    corner = whole[:3, :3]
    for mode in ("same", "valid"):
        other = signal.convolve2d(image, kernel, mode)
        assert other.shape != corner.shape or not np.array_equal(other, corner)


def test_deformable_samples_and_offsets(page) -> None:
    assert (page["samples"], page["product"]) == (len(list(itertools.product(range(9), repeat=3))), 27)
    assert (page["offsets"], page["offsets_printed"]) == (9, 8)


def test_cross_correlation_needs_both_indices(page) -> None:
    pixels = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    right = signal.correlate2d(pixels, [[0, 1, 2], [2, 2, 0], [0, 1, 2]], "valid")
    np.testing.assert_array_equal(page["correlated"], right)
    assert right.tolist() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    assert all(len(set(row)) == 1 for row in page["correlated_as_printed"])


def test_slices() -> None:
    x = np.zeros((5, 5))
    assert (x[0:2, 0:2].shape, x[0:3, 0:3].shape) == ((2, 2), (3, 3))


def test_the_line_of_the_derivation() -> None:
    """y(r′ − a, c′ − b) is the sum over a′ and b′ of x(r′ − a + a′, c′ − b + b′) k(a′, b′)."""
    rng = np.random.default_rng(0)
    x, k = rng.normal(size=(6, 6)), rng.normal(size=(3, 3))
    y = signal.correlate2d(x, k, "valid")
    for row, column, a, b in itertools.product((2, 3), (2, 3), (0, 1, 2), (0, 1, 2)):
        total = sum(x[row - a + up, column - b + left] * k[up, left] for up in range(3) for left in range(3))
        assert y[row - a, column - b] == pytest.approx(total)


def test_what_a_weight_affects(page) -> None:
    """With two rows and columns of zeros on the right and below, the last weights miss the last outputs."""
    x = torch.nn.functional.pad(torch.ones(1, 1, 5, 6).double(), (0, 2, 0, 2))
    by_weight = torch.autograd.functional.jacobian(
        lambda w: functional.conv2d(x, w), torch.zeros(1, 1, 3, 3).double()
    )[0, 0, ..., 0, 0, :, :]
    assert by_weight.shape == (5, 6, 3, 3)
    touched = (by_weight != 0).sum((0, 1))
    assert page["touched"] == {f"{a}{b}": touched[a, b].item() for a in range(3) for b in range(3)}
    assert (touched[0, 0], touched[2, 2]) == (30, 12)


def test_backward_of_hong_kong(page) -> None:
    x = torch.arange(1.0, 8.0).double().reshape(1, 1, 7).requires_grad_()
    weight, bias = torch.tensor([[[1.0, 2.0, 3.0]]]).double().requires_grad_(), torch.zeros(1).double()
    functional.conv1d(x, weight).backward(torch.tensor([[[1.0, -1.0, 0.5, 2.0, 1.0]]]).double())
    np.testing.assert_allclose(page["grad"], x.grad[0, 0])
    np.testing.assert_allclose(page["convolved"], x.grad[0, 0])
    np.testing.assert_allclose(page["rotated_and_correlated"], x.grad[0, 0])
    assert not np.allclose(page["rotated_and_convolved"], x.grad[0, 0])
    bias.requires_grad_()
    weight.grad = None
    out = functional.conv1d(x, weight, bias, stride=2, padding=1)  # y1, y3, y5, y7
    assert out.shape[-1] == 4
    out.sum().backward()
    assert page["strided_bias"] == bias.grad.item() == 4
    np.testing.assert_allclose(page["strided_weight"], weight.grad[0, 0])


def test_nesterov(page) -> None:
    printed, right = page["nesterov"]
    # PyTorch's formulation keeps the parameter at the place looked ahead to; from there one looks back.
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(30):
        optimizer.zero_grad()
        (w**2 / 2).sum().backward()
        optimizer.step()
    velocity = optimizer.state[w]["momentum_buffer"].item()
    assert w.item() + 0.1 * 0.9 * velocity == pytest.approx(right)
    # As printed, (w, v) is multiplied by a matrix in each step, and its eigenvalues are 1.5 and 1.2.
    rate, momentum = page["rate"], page["momentum"]
    step = np.array([[1 - rate, -2 * rate * momentum], [1, 2 * momentum]])
    assert sorted(np.linalg.eigvals(step)) == pytest.approx([1.2, 1.5])
    assert (np.linalg.matrix_power(step, 30) @ [1, 0])[0] == pytest.approx(printed)
    assert abs(right) < 0.1 < 1 < abs(printed)


def test_backpropagation_that_steps_too_early(page) -> None:
    weights = [torch.tensor(each, dtype=torch.float64, requires_grad=True) for each in page["early_weights"]]
    z = torch.tensor([1.0, -1.0, 2.0, 0.5], dtype=torch.float64)
    for weight in weights[:-1]:
        z = torch.tanh(weight @ z)
    (weights[-1] @ z @ torch.tensor([1.0, -1.0, 2.0, 1.0], dtype=torch.float64)).backward()
    first, second, last = (np.array(found) for found in page["early"])
    np.testing.assert_allclose(second, weights[1].grad, atol=1e-12, err_msg="nothing has changed by then")
    assert (last == 0).all(), "the last layer takes no step"
    # As printed: the deltas went through the weights of layer 2 after their step.
    stepped = weights[1].detach() - page["early_rate"] * weights[1].grad
    x = torch.tensor([1.0, -1.0, 2.0, 0.5], dtype=torch.float64)
    a = weights[0].detach() @ x
    delta = (torch.tensor([1.0, -1.0, 2.0, 1.0]).double() @ weights[-1].detach()) * (
        1 - torch.tanh(weights[1].detach() @ torch.tanh(a)) ** 2
    )
    early = torch.outer((delta @ stepped) * (1 - torch.tanh(a) ** 2), x)
    np.testing.assert_allclose(first, early, atol=1e-12)


def test_how_far_a_step_too_early_is_off(page) -> None:
    """Typically by a seventh of the gradient's length, in one of ten draws by more than half."""
    assert page["early_draws"] == 1000
    layers = torch.tensor(np.random.default_rng(0).normal(size=(1000, 3, 4, 4))).unbind(1)
    x, error = (torch.tensor(v, dtype=torch.float64) for v in ([1.0, -1, 2, 0.5], [1.0, -1, 2, 1]))
    one, two, three = (layer.clone().requires_grad_() for layer in layers)
    a = one @ x
    z = torch.tanh(a)
    y = torch.tanh((two @ z[..., None])[..., 0])
    ((three @ y[..., None])[..., 0] @ error).sum().backward()
    delta = (error @ three) * (1 - y**2)
    stepped = two - page["early_rate"] * two.grad
    early = ((delta[:, None] @ stepped)[:, 0] * (1 - z**2))[..., None] * x
    off = torch.linalg.matrix_norm(early - one.grad) / torch.linalg.matrix_norm(one.grad)
    np.testing.assert_allclose(page["early_off"], np.quantile(off.detach(), [0.5, 0.9]))
    assert page["early_off"][0] == pytest.approx(1 / 7, abs=0.02)
    assert page["early_off"][1] > 0.5


def test_momentum_is_a_sum(page) -> None:
    """With equal gradients of 1 torch's buffer comes to the sum of the weights."""
    w = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.99)
    for _ in range(5000):
        w.grad = torch.ones_like(w)
        optimizer.step()
    assert page["sum_of_weights"] == pytest.approx(optimizer.state[w]["momentum_buffer"].item())
    assert page["sum_of_weights"] == pytest.approx(100)
    assert page["sum_of_average"] == pytest.approx(1)


def test_formulations_part_when_the_rate_changes(page) -> None:
    w = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.SGD([w], lr=1.0, momentum=0.9)
    for rate, grad in ((1.0, 1.0), (0.1, 0.0)):
        before = w.item()
        optimizer.param_groups[0]["lr"] = rate
        w.grad = torch.full_like(w, grad)
        optimizer.step()
    assert page["steps"]["sum"] == pytest.approx(before - w.item())
    assert page["steps"] == pytest.approx({"sum": 0.09, "step": 0.9 * 1.0})


def test_a_saddle_has_no_gradient_and_is_no_minimum(page) -> None:
    assert page["saddle_gradient"] == [0, 0]
    hessian = torch.autograd.functional.hessian(
        lambda w: w[0] ** 2 / 2 + (w[1] ** 2 - 1) ** 2 / 4, torch.zeros(2, dtype=torch.float64)
    )
    assert torch.linalg.eigvalsh(hessian).tolist() == [-1, 1]


def test_adagrads_rate_goes_to_zero_only_while_gradients_keep_coming(page) -> None:
    def rate(gradients: list[float]) -> float:
        w = torch.zeros(1, dtype=torch.float64)
        optimizer = torch.optim.Adagrad([w], lr=1.0)
        for grad in gradients:
            w.grad = torch.full_like(w, grad)
            optimizer.step()
        return float(1 / optimizer.state[w]["sum"].sqrt())

    assert (
        page["stays_at"]
        == pytest.approx(rate([0.9**k for k in range(1000)]))
        == pytest.approx(0.436, abs=5e-4)
    )
    assert page["sum_of_squares"] == pytest.approx(1 / (1 - 0.81)) == pytest.approx(5.26, abs=5e-3)
    twice = rate([2 * 0.9**k for k in range(1000)])
    assert twice == pytest.approx(page["stays_at"] / 2), "it depends on the first gradient"
    assert rate([1.0] * 10_000) == pytest.approx(0.01)


def test_adams_first_steps_are_too_long_without_correction(page) -> None:
    t = np.arange(1, 31)
    lengths = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    np.testing.assert_allclose(page["raw_steps"], lengths, rtol=1e-6)
    assert page["adam_betas"] == [0.9, 0.999]
    assert lengths[0] == pytest.approx(3.16, abs=5e-3)
    assert page["longest"] == lengths.argmax() + 1 == 12
    assert lengths.max() == pytest.approx(6.57, abs=5e-3)


def test_where_the_small_number_of_adaptive_rates_stands(page) -> None:
    w = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.Adagrad([w], lr=1.0, eps=1e-8)
    w.grad = torch.full_like(w, 1e-6)
    optimizer.step()
    by_the_slide = 1e-6 / math.sqrt(1e-12 + 1e-8)
    assert page["root"] == pytest.approx(-w.item() / by_the_slide) == pytest.approx(99, abs=0.5)


def test_sizes(page) -> None:
    assert page["unrounded"] == float(Fraction(6 - 3, 2) + 1) == 2.5
    row = torch.zeros(1, 1, 6)
    assert page["rounded"] == functional.conv1d(row, torch.zeros(1, 1, 3), stride=2).shape[-1] == 2
    assert page["pooled"] == list(functional.max_pool2d(torch.zeros(1, 1, 7, 5), 2).shape[2:]) == [3, 2]
    out = functional.conv2d(torch.zeros(1, 1, 7, 7), torch.zeros(1, 1, 3, 3), stride=3)
    assert page["stride_3"] == list(out.shape[2:]) == [2, 2]
    assert page["leftover"] == 1
    assert page["fits"] == {"31": [0, 1, 2, 3, 4], "32": [], "33": [0, 1, 2, 3, 4], "224": []}
    assert page["taps"] == 5
    even = functional.conv1d(torch.zeros(1, 1, 10), torch.zeros(1, 1, 4), padding=2)
    assert page["even"] == even.shape[-1] == 11
    for size in (1, 2):  # not a slip
        small = functional.conv2d(torch.zeros(1, 1, size, size), torch.zeros(1, 1, 5, 5), padding=2)
        assert small.shape[2:] == (size, size)


def test_claims(page) -> None:
    negative = torch.tensor(page["negative"])[None, None]
    assert torch.equal(functional.max_pool2d(negative, 2, stride=2, padding=1), negative)
    assert page["padded_max"] == page["negative"]
    assert page["equivariant"] < 1e-12 < 0.1 < page["invariant"]
    assert page["pooled_change"] > 0.1
    assert (page["drawn"], page["rank_one"], page["sobel_rank"]) == (1000, 0, 1)
    assert page["shared"] == 2
    assert page["operations"] == page["not_shared"] == 2 * 280 * 319


def test_most_of_dropouts_networks_are_never_trained(page) -> None:
    times = np.bincount(np.random.default_rng(0).integers(0, page["networks"], page["drawn_masks"]))
    met = np.count_nonzero(times)
    assert page["networks"] == len(range(2**20))
    assert page["met"] == pytest.approx(met / page["networks"], rel=0.01)
    assert page["met_once"] == pytest.approx(np.count_nonzero(times == 1) / met, abs=0.005)


def test_batch_normalization_has_no_sample_standard_deviation(page) -> None:
    x = torch.tensor([1.0, 3, 5, 7], dtype=torch.float64)
    assert page["deviations"] == pytest.approx([x.std(correction=1).item(), x.std(correction=0).item()])
    y = functional.batch_norm(x[:, None], None, None, training=True, eps=1e-15)
    np.testing.assert_allclose(y.ravel() * page["deviations"][1] + 4, x, rtol=1e-12)


def test_chapters_keep_no_box_of_slips() -> None:
    """They stand on this page; readers of a chapter never saw the lectures."""
    for name in chapters():
        text = (BOOK / f"{name}.md").read_text(encoding="utf-8").lower()
        assert "erratum" not in text, name
