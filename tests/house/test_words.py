"""The repository speaks of the course alone: no machine paths, no stray hosts, one repository address."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT, tracked

TEXT = [
    path
    for path in tracked()
    if path.suffix
    in {".py", ".md", ".yml", ".toml", ".sh", ".in", ".txt", ".js", ".css", ".html", ".bib", ".ipynb"}
    and "mathjax" not in path.parts
]
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:home|root|Users|work|farm)/\w")
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]


@pytest.mark.parametrize("path", TEXT, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_no_path_of_a_machine(path: Path) -> None:
    found = MACHINE_PATH.findall(path.read_text(encoding="utf-8"))
    assert not found


def test_the_repository_address_is_written_once() -> None:
    """Generated files carry it too; by hand it stands in _config.yml alone."""
    generated = {"assignments", "coursekit"}
    by_hand = [
        p for p in TEXT if REPOSITORY in p.read_text(encoding="utf-8") and not generated & set(p.parts)
    ]
    assert by_hand == [ROOT / "_config.yml"]


# Word-for-word translations that crept into docstrings, comments and messages, each with the idiom instead.
ODD = {
    r"how-manieth": "its number",
    r"of whom nothing": "who handed nothing in",
    r"\btold by\b": "identified by",
    r"\b(?:begun|began|begins|started|written|run|graded|made) anew\b": "restarted, run again",
    r"\breckons?\b": "computes",
    r"\bthrice\b": "three times",
    r"\bwhence\b": "from where",
    r"\bmend(?:s|ed)?\b": "fix, correct",
    r"\bmostly (?:empty|nothing|none)\b": "usually empty",
    r"\bas ever\b": "as usual",
    r"\bwherever else\b": "elsewhere",
    r"\bbelt to the braces\b": "a second line of defence",
    r"\bone (?:row|file|page|column|line) a \w": "one row per submission",
    r"\bone a core\b": "one per core",
    r"\bwhat is the case\b": "the facts",
}
# Functions and classes whose names said four things each, or the opposite of what they did.
WORN = {"Given", "given", "settled", "settle", "unknown"}
OURS = [
    path
    for path in tracked("autograder/*.py", "autograder/pages/templates/*", "src/coursekit/*.py", "tools/*.py")
    # What these hold is stamped into files that a build makes; they change with the next such change.
    if not path.is_relative_to(ROOT / "src/coursekit/checks")
]


@pytest.mark.parametrize("odd", ODD)
def test_idioms_are_english(odd: str) -> None:
    """Where a docstring breaks its line does not matter."""
    found = {
        f"{path.relative_to(ROOT)}: {match[0]!r} → {ODD[odd]}"
        for path in OURS
        for match in re.finditer(odd, re.sub(r"\s+(?:# )?", " ", path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_a_name_says_one_thing() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in OURS
        if path.suffix == ".py" and path.is_relative_to(ROOT / "autograder")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in WORN
    }
    assert found == set()
