"""What Colab and Jupyter have and the sandbox has not: a cell that asks for it goes on, and says so."""

from collections.abc import Iterator

import nbformat
import pytest

from autograder.records.results import NotebookResult
from autograder.sealed import Grader, Limits
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

# What students put above the given imports, in the same cell.
COLAB = {
    "from google.colab import drive\ndrive.mount('/content/drive', True)": "Drive is not there",
    "import google.colab\ngoogle.colab.drive.flush_and_unmount()": "your Drive is not there",
    "from google.colab import files\nfor name in files.upload(): print(name)": "moves no files",
    "from google.colab import files\nfiles.download('x.ipynb')": "moves no files",
    "from google.colab import userdata\nlen(userdata.get('KEY'))": "finds no secrets",
    "from google.colab import auth\nauth.authenticate_user()": "signs nobody in",
    "from google.colab import output\noutput.eval_js('1')": "does nothing",
    "from google.colab import output\nwith output.use_tags('x'): pass": "does nothing",
    "from google.colab import runtime\nruntime.unassign()": "does nothing",
    "from google.colab import something_new\nsomething_new.begin(1)[:0] if False else None": "",
    "from google.colab.patches import cv2_imshow": "",
    "!pip install -q x": "do not run",
    "%pip install x": "do not run",
    "!apt-get install y && nvidia-smi": "do not run",
    "listed = !ls": "do not run",
    "%cd /content/drive/MyDrive/hw3": "No such file",
    "%tensorflow_version 2.x": "not known here",
    "%load_ext google.colab.data_table": "",
    "%load_ext tensorboard": "not there while grading",
    "%load_ext autoreload\n%autoreload 2": "",
    "%matplotlib widget": "",
    "%matplotlib notebook": "",
    "import matplotlib\nmatplotlib.use('TkAgg')": "",
    "import matplotlib.pyplot as plt\nplt.switch_backend('nbAgg')": "",
    "%config InlineBackend.figure_format = 'retina'": "",
    "%debug": "debuggers do not begin",
    "%pdb on": "debuggers do not begin",
    "breakpoint()": "breakpoint() does not pause",
    "import pdb; pdb.set_trace()": "set_trace() does not pause",
    "from IPython.core.debugger import set_trace; set_trace()": "set_trace() does not pause",
    "import IPython; IPython.embed()": "embed() does not pause",
}


@pytest.fixture(scope="module")
def brief(tiny, tier: str) -> Iterator[Grader]:
    with Grader(tiny, tier=tier, limits=Limits(cell_seconds=5.0)) as grader:
        yield grader


def errors(result: NotebookResult) -> list[str]:
    """Return by cell the message of the exception that ended it."""
    executed = nbformat.reads(result.executed, as_version=4)
    shown = [[o for o in cell.outputs if o.output_type == "error"] for cell in executed.cells]
    return [f"{of[0].ename}: {of[0].evalue}" if of else "" for of in shown]


def test_what_a_platform_has_and_the_sandbox_has_not_ends_no_cell(brief):
    cells = [f"{asks}\nreached_{k} = {k}" for k, asks in enumerate(COLAB)]
    last = f"[k for k in range({len(COLAB)}) if f'reached_{{k}}' not in globals()]"
    result = brief.grade(notebook(*HONEST, *cells, last))
    for (asks, says), shown, error in zip(
        COLAB.items(), outputs(result)[len(HONEST) :], errors(result)[len(HONEST) :], strict=False
    ):
        assert not error, asks
        assert says in shown, asks
        assert says or not shown, asks
    assert outputs(result)[-1] == "[]"
    assert scores(result) == POSSIBLE


def test_a_drive_above_the_imports_costs_nothing(brief):
    head = "from google.colab import drive\ndrive.mount('/content/drive')\n"
    result = brief.grade(notebook(head + HONEST[0], *HONEST[1:]))
    assert (result.status, result.reason, scores(result)) == ("graded", "", POSSIBLE)


def test_pictures_are_shown_whatever_asks_for_a_window(brief):
    cells = [
        "import matplotlib; matplotlib.use('Qt5Agg')\nimport matplotlib.pyplot as plt\nplt.plot([1]);",
        "%matplotlib tk\nplt.figure(); plt.plot([1]); plt.show()",
        "from google.colab.patches import cv2_imshow\ncv2_imshow(np.zeros((3, 4, 3)) + [0, 0, 255])",
        "cv2_imshow(np.zeros((3, 4), dtype=np.uint8))",
    ]
    result = brief.grade(notebook(*HONEST, *cells))
    executed = nbformat.reads(result.executed, as_version=4)
    for cell in executed.cells[len(HONEST) :]:
        assert ["image/png" in o.get("data", {}) for o in cell.outputs] == [True], cell.source


@pytest.mark.parametrize(
    "asks", ["input('your name? ')", "int(input())", "import getpass; getpass.getpass()"]
)
def test_who_waits_for_somebody_to_type_is_told_that_nobody_is_there(brief, asks):
    result = brief.grade(notebook(*HONEST, asks))
    assert "nobody is there while a notebook is graded" in errors(result)[-1]


def test_functions_may_hold_a_breakpoint_and_are_told_of_an_input(brief):
    pauses = "def double(x):\n    breakpoint()\n    import pdb; pdb.set_trace()\n    return 2 * x"
    asks = "def output_size(n, k):\n    return int(input('n? ')) - k + 1"
    result = brief.grade(notebook(HONEST[0], pauses, asks, HONEST[3]))
    assert scores(result) == {**POSSIBLE, "size": 0.0}
    public = next(q for q in result.questions if q.name == "size").cases[0]
    assert "input() waits for somebody to type" in public.message
