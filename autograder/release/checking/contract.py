"""Reads the contract of an answer: what signature and docstring say of arguments, result and refusals.

A contract is written as in NumPy's docstrings, with the words below. It decides what is required of the
tests; what it does not say is not required.

``array (N, C, H, W)`` or ``tensor (N, C, H, W)``, ``int``, ``float``, ``bool``, ``str``, ``list of …``, and
``pair of int (kh, kw)``; then ``or None``, ``of floats``, ``of int``, ``dtype as x``; for a string the values
it may have, in quotes.
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass

_NAMED = re.compile(r"^(\w+(?:\s*,\s*\w+)*)\s*:\s*(\S.*)$")
_ARRAY = re.compile(r"\b(?:array|tensor)\s*\(([^()]*)\)")
_PAIR = re.compile(r"\bpair of ints?\b\s*(?:\(([^()]*)\))?")
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Words:
    """What a docstring says of one value: its type, then in the description what it means."""

    type: str
    meaning: str = ""

    @property
    def all(self) -> str:
        """Type and meaning."""
        return f"{self.type} {self.meaning}".strip()

    @property
    def dims(self) -> tuple[str, ...] | None:
        """The names of an array's axes; None where it is no array."""
        found = _ARRAY.search(self.type)
        return tuple(d.strip() for d in found[1].split(",") if d.strip()) if found else None

    @property
    def pair(self) -> tuple[str, ...] | None:
        """The names of a pair's two numbers, () where it gives them no names; None where it is no pair."""
        if self.type.startswith("list") or not (found := _PAIR.search(self.all)):
            return None
        return tuple(d.strip() for d in (found[1] or "").split(",") if d.strip())

    @property
    def kind(self) -> str:
        """One of array, pair, list, int, float, bool, str, or empty where it is none of them."""
        if self.dims is not None:
            return "array"
        if self.pair is not None:
            return "pair"
        word = re.match(r"(?:list|int|float|bool|str)\b", self.type)
        return word[0] if word else ""

    @property
    def may_be_none(self) -> bool:
        """Whether None is declared as allowed."""
        return bool(re.search(r"\bor None\b|\boptional\b", self.type))

    @property
    def tensor(self) -> bool:
        """Whether an array is one of torch's."""
        return bool(re.search(r"\btensor\b", self.type, re.IGNORECASE))

    @property
    def whole(self) -> bool:
        """Whether an array holds whole numbers alone."""
        return bool(re.search(r"\bof (?:ints?|integers|whole numbers|class numbers)\b", self.all))

    @property
    def of_floats(self) -> bool:
        """Whether an array is declared to hold floats."""
        return bool(re.search(r"\bof floats?\b", self.all))

    @property
    def values(self) -> tuple[str, ...]:
        """The strings that are named in quotes."""
        return tuple(dict.fromkeys(_QUOTED.findall(self.all)))


@dataclass(frozen=True)
class Parameter:
    """One parameter; ``default`` is Python source, or None where it must be given."""

    name: str
    words: Words
    default: str | None = None


@dataclass(frozen=True)
class Contract:
    """What one function promises; ``owner`` is its class where it is a method."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: tuple[Words, ...]
    refuses: bool
    in_place: bool
    node: ast.FunctionDef
    owner: ast.ClassDef | None = None

    @property
    def label(self) -> str:
        """The name by which authors know it: ``conv2d``, or ``Momentum.step``."""
        return f"{self.owner.name}.{self.name}" if self.owner else self.name

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of a name, if there is one."""
        return next((p for p in self.parameters if p.name == name), None)

    @property
    def arrays(self) -> tuple[Parameter, ...]:
        """The parameters that are arrays."""
        return tuple(p for p in self.parameters if p.words.kind == "array")


def read(own: str) -> list[Contract]:
    """Return the contracts of all functions and methods that an answer defines.

    Parameters
    ----------
    own : str
        The master's answer to a question.
    """
    found = []
    for node in ast.parse(own).body:
        if isinstance(node, ast.FunctionDef):
            found.append(_contract(node, None, ast.get_docstring(node) or ""))
        elif isinstance(node, ast.ClassDef):
            about = ast.get_docstring(node) or ""
            for method in node.body:
                public = isinstance(method, ast.FunctionDef) and not method.name.startswith("_")
                if isinstance(method, ast.FunctionDef) and (public or method.name == "__init__"):
                    text = ast.get_docstring(method) or (about if method.name == "__init__" else "")
                    found.append(_contract(method, node, text))
    return found


def _contract(node: ast.FunctionDef, owner: ast.ClassDef | None, text: str) -> Contract:
    parts = sections(text)
    said = dict(_entries(parts.get("Parameters", "")))
    arguments = [*node.args.posonlyargs, *node.args.args]
    defaults: list[ast.expr | None] = [None] * (len(arguments) - len(node.args.defaults))
    defaults += node.args.defaults
    pairs = [*zip(arguments, defaults, strict=True)]
    pairs += [*zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
    if owner is not None:
        pairs = pairs[1:]
    parameters = tuple(
        Parameter(a.arg, said.get(a.arg, Words("")), None if d is None else ast.unparse(d)) for a, d in pairs
    )
    returns = tuple(words for _, words in _entries(parts.get("Returns", ""), unnamed=True))
    refuses = "ValueError" in parts.get("Raises", "")
    return Contract(
        node.name, parameters, returns, refuses, bool(re.search(r"\bin place\b", text)), node, owner
    )


def sections(text: str) -> dict[str, str]:
    """Split a docstring into its sections by their underlined titles; the part above has no title."""
    lines = inspect.cleandoc(text).splitlines()
    found: dict[str, list[str]] = {"": []}
    title = ""
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if line.strip() and re.fullmatch(r"-{3,}", below.strip()):
            title = line.strip()
            found[title] = []
        elif not (number and re.fullmatch(r"-{3,}", line.strip())):
            found[title].append(line)
    return {name: "\n".join(part).strip("\n") for name, part in found.items()}


def _entries(part: str, unnamed: bool = False) -> list[tuple[str, Words]]:
    """Return the values that a section lists; ``a, b : int`` is two of them."""
    found: list[tuple[list[str], str, list[str]]] = []
    for line in part.splitlines():
        if not line.strip():
            continue
        if line.startswith(" ") and found:
            found[-1][2].append(line.strip())
            continue
        named = _NAMED.match(line.strip())
        if not named and not unnamed:
            continue
        names = [n.strip() for n in named[1].split(",")] if named else [""]
        kind, _, meaning = re.sub(r"\s{2,}", "\0", named[2] if named else line.strip()).partition("\0")
        found.append((names, kind, [meaning] if meaning else []))
    return [
        (name, Words(kind, " ".join(meaning).replace("\0", " ")))
        for names, kind, meaning in found
        for name in names
    ]
