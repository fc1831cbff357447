"""What somebody does to a copy so that it does not look like one, and how far honest people differ.

Everything is drawn from a seeded generator. The transformations of `rewritten` keep the meaning; the others
keep even the tokens' order.
"""

import ast
import copy
import io
import json
import random
import re
import tokenize
from collections.abc import Callable, Mapping
from typing import Any

Notebook = dict[str, Any]


def answer_cells(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """Return the code cells of answers, by question."""
    found = {}
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] == "code" and "-answer" in grade_id:
            found[grade_id.replace("-answer", "")] = cell  # q1, and q1-2 for its second cell
    return found


def answers_changed(notebook: Notebook, change: Callable[[str], str]) -> Notebook:
    """Return a copy of a notebook with every answer changed; one that is no Python stays as it is."""
    changed = copy.deepcopy(notebook)
    for cell in answer_cells(changed).values():
        try:
            cell["source"] = change("".join(cell["source"]))
        except SyntaxError:
            continue
    return changed


def renamed(source: str, rng: random.Random) -> str:
    """Rename parameters and local variables, in place."""
    tree = ast.parse(source)
    local = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    local |= {a.arg for n in ast.walk(tree) if isinstance(n, ast.arguments) for a in _arguments(n)}
    new = {name: f"{name[0]}_{rng.randrange(10**6)}" for name in sorted(local)}
    return re.sub(r"(?<![\w.'\"])[A-Za-z_]\w*+(?!['\"])", lambda m: new.get(m[0], m[0]), source)


def _arguments(found: ast.arguments) -> list[ast.arg]:
    return [*found.posonlyargs, *found.args, *found.kwonlyargs]


def recommented(source: str, rng: random.Random) -> str:
    """Write other docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if ast.get_docstring(node):
                node.body = node.body[1:] or [ast.Pass()]
            node.body.insert(0, ast.Expr(ast.Constant(f"My own words, {rng.random()}.")))
    lines = ast.unparse(tree).split("\n")
    return "\n".join(
        line + (f"  # note {rng.random()}" if line and rng.random() < 0.3 else "") for line in lines
    )


def reformatted(source: str, rng: random.Random) -> str:
    """Lay the code out anew: other indentation, line breaks inside brackets, other blanks, no comments."""
    text, depth = "", 0
    clean = ast.unparse(ast.parse(source))
    for token in tokenize.generate_tokens(io.StringIO(clean).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL):
            text += "\n"
        elif token.type not in (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            depth -= token.string in (")", "]", "}")
            if not text or text[-1] == "\n":
                text += "   " * (token.start[1] // 4)
            elif depth and rng.random() < 0.2:
                text += "\n" + " " * rng.randrange(30)
            else:
                text += rng.choice((" ", "  "))
            depth += token.string in ("(", "[", "{")
            text += token.string
    return text


class _Rewriter(ast.NodeTransformer):
    """Says the same in other words, at each place with probability ``strength``."""

    def __init__(self, rng: random.Random, strength: float) -> None:
        self._rng, self._strength, self._count = rng, strength, 0

    def _now(self) -> bool:
        return self._rng.random() < self._strength

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        numeric = isinstance(node.op, ast.Mult | ast.Add) and not isinstance(node.left, ast.List | ast.Tuple)
        if numeric and not isinstance(node.right, ast.List | ast.Tuple) and self._now():
            node.left, node.right = node.right, node.left
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        turned = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq}
        if len(node.ops) == 1 and type(node.ops[0]) in turned and self._now():
            swapped = [turned[type(node.ops[0])]()]
            return ast.Compare(node.comparators[0], swapped, [node.left])
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        self.generic_visit(node)
        if node.value is not None and not isinstance(node.value, ast.Name) and self._now():
            return [self._assign(node.value), ast.Return(self._name())]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and self._now():
            value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
            return ast.Assign([node.target], value)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and node.value.args and self._now():
            first = node.value.args[0]
            if not isinstance(first, ast.Name | ast.Constant | ast.Starred):
                made = self._assign(first)
                node.value.args[0] = self._name()
                return [made, node]
        return node

    def visit_If(self, node: ast.If) -> Any:
        self.generic_visit(node)
        if node.orelse and self._now():
            return ast.If(ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body)
        return node

    def visit_For(self, node: ast.For) -> Any:
        self.generic_visit(node)
        if self._now():
            made = self._assign(node.iter)
            node.iter = self._name()
            return [made, node]
        return node

    def _assign(self, value: ast.expr) -> ast.Assign:
        self._count += 1
        return ast.Assign([ast.Name(f"value{self._count}", ast.Store())], value)

    def _name(self) -> ast.Name:
        return ast.Name(f"value{self._count}", ast.Load())


def rewritten(source: str, rng: random.Random, strength: float) -> str:
    """Say the same in other words: the larger ``strength``, from 0 to 1, the more of it."""
    tree = _Rewriter(rng, strength).visit(ast.parse(source))
    return ast.unparse(ast.fix_missing_locations(tree))


def split(notebook: Notebook) -> Notebook:
    """Give each top-level statement of the answers a cell of its own, functions in the opposite order."""
    changed = copy.deepcopy(notebook)
    cells = []
    for cell in changed["cells"]:
        source = "".join(cell["source"])
        if any(cell is answer for answer in answer_cells(changed).values()):
            parts = [ast.get_source_segment(source, node) or "" for node in ast.parse(source).body]
            cells += [
                {**cell, "id": f"{cell['id']}-{i}", "metadata": {}, "source": p} for i, p in enumerate(parts)
            ]
        else:
            cells.append(cell)
    changed["cells"] = cells
    return changed


def reordered(notebook: Notebook) -> Notebook:
    """Move all answers to the end, last first."""
    changed = copy.deepcopy(notebook)
    answers = list(answer_cells(changed).values())
    rest = [c for c in changed["cells"] if not any(c is a for a in answers)]
    changed["cells"] = rest + answers[::-1]
    return changed


def text(notebook: Mapping[str, Any]) -> str:
    return json.dumps(notebook)
