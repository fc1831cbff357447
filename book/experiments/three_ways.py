"""How long do three ways to the same convolution take: a loop, the matrix M, and patches?

    OPENBLAS_NUM_THREADS=1 python book/experiments/three_ways.py   # seconds

One image of three channels and eight 3×3×3 kernels, float64, no padding: with loops over windows
(`convnet.plain.conv2d`), with the matrix M, which is there already, and as one product with the patches,
which are cut out anew. ``building`` is what it takes to write M down. Each time is the least of some repeats,
in milliseconds, one for each side of `SIDES`; each seed draws image and kernels anew.

Writes ``src/coursekit/_experiments/three_ways.json``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from convnet import functional as F
from convnet import plain
from coursekit.experiments import keep, made_by

SEEDS = (0, 1, 2, 3, 4)
SIDES = (8, 16, 24)
REPEATS = 50


def milliseconds(run: Callable[[], Any]) -> float:
    """Least time of a call: that of the run that was disturbed least."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return round(1000 * min(times), 4)


def one_image(side: int, rng: np.random.Generator) -> dict[str, float]:
    """Times of one image."""
    weight = rng.normal(size=(8, 3, 3, 3))
    image = rng.normal(size=(1, 3, side, side))
    matrix = plain.conv2d_matrix(weight, image.shape[1:])
    return {
        "loop over windows": milliseconds(lambda: plain.conv2d(image, weight)),
        "matrix M": milliseconds(lambda: matrix @ image.ravel()),
        "patches": milliseconds(lambda: weight.reshape(8, -1) @ F.unfold_forward(image, 3)[0][0]),
        "building": milliseconds(lambda: plain.conv2d_matrix(weight, image.shape[1:])),
    }


def main() -> None:
    """Measure everything, and keep what was found."""
    times: dict[str, list[list[float]]] = {}
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        each = [one_image(side, rng) for side in SIDES]
        for way in each[0]:
            times.setdefault(way, []).append([one[way] for one in each])
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "sides": list(SIDES),
        "repeats": REPEATS,
        "milliseconds": times,
    }
    keep(found)
    for way, rows in times.items():
        print(f"{way:18}", *(f"{t:9.3f}" for t in np.median(rows, axis=0)))


if __name__ == "__main__":
    main()
