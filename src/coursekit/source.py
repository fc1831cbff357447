"""Show the source of a function on a page: the code that runs, not a copy of it.

Examples
--------
>>> from coursekit.source import source
>>> import textwrap
>>> print(source(textwrap.indent, docstring=False))
def indent(text, prefix, predicate=None):
    ...
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any


class Source:
    """Code that shows itself as a highlighted block in a notebook and in the book.

    Parameters
    ----------
    code
        Python source.
    """

    def __init__(self, code: str) -> None:
        self.code = code

    def __repr__(self) -> str:
        return self.code

    def _repr_markdown_(self) -> str:
        # Markdown, not HTML: the page (or Colab) highlights it in its own colours, dark or light.
        return f"```python\n{self.code}\n```"


def source(*functions: Callable[..., Any] | type, docstring: bool = True) -> Source:
    """Source of functions or classes, read from where they are defined.

    Parameters
    ----------
    *functions
        What to show, in this order.
    docstring
        Whether to keep the docstrings. Without them only signature and body are left.

    Returns
    -------
    Source
        The code; a cell that ends with it shows it.

    Raises
    ------
    ValueError
        If no function is given.
    """
    if not functions:
        raise ValueError("source: functions expects at least one function, got none")
    parts = [textwrap.dedent(inspect.getsource(function)).rstrip() for function in functions]
    return Source("\n\n\n".join(part if docstring else _without_docstrings(part) for part in parts))


def _without_docstrings(code: str) -> str:
    """Drop the lines of every docstring; comments and layout stay as they are written."""
    lines = code.splitlines()
    for node in ast.walk(ast.parse(code)):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node)
            and len(node.body) > 1
        ):
            text = node.body[0]
            for number in range(text.lineno - 1, text.end_lineno or text.lineno):
                lines[number] = "\0"
    return "\n".join(line for line in lines if line != "\0")
