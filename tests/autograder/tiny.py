"""A tiny assignment as `autograder build` would leave it, and notebooks and results to go with it."""

import base64
import json
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from autograder.assignment import Assignment, load
from autograder.records.gradesheet import Row
from autograder.records.results import CaseResult, NotebookResult, QuestionResult

_TESTS = {
    "q1": """OK_FORMAT = False

from otter.test_files import test_case

name = "q1"
points = None


@test_case(points=1, hidden=False, success_message="Doubles 2.", failure_message="Doubling 2 should give 4.")
def test_two(double):
    assert double(2) == 4


@test_case(points=2, hidden=True, failure_message="Try numbers below zero.")
def test_secret_name(double):
    assert double(-3) == -6, "secret expectation"
""",
    "q2": """OK_FORMAT = False

from otter.test_files import test_case

name = "q2"
points = None


@test_case(points=2, hidden=False, failure_message="The sum is wrong.")
def test_total(total):
    assert total([1, 2, 3]) == 6
""",
}
PROMPT = "_Write here._"


def assignment(folder: Path) -> Assignment:
    """Write the manifest, the tests and nbgrader's release of `tiny` below ``folder``, and load it."""
    home = folder / "tiny"
    (home / "tests").mkdir(parents=True)
    for name, source in _TESTS.items():
        (home / "tests" / f"{name}.py").write_text(source)
    for kind in ("source", "release"):
        place = home / "nbgrader" / kind / "tiny" / "tiny.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(notebook())
    questions = [
        {"name": "q1", "points": 3, "manual": False, "tests": "tests/q1.py"},
        {"name": "q2", "points": 2, "manual": False, "tests": "tests/q2.py"},
        {"name": "q3", "points": 4, "manual": True, "tests": None},
    ]
    manifest = {"name": "tiny", "title": "Tiny steps", "notebook": "tiny.ipynb"}
    manifest["questions"] = questions
    (home / "manifest.json").write_text(json.dumps(manifest))
    return load("tiny", folder)


def notebook(
    q1: str = "def double(x):\n    ...",
    q2: str = "def total(xs):\n    ...",
    answer: str = PROMPT,
    more: Sequence[dict] = (),
) -> str:
    """Return a student's notebook of `tiny` with these answers."""
    mark = {"nbgrader": {"grade": True, "grade_id": "q3", "solution": True, "points": 4, "locked": False,
                         "schema_version": 3, "task": False}}  # fmt: skip
    cells = [
        _code("from coursekit.notebook import Grader\n\ngrader = Grader('tiny')"),
        _code(q1), _code('grader.check("q1")'), _code(q2), _code('grader.check("q2")'),
        _text("<!-- BEGIN QUESTION -->\n\nWhy?"), {**_text(answer), "metadata": mark},
        _text("<!-- END QUESTION -->"),
        *more,
    ]  # fmt: skip
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def perfect(answer: str = "Because.") -> str:
    return notebook("def double(x):\n    return 2 * x", "def total(xs):\n    return sum(xs)", answer)


def result(
    executed: str | None = None,
    q1: tuple[bool, bool] = (True, True),
    q2: bool = True,
    message: str = "Try numbers below zero.",
) -> NotebookResult:
    """Return what the sealed grader would: two cases of q1, one of q2."""
    cases = (
        CaseResult("test_two", q1[0], False, "Doubles 2." if q1[0] else "Doubling 2 should give 4."),
        CaseResult(
            "test_secret_name", q1[1], True, "" if q1[1] else message, "" if q1[1] else "secret expectation"
        ),
    )
    questions = (
        QuestionResult("q1", 1.0 * q1[0] + 2.0 * q1[1], 3.0, cases),
        QuestionResult(
            "q2", 2.0 * q2, 2.0, (CaseResult("test_total", q2, False, "" if q2 else "The sum is wrong."),)
        ),
    )
    return NotebookResult("graded", "", "bubblewrap", 0.1, questions, executed)


def row(student: str = "ann", q1: float = 3.0, q2: float = 2.0, **changes: object) -> Row:
    """Return the class list's row of a student with these scores."""
    values = {"student": student, "slug": student, "assignment": "tiny", "score": q1 + q2, "possible": 5.0,
              "status": "graded", "reason": "", "tier": "bubblewrap", "seconds": 0.1,
              "questions": (q1, q2, None)}  # fmt: skip
    return Row(**(values | changes))


def executed(*outputs: dict, source: str = "show()", answer: str = "Because.") -> str:
    """Return a run notebook whose extra cell showed ``outputs``."""
    return notebook(answer=answer, more=[{**_code(source), "outputs": list(outputs)}])


def png(width: int = 2, height: int = 2) -> str:
    """Return a grey picture in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return base64.b64encode(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    ).decode()


def _code(source: str) -> dict:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def _text(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}
