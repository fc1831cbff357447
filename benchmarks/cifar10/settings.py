"""What a run is made of: settings for machines of three sizes, and a switch for every ingredient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal


@dataclass(frozen=True)
class Setting:
    """Everything that decides how a run goes, beside the seed.

    Learning rates are those of a loss averaged over the batch. `rate` moves convolutions; one of Muon is the
    length of a step relative to the weights.
    """

    data: Literal["cifar10", "fashion"] = "cifar10"
    widths: tuple[int, ...] = (64, 256, 256)
    depth: int = 2  # convolutions a stage
    residual: bool = False  # a shortcut around all but the first of them
    epochs: float = 8.0
    batch: int = 2000

    optimizer: Literal["muon", "nesterov"] = "muon"
    rate: float = 0.24
    momentum: float = 0.6
    bias_rate: float = 106.0
    head_rate: float = 1.65
    bias_momentum: float = 0.85
    decay: float = 0.004  # share of biases and head lost a step, at the highest rate
    schedule: Literal["triangle", "constant"] = "triangle"
    rise: float = 0.0  # share of the steps in which the rate grows
    start: float = 1.0
    end: float = 0.0

    whitening: bool = True
    whitening_bias_epochs: float = 3.0  # its bias learns for so long
    identity: bool = True  # convolutions start as the identity as far as they can
    label_smoothing: float = 0.2
    averaging: bool = False  # slow weights, every fifth step

    flip: Literal["alternating", "random", "none"] = "alternating"
    shift: int = 2  # pixels, each way
    cutout: int = 0  # side of a square that is erased
    views: Literal["none", "flip", "flip and shift"] = "flip and shift"  # of each test image

    half: bool = True  # 16 bits: float16 on CUDA, bfloat16 elsewhere
    channels_last: bool = True
    # What torch.compile is given: the layers between two convolutions, or pooling alone. None of it pays at
    # this length of a run, see benchmarks/README.md.
    compile: Literal["nothing", "pooling", "between", "everything"] = "nothing"


WIDE = Setting(
    widths=(128, 384, 512),
    depth=3,
    residual=True,
    epochs=50.0,
    batch=1000,
    rate=0.2,
    bias_rate=53.0,
    head_rate=0.83,
    decay=0.002,
    shift=4,
    cutout=12,
)

SETTINGS: dict[str, Setting] = {
    "cpu-minute": Setting(
        data="fashion",
        widths=(16, 32, 32),
        epochs=8.0,
        batch=100,
        shift=1,
        half=False,
        bias_rate=8.0,
        decay=2e-4,
    ),
    "colab-t4": Setting(),
    "data-centre": Setting(),
    "96": WIDE,
}
"""Settings by name.

16 bits are float16 on every GPU, because a T4 has no bfloat16; with it the same setting serves a T4 and an
H100, which only differ in time.
"""

INGREDIENTS: dict[str, dict[str, Any]] = {
    "frozen whitening": {"whitening": False},
    "Muon": {"optimizer": "nesterov", "rate": 1.5, "momentum": 0.85, "start": 0.2, "rise": 0.23, "end": 0.07},
    "identity start": {"identity": False},
    "label smoothing": {"label_smoothing": 0.0},
    "falling rate": {"schedule": "constant"},
    "fast biases": {"bias_rate": 1.65},
    "alternating flips": {"flip": "random"},
    "flips": {"flip": "none"},
    "shifts": {"shift": 0},
    "cutout": {"cutout": 0},
    "shortcuts": {"residual": False},
    "shifted views": {"views": "flip"},
    "all views": {"views": "none"},
    "16 bits": {"half": False},
    "channels last": {"channels_last": False},
}
"""What a setting becomes without one ingredient: the fields that change."""


def without(setting: Setting, ingredient: str) -> Setting:
    """Return the setting without one of `INGREDIENTS`; the setting itself where it never had it."""
    if ingredient not in INGREDIENTS:
        raise ValueError(f"without: ingredient must be one of {', '.join(INGREDIENTS)}; got {ingredient!r}")
    if ingredient == "Muon" and setting.optimizer != "muon":
        return setting
    return replace(setting, **INGREDIENTS[ingredient])
