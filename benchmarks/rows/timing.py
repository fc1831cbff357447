"""Times of one computation in torch and in convnet, taken so that a busy machine does little harm.

Runs take turns, so that noise hits all sides alike, and the best time of each is kept: noise only ever adds.
The order is drawn anew for every round: in a fixed one, each would always find the caches as the same other
run left them.
On one thread the clock is the thread's own, which stops while others have the processor. On two threads it
is the wall clock; leave the machine alone for those columns. A pause goes before each run on two threads:
torch's second thread keeps its core busy for a while after its work is done, and would slow whoever is next.
Our two threads have half of the cores each: left to itself, the system often wakes both on the same core.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from autograder.sealed.cores import available, shares

Run = Callable[[], Any]
ROUNDS = 3
PAUSE = 0.05  # seconds


@dataclass(frozen=True)
class Row:
    """One line of the table: the same computation, three times."""

    name: str
    torch: Run
    on_numpy: Run
    on_torch: Run | None = None
    halves: tuple[Run, Run] | None = None
    """`on_numpy` for each half of the batch, where the halves do not depend on each other."""


@dataclass(frozen=True)
class Times:
    """Best times of a row, in seconds."""

    torch: float
    on_numpy: float
    on_torch: float | None
    torch_on_two: float
    halves: float | None


def measure(row: Row, seconds: float) -> Times:
    """Time a row: `seconds` on one thread, and as long again on two, pauses included."""
    runs = [row.torch, row.on_numpy, *([row.on_torch] if row.on_torch else [])]
    torch.set_num_threads(1)
    best = best_times(runs, seconds, time.thread_time)
    with ThreadPoolExecutor(2, initializer=_settle, initargs=(shares(2, available()),)) as pool:
        torch.set_num_threads(2)
        pairs = [row.torch]
        if row.halves:
            pairs.append(lambda: list(pool.map(lambda run: run(), row.halves or ())))
        two = best_times(pairs, seconds, time.perf_counter, PAUSE)
    torch.set_num_threads(1)
    return Times(best[0], best[1], best[2] if row.on_torch else None, two[0], two[1] if row.halves else None)


def _settle(left: list[frozenset[int]]) -> None:
    """Keep the thread that calls to the next share of the cores; to nothing where that is empty."""
    if share := left.pop():
        os.sched_setaffinity(0, share)


def best_times(
    runs: Sequence[Run], seconds: float, clock: Callable[[], float], pause: float = 0.0
) -> list[float]:
    """Return the best time of each run, taking turns until the time is up, with a pause before each."""
    best, order, dice = [float("inf")] * len(runs), list(range(len(runs))), random.Random(0)
    for run in runs:
        run()  # once to warm up
    end = time.monotonic() + seconds
    rounds = 0
    while rounds < ROUNDS or time.monotonic() < end:
        dice.shuffle(order)
        for number in order:
            time.sleep(pause)
            start = clock()
            runs[number]()
            best[number] = min(best[number], clock() - start)
        rounds += 1
    return best


def there_and_back(
    name: str,
    reference: Callable[..., torch.Tensor],
    forward: Callable[..., tuple[Any, Any]],
    backward: Callable[[Any, Any], Any],
    arrays: Sequence[np.ndarray[Any, Any]],
    *,
    per_image: int | None = 1,
) -> Row:
    """Return the row of a forward and backward pass, with the gradients by all `arrays`.

    The first `per_image` arrays have one entry for each image. None says that images depend on each other,
    as they do in batch normalization.
    """
    tensors = [torch.tensor(array) for array in arrays]
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]
    rng = np.random.default_rng(1)
    grad_out = rng.standard_normal(tuple(reference(*leaves).shape)).astype(arrays[0].dtype)
    torch_grad_out = torch.tensor(grad_out)

    def ours(grad: Any, *given: Any) -> None:
        _, cache = forward(*given)
        backward(grad, cache)

    def half(part: slice) -> Run:
        cut = [array[part] if place < (per_image or 0) else array for place, array in enumerate(arrays)]
        return lambda: ours(grad_out[part], *cut)

    middle = len(arrays[0]) // 2
    splits = per_image is not None and middle > 0
    return Row(
        name,
        lambda: torch.autograd.grad(reference(*leaves), leaves, torch_grad_out),
        lambda: ours(grad_out, *arrays),
        lambda: ours(torch_grad_out, *tensors),
        (half(slice(None, middle)), half(slice(middle, None))) if splits else None,
    )


def draw(seed: int, *shapes: tuple[int, ...]) -> list[np.ndarray[Any, Any]]:
    """Return normal float32 arrays."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape, dtype=np.float32) for shape in shapes]
