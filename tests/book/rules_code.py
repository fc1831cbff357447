"""Rules for the code of a chapter: what may be seen, where imports stand, which names shown code may use."""

from __future__ import annotations

import ast
import builtins
import re

from tests.book.chapter import Cell
from tests.book.rules_frame import Page, sources
from tests.book.toc import chapters

WIDTH = 68
"""Characters of a line that fit the column of a page."""

_COMMON = """
abs absolute add all allclose any arange argmax array array_equal asarray bool ceil clip concatenate
corrcoef cos diag dot e empty exp eye float32 float64 floor full int64 isclose isfinite linalg log
log2 max maximum mean min minimum moveaxis nan ndim newaxis ones ones_like pi prod random reshape
roll rot90 round shape sign sin size sort sqrt square stack std sum swapaxes tanh tile transpose
unique var where zeros zeros_like
"""
COMMON = set(_COMMON.split())
"""What of NumPy a reader knows. Anything else is named in the prose before shown code uses it."""

FROM_STANDARD_LIBRARY = {"itertools", "math"}
"""No clock: what was measured comes from an experiment's file, so the same sources give the same page."""

FROM_MATPLOTLIB = {"matplotlib", "matplotlib.colors", "matplotlib.patches"}
FROM_COURSEKIT = {
    "coursekit": {"data", "plots", "widgets"},
    "coursekit.experiments": {"experiment"},
    "coursekit.practice": {"practice"},
    "coursekit.quiz": {"Answer", "quiz"},
    "coursekit.record": {"record"},
    "coursekit.source": {"source"},
    "coursekit.tables": {"table"},
    "coursekit.textures": {"stripes"},
}
MACHINERY = {"plots", "table", "record", "quiz", "practice", "source", "widgets"}
"""Names that belong into folded cells: readers would not write these lines to try an idea."""


def visible_code(page: Page) -> list[str]:
    """Visible code is what a reader would write himself, as wide as the page."""
    found = []
    for cell in page.chapter.cells:
        if not cell.visible:
            continue
        found += [page.at(cell.line, f"shows {what}") for what in _machinery(cell)]
        for line in cell.code.split("\n"):
            if len(line) > WIDTH:
                found.append(page.at(cell.line, f"{len(line)} characters, more than {WIDTH}: {line.strip()}"))
    for number, code in sources(page):
        found += [
            page.at(number, f"source(…) shows {len(line)} characters, more than {WIDTH}: {line.strip()}")
            for line in code.split("\n")
            if len(line) > WIDTH
        ]
    return found


def _machinery(cell: Cell) -> list[str]:
    """What in a visible cell belongs into a folded one."""
    found = []
    for node in ast.walk(ast.parse(cell.code)):
        if isinstance(node, ast.Assert):
            found.append("an assert")
        elif isinstance(node, ast.Try):
            found.append("a try")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.append("an import")
        elif isinstance(node, ast.Name) and node.id in MACHINERY:
            found.append(f"{node.id}: fold such a cell away (hide-input)")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            inside = [inner for argument in node.args for inner in ast.walk(argument)]
            formats = any(isinstance(inner, ast.JoinedStr | ast.BinOp | ast.Constant) for inner in inside)
            if formats or node.keywords:
                found.append("a formatted print: show a table, or say it in a sentence")
    return found


def one_hand(page: Page) -> list[str]:
    """Imports, figures, quizzes and words look the same in all chapters."""
    found, cells = [], page.chapter.cells
    for number, cell in enumerate(cells):
        tree = ast.parse(cell.code)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        if imports and number:
            found.append(page.at(cell.line, "imports stand in the first cell of the chapter"))
        if imports and "hide-cell" not in cell.tags:
            found.append(page.at(cell.line, "the cell of the imports is tagged hide-cell"))
        found += [page.at(cell.line, f"imports {odd}, which chapters do without") for odd in _odd(imports)]
        if re.search(r"\bHTML\(|<(?:div|svg|script|style|table)\b", cell.code):
            found.append(page.at(cell.line, "writes HTML: figures come from coursekit"))
        figure = (cell.options.get("mystnb") or {}).get("figure")
        if figure and not (str(figure.get("name", "")).startswith("fig-") and figure.get("caption")):
            found.append(page.at(cell.line, "a figure has a name that begins with fig-, and a caption"))
        if re.search(r"\bnp\.random\.(?!default_rng\([^)]|Generator\b)", cell.code):
            found.append(page.at(cell.line, "draws other numbers each time: np.random.default_rng(seed)"))
        if re.search(r"\bquiz\(", cell.code):
            found += _quiz(page, cell, tree)
    return found


def _odd(imports: list[ast.Import | ast.ImportFrom]) -> list[str]:
    """Imports that are not on the list of all chapters."""
    found = []
    for node in imports:
        if isinstance(node, ast.Import):
            found += [
                ast.unparse(node)
                for alias in node.names
                if (alias.name, alias.asname) != ("numpy", "np") and alias.name not in FROM_STANDARD_LIBRARY
            ]
            continue
        module, names = node.module or "", {alias.name for alias in node.names}
        if module in FROM_COURSEKIT:
            allowed = names <= FROM_COURSEKIT[module]
        elif module == "convnet":
            allowed = all(alias.asname == {"functional": "F"}.get(alias.name) for alias in node.names)
        else:
            allowed = module in FROM_STANDARD_LIBRARY | FROM_MATPLOTLIB
        if not allowed:
            found.append(f"`{ast.unparse(node)}`")
    return found


def _quiz(page: Page, cell: Cell, tree: ast.Module) -> list[str]:
    """A quiz hides its code, and every option says why, the wrong ones above all."""
    found = []
    if "remove-input" not in cell.tags:
        found.append(page.at(cell.line, "a quiz is tagged remove-input"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Answer":
            given = [*node.args, *(word.value for word in node.keywords)]
            last = given[-1] if len(given) == 3 else None
            said = "".join(
                inner.value
                for inner in (ast.walk(last) if last else [])
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
            )
            if len(said.split()) < 3:
                found.append(page.at(cell.line, f"an option says too little: {ast.unparse(node)}"))
    return found


def known_names(page: Page) -> list[str]:
    """Every name in shown code was introduced on the page or before."""
    known = set(dir(builtins)) | {"np"}
    for name in chapters(page.book)[: page.place]:
        known |= _shown_before(Page(name, page.book))
    found, prose = [], " ".join(line for _, line in _read_until(page, None))
    spoken = {name for span in re.findall(r"`([^`]+)`", prose) for name in re.findall(r"\w+", span)}
    shown = dict(sources(page))
    for cell in page.chapter.cells:
        if cell.in_solution:
            continue
        if cell.line in shown:
            tree = ast.parse(shown[cell.line])
            known |= _bound(tree, inside=False)
            found += [
                page.at(cell.line, f"the code that source(…) shows uses {name}, which was not introduced")
                for name in sorted(_free(tree) - known)
            ]
        elif cell.visible:
            tree = ast.parse(cell.code)
            known |= _bound(tree, inside=False)
            hidden = {name for name in _free(tree) - known if name not in spoken}
            found += [
                page.at(
                    cell.line, f"visible code uses {name}, which a folded cell defines and no sentence names"
                )
                for name in sorted(hidden)
            ]
        else:
            known |= {name for name in _bound(ast.parse(cell.code), inside=False) if name in spoken}
            known |= _imported(ast.parse(cell.code))
            continue
        used = _of_numpy(tree) - COMMON - spoken
        found += [
            page.at(cell.line, f"shown code uses np.{name}, which no sentence names") for name in sorted(used)
        ]
    return found


def _read_until(page: Page, line: int | None) -> list[tuple[int, str]]:
    return [(number, words) for number, words in page.chapter.prose if line is None or number < line]


def _shown_before(page: Page) -> set[str]:
    """Functions that an earlier chapter showed with source(…)."""
    return {name for _, code in sources(page) for name in _bound(ast.parse(code), inside=False)}


def _imported(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _bound(tree: ast.AST, *, inside: bool) -> set[str]:
    """Names that code binds; those inside of its functions too where asked."""
    found: set[str] = set()
    nodes = list(ast.walk(tree)) if inside else list(_outside(tree))
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found | _imported(ast.Module(list(getattr(tree, "body", [])), []))


def _outside(tree: ast.AST) -> list[ast.AST]:
    """Nodes of code, without what is inside of functions."""
    found: list[ast.AST] = []
    for node in ast.iter_child_nodes(tree):
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            found += _outside(node)
    return found


def _free(tree: ast.AST) -> set[str]:
    """Names that code reads and does not bind."""
    read = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return read - _bound(tree, inside=True)


def _of_numpy(tree: ast.AST) -> set[str]:
    """What code uses of NumPy."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np"
    }
