"""A class with attempts, graded without a sandbox into `out` below the working folder."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.grades import coursedir
from autograder.grades.config import effective_settings
from autograder.grades.gradebook import NAME
from autograder.grading import batch
from autograder.grading.job import grade_submission
from autograder.limits import Limits
from autograder.records import plan
from autograder.submissions.intake import collect
from autograder.submissions.notebook import parse
from tests.autograder import tiny
from tests.autograder.by_nbgrader import opened

RULES = """\
timezone = "Europe/Berlin"
[assignments.tiny]
due = 2026-03-01T12:00:00
[late]
penalty_per_day = 0.25
[attempts]
count = "best"
most = 3
"""
SCORES = {"good": tiny.perfect(), "half": tiny.notebook("def double(x):\n    return 2 * x"), "bad": "{"}


class FakePool:
    """Grades in this process by what the cells say, in the order that a test chooses."""

    order = staticmethod(sorted)

    def __init__(self, setup, workers):
        self._setup = setup

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def results(self, entries):
        for entry in FakePool.order(list(entries), key=lambda e: e.slug):
            yield grade_submission(entry, self._setup, verdict)


def verdict(raw: str | bytes):
    notebook = raw if isinstance(raw, str) else parse(raw)
    has = notebook.count("return 2 * x"), notebook.count("return sum(xs)")
    return tiny.result(notebook, q1=(bool(has[0]),) * 2, q2=bool(has[1]))


@pytest.fixture
def folder(tmp_path, new_gradebook, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FakePool, "order", staticmethod(sorted))
    tiny.assignment(tmp_path / "build")
    (tmp_path / "out").mkdir()
    shutil.copyfile(new_gradebook, tmp_path / "out" / NAME)
    Path("autograder.toml").write_text(RULES)
    return tmp_path


def hand_in(**files: str) -> None:
    """Hand in notebooks: ``ann_0110="good"`` is ann's of the first of March, ten o'clock."""
    Path("in").mkdir(exist_ok=True)
    for name, kind in files.items():
        student, _, when = name.partition("_")
        stem = f"{student}--2026-03-{when[:2]}T{when[2:]}-00-00" if when else student
        (Path("in") / f"{stem}.ipynb").write_text(SCORES[kind])


def graded() -> None:
    settings = effective_settings()
    assignment = tiny.load("tiny", Path("build"))
    plan.Plan("tiny", str(Path("in").resolve()), "process", Limits()).write(Path("out"))
    entries = collect(Path("in"), settings.naming, assignment.notebook)
    batch.grade_class(entries, assignment, Path("out"), tier="process", settings=settings, workers=FakePool)


def sheet() -> dict[str, dict[str, str]]:
    with Path("out/grades.csv").open(newline="", encoding="utf-8") as file:
        return {line["feedback"].removesuffix(".html"): line for line in csv.DictReader(file)}


def short() -> dict[str, tuple[str, ...]]:
    names = ("score", "status", "attempt", "days_late", "counts", "total")
    return {slug: tuple(line[n] for n in names) for slug, line in sheet().items()}


def booked(student: str) -> tuple[float, str]:
    """Return nbgrader's score, and whether the formgrader is shown the perfect notebook."""
    path = coursedir.notebook_path(Path("out"), student, tiny.load("tiny", Path("build")))
    with opened(Path("out")) as book:
        return book.find_submission("tiny", student).score, "return sum(xs)" in path.read_text()


def page(slug: str) -> str:
    return " ".join(
        Path(f"out/feedback/{slug}.html").read_text(encoding="utf-8").split("</style>")[1].split()
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


ANN = [f"ann--2026-03-{when}-00-00" for when in ("01T10", "01T11", "02T10", "02T11")]


def everything() -> dict[str, str]:
    """Return what people open of OUT, without the seconds that grading took."""
    found = {
        str(p): p.read_text(encoding="utf-8")
        for place in ("feedback", "autograded")
        for p in sorted((Path("out") / place).rglob("*"))
        if p.is_file()
    }
    rows = {slug: line | {"seconds": ""} for slug, line in sheet().items()}
    return found | {"sheet": json.dumps(rows)}
