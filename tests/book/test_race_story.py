"""What homework 2 tells of its race, in the model answer, is what the cells of its notebook print."""

import ast
import re
from contextlib import redirect_stdout
from io import StringIO

import pytest

from autograder.release import master
from tests.support import ROOT

NAME = "hw2"
ADAPTIVE, OTHERS = ("Adagrad", "RMSProp", "Adam"), ("SGD", "momentum", "Nesterov")
OWN, MIXED, STANDARD = range(3)


def cells() -> list[str]:
    """Return the code of the notebook with the master's answers, without tests and checks."""
    code = [c for c in master.read(NAME, ROOT).notebook.cells if c.cell_type == "code"]
    kept = [c.source for c in code if c.metadata.get(master.MARK, {}).get("block") != "tests"]
    return [text for text in kept if not text.startswith(("grader.", "# Run this cell first"))]


def answer() -> str:
    """Return the model answer on one line."""
    text = (ROOT / f"solutions/{NAME}/{NAME}.py").read_text(encoding="utf-8")
    (told,) = re.findall(r"\n# 1\. Any prediction with a reason\..*?(?=\n\n)", text, re.DOTALL)
    return re.sub(r"\n# +", " ", told)


def plots_in(node: ast.AST) -> int:
    """Return how many figures of `coursekit.plots` a piece of code makes."""
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return sum(ast.unparse(called).startswith("plots.") for called in calls)


def test_each_figure_under_a_condition_is_displayed() -> None:
    trees = [ast.parse(text) for text in cells()]
    shown = [
        call
        for tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "display"
    ]
    under = [node for tree in trees for node in tree.body if isinstance(node, ast.If)]
    assert sum(map(plots_in, shown)) == sum(map(plots_in, under)) == 2


def test_the_race_has_whoever_passes() -> None:
    scope: dict[str, object] = {}
    with redirect_stdout(StringIO()):
        for text in cells():
            if text.startswith("field = racers()"):
                break
            if not text.startswith(("if ", "for ")):
                exec(text, scope)
    for passing, names in [
        ({"q3", "q5", "q6", "q7"}, ["SGD", "momentum", "Nesterov", "Adagrad", "RMSProp", "Adam"]),
        ({"q3", "q7"}, ["SGD", "momentum", "Adam"]),
        (set(), []),
    ]:
        scope["grader"].ready = lambda *questions, passing=passing: {*questions} <= passing  # type: ignore[attr-defined]
        assert list(scope["racers"]()) == names  # type: ignore[operator]


@pytest.fixture(scope="module")
def tables() -> list[dict[str, str]]:
    """Run the cells as where every check passes; return the lines of both tables by optimizer."""
    scope: dict[str, object] = {}
    with redirect_stdout(StringIO()) as out:
        for text in cells():
            exec(text, scope)
            if "grader" in scope:
                scope["grader"].ready = lambda *questions: True  # type: ignore[attr-defined]
    lines = out.getvalue().splitlines()
    starts = [k for k, line in enumerate(lines) if line.startswith(("steps to the bottom", "right, of new"))]
    return [{line.split()[0]: line for line in lines[k + 1 : k + 7]} for k in starts]


@pytest.mark.slow
def test_steps_in_the_valleys(tables: list[dict[str, str]]) -> None:
    upright, turned = (
        {name: int(re.findall(r"(\d+) at", line)[k]) for name, line in tables[0].items()} for k in (0, 1)
    )
    told = answer()
    assert f"Adagrad and RMSProp need {upright['Adagrad']} steps, Adam {upright['Adam']}," in told
    assert upright["Adagrad"] == upright["RMSProp"]
    assert f"gradient descent {upright['SGD']}." in told
    assert [turned[name] for name in OTHERS] == [upright[name] for name in OTHERS]
    assert "need {}, {} and {} steps".format(*(turned[name] for name in ADAPTIVE)) in told
    assert min(turned, key=lambda name: turned[name]) == "Nesterov"
    assert f"Nesterov wins there, with {turned['Nesterov']} steps" in told


@pytest.mark.slow
def test_digits_in_three_kinds_of_units(tables: list[dict[str, str]]) -> None:
    right = {n: [float(v) for v in re.findall(r"(\d\.\d+) ±", line)] for n, line in tables[1].items()}
    untuned = {name: float(line.split()[-1]) for name, line in tables[1].items()}

    def near(name: str, units: int, percent: float) -> bool:
        return abs(100 * right[name][units] - percent) < 1.5

    told = answer()
    assert "the adaptive methods name about 92 % right, momentum and Nesterov 84 %" in told
    assert "gradient descent 77 %" in told
    assert all(near(name, MIXED, 92) for name in ADAPTIVE)
    assert all(near(name, MIXED, 84) for name in ("momentum", "Nesterov"))
    assert near("SGD", MIXED, 77)
    assert "between 96 and 98 % right" in told
    assert all(0.955 < right[name][STANDARD] < 0.985 for name in right)
    best = {family: max(right[name][OWN] for name in family) for family in (ADAPTIVE, OTHERS)}
    assert abs(best[ADAPTIVE] - best[OTHERS]) < 0.015, "in their own units no family leads"
    assert "a good rate for Adam (95 %)" in told
    assert abs(untuned["Adam"] - 0.95) < 0.015
    assert "gradient descent (46 %)" in told
    assert abs(untuned["SGD"] - 0.46) < 0.03
    assert "gradient descent reaches 96 %, no less than Adam" in told
    assert right["SGD"][OWN] > 0.955
    assert right["SGD"][OWN] > right["Adam"][OWN] - 0.005
