"""Gives a notebook nbgrader's metadata, and has nbgrader itself make the release version.

The cell that checks a question is the one that carries its points in nbgrader. It holds no hidden test:
`autograder grade` enters the scores.
"""

from __future__ import annotations

import copy
import logging
import re
import tempfile
from pathlib import Path
from typing import Any

import jupytext
from traitlets.config import Config

from autograder.release import normalize
from autograder.release.master import MARK, Master

SCHEMA = 3
_CHECK = re.compile(r'grader\.check\("(\w+)"\)')


def mark(notebook: Any, master: Master) -> Any:
    """Return a copy of ``notebook`` with nbgrader's metadata on answers and on the cells that carry points.

    Parameters
    ----------
    notebook : NotebookNode
        The student's or the solution notebook, as Otter Assign made it.
    master : Master
        The master it came from.

    Raises
    ------
    ValueError
        When a question has no cell to carry its points.
    """
    points = {question.name: question for question in master.questions}
    marked = copy.deepcopy(notebook)
    graded: set[str] = set()
    answers: dict[str, int] = {}
    for cell in marked.cells:
        place = cell.metadata.get(MARK, {})
        question = points.get(place.get("question", ""))
        if check := _CHECK.fullmatch(cell.source.strip()):
            cell.metadata["nbgrader"] = _entry(
                check[1], grade=True, locked=True, points=points[check[1]].points
            )
            graded.add(check[1])
        elif question and question.manual and place["block"] in ("prompt", "solution"):
            cell.metadata["nbgrader"] = _entry(
                question.name, grade=True, solution=True, points=question.points
            )
            graded.add(question.name)
        elif question and place["block"] == "solution":
            answers[question.name] = answers.get(question.name, 0) + 1
            number = answers[question.name]
            identity = f"{question.name}-answer" + (f"-{number}" if number > 1 else "")
            cell.metadata["nbgrader"] = _entry(identity, solution=True)
    if missing := points.keys() - graded:
        raise ValueError(f"{master.name}: no cell carries the points of {', '.join(sorted(missing))}")
    return marked


def _entry(
    identity: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: float | None = None,
) -> dict[str, object]:
    entry: dict[str, object] = {
        "grade": grade,
        "grade_id": identity,
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": False,
    }
    return entry if points is None else entry | {"points": points}


def source(solution: Any, master: Master) -> Any:
    """Return nbgrader's source version: the marked solution notebook, one cell for each written answer.

    Otter keeps the prompt beside the model answer; nbgrader replaces the answer by the prompt. So the prompt
    goes, and the answer gets the delimiters that nbgrader looks for.
    """
    marked = mark(solution, master)
    written = {question.name for question in master.questions if question.manual}
    cells = []
    for cell in marked.cells:
        place = cell.metadata.get(MARK, {})
        if place.get("question") in written and place["block"] == "prompt":
            continue
        if place.get("question") in written and place["block"] == "solution":
            cell.source = f"### BEGIN SOLUTION\n{cell.source}\n### END SOLUTION"
        cells.append(cell)
    marked.cells = cells
    return marked


def release(solution: Any, master: Master, generated: str) -> dict[str, bytes]:
    """Run nbgrader's `generate_assignment`; return its course folder: source, release and configuration.

    Raises
    ------
    RuntimeError
        When nbgrader refuses the source notebook; the message ends with what it logged.
    """
    from nbgrader import preprocessors as steps  # loads a web server's worth of modules
    from nbgrader.apps.api import NbGraderAPI

    name = master.name
    prompts = [c.source for c in solution.cells if c.metadata.get(MARK, {}).get("block") == "prompt"]
    config = Config()
    config.CourseDirectory.course_id = "cnn"
    config.GenerateAssignment.no_database = True  # the gradebook is made when a class is graded
    # nbgrader's own list, without the steps that write its database and that start a kernel to make up tests.
    config.GenerateAssignment.preprocessors = [
        steps.LockCells,
        steps.ClearSolutions,
        steps.ClearOutput,
        steps.CheckCellMetadata,
        steps.ComputeChecksums,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
        steps.CheckCellMetadata,
    ]
    config.ClearSolutions.code_stub = {"python": "..."}
    config.ClearSolutions.text_stub = prompts[0] if prompts else ""
    files = {f"source/{name}/{name}.ipynb": normalize.notebook(source(solution, master), generated)}
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder).resolve()
        config.CourseDirectory.root = str(course)
        place = course / "source" / name
        place.mkdir(parents=True)
        (place / f"{name}.ipynb").write_bytes(files[f"source/{name}/{name}.ipynb"])
        outcome = NbGraderAPI(config=config).generate_assignment(name, force=True, create=True)
        logging.getLogger("traitlets").setLevel(logging.WARNING)
        if not outcome["success"]:
            raise RuntimeError(f"nbgrader refuses {name}: {outcome['error']}\n{outcome['log'][-2000:]}")
        made = jupytext.read(course / "release" / name / f"{name}.ipynb")
    files[f"release/{name}/{name}.ipynb"] = normalize.notebook(made, generated)
    files["nbgrader_config.py"] = (
        f"# {generated}\n"
        "c = get_config()  # noqa: F821\n"
        'c.CourseDirectory.course_id = "cnn"\n'
        "# Scores come from `autograder grade`, which runs the hidden tests under seal.\n"
        "# nbgrader's own autograde runs only the public checks, and a check that\n"
        "# fails raises nothing: do not use it for scores.\n"
    ).encode()
    return files
