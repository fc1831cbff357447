"""What a stopped cell defined before it stopped counts: the cell runs again without what stopped it."""

import time
from collections.abc import Iterator
from dataclasses import replace

import nbformat
import pytest

from autograder.records.results import NotebookResult
from autograder.sealed import Grader, Limits
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

LIMITS = Limits(cell_seconds=2.0, memory=400 << 20)
BEFORE, DOUBLE, SIZE, SCALE = HONEST


@pytest.fixture(scope="module")
def brief(tiny, tier: str) -> Iterator[Grader]:
    with Grader(tiny, tier=tier, limits=LIMITS) as grader:
        yield grader


@pytest.fixture(scope="module")
def patient(tiny, tier: str) -> Iterator[Grader]:
    """On a busy machine it takes a while until it is seen that many processes together fill the memory."""
    with Grader(tiny, tier=tier, limits=replace(LIMITS, cell_seconds=20.0)) as grader:
        yield grader


def shown(result: NotebookResult, cell: int) -> str:
    return outputs(result)[cell - 1]


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        ("while True: pass", "ran longer than 2 s"),
        ("os._exit(3)", "ended its process"),
        ("os.kill(os.getpid(), 9)", "ended its process"),
        ("hog()", "used more than 400 MiB"),
        ("dig()", "ended its process"),
    ],
    ids=["hang", "exit", "killed", "memory", "recursion in C"],
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_what_stands_above_the_statement_counts(brief, patient, stop, why, place):
    given = """
import os, sys, numpy as np
def hog():
    kept = []
    for _ in range(12):  # each within what one process may map, together too much
        if not os.fork():
            kept.append(np.ones(10 << 20)); import time; time.sleep(60)
    while True: pass
def dig():
    sys.setrecursionlimit(10**9)
    x = None
    for _ in range(10**6): x = (x, None)
    class Deep:
        def __repr__(self): return repr([self])
    repr(Deep())
"""
    parts = ["'a docstring'", SIZE, SCALE]
    parts.insert({"first": 0, "middle": 2, "last": 3}[place], stop)
    cell = "\n".join(parts)
    grader = patient if stop == "hog()" else brief
    result = grader.grade(notebook(given, cell, BEFORE, DOUBLE))
    line = cell[: cell.index(stop)].count("\n") + 1
    assert result.status == "stopped"
    if place == "first":
        assert f"cell 2 {why}" in result.reason
        assert result.reason.endswith("and was skipped")
        assert "this cell was skipped" in shown(result, 2)
        assert scores(result) == {**POSSIBLE, "size": 0.0, "layer": 0.0}
        return
    sentence = f" at its line {line}; what it defined before that line counts"
    if stop == "hog()":
        sentence = f"; what it defined before its line {line} counts"
    assert f"cell 2 {why}" in result.reason
    assert result.reason.endswith(sentence)
    assert shown(result, 2).startswith("[grader] cell 2")
    assert sentence in shown(result, 2)
    assert scores(result) == (POSSIBLE if place == "last" else {**POSSIBLE, "layer": 0.0})


def test_what_the_cell_showed_before_it_stopped_is_shown(brief):
    result = brief.grade(
        notebook("print('before')\n1 + 1\nwhile True: pass\nprint('after')\n2", "3", *HONEST)
    )
    assert shown(result, 1).startswith("before\n[grader] cell 1 ran longer than 2 s at its line 3;")
    assert "after" not in shown(result, 1)
    assert shown(result, 2) == "3"
    assert scores(result) == POSSIBLE


def test_processes_that_an_earlier_statement_started_do_not_come_back(patient):
    """Of a cell that filled the memory counts what stands above the first statement that calls something."""
    cell = f"""{SCALE}
import os, time
for _ in range(5):
    if os.fork() == 0:
        hoard = b"x" * (100 << 20)
        time.sleep(60)
time.sleep(60)
"""
    result = patient.grade(notebook("import numpy as np", cell, "import time; time.sleep(.5)", DOUBLE, SIZE))
    line = SCALE.count("\n") + 3
    assert result.reason == f"cell 2 used more than 400 MiB; what it defined before its line {line} counts"
    assert scores(result) == POSSIBLE


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("%matplotlib inline\n!ls\nx = !ls\n", 4),
        ("\n\n  \nx = 1\n", 5),
        ("import functools\n@functools.cache\ndef f():\n    return 1\n", 5),
        ("x = (1 +\n  2); y = 3;\n", 3),
        ("with open('/dev/null') as f:\n    def in_a_block(): return 1\n", 3),
    ],
    ids=["magics", "blank lines", "decorators", "semicolons", "blocks"],
)
def test_the_line_is_the_one_that_the_student_sees(brief, above, line):
    cell = above + "@(lambda f: f())\ndef hang():\n    while True: pass\n"
    result = brief.grade(notebook(BEFORE, cell, DOUBLE, SIZE, SCALE))
    assert (
        result.reason
        == f"cell 2 ran longer than 2 s at its line {line}; what it defined before that line counts"
    )
    assert scores(result) == POSSIBLE


def test_a_block_that_stops_goes_whole(brief):
    block = "if True:\n    def double(x): return 2 * x\n    while True: pass"
    result = brief.grade(notebook(BEFORE, f"{SIZE}\n{block}", SCALE))
    assert scores(result) == {**POSSIBLE, "double": 0.0}


def test_each_statement_may_stop_one_after_the_other(brief):
    """A statement that stops only sometimes: above it, another does so when the cell runs again."""
    # Each run begins in a new child, so that what differs from run to run is the clock.
    cell = f"""{SIZE}
import time
if time.time() - start > 1.5: time.sleep(60)
{SCALE}
time.sleep(60)
"""
    result = brief.grade(notebook("import numpy as np", f"start = {time.time()!r}", cell, DOUBLE))
    line = SIZE.count("\n") + 3
    assert result.reason.endswith(
        f"cell 3 ran longer than 2 s at its line {line}; what it defined before that line counts"
    )
    assert result.reason.count("ran longer") == 2
    assert scores(result) == {**POSSIBLE, "layer": 0.0}


def test_restarts_are_counted_as_before(tiny, tier):
    with Grader(tiny, tier=tier, limits=Limits(cell_seconds=0.5, cell_restarts=1)) as grader:
        cells = [f"kept_{k} = 1\nwhile True: pass" for k in range(4)]
        result = grader.grade(notebook(*HONEST, *cells))
    assert result.reason == (
        "cell 5 ran longer than 0.5 s at its line 2; what it defined before that line counts; "
        "cell 6 ran longer than 0.5 s at its line 2; what it defined before that line counts, "
        "the cells after it were skipped"
    )
    assert "this cell was skipped" in shown(result, 7)
    assert scores(result) == POSSIBLE


def test_a_child_replaced_because_of_a_test_runs_the_cell_as_far_as_before(brief):
    cell = f"{DOUBLE}\nwhile True: pass"
    wrong = "import os\ndef output_size(n, k): os._exit(1)"
    result = brief.grade(notebook(BEFORE, cell, wrong, SCALE))
    assert scores(result) == {**POSSIBLE, "size": 0.0}
    assert result.reason.count("cell 2") == 1


SHOWN = [
    ("x = 1\nx", "1"),
    ("x = 1\nx;", ""),
    ("1\n2\nfor k in [3]: k", ""),
    ("%%time\nx = 5\nx", "5"),
    ("%%capture\nx = 5\nx", ""),
    ("get_ipython().run_cell('7\\n8');\n9", "89"),
    ("import os\nif os.fork() == 0:\n    os._exit(0)\nos.wait()[1]", "0"),
    ("get_ipython().ast_node_interactivity = 'all'", ""),
    ("1\nx = 2\n3", "13"),
    ("get_ipython().ast_node_interactivity = 'last_expr_or_assign';", ""),
    ("y = 3\nx = 9", "9"),
    ("# nothing", ""),
    ("", ""),
]


def test_a_cell_shows_what_ipython_shows(brief):
    result = brief.grade(notebook(*(cell for cell, _ in SHOWN)))
    assert result.status == "graded"
    for (cell, text), seen in zip(SHOWN, outputs(result), strict=True):
        assert seen.replace("\n", "").endswith(text), cell
        assert text or not seen, cell


def test_a_notebook_that_speaks_in_the_place_of_its_statements_gains_nothing(brief):
    """It may say that statements begin that do not; what is not true to the cell is not believed."""
    for number in ("0", "1", "2", "10**9", "-1", "None"):
        lie = f"""
import gc, os
children = [x for x in gc.get_objects() if type(x).__name__ == 'Child']
children[0]._step({{at}}, {number}, 10**9, True)
"""
        cell = f"{SIZE}\n{lie.format(at=1)}\nos._exit(0)\n{SCALE}"
        result = brief.grade(notebook(BEFORE, cell, DOUBLE))
        assert result.status == "stopped"
        got = scores(result)
        assert (got["double"], got["layer"]) == (3.0, 0.0)


def test_tracebacks_name_the_lines_of_the_cell(brief):
    cell = "x = 1\n\ndef fails():\n    raise ValueError('here')\n\nfails()"
    result = brief.grade(notebook(cell, "x = = 1", *HONEST))
    executed = nbformat.reads(result.executed, as_version=4)
    error = "\n".join(executed.cells[0].outputs[-1].traceback)
    assert "line 6" in error
    assert "line 4, in fails" in error.replace("()", "")
    assert executed.cells[1].outputs[-1].ename == "SyntaxError"
    assert result.status == "graded"
    assert scores(result) == POSSIBLE
