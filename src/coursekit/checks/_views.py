"""A call with arrays that do not lie in one piece of memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursekit import _recording
from coursekit.checks._answer import Answer
from coursekit.checks._calls import require_defined
from coursekit.checks._inside import inside
from coursekit.checks._words import fail, label_of

CHANGED = "Write into a copy, x = x.copy(), or build a new one."


def on_views(name: str, function: Callable[..., Any] | None, *args: Any, **keywords: Any) -> Answer:
    """Call a student's function with views of larger arrays, check that it leaves them, return its answer.

    Each array argument holds the same numbers as the one that is given, but they lie apart: every second
    place of a larger array whose axes are in the opposite order. Slices and transposed arrays are such views.
    Code that computes places in memory from the shape, or that writes into a view of its argument, is wrong
    here and nowhere else. Under seal an array arrives in one piece, so the views are made beside the
    student's code. A second call with copies in one piece, whose answer is not kept, shows who returns a
    reshaped argument.

    Parameters
    ----------
    name, function, *args, **keywords
        As in `call`.

    Raises
    ------
    AssertionError
        When the function is not defined, changes an argument or what lies between its places, or returns an
        array that shares memory with one.

    Examples
    --------
    >>> import numpy as np
    >>> on_views("double", lambda x: 2 * x, np.ones((2, 3))).equals(np.full((2, 3), 2.0))
    """
    real = require_defined(name, function)
    label = f"{label_of(name, args, keywords)} on views of larger arrays"
    try:
        value, changed, shared = inside(_spread, real, list(args), keywords)
    except Exception as error:
        if _recording.surveying():
            return Answer(error, label)
        error.add_note(f"raised by {label}")
        raise
    with _recording.surviving():
        if changed:
            fail(f"{label} changed its input array.", CHANGED)
        if shared:
            fail(f"{label} returned its input array, or a part of it.", "Return a new array.")
    return Answer(value, label)


def _spread(
    function: Callable[..., Any], args: list[Any], keywords: dict[str, Any]
) -> tuple[Any, bool, bool]:
    """Call a function with views; return its answer, whether it changed one, whether it returned one."""
    import numpy as np

    around = []

    def view(value: Any) -> Any:
        if not isinstance(value, np.ndarray) or not value.ndim:
            return value
        larger = np.ones([2 * n + 1 for n in reversed(value.shape)]).astype(value.dtype)
        inner = larger.T[tuple(slice(1, None, 2) for _ in value.shape)]
        inner[...] = value
        around.append((larger, larger.copy()))
        return inner

    answer = function(*[view(v) for v in args], **{k: view(v) for k, v in keywords.items()})
    changed = any(now.tobytes() != before.tobytes() for now, before in around)
    shared = isinstance(answer, np.ndarray) and any(np.shares_memory(answer, now) for now, _ in around)
    if (
        not changed and not shared
    ):  # a reshape copies what lies apart, and is a view of what lies in one piece
        whole = [a.copy() if isinstance(a, np.ndarray) else a for a in args]
        again = function(*whole, **keywords)
        shared = isinstance(again, np.ndarray) and any(
            isinstance(a, np.ndarray) and np.shares_memory(again, a) for a in [*whole, *keywords.values()]
        )
    return answer, changed, shared
