"""The base of every figure: a state that the reader changes, numbers that follow from it, a still picture."""

import hashlib
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec

from numpy.typing import ArrayLike

from coursekit._markup import asset

P = ParamSpec("P")
FIGURES: dict[str, Callable[..., "Figure"]] = {}
"""Every figure by name; the contract in ``tests/coursekit/figures`` holds for each of them."""
KIT = ("kit_words.js", "kit_grid.js", "kit_controls.js", "kit.js")
OFFERED = "define, make, svg, table, strong, term, number, factor, count, plural, listed"
"""What a figure's script may use of the kit."""


@dataclass(frozen=True)
class Figure:
    """A figure that a notebook cell, Colab and a chapter show, with nothing but plain HTML and script.

    Parameters
    ----------
    name
        Name of the function that makes it and of its script.
    title
        What stands above it.
    says
        A sentence: what is to be seen. A terminal and a page without script show it.
    state
        What the reader can change, under the names of the function's arguments.
    numbers
        What follows from the state, as the script's ``numbers`` computes it.
    still
        HTML of the picture that a page without script shows.
    uses
        Files of ``coursekit/_widgets`` that come before the figure's own script; style sheets among them.
    constants
        What the script cannot compute, such as weights: a constant for each name.
    """

    name: str
    title: str
    says: str
    state: Mapping[str, Any]
    numbers: Mapping[str, ArrayLike]
    still: str
    uses: tuple[str, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.says

    def _repr_html_(self) -> str:
        kit, figure = _kit(), _script(self.name, self.uses, self.constants)
        version, own = _hash(kit + asset("kit.css")), _hash(kit + figure)
        styles = ("kit.css", *(part for part in self.uses if part.endswith(".css")))
        return (
            f"<style>{''.join(_squeezed(asset(part)) for part in styles)}</style>"
            f'<div class="ck-figure" data-figure="{self.name}-{own}" role="group" '
            f'aria-label="{html.escape(self.title)}" data-config="{html.escape(json.dumps(self.state))}">'
            f'<div class="ck-name">{html.escape(self.title)}</div><p>{html.escape(self.says)} '
            "With JavaScript you can change every number.</p>"
            f'<div class="ck-still" tabindex="0" role="region" aria-label="Still: {html.escape(self.title)}">'
            f"{self.still}</div></div>"
            # Many figures, and one many times, may stand on a page: the kit runs once for each version.
            f'<script>(() => {{"use strict";\nconst kits = window.coursekitFigures ??= {{}};\n'
            f"const kit = kits.k{version} ??= (() => {{\n{kit}return {{ {OFFERED} }};\n}})();\n"
            f"const {{ {OFFERED} }} = kit;\n"
            f'const figure = (spec) => define("{self.name}-{own}", spec);\n{figure}}})();</script>'
        )


def figure(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """Add a figure's function to `FIGURES`, so that the contract is tested for it.

    Parameters
    ----------
    function
        Returns a `Figure`; every argument has a default.

    Returns
    -------
    Callable
        The same function.
    """
    FIGURES[function.__name__] = function
    return function


def _kit() -> str:
    return "".join(_squeezed(asset(name)) for name in KIT)


def _script(name: str, uses: tuple[str, ...], constants: Mapping[str, Any]) -> str:
    given = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in constants.items())
    scripts = (part for part in uses if part.endswith(".js"))
    return given + "".join(_squeezed(asset(part)) for part in (*scripts, f"{name}.js"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _squeezed(text: str) -> str:
    """Without indentation, empty lines and lines that are a comment."""
    lines = (line.strip() for line in text.split("\n"))
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
