"""A student's feedback as text: for platforms that hand it out under the name of the file handed in.

A page of HTML that is called ``hw3.ipynb`` opens nowhere, so there the feedback is a notebook; and where a
script was handed in, a script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

# CommonMark lets a backslash stand before any of these, and Jupyter's formulas begin with one of them.
_MARK = re.compile(r"([!-/:-@\[-`{-~])")


def as_notebook(values: Mapping[str, Any]) -> str:
    """Write the feedback as a notebook of one text cell; nothing in it is read as a tag, a link or a formula.

    Parameters
    ----------
    values : mapping
        What `autograder.pages.feedback.feedback_values` returns.
    """
    cell = {"cell_type": "markdown", "id": "feedback", "metadata": {}, "source": _filled(values, _escaped)}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=True) + "\n"


def as_script(values: Mapping[str, Any]) -> str:
    """Write the feedback as a Python script that is one comment."""
    lines = _filled(values, lambda text: text).splitlines()
    text = "".join(f"# {line}".rstrip() + "\n" for line in ["%% [markdown]", *lines])
    return text.encode("utf-8", "replace").decode("utf-8")


def _filled(values: Mapping[str, Any], text: Callable[[str], str]) -> str:
    environment = Environment(
        loader=PackageLoader("autograder.pages"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["text"] = text
    page = environment.get_template("feedback.txt").render(**values)
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def _escaped(text: str) -> str:
    r"""Let Markdown show a text as it is; lines after the first belong to the same paragraph.

    Examples
    --------
    >>> _escaped("a *star*\n<b>")
    'a \\*star\\*\\\n  \\<b\\>'
    """
    return "\\\n  ".join(_MARK.sub(r"\\\1", line) for line in text.splitlines() if line.strip())
