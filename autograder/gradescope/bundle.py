"""The zip that an instructor uploads to Gradescope."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from autograder import mistakes
from autograder.assignment import ANSWERS, MANIFEST, Assignment
from autograder.files import whole
from autograder.gradescope import pins
from autograder.gradescope.settings import BUILD, NAME, PACKAGES, Settings
from autograder.sealed import layout
from autograder.sealed.layout import package_folder

SCRIPTS = Path(__file__).parent / "container"
# The parts of this package that the container loads; commands, builds, gradebooks and pages are left out.
PARTS = (
    "__init__.py", "assignment.py", "files.py", "limits.py", "lookalikes.py", "mistakes.py", "seeds.py",
    "startup.py", "text.py", "gradescope", "notebooks", "sealed", "submissions",
    *(f"{room}/__init__.py" for room in ("pages", "records")), "pages/cases.py", "records/results.py",
)  # fmt: skip
LIBRARIES = ("convnet", "coursekit")
FAREWELL = (
    20  # seconds before Gradescope's own limit at which the harness is ended, so that it can still report it
)
_TIME = (1980, 1, 1, 0, 0, 0)  # the same content gives the same zip


def write(assignment: Assignment, settings: Settings, to: Path) -> None:
    """Write the zip: scripts, pins, the grader's source, the assignment's tests.

    It holds the hidden tests: it is for the instructor and Gradescope alone.

    Parameters
    ----------
    assignment : Assignment
        A built assignment.
    settings : Settings
        What the instructor chose.
    to : Path
        The file; an earlier one is replaced in one step.

    Raises
    ------
    ValueError
        When the build has no tests, or a package that the container needs is not installed here.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents(assignment, settings).items()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name in ("setup.sh", "run_autograder") else 0o100644) << 16
            archive.writestr(entry, content)
    to.parent.mkdir(parents=True, exist_ok=True)
    with whole(to) as draft:
        draft.write_bytes(buffer.getvalue())


def contents(assignment: Assignment, settings: Settings) -> dict[str, bytes]:
    """Return the files of the zip by their names in it."""
    seconds = settings.minutes * 60 - FAREWELL
    run = (SCRIPTS / "run_autograder").read_text(encoding="utf-8").replace("@SECONDS@", str(seconds))
    ours = " ".join(layout.ours(assignment.modules))
    texts = {
        "setup.sh": (SCRIPTS / "setup.sh").read_text(encoding="utf-8").replace("@OURS@", ours),
        "run_autograder": run,
        "requirements.txt": "\n".join(pins.pins(assignment.modules)) + "\n",
        "installer.txt": pins.pin(pins.INSTALLER) + "\n",
        # The pins are those of this Python; uv looks for a file of this name.
        ".python-version": f"{sys.version_info.major}.{sys.version_info.minor}\n",
        NAME: settings.text(),
    }
    files = {name: text.encode() for name, text in texts.items()}
    for path in _build(assignment):
        files[f"{BUILD}/{assignment.name}/{path.relative_to(assignment.folder)}"] = path.read_bytes()
    for path, name in _packages():
        files[f"{PACKAGES}/{name}"] = path.read_bytes()
    return files


def _build(assignment: Assignment) -> Iterator[Path]:
    """Yield what grading reads of a build: manifest, tests, and the notebook that students were given.

    Also the course's answers to questions that others build on, where there are such.
    """
    yield assignment.folder / MANIFEST
    if (assignment.folder / ANSWERS).is_file():
        yield assignment.folder / ANSWERS
    for question in assignment.graded:
        if question.tests is None or not question.tests.is_file():
            raise ValueError(f"{question.name} has no tests: run `autograder build {assignment.name}`")
        yield question.tests
    for name in assignment.course.get("data", ()):
        yield assignment.folder / "data" / name
    released = assignment.folder / "nbgrader" / "release" / assignment.name / assignment.notebook
    for path in (released, assignment.folder / mistakes.NAME):  # titles of questions, names of mistakes
        if path.is_file():
            yield path


def _packages() -> Iterator[tuple[Path, str]]:
    """Yield the files of our packages, with their names below the folder of packages."""
    for package in ("autograder", *LIBRARIES):
        folder = package_folder(package)
        if folder is None:
            raise ValueError(f"{package} is not installed here, and the container would need it")
        parts = PARTS if package == "autograder" else ("",)
        for part in parts:
            top = folder / part
            for path in sorted(top.rglob("*") if top.is_dir() else [top]):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path, f"{package}/{path.relative_to(folder)}"
