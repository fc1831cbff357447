"""The nbgrader release: the student's notebook, with a cell for each question's points."""

from pathlib import Path

import nbformat
import pytest
from nbgrader import utils
from nbgrader.preprocessors import CheckCellMetadata

from autograder.assignment import Assignment
from coursekit._cells import question_of


def notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook."""
    return nbformat.read(path, as_version=4)


def test_the_release_is_the_student_notebook(workshop: Path, built: Assignment) -> None:
    released = notebook(built.folder / "nbgrader/release" / built.name / built.notebook)
    given = notebook(workshop / "assignments" / built.name / built.notebook)
    assert [c.source for c in released.cells] == [c.source for c in given.cells]


@pytest.mark.parametrize(
    "path", ["nbgrader/release/{0}/{0}.ipynb", "nbgrader/source/{0}/{0}.ipynb", "solution.ipynb"]
)
def test_points_hang_on_cells_named_like_their_questions(built: Assignment, path: str) -> None:
    graded = {
        c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points
        for c in notebook(built.folder / path.format(built.name)).cells
        if utils.is_grade(c)
    }
    assert graded == {q.name: q.points for q in built.questions}


def test_nbgrader_accepts_the_metadata(built: Assignment) -> None:
    released = notebook(built.folder / "nbgrader/release" / built.name / built.notebook)
    CheckCellMetadata().preprocess(released, {})
    answers = [c for c in released.cells if utils.is_solution(c)]
    asked = {question_of(c) or c.metadata.nbgrader.grade_id for c in answers}
    assert asked == {q.name for q in built.questions}
    assert not any(utils.is_locked(c) for c in answers)
    assert all(utils.is_locked(c) for c in released.cells if utils.is_grade(c) and not utils.is_solution(c))
