"""A class as an instructor finds it, and what a run of it leaves."""

import csv
import zipfile
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.limits import Limits
from autograder.records.store import Store
from tests.autograder import tiny

LIMITS = Limits(cell_seconds=3, case_seconds=5)


def messy(folder: Path) -> dict[str, tuple[str, float]]:
    """Fill a folder as an instructor finds it; return the status and score each student should get."""
    folder.mkdir()
    (folder / "ann.ipynb").write_text(tiny.perfect())
    (folder / "bob.ipynb").write_text(tiny.notebook("def double(x):\n    return abs(2 * x)", "total = sum"))
    (folder / "cid.ipynb").write_text(tiny.notebook())
    (folder / "dee.ipynb").write_text(tiny.notebook("while True: pass", "total = sum"))
    (folder / "eva.ipynb").write_text("{broken")
    (folder / "fay.pdf").write_bytes(b"%PDF")
    with zipfile.ZipFile(folder / "gus.zip", "w") as z:
        z.writestr("a.ipynb", tiny.perfect())
        z.writestr("b.ipynb", tiny.perfect())
    with zipfile.ZipFile(folder / "hal.zip", "w") as z:
        z.writestr("deep/down/work.ipynb", tiny.perfect())
        z.writestr("__MACOSX/deep/._work.ipynb", b"\0")
    (folder / "ian").mkdir()
    (folder / "ian" / "tiny.ipynb").write_text(tiny.perfect("=HYPERLINK()"))
    (folder / "ian" / "old.ipynb").write_text(tiny.notebook())
    (folder / "jo.ipynb").write_text(tiny.notebook("import sys; sys.exit()", "total = sum"))
    (folder / "=kim().ipynb").write_text(tiny.notebook("def (", "total = sum"))
    (folder / "lea").mkdir()
    (folder / "mia.ipynb").write_text(tiny.perfect())
    (folder / "mia.zip").write_bytes(b"")
    (folder / ".DS_Store").write_bytes(b"\0")
    return {
        "ann": ("graded", 5.0), "bob": ("graded", 3.0), "cid": ("graded", 0.0), "dee": ("stopped", 2.0),
        "eva": ("unreadable", 0.0), "fay": ("unreadable", 0.0), "gus": ("unreadable", 0.0),
        "hal": ("graded", 5.0), "ian": ("graded", 5.0), "jo": ("graded", 2.0),
        "=kim()": ("graded", 2.0), "lea": ("unreadable", 0.0),
    }  # fmt: skip


def hand_in(folder: Path, **students: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in students.items():
        (folder / f"{name}.ipynb").write_text(content)


def made(out: Path) -> dict[str, object]:
    """Read all that a run leaves, without the times it took."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        listed = [{k: v for k, v in line.items() if k != "seconds"} for line in csv.DictReader(file)]
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}", "cnn") as book:
        booked = {
            (s.student.id, g.name): (g.auto_score, g.manual_score, g.needs_manual_grade)
            for s in book.assignment_submissions("tiny")
            for n in s.notebooks
            for g in n.grades
        }
    pages = {p.name: p.read_text() for p in (out / "feedback").iterdir()}
    notebooks = {str(p.relative_to(out)): p.read_text() for p in (out / "autograded").rglob("*.ipynb")}
    results = {r.row.slug: (r.submission, r.row.questions, r.answers) for r in Store(out).records()}
    return {"csv": listed, "book": booked, "pages": pages, "notebooks": notebooks, "results": results}


def identities(out: Path) -> dict[str, int]:
    return {p.name: p.stat().st_ino for p in (out / "results").glob("[!.]*.json")} if out.exists() else {}
