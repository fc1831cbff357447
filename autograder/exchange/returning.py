"""Gives feedback pages back through the exchange, to those whose submission they are about."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.exchange.course import Course, ExchangeProblem
from autograder.pages.feedback import feedback_path
from autograder.submissions.entry import Entry

SECRET, STAMP = "submission_secret.txt", "timestamp.txt"
_MOST = 1000  # bytes of a secret; nbgrader's have 128
_NOTEBOOKS = 20  # of one submission that get the page under their name


def give_back(out: Path, entries: Iterable[Entry], assignment: str, course: Course) -> tuple[int, list[str]]:
    """Put the page of each submission where nbgrader's Assignment List looks for it.

    nbgrader finds a page by a secret that it put into the submission, and by the notebook's name. So a page
    goes out under the name of each notebook that was handed in with it.

    Parameters
    ----------
    out : Path
        The folder of results.
    entries : iterable of Entry
        The submissions, as `autograder.submissions.intake.collect` found them.
    assignment : str
        The assignment's name.
    course : Course
        The course.

    Returns
    -------
    int
        How many pages went out.
    list of str
        Names of submissions that hold no secret, or have no page.

    Raises
    ------
    ExchangeProblem
        When none can go out.
    """
    count, without = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for entry in entries:
            page, secret = feedback_path(out, entry.slug), _secret(entry.path)
            names = sorted(p.stem for p in entry.path.glob("*.ipynb"))[:_NOTEBOOKS] if secret else []
            if not secret or not names or not page.is_file():
                without.append(entry.place.name)
                continue
            place = Path(folder) / "feedback" / entry.slug / assignment
            place.mkdir(parents=True)
            (place / SECRET).write_text(secret, encoding="utf-8")
            (place / STAMP).write_text(str(entry.submitted or ""), encoding="utf-8")
            for name in names:
                (place / f"{name}.html").write_bytes(page.read_bytes())
                (place / f"{name}.html").chmod(
                    0o644
                )  # nbgrader copies the mode, and the student must read it
            count += 1
        if not count:
            raise ExchangeProblem(
                "nothing here came from nbgrader's exchange: it takes a folder that "
                "`autograder exchange collect` filled"
            )
        course.run(course.plugin("release_feedback"), Path(folder), assignment, feedback_directory="feedback")
    return count, without


def _secret(folder: Path) -> str:
    path = folder / SECRET
    try:
        if path.is_symlink() or path.stat().st_size > _MOST:
            return ""
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
