"""What rules say of a student's own modules: they are allowed, and their code is the answer's."""

from pathlib import Path

import pytest

from coursekit._breaches import Cell, breaches
from coursekit._own_modules import beside, with_own_modules
from coursekit._rules import Rules

RULES = Rules(
    "hw0",
    ("numpy",),
    {"q1": ("np.convolve",), "q2": ("loops",)},
    {"q1": ("conv",), "q2": ("fast",)},
    frozenset(),
)
ANSWER = "def conv(a):\n    return {}(a, a)"
MODULE = """import numpy as np

def turn(a, b):
    return np.convolve(a, b)

def slow(a):
    for x in a:
        pass
"""
FINE = "def turn(a, b):\n    return a + b\n"


def told(*cells: str, **files: str) -> list[tuple[str, str]]:
    made = [Cell(c, frozenset(["q1"]) if "def conv" in c else frozenset()) for c in cells]
    texts = {f"{name}.py": text for name, text in files.items()}
    return [(b.question, b.what) for b in breaches(with_own_modules(made, texts), RULES)]


ROADS = {
    "import": ("import mine", ANSWER.format("mine.turn")),
    "as": ("import mine as m", ANSWER.format("m.turn")),
    "from": ("from mine import turn", ANSWER.format("turn")),
    "from as": ("from mine import turn as t", ANSWER.format("t")),
    "star": ("from mine import *", ANSWER.format("turn")),
    "computed": ("import mine", ANSWER.format("getattr(mine, 'tu' + 'rn')")),
    "in the answer": ("def conv(a):\n    import mine\n    return mine.turn(a, a)",),
    "the answer itself": ("from mine import turn as conv",),
    "run": ("%run mine.py", ANSWER.format("turn")),
}


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("written", [False, True], ids=["beside", "written"])
def test_a_forbidden_name_in_an_own_module_is_found(road, written):
    cells = ROADS[road]
    found = told(f"%%writefile mine.py\n{MODULE}", *cells) if written else told(*cells, mine=MODULE)
    assert ("q1", "np.convolve") in found
    fine = told(f"%%writefile mine.py\n{FINE}", *cells) if written else told(*cells, mine=FINE)
    assert fine == [], "an own module by itself breaks nothing"


def test_modules_of_modules_and_packages_are_followed():
    made = [Cell("import kit.parts"), Cell(ANSWER.format("kit.parts.conv2"), frozenset(["q1"]))]
    files = {
        "kit/__init__.py": "",
        "kit/parts.py": "from .inner import turn as conv2\n",
        "kit/inner.py": MODULE,
    }
    found = breaches(with_own_modules(made, files), RULES)
    assert [(b.question, b.what) for b in found] == [("q1", "np.convolve")]


def test_a_function_is_judged_and_not_its_neighbours():
    assert told("from mine import turn", "from mine import slow\nfast = max", mine=MODULE) == [], (
        "q2 uses no loop"
    )
    assert told("from mine import slow\ndef fast(a):\n    return slow(a)", mine=MODULE) == [("q2", "loops")]


def test_names_of_a_module_are_no_names_of_the_notebook():
    """A helper of the module that is called like an answer is not that answer."""
    module = "def conv(a):\n    for x in a:\n        pass\n\ndef other(a):\n    return conv(a)\n"
    assert told("import mine", "def fast(a):\n    return a", "def conv(a):\n    return a", mine=module) == []
    assert told("import mine\ndef fast(a):\n    return mine.other(a)", mine=module) == [("q2", "loops")]


def test_what_an_own_module_imports_must_be_allowed():
    assert told("import mine", mine="import torch") == [("", "torch")]
    assert told("import mine", mine="import numpy", other="import torch") == [], "nobody imports the other"
    assert told("import missing", mine=MODULE) == [("", "missing")]


def test_broken_modules_and_odd_names_break_nothing():
    assert told("import mine", ANSWER.format("abs"), mine="def (") == []
    assert told("%%writefile 'a b.py'\nx", "%%writefile\nx", "x = 1") == []


def test_cells_without_own_modules_stay_as_they_are():
    cells = [Cell("import numpy as np"), Cell(ANSWER.format("np.convolve"), frozenset(["q1"]))]
    assert with_own_modules(cells, {"mine.py": MODULE}) == cells


def test_in_a_session_the_modules_lie_in_the_folder(tmp_path: Path):
    (tmp_path / "mine.py").write_text("import kit\n")
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "__init__.py").write_text("x = 1\n")
    (tmp_path / "unused.py").write_text("x = 1\n")
    assert beside([Cell("import mine, numpy")], tmp_path).keys() == {"mine.py", "kit/__init__.py"}
