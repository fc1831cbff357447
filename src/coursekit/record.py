"""Values that a page computes for a sentence or a test, kept in the notebook and shown nowhere.

A chapter computes the numbers of its prose in hidden cells. `record` puts them into the executed notebook as
an output that no front end draws: not the book, not Jupyter, not Colab. The tests of the book read them from
there, so a chapter runs once and is tested many times.

Examples
--------
>>> from coursekit.record import record
>>> record(weights=25, shape=(1, 28, 28), kept=np.float32(0.5))
"""

import json
import math
import re
import sys
from itertools import count
from typing import Any

import numpy as np

MIME_TYPE = "application/vnd.coursekit.record+json"
"""What the output is called. Front ends draw nothing for it, and myst-nb leaves it out of the page."""

LARGEST = 10_000
"""A value with more numbers than this is not something a test would look at."""

_calls = count(1)


def record(**values: Any) -> None:
    """Keep named values in the notebook without showing anything.

    Parameters
    ----------
    **values
        Numbers, strings, ``None``, lists, dictionaries with strings as keys, arrays and tensors. Arrays are
        kept as nested lists.

    Raises
    ------
    ValueError
        If no value is given, or one is no such thing, holds a number that is not finite, or is too large.

    Notes
    -----
    Outside of a notebook it only checks its arguments.

    Examples
    --------
    >>> record(total=3 + 2j)
    Traceback (most recent call last):
        ...
    ValueError: record: total expects what JSON can hold (numbers, strings, lists, dictionaries), got complex
    """
    if not values:
        raise ValueError("record: expects at least one named value, such as record(total=65), got none")
    kept = {name: _plain(name, value) for name, value in values.items()}
    for name, value in kept.items():
        if (numbers := len(re.findall(r"[\d.]+", json.dumps(value)))) > LARGEST:
            raise ValueError(f"record: {name} expects at most {LARGEST} numbers, got {numbers}")
    # Without a notebook IPython is not needed; inside one it is loaded already.
    shell = sys.modules.get("IPython")
    if shell is None or shell.get_ipython() is None:
        return
    from IPython.display import display

    # The label of myst-nb's own records, which it takes out of the page. Each call needs its own name.
    label = {"name": f"record {next(_calls)}", "mime_prefix": "application/vnd.coursekit."}
    display({MIME_TYPE: kept}, raw=True, metadata={"scrapbook": label})  # type: ignore[no-untyped-call]


def _plain(name: str, value: Any) -> Any:
    """Value as JSON has it; ``name`` says where it stands, for the message."""
    if isinstance(value, dict):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise ValueError(f"record: {name} expects strings as keys, got {odd[0]!r}")
        return {key: _plain(f"{name}[{key!r}]", one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(f"{name}[{place}]", one) for place, one in enumerate(value)]
    if isinstance(value, np.ndarray | np.generic) or hasattr(value, "detach"):  # also tensors of torch
        return _plain(name, value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"record: {name} expects finite numbers, got {value}")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    expected = "what JSON can hold (numbers, strings, lists, dictionaries)"
    raise ValueError(f"record: {name} expects {expected}, got {type(value).__name__}")
