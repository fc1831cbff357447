"""Each ingredient of training at full speed does what it is there for."""

from itertools import pairwise

import cifar10.settings as settings_module
import numpy as np
import pytest
import torch
from cifar10.augmentation import augmented, erase_squares, flips_of_epoch, mirrored
from cifar10.averaging import SlowWeights
from cifar10.evaluation import accuracy, logits_of_views
from cifar10.muon import Muon, orthogonalized
from cifar10.network import Network
from cifar10.schedule import triangle
from cifar10.settings import INGREDIENTS, SETTINGS, Setting, without
from cifar10.whitening import whitening_kernels
from torch.nn import functional as F

SMALL = Setting(data="fashion", widths=(12, 16, 16), batch=50, half=False)


def correlated_images() -> torch.Tensor:
    """Draw images whose neighbouring pixels and channels are alike, as those of photographs are."""
    noise = torch.randn(40, 3, 20, 20, generator=torch.Generator().manual_seed(0))
    smooth = F.avg_pool2d(noise, 5, 1)
    return smooth + 0.5 * smooth.mean(1, keepdim=True)


def covariance(x: torch.Tensor) -> torch.Tensor:
    return torch.cov(x.transpose(0, 1).flatten(1).double())


def test_whitening_whitens() -> None:
    x = correlated_images()
    kernels = whitening_kernels(x, epsilon=0.0)
    assert kernels.shape == (24, 3, 2, 2)
    out = covariance(F.conv2d(x, kernels[:12]))
    torch.testing.assert_close(out, torch.eye(12, dtype=torch.float64), atol=2e-3, rtol=0)
    assert (covariance(F.conv2d(x, torch.randn(12, 3, 2, 2))) - torch.eye(12)).abs().max() > 0.1
    torch.testing.assert_close(kernels[12:], -kernels[:12])


def test_whitening_puts_large_eigenvalues_first_and_spares_small_ones() -> None:
    """A direction of variance v comes out with variance v / (v + ε): hardly varying ones stay small."""
    x = correlated_images()
    patches = F.unfold(x, 2).transpose(0, 1).flatten(1)
    eigenvalues = torch.linalg.eigvalsh(torch.cov(patches)).flip(0)
    variances = F.conv2d(x, whitening_kernels(x, epsilon=0.05)[:12]).transpose(0, 1).flatten(1).var(1)
    torch.testing.assert_close(variances, eigenvalues / (eigenvalues + 0.05), atol=2e-3, rtol=0)
    assert variances[0] > 1.5 * variances[-1]


def test_orthogonalization_brings_singular_values_near_one() -> None:
    generator = torch.Generator().manual_seed(0)
    matrices = torch.randn(3, 8, 20, generator=generator) @ torch.diag(torch.logspace(0, -2, 20))
    before = torch.linalg.svdvals(matrices)
    assert (before[:, 0] / before[:, -1]).min() > 4
    after = torch.linalg.svdvals(orthogonalized(matrices, steps=5))
    assert after.min() > 0.6
    assert after.max() < 1.3


def test_orthogonalization_keeps_directions() -> None:
    """The polynomial acts on singular values alone: left and right vectors stay."""
    matrix = torch.randn(1, 6, 9, generator=torch.Generator().manual_seed(1))
    left, values, right = torch.linalg.svd(matrix[0], full_matrices=False)
    inside = left.T @ orthogonalized(matrix)[0] @ right.T
    torch.testing.assert_close(inside, torch.diag(inside.diagonal()), atol=1e-4, rtol=0)
    s = values / values.norm()
    for _ in range(3):
        s = 3.4445 * s - 4.7750 * s**3 + 2.0315 * s**5
    torch.testing.assert_close(inside.diagonal(), s, atol=1e-4, rtol=0)


def test_matrices_of_several_sizes_in_one_tensor_do_not_meet() -> None:
    small = torch.randn(4, 7, generator=torch.Generator().manual_seed(2))
    padded = torch.zeros(1, 6, 10)
    padded[0, :4, :7] = small
    out = orthogonalized(padded)[0]
    torch.testing.assert_close(out[:4, :7], orthogonalized(small[None])[0])
    assert out[4:].abs().max() == out[:, 7:].abs().max() == 0


def test_muon_steps_along_nesterov_momentum() -> None:
    torch.manual_seed(0)
    weights = [torch.nn.Parameter(torch.randn(4, 3, 3, 3)), torch.nn.Parameter(torch.randn(6, 4, 3, 3))]
    expected = [weight.detach().clone() for weight in weights]
    velocity = [torch.zeros_like(weight) for weight in weights]
    muon = Muon(weights, rate=0.1, momentum=0.6)
    for factor in (1.0, 0.5):
        for at, weight in enumerate(weights):
            weight.grad = torch.randn_like(weight)
            velocity[at] = 0.6 * velocity[at] + weight.grad
            ahead = (weight.grad + 0.6 * velocity[at]).flatten(1)
            step = orthogonalized(ahead[None])[0].reshape(weight.shape)
            kept = expected[at] * len(weight) ** 0.5 / expected[at].norm()
            expected[at] = kept - 0.1 * factor * step
        muon.step(factor)
        for weight, wanted in zip(weights, expected, strict=True):
            torch.testing.assert_close(weight.detach(), wanted, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(("rise", "start", "end"), [(0.0, 1.0, 0.0), (0.25, 0.2, 0.1)])
def test_the_schedule_is_torchs_in_straight_lines(rise: float, start: float, end: float) -> None:
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    schedulers = torch.optim.lr_scheduler
    fall = schedulers.LinearLR(optimizer, 1.0, end, total_iters=40 - int(40 * rise))
    theirs = fall
    if rise:
        up = schedulers.LinearLR(optimizer, start, 1.0, total_iters=10)
        theirs = schedulers.SequentialLR(optimizer, [up, fall], milestones=[10])
    for step in range(40):
        assert optimizer.param_groups[0]["lr"] == pytest.approx(triangle(step, 40, rise, start, end))
        optimizer.step()
        theirs.step()
    assert triangle(40, 40, rise, start, end) == pytest.approx(end)


def test_slow_weights_are_a_moving_average_that_the_fast_ones_return_to() -> None:
    fast, counter = torch.tensor([0.0, 4.0]), torch.tensor(3)
    average = SlowWeights([fast, counter])
    fast += 2.0
    average.meet(0.75)
    torch.testing.assert_close(fast, torch.tensor([0.5, 4.5]))
    fast += 2.0
    average.meet(0.5)
    torch.testing.assert_close(fast, torch.tensor([1.5, 5.5]))
    average.meet(1.0)
    torch.testing.assert_close(fast, torch.tensor([1.5, 5.5]))
    assert counter == 3


@pytest.mark.parametrize("size", [3, 8])
def test_reflected_indices_are_numpys(size: int) -> None:
    index = torch.arange(-2, size + 2)
    expected = np.pad(np.arange(size), 2, mode="reflect")
    assert mirrored(index, size).tolist() == expected.tolist()


def test_augmented_images_are_shifted_and_flipped_originals() -> None:
    torch.manual_seed(0)
    images = torch.randint(0, 255, (30, 9, 8, 3), dtype=torch.uint8)
    order, flips = torch.randperm(30)[:20], torch.rand(20) < 0.5
    out = augmented(images, order, flips, 2)
    seen = set()
    for at, number in enumerate(order.tolist()):
        image = images[number].flip(1) if flips[at] else images[number]
        padded = np.pad(image.numpy(), ((2, 2), (2, 2), (0, 0)), mode="reflect")
        places = [
            (y, x)
            for y in range(5)
            for x in range(5)
            if np.array_equal(padded[y : y + 9, x : x + 8], out[at].numpy())
        ]
        assert places, "no shift of at most two pixels gives this image"
        seen.add(places[0])
    assert len(seen) > 5
    still = augmented(images, order, torch.zeros(20, dtype=torch.bool), 0)
    assert torch.equal(still, images[order])


def test_alternating_flips_show_both_ways_in_any_two_epochs() -> None:
    torch.manual_seed(0)
    first = torch.rand(1000) < 0.5
    epochs = [flips_of_epoch(first, epoch, "alternating") for epoch in range(4)]
    assert all(torch.equal(a, ~b) for a, b in pairwise(epochs))
    drawn = [flips_of_epoch(first, epoch, "random") for epoch in range(2)]
    assert 400 < int((drawn[0] == drawn[1]).sum()) < 600
    assert not flips_of_epoch(first, 1, "none").any()


def test_one_square_of_each_image_is_erased() -> None:
    torch.manual_seed(0)
    x = torch.ones(50, 3, 10, 12)
    erase_squares(x, 4)
    assert (x == 0).sum((1, 2, 3)).tolist() == [3 * 16] * 50
    rows, columns = (x[:, 0] == 0).any(2).sum(1), (x[:, 0] == 0).any(1).sum(1)
    assert set(rows.tolist()) == set(columns.tolist()) == {4}
    assert len({tuple(mask.flatten().tolist()) for mask in x[:, 0] == 0}) > 20


def test_convolutions_start_as_the_identity() -> None:
    torch.manual_seed(0)
    network = Network(SMALL, 1)
    network.reset(torch.randn(100, 1, 12, 12))
    x = torch.randn(2, 12, 6, 6)
    second = network.stages[0].convolutions[1]
    torch.testing.assert_close(second(x), x)
    first = network.stages[0].convolutions[0]  # 8 channels become 12
    x = torch.randn(2, 8, 6, 6)
    torch.testing.assert_close(first(x)[:, :8], x)
    assert first(x)[:, 8:].abs().max() > 0


def test_a_shortcut_adds_what_the_first_convolution_gave() -> None:
    torch.manual_seed(0)
    plain, short = (
        Network(Setting(widths=(8,), depth=3, residual=residual), 3) for residual in (False, True)
    )
    short.load_state_dict(plain.state_dict())
    for network in (plain, short):
        network.stages[0].between[2].norm.weight.zero_()  # what the last one gives is 0, but for the shortcut
    x = torch.randn(4, 24, 9, 9)
    assert plain.stages[0](x).abs().max() == 0
    stage = short.stages[0]
    first = F.gelu(stage.between[0].norm(F.max_pool2d(stage.convolutions[0](x), 2)))
    torch.testing.assert_close(stage(x), F.gelu(first))


def test_views_average_what_the_network_says() -> None:
    """A network that reports three pixels shows which views it was given, and how much each counts."""
    x = torch.randn(1, 1, 5, 5, generator=torch.Generator().manual_seed(0))

    def three_pixels(images: torch.Tensor) -> torch.Tensor:
        return images[:, 0, 2, :3]

    def with_mirror_image(row: torch.Tensor) -> torch.Tensor:
        return ((row + row.flip(0)) / 2)[:3]

    padded = torch.tensor(np.pad(x[0, 0].numpy(), 1, mode="reflect"))
    row, *shifted = (padded[2 + down + 1, 1 + down : 6 + down] for down in (0, -1, 1))
    assert torch.equal(row, x[0, 0, 2])
    both = with_mirror_image(row)
    corners = (with_mirror_image(shifted[0]) + with_mirror_image(shifted[1])) / 2
    for views, expected in (("none", row[:3]), ("flip", both), ("flip and shift", (both + corners) / 2)):
        torch.testing.assert_close(logits_of_views(three_pixels, x, views)[0], expected)


def test_accuracy_counts_every_image_and_changes_no_statistics() -> None:
    torch.manual_seed(0)
    network = Network(SMALL, 1)
    x, labels = torch.randn(70, 1, 20, 20), torch.randint(0, 10, (70,))
    before = network.stages[0].between[0].norm.running_mean.clone()
    share = accuracy(network, x, labels, "flip", batch=32)
    network.eval()
    with torch.no_grad():
        found = (network(x) + network(x.flip(3))).argmax(1)
    assert float(share) == pytest.approx(float((found == labels).float().mean()))
    assert torch.equal(network.stages[0].between[0].norm.running_mean, before)


@pytest.mark.parametrize("name", INGREDIENTS)
def test_every_ingredient_belongs_to_a_setting(name: str) -> None:
    """Leaving it out changes one of the settings at least: otherwise the switch would be dead."""
    assert any(without(setting, name) != setting for setting in SETTINGS.values())


def test_an_unknown_ingredient_is_named() -> None:
    with pytest.raises(ValueError, match=r"ingredient must be one of frozen whitening, Muon, .*; got 'salt'"):
        settings_module.without(SMALL, "salt")
