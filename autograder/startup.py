"""Imported first where grading starts, so that it starts faster.

nbformat and nbgrader import jsonschema to check notebooks. Where `rfc3987_syntax` is installed, jsonschema
loads it for the format "iri", which no notebook schema asks for, and that compiles a grammar on import: it
takes longer than all other imports together. Marked as missing, it is skipped, as in any environment without
it.
"""

import importlib.util
import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def how_to_install(extras: str) -> str:
    """Say how to get the packages of extras of ``pyproject.toml``; no package index has the grader."""
    return f"in the course's folder: make env, or pip install '.[{extras}]'"


def skip_init(package: str) -> None:
    """Let parts of a package be imported without all that its ``__init__`` loads.

    For a process that belongs to the grader and needs only a part: Otter's ``__init__`` loads pandas,
    nbconvert and a web client, and its test files need none of them. Where the package is loaded already, or
    is not installed, nothing happens.
    """
    if package in sys.modules:
        return
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        return
    module = ModuleType(package)
    module.__path__ = list(spec.submodule_search_locations)
    module.__spec__ = spec
    sys.modules[package] = module
