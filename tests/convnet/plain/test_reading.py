"""The plain storey can be read: how much there is, how long each function is, and what it leans on."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from convnet import functional, plain
from tests.support import ROOT

FOLDER = ROOT / "src" / "convnet" / "plain"
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
FUNCTIONS = {
    f"{path.stem}.{node.name}": (path, node)
    for path in FILES
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
WITHOUT_PLAIN: dict[str, str] = {}
"""Names of `convnet.functional` that have no plain function, each with the reason."""


def code_lines(path: Path, first: int = 1, last: int | None = None) -> list[str]:
    """Return the lines of code from a file, or of some lines of it: no docstring, comment or blank line."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()[: last or None]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node):
            for number in range(node.body[0].lineno - 1, node.body[0].end_lineno or 0):
                if number < len(lines):
                    lines[number] = ""
    return [line for line in lines[first - 1 :] if line.strip() and not line.strip().startswith("#")]


def body(path: Path, node: ast.FunctionDef) -> list[str]:
    return code_lines(path, node.body[0].lineno, node.end_lineno)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_function_is_a_definition(name: str) -> None:
    """One to fifteen lines, narrow enough for a page, without checks."""
    path, node = FUNCTIONS[name]
    lines = body(path, node)
    assert 1 <= len(lines) <= 15
    assert max(map(len, lines)) <= 68
    kept = [type(part).__name__ for part in ast.walk(node)]
    assert not {"Raise", "Assert", "Try", "Lambda", "FunctionDef", "ClassDef"} & set(kept[1:])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_short_and_leans_on_numpy_only(path: Path) -> None:
    """And on names of types, which a page does not show."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 140
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= {"numpy", "math"}
        if isinstance(node, ast.ImportFrom):
            assert node.module in {"__future__", "collections.abc"} or str(node.module).startswith(
                "convnet.plain."
            )


def test_conv2d_forward_and_backward_are_understood_from_one_file() -> None:
    path = FOLDER / "convolution.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imported] == [
        "from __future__ import annotations",
        "import numpy as np",
    ]
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert functions == ["conv2d", "conv2d_backward"]
    assert inspect.getsourcefile(plain.conv2d) == inspect.getsourcefile(plain.conv2d_backward) == str(path)
    assert len(code_lines(path)) <= 45


def test_every_operation_has_a_plain_function() -> None:
    wanted = {name: name.removesuffix("_forward") for name in functional.__all__}
    missing = {name for name, bare in wanted.items() if bare not in plain.__all__}
    assert missing == set(WITHOUT_PLAIN)


def test_every_function_is_public_and_compared() -> None:
    defined = {node.name for _, node in FUNCTIONS.values()}
    assert defined == set(plain.__all__)
    assert sorted(plain.__all__) == plain.__all__
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    named = set(re.findall(r"\bplain\.(\w+)", tests)) | set(re.findall(r'"(\w+)"', tests))
    forgotten = {name for name in plain.__all__ if not {name, name.removesuffix("_backward")} & named}
    assert forgotten == set(), "no test compares these"


def test_a_network_can_be_read_in_a_quarter_of_an_hour() -> None:
    """All that LeNet-5 and its training take, at ten lines of code a minute."""
    families = ("convolution", "max_pooling", "linear", "activation", "softmax")
    assert sum(len(code_lines(FOLDER / f"{name}.py")) for name in families) <= 150


def test_can_be_read_in_one_sitting() -> None:
    """The README says so: it is read as prose is, twenty lines a minute, and nobody sits longer than 45."""
    bodies = sum(len(body(*function)) for function in FUNCTIONS.values())
    everything = sum(len(code_lines(path)) for path in FILES)  # with signatures and imports
    assert bodies <= 900, bodies
    assert everything <= 1800, everything
