"""Several calls of one function, and what their answers are when all are over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from coursekit import _recording
from coursekit.checks._answer import Answer
from coursekit.checks._calls import require_defined
from coursekit.checks._inside import inside
from coursekit.checks._words import label_of


def in_turn(name: str, function: Callable[..., Any] | None, *cases: Sequence[Any]) -> list[Answer]:
    """Call a student's function with one case after the other; return the answers as they are at the end.

    For code that remembers: give cases of equal shapes with other values, the first one once more at the end,
    and compare each answer with its own right one. A function that keeps the answer to a shape or to an
    array's `id`, or that writes into what an earlier call returned, is wrong here and nowhere else: arrays of
    one shape and dtype come as one array with new values. Under seal the calls are made
    beside the student's code, because a test holds copies.

    Parameters
    ----------
    name, function
        As in `call`.
    *cases : sequence
        The arguments of each call.

    Raises
    ------
    AssertionError
        When the function is not defined.

    Examples
    --------
    >>> [answer.value for answer in in_turn("double", lambda x: 2 * x, (1,), (2,), (1,))]
    [2, 4, 2]
    """
    real = require_defined(name, function)
    labels = [f"{label_of(name, case, {})}, one of several calls" for case in cases]
    try:
        values = inside(_each, real, [list(case) for case in cases])
    except Exception as error:
        if _recording.surveying():
            return [Answer(error, label) for label in labels]
        error.add_note(f"raised by one of {len(cases)} calls of {name}")
        raise
    return [Answer(value, label) for value, label in zip(values, labels, strict=True)]


def _each(function: Callable[..., Any], cases: list[list[Any]]) -> list[Any]:
    """Call a function with each case; the answers go over when the last call has returned.

    Arrays of one place, shape and dtype are one array with new values: who knows them by `id` is wrong here.
    """
    import numpy as np

    answers: list[Any] = []
    rooms: dict[Any, Any] = {}
    for case in cases:
        given = list(case)
        for place, value in enumerate(case):
            if isinstance(value, np.ndarray):
                room = rooms.setdefault((place, value.shape, value.dtype.str), value.copy())
                room[...] = value
                given[place] = room
        answers.append(function(*given))
    return answers
