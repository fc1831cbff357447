"""The rules of an assignment: the head of the master declares them, the notebook states them."""

from __future__ import annotations

import builtins
import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LOOPS = "loops"  # a name to forbid that stands for every way to go through values one by one
# google.colab belongs to the notebook's runtime, and Otter's checks do nothing in the grader.
OPEN = ("coursekit", "matplotlib", "mpl_toolkits", "IPython", "google", "otter")
# Parts of the standard library that lead out of the notebook; the grader's sandbox leads nowhere.
SHUT = (
    "subprocess",
    "multiprocessing",
    "ctypes",
    "socket",
    "ftplib",
    "smtplib",
    "http",
    "urllib",
    "ensurepip",
)
_SHORT = {"np": "numpy", "plt": "matplotlib.pyplot"}


@dataclass(frozen=True)
class Rules:
    """The rules of one assignment.

    Attributes
    ----------
    name : str
        The assignment.
    modules : tuple of str
        What may be imported, besides the standard library and `OPEN`; dotted names allow only a part.
    forbids : mapping
        The names that the answer to each question must do without, as its author wrote them.
    asks : mapping
        The names that the tests of a question ask for.
    given : frozenset of str
        Marks of the code cells that came with the assignment.
    cell_seconds, call_seconds : float
        How long a cell and a call of a function may take.
    """

    name: str
    modules: tuple[str, ...]
    forbids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    cell_seconds: float = 20.0
    call_seconds: float = 10.0

    @classmethod
    def of(
        cls,
        name: str,
        course: Mapping[str, Any],
        questions: Mapping[str, Mapping[str, Any]],
        cells: Mapping[str, Any],
    ) -> Rules | None:
        """Read the rules from a manifest or a bundle; None where an older one has none.

        Parameters
        ----------
        name : str
            The assignment.
        course : mapping
            What the head of the master says.
        questions : mapping
            What it says of each question that a machine grades, by name.
        cells : mapping
            What the build knows of the cells: ``given`` and ``asks``.
        """
        if "modules" not in course:
            return None
        seconds = course.get("seconds", {})
        return cls(
            name,
            tuple(course["modules"]),
            {q: tuple(said.get("forbids", ())) for q, said in questions.items()},
            {q: tuple(names) for q, names in cells.get("asks", {}).items()},
            frozenset(cells.get("given", ())),
            seconds.get("cell", cls.cell_seconds),
            seconds.get("call", cls.call_seconds),
        )

    @property
    def in_words(self) -> str:
        """What may be imported, as the end of a sentence."""
        listed = [f"`{module}`" for module in dict.fromkeys((*self.modules, "coursekit", "matplotlib"))]
        return f"{', '.join(listed)} and the standard library"

    def allows(self, path: str) -> bool:
        """Say whether a dotted name may be imported and used."""
        if any(f"{m}.".startswith(f"{path}.") or path.startswith(f"{m}.") for m in self.modules):
            return True
        root = path.partition(".")[0]
        return root in OPEN or (root in sys.stdlib_module_names and root not in SHUT)


def mark(source: str) -> str:
    """Return the mark of a cell: the same however an editor leaves blanks at the ends of its lines."""
    lines = (line.rstrip() for line in source.splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode("utf-8", "replace")).hexdigest()[
        :12
    ]


def normal(name: str) -> str:
    """Return what a forbidden name stands for: ``np.convolve`` is ``numpy.convolve``, ``sum`` a built-in."""
    root, dot, rest = name.partition(".")
    if not dot and hasattr(builtins, name):
        return f"builtins.{name}"
    return f"{_SHORT.get(root, root)}{dot}{rest}"


def shown(path: str) -> str:
    """Return a dotted name as people write it: ``np.convolve``."""
    for short, long in _SHORT.items():
        if path.startswith(f"{long}."):
            return f"{short}{path.removeprefix(long)}"
    return path.removeprefix("builtins.")
