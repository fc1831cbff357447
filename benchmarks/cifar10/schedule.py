"""The learning rate over a run: up in a straight line, and down in another."""

from __future__ import annotations


def triangle(step: int, steps: int, rise: float = 0.0, start: float = 1.0, end: float = 0.0) -> float:
    """Return the factor on the learning rate at a step.

    Parameters
    ----------
    step, steps : int
        The step, from 0, and how many there are.
    rise : float
        Share of the steps in which the factor grows from `start` to 1; then it falls to `end`, which it would
        reach at step `steps`.
    start, end : float
        The factor at step 0, when it grows, and after the last step.
    """
    top = rise * steps
    if step < top:
        return start + (1 - start) * step / top
    return 1 + (end - 1) * (step - top) / max(1e-9, steps - top)
