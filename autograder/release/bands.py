"""A test that returns a score, made into one test case of Otter's for each band."""

from __future__ import annotations

import ast
from typing import Any

import yaml

from autograder.release import testcells
from autograder.release.testcells import TestCell, Wrong

KEY = "bands"


def check(test: TestCell, source: str) -> None:
    """Refuse bands that make no sense.

    Raises
    ------
    Wrong
        With the line of the setting.
    """
    if KEY not in test.config:
        return
    _, text, first = testcells.config_of(source)
    where = first + testcells.line_of(text, KEY)
    bands, example = test.config[KEY], "bands: {0.70: 1, 0.75: 2}"
    if not isinstance(bands, dict) or not bands:
        raise Wrong(where, f"`{KEY}` says where each band begins and what it adds: write `{example}`")
    for begins, points in bands.items():
        if not _number(begins) or not _number(points) or points <= 0:
            raise Wrong(
                where,
                f"a band begins at a number and adds points, got `{begins!r}: {points!r}`: write `{example}`",
            )
    if list(bands) != sorted(bands):
        raise Wrong(where, "the bands go upwards: write the lowest first, and -loss where less is better")
    if "points" in test.config:
        where = first + testcells.line_of(text, "points")
        raise Wrong(where, f"the bands of {test.name} are its points: take `points` out")
    function = _function(source)
    if not any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(function)):
        raise Wrong(
            function.lineno - 1, f"{test.name} has bands and returns no score: write `return accuracy`"
        )


def points_of(test: TestCell) -> float | None:
    """Return the points that a test states; None where it states none."""
    if KEY in test.config:
        return float(sum(test.config[KEY].values()))
    found = test.config.get("points")
    return None if found is None or not _number(found) else float(found)


def expand(source: str) -> list[str]:
    """Return the test cells that Otter reads instead of one: several where it has bands."""
    config = testcells.config_of(source)[0]
    if KEY not in config:
        return [source]
    function = _function(source)
    name = function.name
    arguments = ast.unparse(function.args)
    passed = ", ".join(argument.arg for argument in function.args.args)
    steps = {float(begins): points for begins, points in config[KEY].items()}
    body = "\n".join(f"    {line}" for line in ast.unparse(function).splitlines())
    cells = []
    for number, points in enumerate(steps.values(), 1):
        kept = {k: v for k, v in config.items() if k != KEY} | {"points": points}
        cells.append(
            f'""" # BEGIN TEST CONFIG\n{yaml.safe_dump(kept, sort_keys=False)}""" # END TEST CONFIG\n'
            f"def {name}_band_{number}({arguments}):\n"
            "    from coursekit import checks\n\n"
            f"{body}\n\n"
            f"    checks.bands({name!r}, lambda: {name}({passed}), {steps!r}, {number})\n\n"
            f"{name}_band_{number}({passed})"
        )
    return cells


def _function(source: str) -> ast.FunctionDef:
    return next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
