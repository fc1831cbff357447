"""Releases an assignment through the exchange, where nbgrader's Assignment List shows it to students."""

from __future__ import annotations

from autograder.assignment import Assignment
from autograder.exchange.course import Course, ExchangeProblem


def release(assignment: Assignment, course: Course, again: bool = False) -> None:
    """Put the student's notebook of a built assignment into the exchange.

    Parameters
    ----------
    assignment : Assignment
        What was built.
    course : Course
        The course.
    again : bool
        Whether a released notebook is replaced. Who has fetched the old one keeps it.

    Raises
    ------
    ExchangeProblem
        When it is released already, or the exchange cannot be written.
    """
    folder = assignment.folder / "nbgrader"
    if not (folder / "release" / assignment.name / assignment.notebook).is_file():
        raise ExchangeProblem(
            f"{folder} has no notebook to release: `autograder build {assignment.name}` makes it"
        )
    if (course.root / course.name / "outbound" / assignment.name).is_dir() and not again:
        raise ExchangeProblem(
            f"{assignment.name} is released already in the course {course.name!r}; --again replaces it, but "
            "not for those who have fetched it"
        )
    step = course.plugin("release_assignment")
    course.run(
        type("Release", (step,), {"force": again}), folder, assignment.name, release_directory="release"
    )
