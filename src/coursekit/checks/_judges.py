"""What a student's own test says of functions that are right, and of functions that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from coursekit import _recording
from coursekit.checks._calls import call
from coursekit.checks._words import fail

_SHOWN = 3  # calls that a message lists, and arrays of a list
_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), dict: ("{", "}")}


def judges(
    name: str, judge: Callable[..., Any] | None, function: Callable[..., Any], right: bool, what: str
) -> None:
    """Check that a student's test of a function calls it right or wrong, as it is.

    Parameters
    ----------
    name, judge
        The student's test, as in `call`. It takes a function and returns a bool.
    function : callable
        What it is to judge.
    right : bool
        What it must say.
    what : str
        What the function is, for the messages: "A function that returns zeros".

    Raises
    ------
    AssertionError
        When the student's test says otherwise, or anything but True or False. The message lists the first
        calls that it made: on those the function is right, or looks so.

    Examples
    --------
    >>> judges("is_even", lambda f: f(2) and not f(3), lambda n: n % 2 == 0, True, "A right function")
    """
    made: list[str] = []

    def watched(*args: Any, **keywords: Any) -> Any:
        words = [_words(a) for a in args] + [f"{k}={_words(v)}" for k, v in keywords.items()]
        made.append(f"({', '.join(words)})")
        return function(*args, **keywords)

    said = call(name, judge, watched).value
    with _recording.surviving():
        if said is None:
            fail(
                f"{name} returned None.", "Let each way through it end with `return True` or `return False`."
            )
        if type(said) not in (bool, np.bool_):
            fail(f"{name} returned {said!r:.80}.", "Return True or False.")
        if bool(said) is not right:
            fail(f"{what} is {'right' if right else 'wrong'}, and {name} returned {said}.", _tried(made))


def judges_each(
    name: str,
    judge: Callable[..., Any] | None,
    right: Mapping[str, Callable[..., Any]],
    wrong: Mapping[str, Callable[..., Any]],
    seed: int,
) -> None:
    """Check that a student's test tells right functions from wrong ones, in a drawn order.

    For two wrong functions there is at least one right, and never fewer than two. So a test that goes by the
    number of its call, and looks at no function, has to guess an order among hundreds; and a thorough test,
    which calls each function many times, is done in time.

    Parameters
    ----------
    name, judge
        The student's test, as in `judges`.
    right, wrong : mapping
        Functions, by what they are: "A function that returns zeros".
    seed : int
        What the order is drawn from: another one in each test, which students do not see.

    Raises
    ------
    AssertionError
        As by `judges`, at the first that is called wrong.

    Examples
    --------
    >>> judges_each("is_even", lambda f: f(2) and not f(3), {"A function": lambda n: n % 2 == 0}, {}, 1)
    """
    often = max(2, -(-len(wrong) // (2 * len(right))))
    cases = [(function, True, what) for what, function in right.items()] * often
    cases += [(function, False, what) for what, function in wrong.items()]
    for number in np.random.default_rng(seed).permutation(len(cases)):
        judges(name, judge, *cases[number])


def _tried(made: list[str]) -> str:
    """Return the calls that were made, in words."""
    if not made:
        return "It never called the function."
    calls = list(dict.fromkeys(made))
    left = len(calls) - _SHOWN
    more = f", and {left} other{'s' * (left > 1)}" if left > 0 else ""
    return f"It called the function with {', '.join(calls[:_SHOWN])}{more}."


def _words(value: Any) -> str:
    """Return an argument in few words: arrays and tensors by shape, dtype and range, in a list too."""
    if type(value) in (list, tuple, dict):
        some = list(value.items() if type(value) is dict else value)[:_SHOWN]
        if any(hasattr(one[1] if type(value) is dict else one, "shape") for one in some):
            told = (
                [f"{k!r}: {_words(v)}" for k, v in some] if type(value) is dict else [_words(v) for v in some]
            )
            left, right = _BRACKETS[type(value)]
            return left + ", ".join(told + ["..."] * (len(value) > _SHOWN)) + right
    if isinstance(value, np.generic) or not (hasattr(value, "shape") and hasattr(value, "dtype")):
        return f"{value!r:.40}"
    kind = "array" if isinstance(value, np.ndarray) else type(value).__name__.lower()
    number = str(value.dtype).removeprefix("torch.").startswith(("int", "uint", "float"))
    ranged = number and 0 not in value.shape
    span = f" from {value.min().item():.4g} to {value.max().item():.4g}" if ranged else ""
    return f"{kind} {tuple(value.shape)} {value.dtype}{span}"
