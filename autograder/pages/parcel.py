"""Feedback as one zip that a platform takes in, each file under the name by which it finds the student.

- Moodle ("Upload multiple feedback files in a zip"): a folder
  ``Ann Lee_1234_assignsubmission_file``, as in the zip of all submissions, with ``feedback.html`` in it. The
  number is what Moodle reads; ``assignsubmission_file`` must follow it. Before Moodle 4.1 the folder's name
  had one more underscore at its end, and both are understood since. Of hand-ins that lay without folders the
  file's name begins so.
- Canvas ("Re-upload submissions"): the very name of the downloaded file, for both numbers in it are read:
  the student's and the file's, which must be one that this student handed in. Students then see the file
  under the name that they had given theirs, so it has to be of that kind: a notebook for a notebook.

Both rules are those of the platforms' own sources (``assignfeedback_file_zip_importer`` in Moodle,
``infer_comment_context_from_filename`` in Canvas).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.files import whole
from autograder.grades.comments import CommentBank
from autograder.grades.marks import Marks
from autograder.grades.people import MISSING
from autograder.pages.feedback import feedback_path, feedback_values
from autograder.pages.feedback_text import as_notebook, as_script
from autograder.pages.refresh import overview_of
from autograder.records.gradesheet import Row
from autograder.records.store import Store

PAGE = "feedback.html"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # zips hold times; without them the same feedback is the same file
_MOODLE = re.compile(r"[^_]+_\d+_assignsubmission_[a-z]+(_?)", re.DOTALL)
_CANVAS = re.compile(r"(?:LATE_)?anon_[A-Za-z0-9]+_\d+_.+|\w+?_\d+_\d+_.+", re.DOTALL)
Values = Mapping[str, Any]
Wrapper = Callable[[str, str, Callable[[], Values]], tuple[str, bytes] | None]


def write_parcel(
    path: Path,
    out: Path,
    rows: Iterable[Row],
    assignment: Assignment,
    names: Mapping[str, str],
    platform: str,
    comments: CommentBank | None = None,
) -> tuple[int, list[str]]:
    """Write the feedback of a class as one zip for a platform.

    Parameters
    ----------
    path : Path
        The zip.
    out : Path
        The folder of results, whose pages are up to date.
    rows : iterable of Row
        The class; only attempts that count have their feedback in the zip.
    assignment : Assignment
        What was graded.
    names : mapping of str to str
        What each hand-in was called, by slug.
    platform : str
        A key of `PLATFORMS`.
    comments : CommentBank, optional
        Texts for the short names that persons' comments use.

    Returns
    -------
    int
        How many have their feedback in it.
    list of str
        Who has none, because the platform did not name what they handed in.
    """
    wrap, store = PLATFORMS[platform], Store(out)
    without: list[str] = []
    # What came in a group's own name goes back in it, and the platform gives it to the members.
    whole_groups = {row.slug for row in rows if row.person and row.person.is_group and row.slug in names}
    written: dict[str, None] = {}
    with (
        whole(path) as draft,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as parcel,
        Marks(out, comments) as marks,
    ):
        for row in rows:
            if row.status == MISSING or (row.standing is not None and not row.standing.counts):
                continue

            def values(row: Row = row) -> Values:
                record = store.read(row.of or row.slug)
                assert record is not None  # the row was read from it
                return feedback_values(row, record.result, assignment, overview_of(row, marks))

            page = feedback_path(out, row.slug).read_text(encoding="utf-8")
            packed = wrap(names.get(row.slug, ""), page, values)
            if packed is None or packed[0] in written:
                without += [row.student] if row.of not in whole_groups else []
                continue
            written[packed[0]] = None
            parcel.writestr(zipfile.ZipInfo(packed[0], _LONG_AGO), packed[1], zipfile.ZIP_DEFLATED)
    return len(written), without


def moodle(name: str, page: str, values: Callable[[], Values]) -> tuple[str, bytes] | None:
    """Put the page where Moodle looks for it; None where Moodle did not name the hand-in."""
    found = _MOODLE.match(name)
    if not found:
        return None
    folder = found[0] if len(found[0]) == len(name) else ""
    return f"{folder}/{PAGE}" if folder else f"{found[0]}{PAGE}", page.encode("utf-8", "replace")


def canvas(name: str, page: str, values: Callable[[], Values]) -> tuple[str, bytes] | None:
    """Make a file of the kind that was handed in, under its name; None where Canvas did not name it."""
    if not _CANVAS.fullmatch(name):
        return None
    ending = Path(name).suffix.lower()
    if ending == ".zip":
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as inner:
            inner.writestr(zipfile.ZipInfo(PAGE, _LONG_AGO), page.encode("utf-8", "replace"))
        return name, content.getvalue()
    if ending == ".py":
        return name, as_script(values()).encode()
    if ".ipynb" in name.lower():
        return name, as_notebook(values()).encode()
    return name, page.encode("utf-8", "replace")


PLATFORMS: dict[str, Wrapper] = {"moodle": moodle, "canvas": canvas}
