"""`autograder build`: makes everything that students, graders and instructors open from a master."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import ANSWERS, MANIFEST, Assignment, load
from autograder.files import whole
from autograder.release import (
    attached,
    fingerprints,
    leaks,
    master,
    nbgrader_release,
    normalize,
    otter_release,
    rules,
    variants,
)


@dataclass(frozen=True)
class Release:
    """Every generated file of one assignment, by its path in the repository, and the folders they fill."""

    files: dict[str, bytes]
    folders: tuple[str, ...]
    committed: tuple[str, ...]  # what is kept in the repository: a folder ends in a slash


def names(root: Path) -> list[str]:
    """Return the assignments that have a master, in order."""
    return sorted(p.parent.name for p in root.glob("solutions/*/*.py") if p.stem == p.parent.name)


def render(name: str, root: Path, term: str | None = None) -> Release:
    """Make every file of assignment ``name`` in memory, with the hidden inputs of a term.

    Raises
    ------
    RuntimeError
        When a student's file would hold a solution line or a hidden test.
    """
    source = master.read(name, root, term)
    made = otter_release.release(source)
    generated = otter_release.header(name)
    marked = nbgrader_release.mark(made.student, source)
    student = normalize.notebook(marked, generated)
    cells = rules.known(marked, made.all_tests)
    tests = {f"tests/{path}": content for path, content in made.public_tests.items()}
    given = {f"{name}.ipynb": student, **tests}
    questions = [
        {
            "name": q.name,
            "points": q.points,
            "manual": q.manual,
            "tests": f"tests/{q.name}.py" if f"{q.name}.py" in made.all_tests else None,
            "course": q.course,
        }
        for q in source.questions
    ]
    for_students = {
        **{f"assignments/{name}/{path}": content for path, content in given.items()},
        f"src/coursekit/assignments/{name}.json": _bundle(source, made, generated, cells),
        f"build/{name}/student.zip": normalize.archive({f"{name}/{p}": c for p, c in given.items()}),
    }
    nbgrader = nbgrader_release.release(made.solution, source, generated)
    for_students |= {f"build/{name}/nbgrader/{p}": c for p, c in nbgrader.items() if p.startswith("release/")}
    if found := leaks.find(source, for_students):
        raise RuntimeError(f"{name} would leak to students:\n  " + "\n  ".join(found))
    manifest = {
        "generated": generated,
        "name": name,
        "title": source.title,
        "notebook": f"{name}.ipynb",
        "course": source.course,
        "data": attached.digests(source.data),
        "cells": cells,
        "questions": questions,
    } | ({"term": source.term} if source.term else {})
    solution = nbgrader_release.mark(made.solution, source)
    for_instructors = {
        f"build/{name}/{MANIFEST}": normalize.as_json(manifest),
        f"build/{name}/solution.ipynb": normalize.notebook(solution, generated),
        f"build/{name}/autograder.zip": made.autograder_zip,
        **{f"build/{name}/tests/{path}": content for path, content in made.all_tests.items()},
        **{f"build/{name}/nbgrader/{path}": content for path, content in nbgrader.items()},
    }
    for_instructors |= {f"build/{name}/{attached.FOLDER}/{p}": c for p, c in source.data.items()}
    below = {name for q in source.questions for name in q.course.get("builds_on", ())}
    if below:  # a question that builds on others runs again with these in their place
        own = variants.own_answers(source)
        for_instructors[f"build/{name}/{ANSWERS}"] = normalize.as_json({q: own[q] for q in sorted(below)})
    rubric = root / "solutions" / name / "rubric.md"
    if rubric.is_file():  # for the readers of written answers
        for_instructors[f"build/{name}/rubric.md"] = rubric.read_bytes()
    committed = (f"assignments/{name}/", f"src/coursekit/assignments/{name}.json")
    return Release(for_students | for_instructors, (f"assignments/{name}", f"build/{name}"), committed)


def _bundle(
    source: master.Master, made: otter_release.OtterRelease, generated: str, cells: Mapping[str, object]
) -> bytes:
    """Return what coursekit carries so that a notebook opened alone, as in Colab, can be checked."""
    return normalize.as_json(
        {
            "generated": generated,
            "name": source.name,
            "notebook": f"{source.name}.ipynb",
            "course": source.course,
            "cells": cells,
            "questions": [
                {"name": q.name, "points": q.points, "manual": q.manual, "course": q.course}
                for q in source.questions
            ],
            "tests": {Path(path).stem: content.decode() for path, content in made.public_tests.items()},
        }
    )


def build_assignment(name: str, root: Path, term: str | None = None) -> Assignment:
    """Build assignment ``name`` and return it as the grader knows it.

    Folders are exchanged whole: a reader sees the old build or the new one, never a mixture, and files
    without a source disappear.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    root : Path
        The repository.
    term : str, optional
        Whose hidden inputs it gets; without it those of the present term, if any was begun.

    Raises
    ------
    FileNotFoundError, ValueError
        When there is no such master, or it is written in a way that Otter would misread.
    RuntimeError
        When something would leak to students.
    """
    release = render(name, root, term)
    files = release.files | fingerprints.kept(name, root, term)
    for folder in release.folders:
        inside = {p.removeprefix(f"{folder}/"): c for p, c in files.items() if p.startswith(f"{folder}/")}
        _exchange(root / folder, inside)
    for path in release.committed:
        if not path.endswith("/"):
            _write(root / path, release.files[path])
    assignment = load(name, root / "build")
    for folder in (*release.folders, *(p for p in release.committed if not p.endswith("/"))):
        print(f"{name}: wrote {folder}")
    print(f"{name}: {what_it_gives(assignment)}")
    return assignment


def what_it_gives(assignment: Assignment) -> str:
    """Say how many points there are: from the machine, from a person, and in all."""
    parts = []
    for many, who in ((assignment.graded, "by machine"), (assignment.read, "by a person")):
        if many:
            number = f"{len(many)} question{'s' if len(many) != 1 else ''}"
            parts.append(f"{number} graded {who}, {sum(q.points for q in many):g} points")
    total = sum(q.points for q in assignment.questions)
    return "; ".join(parts) + (f"; {total:g} in all" if len(parts) > 1 else "")


def learn_mistakes(name: str, root: Path) -> None:
    """Run the known mistakes of a built assignment, so that students can be told; skip what is up to date."""
    stale = fingerprints.due(name, root)
    silent = fingerprints.refresh(name, root)
    for path in stale:
        print(f"{name}: wrote {path.relative_to(root)}")
    unnamed: dict[str, list[str]] = {}
    for mutant, why in (silent or {}).items():
        unnamed.setdefault(why, []).append(mutant)
    for why, mutants in unnamed.items():
        print(f"{name}: {', '.join(mutants)}: {why}")


def out_of_step(name: str, root: Path) -> list[str]:
    """Return the committed files that differ from the build: changed, missing or left over."""
    release = render(name, root)
    wanted = {p: c for p, c in release.files.items() if p.startswith(release.committed)}
    folder = root / "assignments" / name
    there = {str(p.relative_to(root)) for p in folder.rglob("*") if p.is_file()}
    there |= {p for p in wanted if (root / p).is_file()}
    stale = {p for p in there | wanted.keys() if p not in wanted or not _is(root / p, wanted[p])}
    stale |= {str(path.relative_to(root)) for path in fingerprints.due(name, root)}
    return sorted(stale)


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    if not _is(path, content):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as draft:
            draft.write_bytes(content)


def _exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace ``folder`` by ``files`` in one step; one that holds just these is left as it is."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if there.keys() == files.keys() and all(_is(there[path], content) for path, content in files.items()):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as workspace:
        fresh, old = Path(workspace) / "new", Path(workspace) / "old"
        for path, content in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(content)
        if folder.exists():
            folder.replace(old)
        fresh.replace(folder)
        shutil.rmtree(old, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or with ``--check`` only say which committed files are out of step with their master."""
    parser = argparse.ArgumentParser(prog="python -m autograder.release.build", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="assignments; all of them without")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when something is out of step"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="the repository")
    options = parser.parse_args(arguments)
    stale: list[str] = []
    for name in options.names or names(options.root):
        if options.check:
            stale += out_of_step(name, options.root)
        else:
            build_assignment(name, options.root)
            learn_mistakes(name, options.root)
    for path in stale:
        print(f"out of step: {path}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
