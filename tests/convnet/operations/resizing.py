"""Resizing of images."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch.nn.functional as torch_f

from convnet._engine import resized_axes
from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import both, first, one_image, option, sizes
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

MODES = ("nearest", "nearest-exact", "bilinear", "bicubic")
BANDS = {(resized_axes, "BAND"): (1, 5)}


def draw(rng: np.random.Generator) -> Case:
    """Draw sizes up and down that seldom divide, or factors, and now and then something torch refuses."""
    mode = pick(rng, *MODES)
    shape = tuple(int(size) for size in rng.integers(1, (4, 4, 14, 14)))
    options: dict[str, Any] = {"mode": mode}
    if rng.random() < 0.5:
        options["size"] = draw_pair(rng, 0 if rng.random() < 0.05 else 1, 40)
    else:
        options["scale_factor"] = pick(rng, 2, 3.0, 0.5, 1.7, tuple(rng.uniform(0.2, 4.0, 2).tolist()), 1 / 3)
    if mode in ("bilinear", "bicubic") or rng.random() < 0.04:
        options["align_corners"] = pick(rng, True, False, None)
    if rng.random() < 0.03:
        options |= {"size": 3, "scale_factor": 2.0}
    case = Case([draw_array(rng, shape)], options)
    factor_alone = mode == "bicubic" and "size" not in options
    if factor_alone and after(case) == sizes(case):  # torch computes this, but its gradient is that of a copy
        return draw(rng)
    return case


def after(case: Case) -> tuple[int, ...]:
    """Return the size of the output, as torch finds it."""
    size, factor = case.options.get("size"), case.options.get("scale_factor")
    if size is not None:
        return (size, size) if isinstance(size, int) else tuple(size)
    factors = (factor, factor) if isinstance(factor, int | float) else factor
    return tuple(int(np.floor(n * f)) for n, f in zip(sizes(case), factors, strict=True))


def kinds(mode: str) -> dict[str, Kind | Predicate]:
    """Return the kinds of one mode."""
    chosen = option("mode", mode)

    def each_axis(condition: Any) -> Predicate:
        return both(
            chosen, lambda case: all(condition(*pair) for pair in zip(sizes(case), after(case), strict=True))
        )

    return {
        f"{mode}: larger": each_axis(lambda before, after: after > before > 1),
        f"{mode}: smaller": each_axis(lambda before, after: 0 < after < before),
        f"{mode}: a whole multiple": each_axis(
            lambda before, after: after > before > 1 and after % before == 0
        ),
        f"{mode}: larger and smaller": both(
            chosen, lambda case: (after(case)[0] - sizes(case)[0]) * (after(case)[1] - sizes(case)[1]) < 0
        ),
        f"{mode}: one axis stays": both(chosen, lambda case: after(case)[0] == sizes(case)[0] != 1),
        f"{mode}: one pixel before": both(chosen, lambda case: 1 in sizes(case)),
        f"{mode}: one pixel after": both(chosen, lambda case: 1 in after(case) and max(sizes(case)) > 1),
        f"{mode}: by a factor": both(chosen, option("scale_factor", 1.7, 3.0, 1 / 3)),
        f"{mode}: by two factors": both(
            chosen, lambda case: isinstance(case.options.get("scale_factor"), tuple)
        ),
        f"{mode}: one image": both(chosen, one_image),
        f"{mode}: in bands": Kind(both(chosen, lambda case: first(case).size > 20), settings=BANDS),
    }


def corners(mode: str) -> dict[str, Kind | Predicate]:
    """Return the kinds of a mode that looks between pixels: where the corners lie."""
    chosen = option("mode", mode)
    on_corners = both(chosen, option("align_corners", True))
    return {
        f"{mode}: corners on corners": on_corners,
        f"{mode}: corners on corners, one pixel after": both(on_corners, lambda case: 1 in after(case)),
        f"{mode}: corners left out": both(chosen, option("align_corners", None)),
    }


register(
    Operation(
        "interpolate",
        draw,
        torch_f.interpolate,
        {name: kind for mode in MODES for name, kind in kinds(mode).items()}
        | {name: kind for mode in ("bilinear", "bicubic") for name, kind in corners(mode).items()},
        unchecked={"align_corners": "any value is true or false"},
    )
)
