"""One call of a student's function: what it returned, compared and put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from coursekit import _lent, _recording

_RETURN = "Put your code in the place of the `...` and end it with `return`."
TOLERANCE = 1e-5  # relative and absolute: float32 answers pass, a wrong pixel does not


def _show(value: object) -> str:
    """Return an argument in few words: arrays by their shape, anything else as written."""
    return f"array {value.shape}" if isinstance(value, np.ndarray) else repr(value)


@dataclass(frozen=True)
class Answer:
    """What one call returned, and the call in words."""

    value: Any
    label: str

    def array(
        self, shape: tuple[int, ...] | None = None, *, secret: bool = False, dtype: DTypeLike = np.floating
    ) -> NDArray[Any]:
        """Return the value as an array, after its type, dtype and shape were found right.

        Parameters
        ----------
        shape : tuple of int, optional
            The shape it must have; any shape passes without it.
        secret : bool
            Whether the message keeps the expected shape to itself.
        dtype : dtype
            The dtype it must have: one, such as ``np.int8``, or a kind, such as ``np.integer``.

        Raises
        ------
        AssertionError
            When it is no plain array, has another dtype or shape, or holds NaN or infinity.
        """
        value: NDArray[Any] = self.value
        _require(value is not None, f"{self.label} returned None.", _RETURN)
        _require(
            type(value) is np.ndarray,
            f"{self.label} returned {_a(value)}.",
            "Return a NumPy array (np.ndarray).",
        )
        _require(
            np.issubdtype(value.dtype, dtype),
            f"{self.label} returned dtype {value.dtype}.",
            _wanted(dtype),
        )
        if shape is not None:
            wanted = "" if secret else f", the right shape is {shape}"
            _require(value.shape == shape, f"{self.label} returned shape {value.shape}{wanted}.")
        bad = ~np.isfinite(value)
        _require(not bad.any(), f"{self.label} returned nan or inf, {int(bad.sum())} of {bad.size} values.")
        return value

    @_recording.surviving()
    def equals(self, expected: ArrayLike, hint: str = "", *, dtype: DTypeLike = np.floating) -> None:
        """Compare with ``expected`` and show the first difference. For public tests.

        ``dtype`` is as in `array`.

        Raises
        ------
        AssertionError
            When shape, dtype or a value differs; ``hint`` ends the message.
        """
        right = np.asarray(expected, dtype=float)
        value = self.array(right.shape, dtype=dtype)
        wrong = ~np.isclose(value, right, rtol=TOLERANCE, atol=TOLERANCE)
        if wrong.any():
            at = tuple(int(i) for i in np.argwhere(wrong)[0])
            fail(
                f"{self.label}: {int(wrong.sum())} of {wrong.size} values differ, {_places(wrong)}: "
                f"yours {value[at]:.6g}, expected {right[at]:.6g}.",
                hint,
            )

    @_recording.surviving()
    def matches(
        self,
        expected: ArrayLike,
        hint: str = "",
        *,
        dtype: DTypeLike = np.floating,
        exact: bool = False,
    ) -> None:
        """Compare with ``expected`` and say only where it differs. For hidden tests.

        Parameters
        ----------
        expected : array_like
            The right answer.
        hint : str
            What ends the message.
        dtype : dtype
            As in `array`.
        exact : bool
            Whether every bit counts, as it does where values are only moved. Otherwise the tolerance is
            relative to the largest expected value: float32 loses digits where large terms cancel.

        Raises
        ------
        AssertionError
            When shape, dtype or a value differs; the message holds no expected value.
        """
        right = np.asarray(expected) if exact else np.asarray(expected, dtype=float)
        value = self.array(right.shape, secret=True, dtype=dtype)
        if exact:
            wrong = value != right
        else:
            largest = float(np.abs(right).max(initial=0.0))
            wrong = ~np.isclose(value, right, rtol=0, atol=TOLERANCE * (1 + largest))
        _require(
            not wrong.any(),
            f"{self.label}: {int(wrong.sum())} of {wrong.size} values are wrong, {_places(wrong)}.",
            hint,
        )

    @_recording.surviving()
    def is_whole(self, expected: int | Sequence[Any], hint: str = "", *, secret: bool = False) -> None:
        """Compare with a whole number, or with a list of such, of pairs of such, and so on.

        A float is refused, because a count of pixels is an `int`. Lists and tuples pass for each other.

        Raises
        ------
        AssertionError
            When it is no `int` or list of such, or another one; with ``secret`` the message does not say
            which is right.
        """
        value = self.value
        _require(value is not None, f"{self.label} returned None.", _RETURN)
        if isinstance(expected, int):
            _require(
                type(value) is int or isinstance(value, np.integer),
                f"{self.label} returned {value!r}, {_a(value)}.",
                "Return an int, no float." if isinstance(value, (float, np.floating)) else "Return an int.",
            )
        else:
            _require(
                type(value) in (list, tuple),
                f"{self.label} returned {_a(value)}.",
                f"Return a {type(expected).__name__}.",
            )
        given = _whole_numbers(value)
        words = repr(_plain(value))
        words = words if len(words) <= 120 else words[:120] + "…"
        _require(given is not None, f"{self.label} returned {words}.", "Each number must be an int.")
        wanted = _whole_numbers(expected)
        told = f"; {_first_wrong(given, wanted)}" if secret else f", the right answer is {expected}"
        _require(given == wanted, f"{self.label} returned {words}{told}.", hint)


def _places(wrong: NDArray[np.bool_]) -> str:
    """Return in words where wrong values lie: the first, and what all of them have in common."""
    places = np.argwhere(wrong)
    words = f"first at index {tuple(int(i) for i in places[0])}" if len(places) else "nowhere"
    shared = [
        f"{int(places[0, axis])} of axis {axis}"
        for axis, size in enumerate(wrong.shape)
        if size > 1 and len(places) > 1 and (places[:, axis] == places[0, axis]).all()
    ]
    return f"{words}, all at index {' and '.join(shared)}" if shared else words


def _first_wrong(given: object, right: object, at: str = "") -> str:
    """Return in words where whole numbers, or lists of such, differ first."""
    if isinstance(given, tuple) and isinstance(right, tuple):
        if len(given) != len(right):
            return f"{len(given)} is a wrong length{at and f' at index {at}'}"
        for place, (one, other) in enumerate(zip(given, right, strict=True)):
            if one != other:
                return _first_wrong(one, other, f"{at}[{place}]")
    return f"wrong from index {at} on" if at else "that is wrong"


def _whole_numbers(value: object) -> object:
    """Return a whole number as `int`, lists and tuples of such as tuples, and None for anything else."""
    if type(value) is int or isinstance(value, np.integer):
        return int(value)
    if type(value) not in (list, tuple):
        return None
    items = tuple(_whole_numbers(item) for item in value)  # type: ignore[attr-defined]
    return None if None in items else items


def _plain(value: Any) -> Any:
    """Return a value as one writes it: whole numbers of NumPy as `int`, lists and tuples as given."""
    if isinstance(value, np.integer):
        return int(value)
    return type(value)(map(_plain, value)) if type(value) in (list, tuple) else value


def _a(value: object) -> str:
    """Return the name of a value's type behind "a" or "an"."""
    name = type(value).__name__
    return f"an {name}" if name.startswith(("nd", *"aeioAEIO")) else f"a {name}"


def _require(true: Any, facts: str, advice: str = "") -> None:
    if not true:
        fail(facts, advice)


def fail(facts: str, advice: str = "") -> NoReturn:
    """Fail with what is the case and what to do; where the mistake is known, the facts alone are told."""
    _recording.note_difference(facts)
    raise AssertionError(f"{facts} {advice}".rstrip())


def _wanted(dtype: DTypeLike) -> str:
    """Return what to do about an array of another dtype than asked for."""
    if dtype is np.floating:
        return "Return floating-point numbers: an array made with np.zeros(shape) holds them."
    if dtype is np.integer:
        return "Return whole numbers: an array of integers."
    return "Return numbers." if dtype is np.generic else f"Return dtype {np.dtype(dtype)}."


def label_of(name: str, args: Sequence[Any], keywords: dict[str, Any]) -> str:
    """Return a call in words."""
    words = [_show(a) for a in args] + [f"{k}={_show(v)}" for k, v in keywords.items()]
    return f"{name}({', '.join(words)})"


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
    return Answer(value, label), given


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
            _require(
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
    fail(f"{answer.label} returned {_show(answer.value)}.", "It has no answer: raise ValueError(...).")
