"""The pinned environment is in step with what asks for it."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import ROOT, tracked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lines(name: str) -> list[str]:
    """Return the requirement lines of a requirements file, without comments."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [bare for line in text.splitlines() if (bare := line.split("#")[0].strip())]


PINS = dict(line.split("==") for line in lines("requirements.txt"))
ASKED = [
    Requirement(text)
    for text in [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
        *lines("requirements.in"),
    ]
]
FOLDERS = ("src", "autograder", "book/_ext", "benchmarks", "tools", "tests")
OURS = [
    p for p in tracked(*(f"{folder}/**.py" for folder in FOLDERS)) if "attacks/notebooks" not in p.as_posix()
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_each_requirement_is_pinned_to_a_version_it_allows(asked: Requirement) -> None:
    assert asked.name in PINS, "run `make lock`"
    assert asked.specifier.contains(PINS[asked.name]), "run `make lock`"


def imports(path: Path) -> set[str]:
    """Return the top packages that a file imports, relative imports left out."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) and not node.level else []
        found |= {name.split(".")[0] for name in names}
    return found


@pytest.mark.slow
def test_what_files_import_is_asked_for_by_name() -> None:
    """A package that is there for another's sake goes with that one."""
    asked = {"cnn-course"} | {canonicalize_name(request.name) for request in ASKED}
    given = packages_distributions()
    came_along = {n for n, by in given.items() if not asked & {canonicalize_name(name) for name in by}}
    guilty = {str(path.relative_to(ROOT)): imports(path) & came_along for path in OURS}
    assert not {path: names for path, names in guilty.items() if names}, "name them in pyproject.toml"


def test_pins_are_plain_versions() -> None:
    """A local version such as +cpu cannot be found by a plain pip elsewhere."""
    odd = {n: v for n, v in PINS.items() if not re.fullmatch(r"[0-9][0-9a-z.]*", v)}
    assert not odd


def test_this_environment_is_the_pinned_one() -> None:
    from importlib.metadata import version

    loose = {n: (version(n).split("+")[0], v) for n, v in PINS.items() if version(n).split("+")[0] != v}
    assert not loose, "installed, pinned: make env"


def test_notebooks_are_read_without_a_grammar_of_addresses() -> None:
    """A newer jsonschema compiles one whenever nbformat is imported, for 1.4 s in each kernel and command."""
    asked = "import sys, nbformat; print('jsonschema' in sys.modules, 'lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert run.stdout.split() == ["True", "False"], run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("python", ["3.12", "3.13"])
def test_the_pins_resolve_on_newer_pythons(python: str, tmp_path: Path) -> None:
    """Asks the package registry, as `pip install -r requirements.txt` would."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--python-version", python]
    out = tmp_path / "resolved.txt"
    run = subprocess.run(
        [*command, str(ROOT / "requirements.txt"), "-o", str(out)], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert out.read_text(encoding="utf-8").count("==") >= len(PINS)
