"""Imports run one way: packages in the order that `autograder` writes down, and no circle anywhere.

Read from the syntax trees, so that an import inside a function or for the type checker alone counts too: a
reader follows it all the same.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

import pytest

import autograder
from autograder.gradescope.bundle import PARTS
from tests.support import ROOT, tracked

HOMES = {"autograder": ROOT, "convnet": ROOT / "src", "coursekit": ROOT / "src"}
# A line of the docstring of `autograder` names packages that stand side by side, the lowest first.
ORDER = [
    re.findall(r"``(\w+)``", line)
    for line in str(autograder.__doc__).splitlines()
    if re.match(r"``\w+``", line)
]


def modules(library: str) -> dict[str, Path]:
    """Return the files of a library by the name they are imported under."""
    home = HOMES[library]
    files = [file for file in tracked("*.py") if file.is_relative_to(home / library)]
    names = [".".join(file.relative_to(home).with_suffix("").parts) for file in files]
    return {name.removesuffix(".__init__"): file for name, file in zip(names, files, strict=True)}


def imports(name: str, file: Path, known: Set[str]) -> set[str]:
    """Return which of the known modules a module imports, wherever in its code."""
    found = set()
    folder = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            parts = {f"{source}.{alias.name}" for alias in node.names}
            # `from package import module` asks for the module; the package is only where it lies.
            found |= parts & known | ({source} if parts - known else set())
    return found & known - {name}


def arrows(library: str) -> dict[str, set[str]]:
    """Return for each module of a library which of the others it imports."""
    files = modules(library)
    return {name: imports(name, file, files.keys()) for name, file in files.items()}


def package(module: str) -> str:
    """Return the package of a module: its folder; a module directly in a library stands for itself."""
    parts = module.split(".")
    is_folder = any((home / Path(*parts)).is_dir() for home in HOMES.values())
    return module if is_folder or len(parts) == 2 else module.rpartition(".")[0]


def between_packages(graph: Mapping[str, set[str]]) -> dict[str, dict[str, list[str]]]:
    """Gather the arrows between modules into those between packages, each with the imports it stands for."""
    found: dict[str, dict[str, list[str]]] = {package(name): {} for name in graph}
    for name, others in graph.items():
        for other in others:
            if package(name) != package(other):
                found[package(name)].setdefault(package(other), []).append(f"{name} imports {other}")
    return found


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the groups of names in which each leads to every other."""
    beyond = {name: reached(graph, name) for name in graph}
    groups = {frozenset(o for o in beyond[n] if n in beyond[o]) for n in graph if n in beyond[n]}
    return sorted(map(sorted, groups))


def reached(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Return what can be reached from a name; the name itself only where an arrow leads back to it."""
    found: set[str] = set()
    ahead = list(graph[start])
    while ahead:
        if (name := ahead.pop()) not in found:
            found.add(name)
            ahead += graph[name]
    return found


def test_the_search_for_circles_finds_them_and_nothing_else() -> None:
    straight = {"a": ["b", "c"], "b": ["c"], "c": []}
    assert circles(straight) == []
    assert circles(straight | {"c": ["a"]}) == [["a", "b", "c"]]
    assert circles(straight | {"c": ["b"], "d": ["a", "e"], "e": ["d"]}) == [["b", "c"], ["d", "e"]]


@pytest.mark.parametrize("library", HOMES)
def test_no_module_imports_one_that_imports_it(library: str) -> None:
    graph = arrows(library)
    assert len(graph) > 30
    assert sum(map(len, graph.values())) > 30, "no imports were found"
    assert circles(graph) == []


@pytest.mark.parametrize("library", HOMES)
def test_no_package_imports_one_that_imports_it(library: str) -> None:
    graph = between_packages(arrows(library))
    assert len(graph) > 5
    groups = circles(graph)
    assert groups == [], [graph[a][b] for group in groups for a in group for b in graph[a] if b in group]


def test_every_package_of_the_grader_has_a_place_in_the_order() -> None:
    there = {name.split(".")[1] for name in modules("autograder") if "." in name}
    named = [name for line in ORDER for name in line]
    assert sorted(named) == sorted(there)


def test_packages_of_the_grader_import_from_lower_ones() -> None:
    place = {name: number for number, line in enumerate(ORDER) for name in line}
    crossing = [
        (name.split(".")[1], other.split(".")[1], f"{name} imports {other}")
        for name, others in arrows("autograder").items()
        for other in others
        if "." in name and "." in other
    ]
    assert len(crossing) > 100
    assert [words for a, b, words in crossing if a != b and place[a] <= place[b]] == []


def test_what_runs_in_the_sandbox_imports_nothing_of_the_grader_around_it() -> None:
    """The folder is bound into the sandbox alone; only what stands in it is there."""
    inside = "autograder.sealed.inside"
    out = {name: others for name, others in arrows("autograder").items() if name.startswith(inside)}
    assert len(out) > 10
    assert {other for others in out.values() for other in others if not other.startswith(inside)} == set()


def test_what_the_gradescope_container_gets_imports_nothing_that_stays_at_home() -> None:
    library = ROOT / "autograder"
    graph, files = arrows("autograder"), modules("autograder")
    sent = {name for name, file in files.items() if any(file.is_relative_to(library / p) for p in PARTS)}
    assert len(sent) > 30
    assert {f"{name} imports {other}" for name in sent for other in graph[name] - sent} == set()
