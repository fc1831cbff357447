"""What was measured, as JSON in ``benchmarks/results``."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from rows.results import RESULTS, place, processor

from .settings import Setting
from .training import Outcome

TIMED = (
    "From images in the host's memory to the test accuracy: transfer to the device, whitening, training and "
    "evaluation of all views. After a warm-up run; compilation, cuDNN's choice of algorithms, reading the "
    "files and pinning their memory lie outside."
)


def machine(device: torch.device) -> dict[str, Any]:
    """Return what the numbers were measured on."""
    on_gpu = device.type == "cuda"
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "device": torch.cuda.get_device_name(device) if on_gpu else processor(),
        "processors": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "cuda": torch.version.cuda,
    }


def spread(numbers: Sequence[float]) -> dict[str, float]:
    """Return mean, standard deviation (of one number alone: 0), least and greatest."""
    return {
        "mean": statistics.fmean(numbers),
        "deviation": statistics.stdev(numbers) if len(numbers) > 1 else 0.0,
        "least": min(numbers),
        "greatest": max(numbers),
    }


def summary(setting: Setting, outcomes: Sequence[Outcome], warm_up: float) -> dict[str, Any]:
    """Return the runs of one setting and what they amount to.

    Parameters
    ----------
    setting : Setting
        What ran.
    outcomes : sequence of Outcome
        One for each seed.
    warm_up : float
        Seconds of the run before them, compilation included.
    """
    return {
        "setting": dataclasses.asdict(setting),
        "timed": TIMED,
        "accuracy": spread([outcome.accuracy for outcome in outcomes]),
        "seconds": spread([outcome.seconds for outcome in outcomes]),
        "warm_up_seconds": warm_up,
        "runs": [dataclasses.asdict(outcome) for outcome in outcomes],
    }


def keep(what: str, device: torch.device, content: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Write ``<day>-<what>-<machine>.json`` into a folder, whole or not at all, and return its path."""
    about = machine(device)
    path = place(what, about["device"], ".json", folder)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps({"machine": about, **content}, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
    return path
