"""Checks for the exercises of a chapter: the reader's function against the right one, in words.

A check never raises. A page is built with its exercises unsolved, and a reader who is half done wants a
sentence, not a traceback.

Examples
--------
>>> def double(x):
...     ...
>>> practice(double, lambda x: x + x, [(1.0,), (2.0,)])
Not written yet: put your code in the place of `...` in double.
>>> practice(lambda x: x * x, lambda x: x + x, [(2.0,), (3.0,)])
Case 2 of 2, <lambda>(3.0): got 9.0, expected 6.0.
>>> practice(lambda x: 2 * x, lambda x: x + x, [(1.0,), (2.0,)])
All 2 cases agree.
"""

from __future__ import annotations

import copy
import html
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from coursekit._hints import hint

TOLERANCE = 1e-8
_SMALL = 12  # numbers: an array with more is described by its shape
_WAITING, _WRONG, _RIGHT = "waiting", "wrong", "right"


class Practice:
    """What a check found: one sentence, which shows itself in a notebook and in the book.

    Parameters
    ----------
    state
        ``"waiting"`` (nothing written yet), ``"wrong"`` or ``"right"``.
    sentence
        The sentence that the reader sees.
    """

    def __init__(self, state: str, sentence: str) -> None:
        self.state = state
        self.sentence = sentence

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        mark = {_WAITING: "…", _WRONG: "✗", _RIGHT: "✓"}[self.state]
        words = html.escape(self.sentence).replace("\n", "<br>")
        return (
            f'<p class="ck-practice ck-practice-{self.state}" role="status">'
            f'<span aria-hidden="true">{mark}</span> {words}</p>'
        )


def practice(
    yours: Callable[..., Any], right: Callable[..., Any], cases: Sequence[tuple[Any, ...]]
) -> Practice:
    """Run the reader's function and the right one on the same arguments, and say where they differ.

    Parameters
    ----------
    yours
        What the reader wrote.
    right
        A function that gives the right values.
    cases
        Arguments of each call, a tuple each. Both functions get copies of their own.

    Returns
    -------
    Practice
        The first thing that is wrong, or that all agree.

    Raises
    ------
    ValueError
        If there is no case, or a case is no tuple of arguments.
    """
    if not cases:
        raise ValueError("practice: cases expects at least one tuple of arguments, got none")
    for case in cases:
        if not isinstance(case, tuple):
            raise ValueError(f"practice: each case is a tuple of arguments, got {type(case).__name__}")
    name = getattr(yours, "__name__", "your function")
    for number, case in enumerate(cases, 1):
        label = f"Case {number} of {len(cases)}, {name}({', '.join(_show(value) for value in case)}): "
        expected = right(*copy.deepcopy(case))
        arguments = copy.deepcopy(case)
        try:
            found = yours(*arguments)
        except Exception as error:
            return Practice(_WRONG, label + _raised(error))
        if found is None or found is Ellipsis:
            return Practice(_WAITING, f"Not written yet: put your code in the place of `...` in {name}.")
        wrong = _difference(found, expected) or _changed(case, arguments)
        if wrong:
            return Practice(_WRONG, label + wrong)
    return Practice(_RIGHT, "The case agrees." if len(cases) == 1 else f"All {len(cases)} cases agree.")


def _raised(error: Exception) -> str:
    line = traceback.extract_tb(error.__traceback__)[-1].lineno
    advice = hint(error, str(error))
    return f"raised {type(error).__name__}: {error} (line {line})." + (f"\n{advice}" if advice else "")


def _difference(found: Any, expected: Any) -> str:
    """Return how a value differs from the right one; empty where it does not."""
    if isinstance(expected, tuple):
        if not isinstance(found, tuple | list) or len(found) != len(expected):
            size = f" of {len(found)}" if isinstance(found, tuple | list) else ""
            return f"got a {type(found).__name__}{size}, expected {len(expected)} values."
        for place, (one, wanted) in enumerate(zip(found, expected, strict=True), 1):
            wrong = _difference(one, wanted)
            if wrong:
                return f"value {place} of {len(expected)}: {wrong}"
        return ""
    try:
        array = np.asarray(found)
    except ValueError:
        return f"got a {type(found).__name__} that is no array of numbers."
    wanted = np.asarray(expected)
    if array.dtype.kind not in "biuf":
        return f"got a {type(found).__name__}, expected numbers."
    if array.shape != wanted.shape:
        return f"got shape {array.shape}, expected {wanted.shape}."
    differs = ~np.isclose(array, wanted, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
    if not differs.any():
        return ""
    if wanted.ndim == 0:
        return f"got {_number(array)}, expected {_number(wanted)}."
    index = tuple(int(i) for i in np.argwhere(differs)[0])
    where = "[" + ", ".join(map(str, index)) + "]"
    truncated = array.dtype.kind in "biu" and np.any(wanted != np.trunc(wanted))
    advice = "\nYour values are whole numbers: make the output with np.zeros(shape)." if truncated else ""
    return (
        f"{int(differs.sum())} of {differs.size} values differ, the first at {where}: "
        f"got {_number(array[index])}, expected {_number(wanted[index])}.{advice}"
    )


def _changed(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """Say which argument was written to, if any."""
    for place, (was, now) in enumerate(zip(before, after, strict=True), 1):
        if isinstance(was, np.ndarray) and not np.array_equal(was, now, equal_nan=was.dtype.kind == "f"):
            return f"the values agree, but argument {place} was changed. Work on a copy."
    return ""


def _show(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return str(value.tolist()) if value.size <= _SMALL else f"array of shape {value.shape}"
    return repr(value)


def _number(value: Any) -> str:
    return str(np.round(float(value), 6))
