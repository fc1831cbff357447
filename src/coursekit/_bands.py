"""Points by bands: a trained model is not right or wrong, but more or less good."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

_scores: dict[str, float | Exception] = {}
_words: dict[str, str] = {}
_said = ""


class NoScore(AssertionError):
    """There is no score, for a reason that a student may read."""


def bands(name: str, score: Callable[[], Any], steps: Mapping[float, float], number: int) -> float:
    """Compute a score once, and raise where it stays below one of its bands.

    `autograder build` writes these calls: of a test cell whose settings say ``bands: {0.70: 1, 0.75: 2}`` it
    makes one test case for each band, which together compute the score once.

    Parameters
    ----------
    name : str
        The test, under which its cases share the score.
    score : callable
        Returns the score: a number, or a number and words on it, such as ``(0.73, "of 2000 right")``.
    steps : mapping of float to float
        Where each band begins, in rising order, and the points that it adds.
    number : int
        Which band this case is about, from 1.

    Returns
    -------
    float
        The score, which reached the band.

    Raises
    ------
    AssertionError
        When the score stays below the band, is no finite number, or could not be computed; the message says
        the score, the points that it got, and where the next band begins.
    """
    global _said
    _said = ""
    if number == 1 or name not in _scores:  # the first case of a run never takes what an earlier run left
        _compute(name, score)
    found = _scores[name]
    if isinstance(found, Exception):
        kind = type(found).__name__
        _said = (
            str(found) if isinstance(found, NoScore) else f"There is no score: computing it raised {kind}."
        )
        raise found
    begins = list(steps)[number - 1]
    if found < begins:
        _said = _sentence(name, found, steps)
        raise AssertionError(_said)
    return found


def forget() -> None:
    """Forget every score, because the tests of a question begin."""
    global _said
    _scores.clear()
    _words.clear()
    _said = ""


def said() -> str:
    """Return, once, the message of the last band that was not reached; a student may read it."""
    global _said
    words, _said = _said, ""
    return words


def _compute(name: str, score: Callable[[], Any]) -> None:
    _scores.pop(name, None)
    try:
        found = score()
        words = ""
        if isinstance(found, tuple) and len(found) == 2 and isinstance(found[1], str):
            found, words = found
        _scores[name], _words[name] = _number(found), words
    except Exception as error:
        _scores[name] = error
    except BaseException:
        _scores[name] = NoScore("There is no score: the test was interrupted.")
        raise


def _number(found: Any) -> float:
    """Return a score as a number."""
    try:
        value = float(found) if type(found).__name__ != "str" else math.nan
    except (TypeError, ValueError):
        raise NoScore(f"There is no score: the test got a {type(found).__name__}, not a number.") from None
    if not math.isfinite(value):
        raise NoScore("There is no score: it is nan or inf, so it is in no band.")
    return value


def _sentence(name: str, found: float, steps: Mapping[float, float]) -> str:
    got = sum(points for begins, points in steps.items() if found >= begins)
    following = min(begins for begins in steps if found < begins)
    words = f" {_words[name]}" if _words.get(name) else ""
    shown = f"{found:.4g}"
    if float(shown) >= following:  # 0.74999 is not 0.75
        shown = repr(found)
    possible = sum(steps.values())
    return f"{shown}{words}: {got:g} of {possible:g} points; the next band begins at {following:g}."
