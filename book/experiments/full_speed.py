"""Training at full speed: what a GPU measured, in short, and the same recipe on one processor core.

    OMP_NUM_THREADS=1 python book/experiments/full_speed.py            # eight minutes of one core
    OMP_NUM_THREADS=1 python book/experiments/full_speed.py --summary  # the GPU's numbers alone, at once

The recipe is ``benchmarks/cifar10``. What it does on a GPU stands in ``benchmarks/results``, as the machine
wrote it; a chapter cannot read that folder where only the package is installed, so what it needs is copied
here, unchanged. The setting of a processor, *CPU minute*, is run by this script itself: whole, without each
ingredient that it has, and with two that it does not have, slow weights and shortcuts. Nesterov's momentum
has three rates to choose from in place of one.

Writes ``src/coursekit/_experiments/full_speed.json``: accuracies and seconds, one for each seed. On a
processor, seconds are those of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from coursekit.experiments import experiment, keep, made_by

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks/results"
ENDING = "nvidia-h100-80gb-hbm3.json"
FILES = {
    "94": "cifar10-94", "96": "cifar10-96", "20 epochs": "cifar10-96-of-20-epochs",
    "everything compiled": "cifar10-94-everything-compiled",
    "layers between convolutions compiled": "cifar10-94-between-compiled",
    "pooling compiled": "cifar10-94-pooling-compiled",
    "without": "cifar10-ablation", "kernels": "cifar10-kernels", "convnet": "convnet-cuda",
}  # fmt: skip
"""What a GPU measured, by the names of the files without day and machine."""
FIELDS = ("epochs", "batch", "widths", "depth", "compile")
SEEDS = (1, 2, 3, 4, 5)
NESTEROV_RATES = (0.5, 1.5, 5.0)
CHANGES: dict[str, dict[str, Any]] = {
    "slow weights too": {"averaging": True},
    "shortcuts too": {"residual": True},
}


def runs(report: dict[str, Any]) -> dict[str, list[float]]:
    """Accuracy and seconds of each seed, in the order of the seeds."""
    return {what: [round(run[what], 4) for run in report["runs"]] for what in ("accuracy", "seconds")}


def report(name: str) -> dict[str, Any]:
    """One file of the results, the only one with this name."""
    (path,) = RESULTS.glob(f"????-??-??-{name}-{ENDING}")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def summary() -> dict[str, Any]:
    """What a chapter needs of the files in ``benchmarks/results``."""
    found: dict[str, Any] = {}
    for what, name in FILES.items():
        kept = report(name)
        if what == "without":
            found[what] = {left_out: runs(each) for left_out, each in kept["without"].items()}
        elif what == "kernels":
            found[what] = {key: kept[key] for key in ("seconds", "busy", "kinds")}
        elif what == "convnet":
            found[what] = kept["networks"]
        else:
            parts = [run["parts"] for run in kept["runs"]]
            found[what] = runs(kept) | {
                "setting": {key: kept["setting"][key] for key in FIELDS},
                "parts": {key: round(sum(each[key] for each in parts) / len(parts), 4) for key in parts[0]},
                "steps": kept["runs"][0]["steps"],
                "step_operations": kept["work"]["step_operations"],
            }
        device = {key: kept["machine"][key] for key in ("device", "torch")}
        if found.setdefault("machine", device) != device:
            raise ValueError(f"{name} was measured on {device}, the others on {found['machine']}")
    return found


def on_a_processor() -> dict[str, dict[str, list[float]]]:
    """The setting of a processor: whole, and changed in one thing at a time."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import torch
    from cifar10.images import load
    from cifar10.settings import INGREDIENTS, SETTINGS, without
    from cifar10.training import Runner

    torch.set_num_threads(1)
    whole = SETTINGS["cpu-minute"]
    changed = {"nothing": whole}
    for name in INGREDIENTS:
        if name != "Muon" and without(whole, name) != whole:
            changed[name] = without(whole, name)
    for rate in NESTEROV_RATES:
        changed[f"Muon, Nesterov at {rate:g}"] = dataclasses.replace(without(whole, "Muon"), rate=rate)
    changed |= {name: dataclasses.replace(whole, **change) for name, change in CHANGES.items()}
    found = {}
    for name, setting in changed.items():
        runner = Runner(setting, load(setting.data), torch.device("cpu"))
        runner.run(0, 0.5)
        accuracy, seconds = [], []
        for seed in SEEDS:
            start = time.process_time()
            accuracy.append(round(runner.run(seed).accuracy, 4))
            seconds.append(round(time.process_time() - start, 3))
        found[name] = {"accuracy": accuracy, "seconds": seconds}
        print(
            f"{name:24} {100 * sum(accuracy) / len(SEEDS):.2f} %  {sum(seconds) / len(SEEDS):.2f} s", accuracy
        )
    return found


def main() -> None:
    """Measure, and keep what was found; with ``--summary`` keep what was measured before."""
    found: dict[str, Any] = {
        **made_by(__file__),
        "seeds": list(SEEDS),
    }
    if "--summary" in sys.argv:
        found = experiment("full_speed")
    else:
        found["cpu"] = on_a_processor()
        found["versions"]["torch"] = version("torch")
    keep(found | {"gpu": summary()})


if __name__ == "__main__":
    main()
