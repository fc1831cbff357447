"""Calls of a student's function: with copies, whose answer is compared, whose refusal is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from coursekit import _lent, _recording
from coursekit.checks._answer import Answer
from coursekit.checks._words import dtypes_of, fail, label_of, require, show


def require_defined(name: str, function: Callable[..., Any] | None) -> Callable[..., Any]:
    """Return the function; fail where the notebook does not define it."""
    assert function is not None, (
        f"{name} is not defined. Run the cell that defines it, without errors, and then this one."
    )
    return function


def call(name: str, function: Callable[..., Any] | None, *args: Any, **keywords: Any) -> Answer:
    """Call a student's function and keep the call's words for the messages.

    The function gets copies of arrays, also of those in lists and dicts: what it does to them changes
    nothing here, so the right answer may be worked out before or after. `leaves_inputs` asks whether it
    changes them, `changes` what becomes of them.

    Parameters
    ----------
    name : str
        The function's name, for the messages.
    function : callable or None
        The function; None where the notebook does not define it.
    *args, **keywords
        What it is called with.

    Raises
    ------
    AssertionError
        When the function is not defined.

    Examples
    --------
    >>> call("double", lambda x: 2 * x, np.ones((2, 3))).label
    'double(array (2, 3))'
    """
    return _called(name, function, args, keywords)[0]


def _called(
    name: str, function: Callable[..., Any] | None, args: Sequence[Any], keywords: dict[str, Any]
) -> tuple[Answer, list[Any]]:
    """Call a student's function; return its answer, and its arguments as the call left them."""
    function = require_defined(name, function)
    label = label_of(name, args, keywords)
    lent, named = _lent.lend([list(args), keywords])
    given = [*lent, *named.values()]
    arguments = _recording.Arguments(given)
    try:
        with _lent.watching():
            value = function(*lent, **named)
    except Exception as error:
        _recording.note_raised(error)
        if _recording.surveying():
            return Answer(error, label), given
        error.add_note(f"raised by {label}")
        raise
    arguments.note(value)
    return Answer(value, label, dtypes_of([*args, *keywords.values()])), given


def changes(name: str, function: Callable[..., Any] | None, *args: Any, **keywords: Any) -> list[Answer]:
    """Call a student's function that is to write into its arguments; return these as it left them.

    The function gets copies, so the arguments themselves are what they were.

    Parameters
    ----------
    name, function, *args, **keywords
        As in `call`.

    Returns
    -------
    list of Answer
        One for each argument, in order; arguments by keyword come last.

    Raises
    ------
    AssertionError
        When the function is not defined.

    Examples
    --------
    >>> def double(x):
    ...     x *= 2
    >>> changes("double", double, np.ones(2))[0].equals([2.0, 2.0])
    """
    answer, after = _called(name, function, args, keywords)
    names = [*map(str, range(1, len(args) + 1)), *keywords]
    return [Answer(v, f"argument {n} after {answer.label}") for n, v in zip(names, after, strict=True)]


def leaves_inputs(name: str, function: Callable[..., Any] | None, *args: Any, **keywords: Any) -> Answer:
    """Call a student's function, check that it changes none of its arguments, and return its answer.

    Arrays count, and lists, tuples and dicts with what is in them.

    Raises
    ------
    AssertionError
        When an argument holds other values after the call, or what was returned is no array, no list or tuple
        and no function.
    """
    answer, after = _called(name, function, args, keywords)
    with _recording.surviving():
        if type(answer.value) not in (list, tuple) and not callable(answer.value):
            answer.array(dtype=np.generic)
        for old, new in zip([*args, *keywords.values()], after, strict=True):
            require(
                _is_untouched(old, new),
                f"{answer.label} changed its input {'array' if isinstance(old, np.ndarray) else 'values'}.",
                "Write into a copy, x = x.copy(), or build a new one.",
            )
    return answer


def _is_untouched(old: Any, new: Any) -> bool:
    """Say whether not a bit differs: a change below any tolerance is a change, and NaN stays NaN."""
    if isinstance(old, np.ndarray):
        same = isinstance(new, np.ndarray) and (old.shape, old.dtype) == (new.shape, new.dtype)
        return same and old.tobytes() == new.tobytes()
    if type(old) in (list, tuple):
        return type(new) is type(old) and len(old) == len(new) and all(map(_is_untouched, old, new))
    if type(old) is dict:
        return (
            type(new) is dict and list(old) == list(new) and all(_is_untouched(old[k], new[k]) for k in old)
        )
    return type(old) not in (int, float, bool, str) or old is new or old == new or old != old


def refuses(name: str, function: Callable[..., Any] | None, *args: Any, **keywords: Any) -> None:
    """Check that a call raises `ValueError`.

    Raises
    ------
    AssertionError
        When it returns instead.
    """
    try:
        answer = call(name, function, *args, **keywords)
    except ValueError:
        return
    if _recording.surveying():
        return
    fail(f"{answer.label} returned {show(answer.value)}.", "It has no answer: raise ValueError(...).")
