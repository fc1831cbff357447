"""Several calls of one function: what their answers are when all are over, and what became of the inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from coursekit import _recording
from coursekit.checks._answer import Answer
from coursekit.checks._calls import require_defined
from coursekit.checks._inside import inside
from coursekit.checks._words import dtypes_of, fail, label_of

_NEW = "Return a new array: neither an input nor a view of one, and none that another call writes into."
_SAID = {
    "changed": (
        "changed its input.",
        "Write into a copy, x = x.copy(), and leave shapes as they are.",
    ),
    "shared": ("returned its input, or a view of it.", _NEW),
    "moved": ("returned what changed later, with another call or with its input.", _NEW),
}


def in_turn(name: str, function: Callable[..., Any] | None, *cases: Sequence[Any]) -> list[Answer]:
    """Call a student's function with one case after the other; return the answers as they are at the end.

    This asks for what every function promises, in every call: it leaves its inputs as they are, what it
    returns is new, stays what it is, and has the precision of what came in.

    Arrays of one shape and dtype come as one array with new values: in one piece in the first call, as a
    view of a larger array, transposed, backwards and with gaps, in the second, transposed without gaps in the
    third; the next threes come in other orders, so that calls in a row bring the same object. Two arrays of
    one call lie in different ways. Behind the last call all of them are overwritten. So a function is wrong
    here that keeps the answer to a shape, to an array's `id` or to the last array, that writes into what an
    earlier call returned, that returns an input or a view, or that counts on how an array lies in memory.
    Give cases of equal shapes with other values, by threes (`one_changed`), and three in a row whose answer
    equals an input. Under seal the calls are made beside the student's code, because a test holds copies.

    Parameters
    ----------
    name, function
        As in `call`.
    *cases : sequence
        The arguments of each call.

    Raises
    ------
    AssertionError
        When the function is not defined, or breaks one of the promises above.

    Examples
    --------
    >>> [answer.value for answer in in_turn("double", lambda x: 2 * x, (1,), (2,), (1,))]
    [2, 4, 2]
    """
    real = require_defined(name, function)
    labels = [f"{label_of(name, case, {})}, one of several calls" for case in cases]
    try:
        values, said = inside(_each, real, [list(case) for case in cases])
    except Exception as error:
        if _recording.surveying():
            return [Answer(error, label) for label in labels]
        error.add_note(f"raised by one of {len(cases)} calls of {name}")
        raise
    with _recording.surviving():
        for label, word in zip(labels, said, strict=True):
            if word:
                facts, advice = _SAID[word]
                fail(f"{label} {facts}", advice)
    came = [dtypes_of(case) for case in cases]
    return [Answer(*one) for one in zip(values, labels, came, strict=True)]


def _each(function: Callable[..., Any], cases: list[list[Any]]) -> tuple[list[Any], list[str]]:
    """Call a function with each case; return the answers as they are in the end, and what was broken."""
    import numpy as np

    rooms: dict[Any, Any] = {}  # what arrays are given in: the larger array, and the part of it that is given

    def room(place: int, value: Any, layout: int) -> Any:
        key = (place, value.shape, value.dtype.str, layout)
        if key in rooms and rooms[key][1].shape != value.shape:
            del rooms[key]  # the function has set its shape
        if key not in rooms:
            sizes = value.shape if layout == 0 else value.shape[::-1]
            larger = np.ones([2 * n + 1 if layout == 1 else n for n in sizes]).astype(value.dtype)
            part = larger.T if layout else larger.view()
            gaps = tuple(slice(-2, None, -2) for _ in value.shape)  # and from the end to the start
            rooms[key] = larger, part[gaps] if layout == 1 else part
        rooms[key][1][...] = value
        return rooms[key]

    def copied(value: Any) -> Any:
        if type(value) in (list, tuple):
            return type(value)([copied(part) for part in value])
        return value.copy() if isinstance(value, np.ndarray) else value

    def same(one: Any, other: Any) -> bool:
        if isinstance(one, np.ndarray):
            alike = one.shape == other.shape and one.dtype == other.dtype
            return bool(alike and one.tobytes() == other.tobytes())
        if type(one) in (list, tuple):
            return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
        return type(one) not in (int, float, str) or bool(one == other or one != one)

    answers, first, said = [], [], []
    layouts = "012210201102120021"  # of threes: each begins as the one before began, or as it ended
    for number, case in enumerate(cases):
        given, lent = [], []
        for place, value in enumerate(case):
            if isinstance(value, np.ndarray) and value.ndim:
                larger, part = room(place, value, int(layouts[(number + 6 * place) % 18]))
                lent.append((larger, larger.tobytes(), part, value.shape))
                given.append(part)
            else:
                given.append(copied(value))
        answer = function(*given)
        changed = any(w.tobytes() != before or p.shape != shape for w, before, p, shape in lent)
        lists = [(old, new) for old, new in zip(case, given, strict=True) if type(old) is list]
        changed = changed or not all(same(old, new) for old, new in lists)
        parts = answer if type(answer) in (list, tuple) else [answer]
        arrays = [part for part in parts if isinstance(part, np.ndarray)]
        shared = any(np.may_share_memory(array, larger) for array in arrays for larger, *_ in lent)
        answers.append(answer)
        first.append(copied(answer))
        said.append("changed" if changed else "shared" if shared else "")
    for larger, _ in rooms.values():
        larger[...] = larger == 0
    moved = [not same(before, now) for before, now in zip(first, answers, strict=True)]
    return answers, [word or ("moved" if other else "") for word, other in zip(said, moved, strict=True)]
