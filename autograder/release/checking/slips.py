"""Slips: the master's own answer, each with one line of its contract broken. Every one must lose points."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.release.checking import empties
from autograder.release.checking.contract import Contract, Parameter, Words
from autograder.release.checking.wrapped import HELPERS

_HEIGHT, _WIDTH = re.compile(r"\bk?[hH]\b"), re.compile(r"\bk?[wW]\b")


@dataclass(frozen=True)
class Slip:
    """One broken line: in words, as code that runs after the master's answer, and what to write in the tests.

    ``refusal`` names the refusal that a slip removes, which may be one that NumPy makes as well.
    """

    function: str
    words: str
    source: str
    remedy: str
    refusal: str = ""

    @property
    def name(self) -> str:
        """What `check.toml` calls it."""
        return f"{self.function} {self.words}"


def lines(contract: Contract) -> list[Slip]:
    """Return the slips against each line of a contract."""
    return [
        *_values(contract),
        *_refusals(contract),
        *_defaults(contract),
        *_inputs(contract),
        *_results(contract),
    ]


def samples(contract: Contract) -> list[Slip]:
    """Return the slips that a public test must notice: answers to the first image or channel alone."""
    found = []
    result = next(iter(contract.returns), Words("")).dims or ()
    for letter, what in (("N", "of the batch"), ("C", "channel")):
        axes = {
            p.name: dims.index(letter)
            for p in contract.arrays
            if letter in (dims := p.words.dims or ()) and not (letter == "N" and dims.index("N"))
        }
        if not axes or (letter == "N" and result[:1] != ("N",)):
            continue
        back = result.index(letter) if letter in result else None
        change = f"_first_alone({contract.label}, {axes!r}, {back!r})"
        found.append(
            Slip(
                contract.label,
                f"looks at the first {what} alone",
                f"{HELPERS}\n{contract.label} = {change}\n",
                f"give a public test an input with {letter} > 1 whose parts differ",
            )
        )
    return found


def _values(contract: Contract) -> Iterator[Slip]:
    if contract.name == "__init__" or (contract.owner and not contract.returns):
        return
    yield Slip(
        contract.label,
        "returns zeros",
        f"{empties.FILLED}\n{contract.label} = _emptied({contract.label}, 0)\n",
        "compare what it returns with values that are not 0, in a test of its own question",
    )


def _refusals(contract: Contract) -> Iterator[Slip]:
    raises = [node for node in ast.walk(contract.node) if isinstance(node, ast.Raise) and node.exc]
    for number, node in enumerate(raises):
        kind = ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)  # type: ignore[arg-type]
        if kind == "NotImplementedError":
            continue
        which = f"raise {kind}" + (f" number {number + 1}" if len(raises) > 1 else "")
        yield Slip(
            contract.label,
            f"with another exception in the place of `{which}`",
            _rewritten(contract, number, ast.parse("raise RuntimeError('another')").body[0]),
            "write checks.refuses(...) with such arguments",
            which,
        )
        yield Slip(
            contract.label,
            f"without `{which}`",
            _rewritten(contract, number, ast.Pass()),
            "write checks.refuses(...) with such arguments",
            which,
        )


def _rewritten(contract: Contract, number: int, other: ast.stmt) -> str:
    """Return the source with one ``raise`` replaced."""
    node, owner = _copied(contract)
    target = [n for n in ast.walk(node) if isinstance(n, ast.Raise) and n.exc][number]

    class Replace(ast.NodeTransformer):
        def visit_Raise(self, found: ast.Raise) -> ast.stmt:
            return other if found is target else found

    Replace().visit(node)
    return ast.unparse(ast.fix_missing_locations(owner or node)) + "\n"


def _copied(contract: Contract) -> tuple[ast.FunctionDef, ast.ClassDef | None]:
    """Return a copy of a function, inside a copy of its class where it is a method."""
    if contract.owner is None:
        return copy.deepcopy(contract.node), None
    owner = copy.deepcopy(contract.owner)
    inside = (n for n in owner.body if isinstance(n, ast.FunctionDef) and n.name == contract.name)
    return next(inside), owner


def _defaults(contract: Contract) -> Iterator[Slip]:
    for p in contract.parameters:
        for value in _others(p):
            node, owner = _copied(contract)
            arguments = node.args
            places = [*arguments.posonlyargs, *arguments.args]
            positional = {a.arg: k - len(places) for k, a in enumerate(places)}
            if p.name in positional:
                arguments.defaults[positional[p.name]] = ast.parse(value, mode="eval").body
            else:
                k = [a.arg for a in arguments.kwonlyargs].index(p.name)
                arguments.kw_defaults[k] = ast.parse(value, mode="eval").body
            yield Slip(
                contract.label,
                f"with {p.name}={value} as default",
                ast.unparse(ast.fix_missing_locations(owner or node)) + "\n",
                f"call it without {p.name} where {p.name} matters",
            )


def _others(p: Parameter) -> list[str]:
    """Return another default of the same kind, as source; None where there is no obvious one."""
    if p.default is None:
        return []
    if p.words.values:
        return [repr(v) for v in p.words.values if repr(v) != p.default][:1]
    if p.default == "None":
        kind = p.words.type.removesuffix("or None").strip()
        return {"int": ["1"], "float": ["0.5"], "bool": ["True"]}.get(kind, [])
    try:
        value = ast.literal_eval(p.default)
    except ValueError:  # an expression
        return []
    if isinstance(value, tuple) and value and all(isinstance(v, int) for v in value):  # () + 1 is ()
        return [repr(tuple(v + 1 for v in value))]
    if isinstance(value, bool):
        return [repr(not value)]
    if isinstance(value, int):
        return [repr(value + 1)]
    return [repr(2 * value or 0.5)] if isinstance(value, float) else []


def _inputs(contract: Contract) -> Iterator[Slip]:
    if contract.arrays and not contract.in_place and contract.name != "__init__":
        yield _wrapped(
            contract,
            "changes its input",
            "'input'",
            "call it with checks.leaves_inputs(...), or say `in place` in the docstring",
        )


def _results(contract: Contract) -> Iterator[Slip]:
    for number, words in enumerate(contract.returns):
        one = len(contract.returns) == 1
        which = "" if one else f", {number}"
        what = "" if one else f" as value {number + 1}"
        for how, said, remedy in _changes(words):
            yield _wrapped(contract, f"returns {said}{what}", f"{how!r}{which}", remedy)


def _changes(words: Words) -> Iterator[tuple[str, str, str]]:
    dtype = "check the type of what it returns: the contract names it"
    if words.kind == "array" and not words.tensor:
        if re.search(r"\bdtype as\b|\bdtype of\b|\bsame dtype\b", words.all):
            yield "other", "another dtype of floats", dtype
        elif words.whole:
            yield "float", "floats", dtype
        elif words.of_floats:
            yield "int", "whole numbers", dtype
    elif re.search(r"\bint\b|\bints\b", words.type) and words.kind in ("int", "list", "pair"):
        yield "float", "floats", dtype
    elif words.kind == "bool":
        yield "int", "an int", dtype
    if words.kind == "array":
        yield "axis", "one more axis of length 1", "compare the shape, or use checks: they do"
        dims = words.dims or ()
        if len(dims) > 1 and _is(_HEIGHT, _WIDTH, dims[-2]) and _is(_WIDTH, _HEIGHT, dims[-1]):
            yield "square", "square results transposed", "compare a result that is square and not symmetric"


def _is(what: re.Pattern[str], other: re.Pattern[str], axis: str) -> bool:
    return bool(what.search(axis)) and not other.search(axis)


def _wrapped(contract: Contract, words: str, how: str, remedy: str) -> Slip:
    source = f"{HELPERS}\n{contract.label} = _slipped({contract.label}, {how})\n"
    return Slip(contract.label, words, source, remedy)
