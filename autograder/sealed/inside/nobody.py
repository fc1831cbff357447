"""Nobody watches a notebook that is being graded: what would wait for a person says so and does not wait."""

from __future__ import annotations

import builtins
import getpass
import pdb
import sys
from collections.abc import Callable
from typing import Any, NoReturn

TYPES = (
    "{name} waits for somebody to type, and nobody is there while a notebook is graded: "
    "write the value into the cell"
)
PAUSES = "[grader] {name} does not pause while grading: take it out before you hand in\n"


def stand_in(say: Callable[[str], None]) -> None:
    """Replace what asks a person: input goes on with an error that says why, debuggers do not begin.

    Parameters
    ----------
    say : callable
        Takes a sentence for the cell's outputs.
    """
    builtins.input = _refuse("input()")
    getpass.getpass = _refuse("getpass()")
    sys.breakpointhook = _pass_by(say, "breakpoint()")
    debuggers: list[tuple[Any, tuple[str, ...]]] = [(pdb, ("set_trace", "pm", "post_mortem"))]
    import IPython
    import IPython.core.debugger as ipdb

    debuggers += [(ipdb, ("set_trace",)), (IPython, ("embed",))]
    for module, names in debuggers:
        for name in names:
            setattr(module, name, _pass_by(say, f"{name}()"))
    _keep_the_backend()


def _refuse(name: str) -> Callable[..., Any]:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise EOFError(TYPES.format(name=name))

    return refuse


def _pass_by(say: Callable[[str], None], name: str) -> Callable[..., None]:
    def pass_by(*args: object, **kwargs: object) -> None:
        say(PAUSES.format(name=name))

    return pass_by


def _keep_the_backend() -> None:
    """Let a notebook ask for a window or a widget: its figures are shown inline, there is no screen."""
    import matplotlib
    from matplotlib import pyplot

    pyplot.switch_backend(matplotlib.rcParams["backend"])  # pyplot would do that at its first figure

    def keep(*args: object, **kwargs: object) -> None:
        """Keep figures inline."""

    backends: list[tuple[Any, str]] = [(matplotlib, "use"), (pyplot, "switch_backend")]
    for module, name in backends:
        setattr(module, name, keep)
