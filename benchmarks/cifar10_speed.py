"""Train on CIFAR-10 as fast as the machine can, and write what it took to ``benchmarks/results``.

    python benchmarks/cifar10_speed.py                                  # under a minute on two cores
    python benchmarks/cifar10_speed.py --setting colab-t4 --seeds 5     # one GPU of 16 GB
    python benchmarks/cifar10_speed.py --setting data-centre --seeds 10 --save
    python benchmarks/cifar10_speed.py --setting 96 --seeds 3           # longer, a larger network
    python benchmarks/cifar10_speed.py --setting colab-t4 --ablation --seeds 3 --save
    python benchmarks/cifar10_speed.py --set label_smoothing=0 --set flip=random

The default setting trains on the embedded part of Fashion-MNIST, the others on CIFAR-10, which
`coursekit.data.cifar10` fetches once. ``--set`` changes any field of `cifar10.settings.Setting`; each
ingredient is one.
"""

from __future__ import annotations

import argparse
import dataclasses
import json

import torch
from cifar10.images import load
from cifar10.measuring import ablation, seeds_of
from cifar10.report import keep
from cifar10.settings import SETTINGS, Setting


def changed(setting: Setting, changes: list[str]) -> Setting:
    """Return the setting with fields set from texts such as ``shift=0``."""
    values = {}
    for change in changes:
        name, _, text = change.partition("=")
        if name not in vars(setting):
            raise SystemExit(f"--set: {name!r} is no field; there are {', '.join(vars(setting))}")
        try:
            values[name] = json.loads(text)
        except ValueError:
            values[name] = text
        if isinstance(values[name], list):
            values[name] = tuple(values[name])
    return dataclasses.replace(setting, **values)


def main() -> None:
    """Print, and keep if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--setting", choices=SETTINGS, default="cpu-minute")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="change a field")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--limit", type=int, help="images of each split")
    parser.add_argument("--warm-up", type=float, help="epochs of the run before (default: all)")
    parser.add_argument("--ablation", action="store_true", help="leave each ingredient out, one at a time")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    options = parser.parse_args()

    setting, device = changed(SETTINGS[options.setting], options.set), torch.device(options.device)
    images = load(setting.data, options.limit)
    print(f"{options.setting}: {len(images.train)} images, {setting.epochs:g} epochs", flush=True)
    if options.ablation:
        runs = dict(ablation(setting, images, device, options.seeds))
        for name, run in runs.items():
            print(f"without {name:20} {run['accuracy']['mean']:.2%} in {run['seconds']['mean']:.2f} s")
        content, what = {"without": runs}, f"cifar10-ablation-{options.setting}"
    else:
        content = seeds_of(setting, images, device, options.seeds, options.warm_up)
        accuracy, seconds = content["accuracy"], content["seconds"]
        print(
            f"{accuracy['mean']:.2%} ± {accuracy['deviation']:.2%} "
            f"in {seconds['mean']:.2f} ± {seconds['deviation']:.2f} s"
        )
        what = f"cifar10-{options.setting}"
    if options.save:
        print(f"kept in {keep(what, device, content)}")


if __name__ == "__main__":
    main()
