"""Honest accidents: each row names the cause in a sentence, and what is right keeps its points."""

import json
from collections.abc import Iterator

import pytest

from autograder.sealed import Grader, Limits
from autograder.submissions.notebook import parse
from tests.autograder.sealed.accidents import ANSWERS, NUMBERS, as_json, handed_in, make
from tests.autograder.sealed.class_of_one import POSSIBLE
from tests.autograder.sealed.observed import scores

pytestmark = pytest.mark.sealed

CELLS = json.loads(handed_in())["cells"]  # imports, then three answers, each with its check
IMPORTS, DOUBLE, SIZE, LAYER = CELLS[0], CELLS[1:3], CELLS[3:5], CELLS[5:7]


@pytest.fixture(scope="module")
def grader(tmp_path_factory, tier: str) -> Iterator[Grader]:
    small = make(tmp_path_factory.mktemp("build"))
    with Grader(small, tier=tier, limits=Limits(cell_seconds=3.0)) as grader:
        yield grader


def code(source: str) -> dict:
    return {"cell_type": "code", "id": "more", "metadata": {}, "source": source, "outputs": []}


def without(question: str) -> dict[str, float]:
    return {**POSSIBLE, question: 0.0}


ANOTHER = {"id": "copy", "source": "def double(x):\n    return None"}
ACCIDENTS = {
    "the imports were deleted": (
        as_json([*DOUBLE, *SIZE, *LAYER]),
        "no cell defines np",
        {**POSSIBLE, "layer": 1.0},
    ),
    "cells out of order": (
        as_json([*LAYER, IMPORTS, code("total = later + 1"), *DOUBLE, *SIZE[:1], code("1 / 0; later = 1")]),
        "",
        POSSIBLE,
    ),
    "an answer uses what a later cell defines": (
        handed_in("factor = 2", double="half = factor / 4\ndef double(x):\n    return 4 * half * x"),
        "cell 2 stopped: name 'factor' is not defined, it is defined in cell 8",
        without("double"),
    ),
    "an answer half written": (
        handed_in(size="def output_size(n, k):\n    return n - (k - 1"),
        "cell 4 stopped: Python cannot read it: '(' was never closed (line 2)",
        without("size"),
    ),
    "tabs among spaces": (
        handed_in(size="def output_size(n, k):\n        m = n - k\n\treturn m + 1"),
        "cell 4 stopped: Python cannot read it: inconsistent use of tabs and spaces in indentation (line 3)",
        without("size"),
    ),
    "quotes from a word processor": (
        handed_in(double="print(‘twice’)\n" + ANSWERS["double"]),
        "cell 2 stopped: Python cannot read it: invalid character '‘' (U+2018)",
        without("double"),
    ),
    "a picture that is drawn for ever": (
        handed_in(layer=f"{ANSWERS['layer']}\nimport matplotlib.pyplot as plt\nwhile True: plt.plot([1])"),
        "cell 6 ran longer than 3 s at its line ",
        POSSIBLE,
    ),
    "an answer cell was deleted": (
        as_json([IMPORTS, *DOUBLE, *SIZE[1:], *LAYER]),
        "no cell defines output_size",
        without("size"),
    ),
    "an answer has another name": (
        handed_in(size="def outputSize(n, k):\n    return n - k + 1"),
        "no cell defines output_size (cell 4 defines outputSize)",
        without("size"),
    ),
    "an older copy of an answer below it": (
        as_json([IMPORTS, *DOUBLE, DOUBLE[0] | ANOTHER, *SIZE, *LAYER]),
        "cells 2 and 4 define double: the last one counts",
        without("double"),
    ),
    "everything was deleted at the end": (
        handed_in("%reset -f"),
        "defined, but gone when all cells have run: double (cell 2), output_size (cell 4), Scale (cell 6)",
        dict.fromkeys(POSSIBLE, 0.0),
    ),
    "a magic of cells above an answer": (
        handed_in(double=f"%%matplotlib inline\n{ANSWERS['double']}"),
        "cell 2 stopped: Cell magic `%%matplotlib` not found",
        without("double"),
    ),
    "a magic that runs its cell": (handed_in(double=f"%%time\n{ANSWERS['double']}"), "", POSSIBLE),
    "a file of the student's own computer": (
        handed_in(first=f"data = open('C:/ann/data.csv').read()\n{NUMBERS}"),
        "cell 1 stopped: FileNotFoundError: [Errno 2] No such file or directory: 'C:/ann/data.csv'",
        {**POSSIBLE, "layer": 1.0},
    ),
    "a folder of the student's Drive": (
        handed_in(first=f"import os\nos.chdir('/content/drive/MyDrive')\n{NUMBERS}"),
        "cell 1 stopped: FileNotFoundError: [Errno 2] No such file or directory: '/content/drive/MyDrive'",
        {**POSSIBLE, "layer": 1.0},
    ),
    "an exit at the top of an answer": (
        handed_in(size=f"exit()\n{ANSWERS['size']}"),
        "cell 4 stopped: it calls exit()",
        without("size"),
    ),
    "outputs without end": (handed_in("for k in range(10**5): print('x' * 99)"), "", POSSIBLE),
    "saved by an editor that drops marks and ids": (
        as_json([cell | {"metadata": {"tags": []}, "id": None} for cell in CELLS]),
        "",
        POSSIBLE,
    ),
    "saved by Colab, with outputs and ids of its own": (
        as_json([
            cell | {"id": f"u{k}XyZ_-", "execution_count": 7, "metadata": cell["metadata"] | {"colab": {}},
                    "source": cell["source"].splitlines(keepends=True),
                    "outputs": [{"output_type": "stream", "name": "stdout", "text": ["x\n"]}]}
            for k, cell in enumerate(CELLS)
        ]),
        "",
        POSSIBLE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_the_row_names_the_cause(grader, accident):
    submission, reason, got = ACCIDENTS[accident]
    result = grader.grade(parse(submission.encode()))
    assert result.reason.startswith(reason)
    assert reason or not result.reason
    assert scores(result) == got
