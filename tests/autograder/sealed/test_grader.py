"""Honest notebooks are graded as Otter grades them, and whatever is submitted ends as a result."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.records.results import NotebookResult
from autograder.sealed import Grader, Limits, TierUnavailable
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, WRONG, notebook
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed

PARTLY = [
    HONEST[0],
    "def double(x):\n    return 6",
    "def output_size(n, k):\n    return 24",
    HONEST[3],
    "1 / 0",
]


def scores(result: NotebookResult) -> dict[str, float]:
    return {q.name: q.score for q in result.questions}


def outputs(result: NotebookResult) -> list[str]:
    """Return the text shown by each cell."""
    assert result.executed is not None
    executed = nbformat.reads(result.executed, as_version=4)
    nbformat.validate(executed)
    texts = []
    for cell in executed.cells:
        parts = [
            o.get("text", "") + o.get("ename", "") + o.get("data", {}).get("text/plain", "")
            for o in cell.outputs
        ]
        texts.append("".join(parts))
    return texts


def test_an_honest_notebook_gets_everything(grader):
    result = grader.grade(notebook(*HONEST))
    assert (result.status, result.reason, result.tier) == ("graded", "", "bubblewrap")
    assert scores(result) == POSSIBLE
    assert {q.name: q.possible for q in result.questions} == POSSIBLE
    assert all(case.passed for q in result.questions for case in q.cases)


def by_otter(folder: Path, cells: list[str]) -> dict[str, list[object]]:
    """Grade with Otter itself, in a process of its own since it changes folders."""
    (folder / "tiny.ipynb").write_text(notebook(*cells))
    script = Path(__file__).with_name("by_otter.py")
    run = subprocess.run(
        [sys.executable, script, folder], capture_output=True, text=True, timeout=200, check=False
    )
    lines = [line for line in run.stdout.splitlines() if line.startswith("SCORES ")]
    assert lines, run.stderr
    scores: dict[str, list[object]] = json.loads(lines[0].removeprefix("SCORES "))
    return scores


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells", [HONEST, WRONG, PARTLY, HONEST[:2], []], ids=["all", "wrong", "partly", "less", "blank"]
)
def test_scores_are_otters(grader, tiny, tmp_path, cells):
    shutil.copytree(tiny.folder / "tests", tmp_path / "tests")
    sealed = {
        q.name: [q.score, q.possible, [case.passed for case in q.cases]]
        for q in grader.grade(notebook(*cells)).questions
    }
    assert sealed == by_otter(tmp_path, cells)


def test_a_student_reads_what_to_do_and_nothing_that_is_hidden(grader):
    cells = [HONEST[0], "def double(x):\n    return np.zeros(3) if np.ndim(x) else [][1]"]
    result = grader.grade(notebook(*cells))
    small, array = result.questions[0].cases
    assert not small.passed
    assert small.message == "double(3) should be 6\nYour code raised IndexError: list index out of range"
    assert "return np.zeros(3)" in small.detail
    assert array.hidden
    assert array.message == "try an array"
    assert "secret_expected" in array.detail
    missing = result.questions[1].cases[1]
    assert missing.message == "Your notebook does not define output_size."
    student = json.dumps([case.message for q in result.questions for case in q.cases]) + (
        result.executed or ""
    )
    assert "secret" not in student
    assert "conv_output_size" not in student


def test_cells_that_fail_do_not_stop_the_rest(grader):
    cells = [
        "1 / 0", "import sys\nsys.exit(3)", "raise SystemExit", "exit()", "quit()", "raise KeyboardInterrupt",
        "def broken(:", "input('name?')", "import this_is_no_module", "%no_such_magic",
        "raise BaseException('x')",
    ]  # fmt: skip
    result = grader.grade(notebook(*cells, *HONEST))
    assert (result.status, scores(result)) == ("graded", POSSIBLE)
    shown = outputs(result)
    expected = [
        "ZeroDivisionError", "SystemExit", "SystemExit", "SystemExit", "SystemExit", "KeyboardInterrupt",
        "SyntaxError", "EOFError", "ModuleNotFoundError", "no_such_magic", "BaseException",
    ]  # fmt: skip
    for text, words in zip(shown, expected, strict=False):
        assert words in text


def test_nothing_outside_python_is_started(grader):
    cells = [
        "!echo loud",
        "%pip install nothing",
        "x = !ls\nprint(len(x))",
        "%%bash\necho loud",
        "pip install nothing",
    ]
    result = grader.grade(notebook(*cells, *HONEST))
    assert (result.status, scores(result)) == ("graded", POSSIBLE)
    assert all("do not run while grading" in text for text in outputs(result)[:5])


def test_ways_to_check_oneself_are_silent(grader):
    cells = [
        "import otter\ngrader = otter.Notebook('tiny.ipynb')",
        "grader.check('double')\ngrader.check_all()\ngrader.export(pdf=False)\ngrader.to_pdf()",
        "from otter import Notebook\nNotebook().check('double')",
    ]
    result = grader.grade(notebook(*cells, *HONEST))
    assert (result.status, scores(result)) == ("graded", POSSIBLE)
    assert outputs(result)[:3] == ["", "", ""]


def test_outputs_are_kept_in_the_executed_notebook(grader):
    cells = [
        "print('one')\nimport sys\nprint('two', file=sys.stderr)\n3 + 4",
        "x = 5;\nx;",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))",
        "import matplotlib.pyplot as plt\n%matplotlib inline\nplt.plot([1, 2])",
        "print('\\x1b[31mred\\x1b[0m \\x07')",
    ]
    result = grader.grade(notebook(*cells))
    assert result.status == "graded"
    shown = nbformat.reads(result.executed, as_version=4).cells
    assert [(o.output_type, o.get("name")) for o in shown[0].outputs] == [
        ("stream", "stdout"), ("stream", "stderr"), ("execute_result", None),
    ]  # fmt: skip
    assert shown[1].outputs == []
    assert shown[2].outputs[0].data["text/html"] == "<b>bold</b>"
    assert any("image/png" in o.get("data", {}) for o in shown[3].outputs)
    assert shown[4].outputs[0].text == "red �\n"


def test_the_same_notebook_gets_the_same_numbers(grader):
    cells = ["import random, numpy as np\nprint(np.random.rand(), random.random(), hash('a'))"]
    assert outputs(grader.grade(notebook(*cells))) == outputs(grader.grade(notebook(*cells)))


def test_one_notebook_does_not_see_another(grader):
    left = "left = [open(f'/{where}/note', 'w').write('x') for where in ('tmp', 'dev/shm')]"
    assert grader.grade(notebook(left)).status == "graded"
    look = "print(Path('/tmp/note').exists(), Path('/dev/shm/note').exists(), 'left' in globals())"
    result = grader.grade(notebook(f"from pathlib import Path\n{look}"))
    assert outputs(result) == ["False False False\n"]


@pytest.mark.parametrize(
    "submission",
    [
        b"", b"\xff\xfe\x00", "[]", "{}", "null", "not json", '{"cells": 3}', '{"cells": [3]}',
        '{"cells": [{}]}',
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "[" * 100_000, '{"cells":' * 5000,
        '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', '{"worksheets": [1]}',
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_notebook_is_a_result_with_a_reason(grader, submission):
    result = grader.grade(submission)
    assert result.status in ("unreadable", "graded")
    assert result.score == 0
    assert result.possible == sum(POSSIBLE.values())
    assert result.reason or result.status == "graded"


def test_odd_notebooks_are_read(grader):
    cells = [{"cell_type": "code", "source": list(cell.splitlines(keepends=True))} for cell in HONEST]
    bare = {
        "nbformat": 4,
        "nbformat_minor": 2,
        "metadata": {},
        "cells": [*cells, {"cell_type": "raw", "source": "x"}],
    }
    bom = b"\xef\xbb\xbf" + json.dumps(bare).encode()
    assert scores(grader.grade(bom)) == POSSIBLE
    assert scores(grader.grade(json.dumps({"cells": cells}))) == POSSIBLE
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    inputs = [{"cell_type": "code", "input": cell, "language": "python", "outputs": []} for cell in HONEST]
    old["worksheets"] = [{"cells": inputs, "metadata": {}}]
    assert scores(grader.grade(json.dumps(old))) == POSSIBLE
    surrogate = json.dumps({**bare, "cells": [{"cell_type": "code", "source": "'\ud800'"}, *cells]})
    assert scores(grader.grade(surrogate)) == POSSIBLE


def test_a_cell_that_hangs_is_skipped_and_the_rest_counts(grader):
    result = grader.grade(notebook(HONEST[0], "while True: pass", *HONEST))
    assert (result.status, scores(result)) == ("stopped", POSSIBLE)
    assert result.reason == "cell 2 ran longer than 6 s and was skipped"
    assert "ran longer than 6 s" in outputs(result)[1]


def test_a_notebook_that_never_ends_is_given_up(tiny, tier):
    limits = Limits(cell_seconds=0.5, cell_restarts=1)
    with Grader(tiny, tier=tier, limits=limits) as grader:
        result = grader.grade(notebook(*HONEST, *["import time\ntime.sleep(100)"] * 30, "late = 1"))
    assert result.status == "stopped"
    assert "cell 6 ran longer than 0.5 s; it and the cells after it were skipped" in result.reason
    assert scores(result) == POSSIBLE


def test_a_function_that_hangs_loses_its_question_alone(grader):
    cells = [HONEST[0], "def double(x):\n    while True: pass", *HONEST[2:]]
    result = grader.grade(notebook(*cells))
    assert scores(result) == {**POSSIBLE, "double": 0.0}
    assert result.reason == "double: a call ran longer than 4 s"
    assert "longer than 4 s" in result.questions[0].cases[0].message


SWALLOW = """OK_FORMAT = False
from otter.test_files import test_case
name = "swallow"

@test_case()
def test_raises(check):
    try:
        check(-1)
    except Exception:
        return
    raise AssertionError("nothing raised")
"""


@pytest.mark.parametrize("body", ["import os; os._exit(0)", "while True: pass", "raise ValueError"])
def test_a_test_that_expects_any_exception_is_not_passed_by_dying(tmp_path, tier, body):
    assignment = class_of_one.make(tmp_path, {"swallow": SWALLOW})
    with Grader(assignment, tier=tier, limits=Limits(call_seconds=1.0)) as grader:
        result = grader.grade(notebook(f"def check(x):\n    {body}"))
    assert result.score == (1.0 if "ValueError" in body else 0.0)


SLOW = """OK_FORMAT = False
from otter.test_files import test_case
name = "slow"

@test_case()
def test_counts(count):
    n = 0
    try:
        while n < count():
            n += 1
    except Exception:
        pass
"""


def test_a_test_made_slow_by_the_values_it_gets_is_broken_off(tmp_path, tier):
    assignment = class_of_one.make(tmp_path, {"slow": SLOW})
    with Grader(assignment, tier=tier, limits=Limits(case_seconds=1.0)) as grader:
        result = grader.grade(notebook("def count(): return 10**18"))
        assert result.score == 0
        assert grader.grade(notebook("def count(): return 3")).score == 1


TENSORS = """OK_FORMAT = False
from otter.test_files import test_case
import torch
name = "tensors"

@test_case(points=1)
def test_tensor(double, Net):
    x = torch.arange(4, dtype=torch.float32).reshape(2, 2)
    y = double(x)
    assert type(y) is torch.Tensor
    torch.testing.assert_close(y, 2 * x)
    assert double(x.to(torch.bfloat16)).dtype is torch.bfloat16
    net = Net()
    assert net(torch.ones(3, 4)).shape == (3, 2)
    assert len(list(net.parameters())) == 2
    assert net.weight.requires_grad
    assert net.weight.dtype == torch.float32
"""


def test_torch_tensors_cross_where_the_assignment_uses_torch(tmp_path, tier):
    assignment = class_of_one.make(tmp_path, {"tensors": TENSORS}, uses_torch=True)
    cell = "import torch\ndef double(x):\n    return 2 * x\ndef Net():\n    return torch.nn.Linear(4, 2)"
    with Grader(assignment, tier=tier) as grader:
        result = grader.grade(notebook(cell))
    assert result.score == 1, result.questions


def test_the_process_tier_grades_too_and_warns_loudly(tiny):
    grader = Grader(tiny, tier="process", limits=LIMITS)
    with pytest.warns(RuntimeWarning, match="'process' tier"):
        grader.__enter__()
    with grader:
        result = grader.grade(notebook(*HONEST))
        assert (result.tier, scores(result)) == ("process", POSSIBLE)
        hung = grader.grade(notebook("while True: pass", *HONEST))
        assert (hung.status, scores(hung)) == ("stopped", POSSIBLE)
        imports = grader.grade(notebook("import convnet", "import autograder", *HONEST))
        assert [text[:19] for text in outputs(imports)[:2]] == ["ModuleNotFoundError"] * 2


def test_a_tier_that_cannot_be_had_is_refused_in_words(tiny, monkeypatch):
    from autograder.sealed import tiers

    monkeypatch.setattr(tiers.shutil, "which", lambda name: None)
    tiers.why_no_bubblewrap.cache_clear()
    try:
        with pytest.raises(TierUnavailable, match="install the package `bubblewrap`"):
            Grader(tiny, tier="bubblewrap")
        assert tiers.available_tiers() == ["process"]
    finally:
        tiers.why_no_bubblewrap.cache_clear()
    with pytest.raises(ValueError, match="tier must be"):
        Grader(tiny, tier="paper")


def test_limits_must_be_positive():
    with pytest.raises(ValueError, match="memory must be positive"):
        Limits(memory=0)
