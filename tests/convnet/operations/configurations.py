"""Configurations drawn inside tests: how many, from which seed, and how to repeat the one that fails.

``CONVNET_DRAWS`` says how many are drawn of each kind and ``CONVNET_SEED`` from where; ``CONVNET_ONLY``
leaves one of them, by its number. A configuration depends on the seed, on its kind and on its number, not
on how many are drawn.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from zlib import crc32

import numpy as np

SEED = int(os.environ.get("CONVNET_SEED", "20"))
DRAWS = int(os.environ.get("CONVNET_DRAWS", "10"))
ONLY = os.environ.get("CONVNET_ONLY")

Check = Callable[[np.random.Generator, int], None]


def numbers(share: float = 1.0) -> Iterable[int]:
    """Return the numbers of the configurations to draw; a costly test takes a share of them, one at least."""
    return range(max(1, round(share * DRAWS))) if ONLY is None else [int(ONLY)]


def generator(kind: str, number: int) -> np.random.Generator:
    """Return the generator from which a configuration is drawn."""
    return np.random.default_rng([SEED, crc32(kind.encode()), number])


def each(kind: str, check: Check, share: float = 1.0) -> None:
    """Call `check(rng, number)` for each configuration; name the one that fails, and how to repeat it."""
    for number in numbers(share):
        try:
            check(generator(kind, number), number)
        except Exception as error:
            raise AssertionError(
                f"{kind}, configuration {number} of seed {SEED}: {type(error).__name__}: {error}\n"
                f"repeat it by: {command(number)}"
            ) from error


def command(number: int) -> str:
    """Return the line that runs the present test on one configuration alone."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "tests/convnet").removesuffix(" (call)")
    return f"CONVNET_SEED={SEED} CONVNET_ONLY={number} python -m pytest '{test}'"
