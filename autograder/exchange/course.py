"""The course and its exchange, as nbgrader's own configuration names them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

_HERE = "{nbgrader_step}/{student_id}/{assignment_id}"


class ExchangeProblem(ValueError):
    """The exchange cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Course:
    """A course's name, the exchange's folder, and all that nbgrader's configuration says besides."""

    name: str
    root: Path
    config: Config

    def run(self, made: type[Any], folder: Path, assignment: str, **settings: object) -> Any:
        """Run one of nbgrader's exchange classes on a course folder of ours, and return it.

        Parameters
        ----------
        made : type
            The class.
        folder : Path
            Where it finds and puts files; the names of steps below it are those of ``settings``.
        assignment : str
            The assignment.
        **settings
            Traits of nbgrader's `CourseDirectory`, such as ``release_directory``.

        Raises
        ------
        ExchangeProblem
            With what nbgrader says.
        """
        # The course folder is ours, whatever is set for work with nbgrader alone.
        places = {"root": str(folder.resolve()), "directory_structure": _HERE}
        place = CourseDirectory(config=self.config, log=_SILENT)
        for key, value in {
            **places,
            "course_id": self.name,
            "assignment_id": assignment,
            **settings,
        }.items():
            setattr(place, key, value)
        there = Authenticator(config=self.config, log=_SILENT)
        try:
            step = made(coursedir=place, authenticator=there, config=self.config, log=_SILENT)
            step.root = str(self.root)
            step.start()
        except ExchangeError as error:
            raise ExchangeProblem(f"nbgrader: {error}") from None
        except PermissionError as error:
            raise ExchangeProblem(
                f"permission denied: {error.filename}. What a course has in the exchange belongs to whoever "
                "released first: give the command as that user"
            ) from None
        return step

    def plugin(self, step: str) -> type[Any]:
        """Return the class that the configuration names for a step, such as ``release_assignment``."""
        found: type[Any] = getattr(ExchangeFactory(config=self.config), step)
        return found


_SILENT = logging.getLogger("autograder.exchange")  # nbgrader's remarks, of which errors come as exceptions
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


def find(name: str = "", root: Path | None = None) -> Course:
    """Return the course that nbgrader's configuration names, or that the arguments do.

    Parameters
    ----------
    name : str
        nbgrader's course id.
    root : Path, optional
        The folder of the exchange.

    Raises
    ------
    ExchangeProblem
        When the configuration cannot be read, no course is named, or there is no such folder.
    """
    app = NbGrader(raise_config_file_errors=True, log=_SILENT)
    try:
        app.load_config_file()
    except Exception as error:  # whatever a Python file may raise
        raise ExchangeProblem(f"nbgrader_config.py cannot be read: {error}") from None
    course = name or CourseDirectory(config=app.config, log=_SILENT).course_id
    if not course:
        raise ExchangeProblem(
            'which course? Give --course NAME, or write c.CourseDirectory.course_id = "NAME" into '
            "nbgrader_config.py, for students and instructors alike"
        )
    if "/" in course or course.startswith("."):
        raise ExchangeProblem(f"{course!r} cannot be the name of a course: it is that of a folder")
    folder = root or Path(ExchangeFactory(config=app.config).exchange(config=app.config, log=_SILENT).root)
    if not folder.is_dir():
        raise ExchangeProblem(
            f"there is no exchange folder {folder}: the administrator of the hub makes it "
            f"(mkdir -p {folder}; chmod 777 {folder}), and nbgrader_config.py names it as c.Exchange.root"
        )
    return Course(course, folder, app.config)
