"""Measure all that wants a GPU within a budget of seconds; every step writes its own result at once.

    python benchmarks/gpu_session.py --budget 450 --out benchmarks/results [--only STEP ...]

A step that no longer fits, by the seconds it is expected to take, is skipped and said to be; one that fails
is told with its traceback, and the others go on. Without a GPU there is nothing to measure, unless ``--device
cpu --tiny`` asks for a rehearsal on a few images.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import torch
from cifar10.images import load
from cifar10.measuring import ablation, kernels, seeds_of
from cifar10.report import keep
from cifar10.settings import SETTINGS, Setting
from cifar10.training import Runner
from convnet_cuda import measured
from rows.results import RESULTS

LEFT_OUT = 3  # seeds of each row of the ablation


class Session:
    """The steps, what they share, and the clock.

    Parameters
    ----------
    device : torch.device
        Where to measure.
    tiny : bool
        A rehearsal: hundreds of images, small networks.
    out : Path
        The folder that results go to.
    """

    def __init__(self, device: torch.device, tiny: bool, out: Path) -> None:
        self.device, self.tiny, self.out = device, tiny, out
        self.images = load("fashion" if tiny else "cifar10", 400 if tiny else None)

    def setting(self, setting: Setting, **changes: Any) -> Setting:
        """Return the setting, made small for a rehearsal."""
        if self.tiny:
            changes |= {"widths": (8, 8, 8), "epochs": 2.0, "batch": 100, "whitening_bias_epochs": 1.0}
        return dataclasses.replace(setting, **changes)

    def seeds(self, what: str, setting: Setting, seeds: int, warm_up: float | None = None) -> None:
        """Run a setting with seeds, and keep it."""
        self.keep(what, seeds_of(setting, self.images, self.device, seeds, warm_up))

    def ablation(self, setting: Setting) -> None:
        """Leave each ingredient out, and keep after every one."""
        rows = {}
        for name, row in ablation(setting, self.images, self.device, LEFT_OUT):
            rows[name] = row
            self.keep("cifar10-ablation", {"without": rows}, quiet=True)

    def kernels(self, setting: Setting) -> None:
        """Look where a run's time goes."""
        runner = Runner(setting, self.images, self.device)
        runner.run(0, 1.0)
        found = kernels(runner)
        for kernel in found["kernels"][:15]:
            print(f"  {kernel['seconds'] * 1e3:8.2f} ms {kernel['calls']:6} {kernel['name'][:90]}")
        print(f"  busy {found['busy']:.3f} s of {found['seconds']:.3f} s: {found['parts']}")
        print("  " + ", ".join(f"{kind} {seconds:.3f} s" for kind, seconds in found["kinds"].items()))
        self.keep("cifar10-kernels", found)

    def convnet(self) -> None:
        """Compare convnet with torch's layers."""
        self.keep("convnet-cuda", {"networks": measured(self.device, [128, 512], 0.1 if self.tiny else 2.0)})

    def keep(self, what: str, content: dict[str, Any], quiet: bool = False) -> None:
        """Write a result."""
        path = keep(what, self.device, content, self.out)
        if not quiet:
            for row in ("accuracy", "seconds"):
                if isinstance(content.get(row), dict):
                    print(f"  {row}: " + ", ".join(f"{k} {v:.4f}" for k, v in content[row].items()))
            print(f"  kept in {path}", flush=True)

    def steps(self) -> dict[str, tuple[float, Callable[[], None]]]:
        """Return the steps by name, in order: seconds to expect on an H100, and what to do."""
        fast, wide = self.setting(SETTINGS["data-centre"]), self.setting(SETTINGS["96"])
        few = dataclasses.replace(fast, epochs=min(fast.epochs, 2.0))
        steps = {
            "sanity": (15, partial(self.seeds, "cifar10-sanity", few, 1, 0.5)),
            "convnet": (20, self.convnet),
            "94": (35, partial(self.seeds, "cifar10-94", fast, 10)),
            "kernels": (10, partial(self.kernels, fast)),
            "96": (160, partial(self.seeds, "cifar10-96", wide, 5, wide.whitening_bias_epochs + 0.1)),
            "ablation": (120, partial(self.ablation, fast)),
        }
        for what in ("pooling", "between", "everything"):
            setting = dataclasses.replace(fast, compile=what)  # type: ignore[arg-type]
            steps[what] = (45, partial(self.seeds, f"cifar10-94-{what}-compiled", setting, 3))
        return steps


def main() -> None:
    """Run the steps that fit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--budget", type=float, default=450.0, help="seconds, loading included")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    parser.add_argument("--only", nargs="+", default=[], help="steps, by name")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--tiny", action="store_true", help="rehearse on few images")
    options = parser.parse_args()
    if options.device == "cuda" and not torch.cuda.is_available():
        print("no GPU here, nothing to measure; --device cpu --tiny rehearses")
        return
    start = time.perf_counter()
    session = Session(torch.device(options.device), options.tiny, options.out)
    for name, (expected, step) in session.steps().items():
        spent = time.perf_counter() - start
        if options.only and name not in options.only:
            continue
        if spent + expected > options.budget:
            print(f"== {name}: skipped, {expected} s do not fit into {options.budget - spent:.0f} s")
            continue
        print(f"== {name} (at {spent:.0f} s)", flush=True)
        try:
            step()
        except Exception:  # the other steps are worth having
            print(traceback.format_exc(), flush=True)
        with contextlib.suppress(RuntimeError):
            torch.cuda.empty_cache()
    print(f"== done at {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
