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
import io
import textwrap
import tokenize
from collections.abc import Callable
from typing import Any

WIDTH = 68
"""Columns of a page's code block that fit a screen without scrolling."""


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
        Whether to keep the docstrings. Without them only names, defaults and body are left: no annotations
        either, so that a signature fits a line.

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
    return Source("\n\n\n".join(part if docstring else _bare(part) for part in parts))


def _bare(code: str) -> str:
    """Drop docstrings, and the annotations of signatures."""
    return _without_annotations(_without_docstrings(code))


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


def _without_annotations(code: str) -> str:
    """Rewrite each signature without annotations; one that has none stays as it is written."""
    lines = code.splitlines()
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: -node.lineno):  # bottom up: line numbers stay valid
        arguments = [each for each in ast.walk(node.args) if isinstance(each, ast.arg)]
        if node.returns is None and not any(each.annotation for each in arguments):
            continue
        for each in arguments:
            each.annotation = None
        end, column = _end_of_signature(lines, node.lineno)
        rest = lines[end - 1][column:]
        lines[node.lineno - 1 : end] = _signature(node, rest)
    return "\n".join(lines)


def _end_of_signature(lines: list[str], start: int) -> tuple[int, int]:
    """Return line and column after the colon that ends the signature which starts in a line."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines[start - 1 :])).readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.string == ":" and token.type == tokenize.OP and depth == 0:
            return start - 1 + token.end[0], token.end[1]
    raise AssertionError("a function without a colon does not parse")


def _signature(node: ast.FunctionDef, rest: str) -> list[str]:
    """Return the lines of a signature: one where it fits, else its arguments on lines of their own."""
    margin, arguments = " " * node.col_offset, ast.unparse(node.args)
    if '"' not in arguments:  # Python writes strings in single quotes, this project in double ones
        arguments = arguments.replace("'", '"')
    line = f"{margin}def {node.name}({arguments}):{rest}"
    if len(line) <= WIDTH:
        return [line]
    inside = margin + "    "
    wrapped = textwrap.wrap(arguments, WIDTH, initial_indent=inside, subsequent_indent=inside)
    return [f"{margin}def {node.name}(", *wrapped, f"{margin}):{rest}"]
