"""Training at full speed: its parts against the recipe's own, the kept numbers, and what readers type."""

import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest
import torch

import tests.benchmarks  # noqa: F401  puts the folder of the recipe on the path
from coursekit import data
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.coursekit.test_experiments import script
from tests.support import ROOT

PAGE = "architectures/full-speed"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def shown():
    """The functions that the page shows, but for those to be written."""
    scope = {"np": np}
    for cell in chapter(PAGE).cells:
        if cell.visible and cell.code.startswith("def ") and "    ..." not in cell.code:
            exec(cell.code.partition("\n\n\n")[0], scope)
    return scope


def test_the_kept_numbers_are_those_of_the_results() -> None:
    """The package carries a summary; who measures anew runs the script with --summary."""
    assert script("full_speed").summary() == experiment("full_speed")["gpu"]
    results = ROOT / "benchmarks" / "results"
    (path,) = results.glob("*-cifar10-94-nvidia-h100-80gb-hbm3.json")
    whole = json.loads(path.read_text(encoding="utf-8"))
    kept = experiment("full_speed")["gpu"]["94"]
    assert np.mean(kept["accuracy"]) == pytest.approx(whole["accuracy"]["mean"], abs=1e-4)
    assert np.std(kept["seconds"], ddof=1) == pytest.approx(whole["seconds"]["deviation"], abs=1e-4)
    assert len(kept["seconds"]) == 10
    assert kept["steps"] == 8 * 50_000 // 2000


def test_whitening_is_the_recipes_and_whitens(page, shown) -> None:
    from cifar10.whitening import whitening_kernels

    images = data.fashion_mnist("test")[0][:60]
    windows = np.lib.stride_tricks.sliding_window_view(images[:, 0], (2, 2), axis=(1, 2))
    patches = windows.reshape(-1, 4).astype(float)
    ours = shown["whitening_kernels"](patches)
    theirs = whitening_kernels(torch.tensor(images))[:4].reshape(4, 4).double().numpy()[::-1]
    np.testing.assert_allclose(np.abs(ours), np.abs(theirs), rtol=2e-3, atol=2e-3)
    white = patches @ shown["whitening_kernels"](patches, eps=0.0).T
    np.testing.assert_allclose(np.cov(white.T, ddof=0), np.eye(4), atol=1e-8)
    before, after = page["spreads"]
    assert before > 10_000
    assert after < 2


def test_muon_is_the_recipes_and_moves_singular_values_near_1(page, shown) -> None:
    from cifar10.muon import orthogonalized

    rng = np.random.default_rng(0)
    v = rng.normal(size=(16, 72))
    theirs = orthogonalized(torch.tensor(v)[None])[0].numpy()
    np.testing.assert_allclose(shown["orthogonalized"](v), theirs, atol=1e-5)
    left, before, right = np.linalg.svd(v, full_matrices=False)
    after = left.T @ shown["orthogonalized"](v, 5) @ right.T
    np.testing.assert_allclose(after, np.diag(np.diag(after)), atol=1e-10)  # each singular value by itself
    assert 0.6 < np.diag(after).min() < np.diag(after).max() < 1.3
    assert before.max() / before.min() > 2
    for steps in (3, 5):
        first, last = page["singular"][f"{steps} steps"]
        assert 0.65 < last < first < 1.25


def test_smoothed_targets_are_torchs_and_stop_the_scores(page) -> None:
    scores, labels = torch.randn(5, 10, generator=torch.manual_seed(0)), torch.tensor([0, 3, 3, 9, 1])
    targets = torch.full((5, 10), 0.02)
    targets[torch.arange(5), labels] = 0.82
    torch.testing.assert_close(
        torch.nn.functional.cross_entropy(scores, labels, label_smoothing=0.2),
        torch.nn.functional.cross_entropy(scores, targets),
    )
    scores = torch.zeros(1, 10, dtype=torch.float64, requires_grad=True)
    for _ in range(3000):
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor([4]), label_smoothing=0.2)
        (slope,) = torch.autograd.grad(loss, scores)
        scores = (scores - slope).detach().requires_grad_()
    gap = scores[0, 4] - scores[0, 5]
    assert gap.item() == pytest.approx(page["gap"], abs=1e-6) == pytest.approx(np.log(41))


def test_flips_take_turns_and_rates_fall_as_the_page_says() -> None:
    from cifar10.augmentation import flips_of_epoch
    from cifar10.schedule import triangle
    from cifar10.settings import SETTINGS, without

    first = torch.rand(1000, generator=torch.manual_seed(0)) < 0.5
    for epoch in range(4):
        both = [flips_of_epoch(first, epoch + k, "alternating") for k in (0, 1)]
        assert bool((both[0] != both[1]).all()), "two epochs show both sides of every picture"
    fast, wide, small = (SETTINGS[name] for name in ("data-centre", "96", "cpu-minute"))
    rates = np.array([triangle(t, 200, fast.rise, fast.start, fast.end) for t in range(201)])
    assert rates[0] == 1
    np.testing.assert_allclose(np.diff(rates), -1 / 200)
    assert (fast.flip, fast.views, fast.shift, fast.averaging) == ("alternating", "flip and shift", 2, False)
    assert fast.label_smoothing == 0.2
    assert round(fast.bias_rate / fast.head_rate) == 64
    assert (fast.widths, fast.depth, fast.residual) == ((64, 256, 256), 2, False)
    assert (wide.depth, wide.residual, max(wide.widths), wide.averaging) == (3, True, 512, False)
    assert small.data == "fashion"
    assert small.averaging is False
    assert round(small.bias_rate / small.head_rate) == 5
    assert (small.shift, wide.shift) == (1, 4)
    assert (fast.epochs, fast.batch, fast.cutout) == (8, 2000, 0)
    assert (wide.epochs, wide.batch, wide.cutout) == (50, 1000, 12)
    other = without(fast, "Muon")
    assert (other.optimizer, other.start, other.end) == ("nesterov", 0.2, 0.07)
    assert 0 < other.rise < 1
    assert fast.bias_momentum > fast.momentum, "all of torch's descent has the momentum of biases"


def test_views_are_six() -> None:
    from cifar10.evaluation import logits_of_views

    seen = 0

    def network(x):
        nonlocal seen
        seen += 1
        return x.mean(dim=(2, 3))

    logits_of_views(network, torch.randn(2, 3, 8, 8), "flip and shift")
    assert seen == 6


def test_slow_weights_are_the_recipes(shown) -> None:
    from cifar10.averaging import SlowWeights

    curvature = torch.tensor([1.0, 10.0])
    w = torch.tensor([3.0, -2.0])
    slow = SlowWeights([w])
    for step in range(1, 13):
        w -= 0.19 * curvature * w
        if step % 4 == 0:
            slow.meet(0.7)
    found = shown["slow_descent"](
        lambda w: np.array([1.0, 10.0]) * w, np.array([3.0, -2.0]), 0.19, 12, 4, 0.3
    )
    np.testing.assert_allclose(found, w.numpy(), rtol=1e-4)


def test_what_vanishes_in_16_bits(page) -> None:
    assert np.float16(5e-5) > 0
    assert np.float16(5e-5 / 2000) == 0
    assert torch.tensor(5e-5 / 2000, dtype=torch.float16) == 0
    assert torch.tensor(5e-5 / 2000, dtype=torch.bfloat16) > 0, "bfloat16 has the range of 32 bits"
    assert torch.finfo(torch.bfloat16).eps > torch.finfo(torch.float16).eps, "and fewer digits"


def commands() -> list[str]:
    """What the page has readers type."""
    (block,) = re.findall(r"```console\n(.*?)```", chapter(PAGE).text, re.DOTALL)
    return [line.removeprefix("$ ") for line in block.strip().split("\n")]


def typed(command: str, *more: str) -> str:
    python, *arguments = command.split()
    assert python == "python"
    run = subprocess.run(
        [sys.executable, *arguments, *more],
        cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.slow
def test_the_commands_of_the_page_train() -> None:
    """With few pictures and steps; a slow test types the last one as it stands."""
    clone, change, install, train = commands()
    assert clone == "git clone ADDRESS cnn-course"
    assert change == "cd cnn-course"
    assert install == "pip install . torch"
    small = ("--limit", "300", "--set", "epochs=1", "--set", "batch=50", "--set", "widths=[8, 8, 8]")
    said = typed(train, *small, "--set", "label_smoothing=0")
    assert "cpu-minute: 300 images" in said
    assert re.search(r"seed 1: \d+\.\d+% in", said)
    assert (
        "colab-t4"
        in subprocess.run(
            [sys.executable, ROOT / "benchmarks/cifar10_speed.py", "--help"], capture_output=True, text=True
        ).stdout
    )


@pytest.mark.slow
def test_the_cpu_minute_as_the_page_has_it() -> None:
    said = typed(commands()[-1])
    few = ("--limit", "200", "--set", "epochs=0.5", "--set", "widths=[8, 8, 8]")
    assert "without flips" in typed(commands()[-1], *few, "--ablation")
    found = float(re.search(r"seed 1: (\d+\.\d+)%", said)[1])
    kept = 100 * experiment("full_speed")["cpu"]["nothing"]["accuracy"][0]
    assert abs(found - kept) < 1.5, "the same seed; rounding may differ"
    assert found > 80
