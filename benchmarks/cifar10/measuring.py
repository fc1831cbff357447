"""Several seeds of a setting, its ablation, and where the time of a run goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from .images import Images
from .report import summary
from .settings import INGREDIENTS, Setting, without
from .training import Runner

Say = Callable[[str], None]

KINDS = {
    "pooling": ("max_pool", "maxpool"),
    "normalization": ("batchnorm", "batch_norm", "bn_fw", "bn_bw"),
    "activation": ("gelu",),
    "convolution": ("implicit_gemm", "implicitgemm", "fprop", "dgrad", "wgrad", "conv"),
    "matrix products": ("gemm", "nvjet", "cutlass"),
    "augmentation and copies": ("index", "memcpy", "memset", "copy"),
}
"""Parts of kernels' names by what they compute; the first that fits counts."""


def seeds_of(
    setting: Setting,
    images: Images,
    device: torch.device,
    seeds: int,
    warm_up: float | None = None,
    say: Say = print,
) -> dict[str, Any]:
    """Run a setting once to warm up and then with each seed; return `report.summary` of the latter.

    Parameters
    ----------
    setting, images, device
        As `Runner` takes them.
    seeds : int
        How many.
    warm_up : float, optional
        Epochs of the first run. All by default: a shorter one must still see the whitening's bias freeze, or
        the network is compiled once more later.
    say : callable
        Told each result.
    """
    runner = Runner(setting, images, device)
    start = time.perf_counter()
    runner.run(0, warm_up)
    warmed = time.perf_counter() - start
    say(f"warm-up {warmed:.1f} s")
    outcomes = []
    for seed in range(1, seeds + 1):
        outcomes.append(runner.run(seed))
        say(f"seed {seed}: {outcomes[-1].accuracy:.2%} in {outcomes[-1].seconds:.3f} s")
    return summary(setting, outcomes, warmed) | {"work": work(runner)}


def ablation(
    setting: Setting, images: Images, device: torch.device, seeds: int, say: Say = print
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a setting gives, whole and without each of its ingredients, as `seeds_of` returns it."""
    whole = setting
    for name in ("nothing", *INGREDIENTS):
        changed = whole if name == "nothing" else without(whole, name)
        if name != "nothing" and changed == whole:
            continue
        say(f"without {name}")
        yield name, seeds_of(changed, images, device, seeds, whole.whitening_bias_epochs + 0.1, say)


def work(runner: Runner) -> dict[str, float]:
    """Return the floating-point operations of one step of training, and of the whole run."""
    setting, images = runner.setting, runner.images
    sample = images.to(runner.device)
    x = sample.normalized(sample.train[: setting.batch], runner.dtype)
    with FlopCounterMode(display=False) as counter:
        runner._loss(x, sample.train_labels[: setting.batch]).backward()
    runner.network.zero_grad()
    steps = setting.epochs * (len(images.train) // setting.batch)
    return {"step_operations": counter.get_total_flops(), "run_operations": counter.get_total_flops() * steps}


def kind(kernel: str) -> str:
    """Return which of `KINDS` a kernel belongs to by its name, "other" if to none."""
    name = kernel.lower()
    return next((kind for kind, parts in KINDS.items() if any(part in name for part in parts)), "other")


def kernels(runner: Runner, epochs: float = 1.0, most: int = 25) -> dict[str, Any]:
    """Return where a GPU's time goes: kernels by their share, and the share in which none ran.

    Parameters
    ----------
    runner : Runner
        After its warm-up.
    epochs : float
        How long to look.
    most : int
        Kernels to name.
    """
    activities = [torch.profiler.ProfilerActivity.CPU, torch.profiler.ProfilerActivity.CUDA]
    with torch.profiler.profile(activities=activities, acc_events=True) as profile:
        outcome = runner.run(0, epochs)
    found = [event for event in profile.key_averages() if event.self_device_time_total > 0]
    found = [event for event in found if str(event.device_type).endswith("CUDA")]
    found.sort(key=lambda event: -event.self_device_time_total)
    busy = sum(event.self_device_time_total for event in found) / 1e6
    kinds = dict.fromkeys((*KINDS, "other"), 0.0)
    for event in found:
        kinds[kind(event.key)] += event.self_device_time_total / 1e6
    return {
        "seconds": outcome.seconds,
        "parts": outcome.parts,
        "busy": busy,
        "kinds": kinds,
        "kernels": [
            {"name": event.key[:120], "calls": event.count, "seconds": event.self_device_time_total / 1e6}
            for event in found[:most]
        ],
    }
