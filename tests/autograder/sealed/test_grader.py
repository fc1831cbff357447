"""Honest notebooks are graded as Otter grades them, and whatever is submitted ends as a result."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.sealed import Grader
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, WRONG, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed


PARTLY = [
    HONEST[0],
    "def double(x):\n    return 6",
    "def output_size(n, k):\n    return 24",
    HONEST[3],
    "1 / 0",
]


def test_an_honest_notebook_gets_everything(grader):
    result = grader.grade(notebook(*HONEST))
    assert (result.status, result.reason, result.tier) == ("graded", "", "bubblewrap")
    assert scores(result) == POSSIBLE
    assert {q.name: q.possible for q in result.questions} == POSSIBLE
    assert all(case.passed for q in result.questions for case in q.cases)
    assert all(0 < q.seconds < result.seconds for q in result.questions)


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
    "cells", [HONEST, WRONG, PARTLY, HONEST[:2], ["x = 1"]], ids=["all", "wrong", "partly", "less", "blank"]
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
    assignment = class_of_one.make(tmp_path, {"tensors": TENSORS}, modules=("torch",))
    cell = "import torch\ndef double(x):\n    return 2 * x\ndef Net():\n    return torch.nn.Linear(4, 2)"
    with Grader(assignment, tier=tier) as grader:
        result = grader.grade(notebook(cell))
    assert result.score == 1, result.questions
