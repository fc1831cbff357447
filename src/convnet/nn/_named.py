"""Messages that name the layer, whichever function inside it complains."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

CALLS = (
    *("forward", "backward", "backward_parameters", "rulebook"),
    *("output_shape", "windows", "multiply_adds"),
)
"""Methods in which functions complain by their own names."""

INSIDE = re.compile(r"(?:[a-z]\w*|Parameter|Buffer): ")
"""How the message of a function begins, or of a parameter; that of a layer begins with a capital."""


class Named:
    """What opens its messages with the name of its class.

    A function that is called inside opens its messages with its own name: `conv2d: weight expects …`. Where
    the message leaves a layer of this package, the layer's name takes that place: `Conv2d: weight expects …`.
    A module of one's own is left as it is written: there it matters which function was called.
    """

    name: str
    """The class's name, which opens its messages; a module of one's own may take another."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.name = cls.__name__
        if not cls.__module__.startswith("convnet."):
            return
        for call in CALLS:
            method = vars(cls).get(call)
            if callable(method) and not getattr(method, "__isabstractmethod__", False):
                setattr(cls, call, _naming(method))


def _naming(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method with the layer's name in what it raises; no cost where it raises nothing."""

    @wraps(method)
    def named(layer: Named, *given: Any, **options: Any) -> Any:
        try:
            return method(layer, *given, **options)
        except ValueError as error:
            text = str(error)
            inside = INSIDE.match(text) if type(error) is ValueError else None
            if inside:
                error.args = (f"{layer.name}: {text[inside.end() :]}",)
            raise

    return named
