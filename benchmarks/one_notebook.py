"""One honest notebook, three graders: `otter run`, `nbgrader autograde` and `autograder grade`.

Each grader grades copies of the solved notebook with whole commands, started cold, in a way that suits it
best: `otter run` takes one notebook a call, `nbgrader autograde` and `autograder grade` take the class in
one, so that their start-up is shared. Two small assignments stand in ``benchmarks/masters``: NumPy and torch;
hw3 is the course's own, with figures and a classifier to train. Run from the repository's root:

    python benchmarks/one_notebook.py [--copies 100] [--only WORD] [--save]
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rows.results import keep, line, rule
from tqdm import tqdm

MASTERS = Path(__file__).parent / "masters"
BIN = Path(sys.executable).parent
OTTER_RUNS, NBGRADER_COPIES = 2, 3
HEAD = ("seconds a notebook", "otter run", "nbgrader", "autograder", "over otter", "over nbgrader")
WIDTHS = (30, 9, 9, 10, 10, 13)


def seconds(command: list[str], folder: Path) -> float:
    """Run a command and return its wall time; its failure ends the benchmark with its own words."""
    path = f"{BIN}:{os.environ['PATH']}"  # nbgrader calls alembic by its name
    quiet = os.environ | {"COURSEKIT_GRADING": "1", "OMP_NUM_THREADS": "1", "PATH": path}
    start = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=quiet)
    if run.returncode:
        sys.exit(f"{' '.join(command)}\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def with_otter(name: str, root: Path) -> float:
    """Return the seconds of `otter run` for one notebook, the best of a few."""
    built = root / "build" / name
    times = []
    for turn in range(OTTER_RUNS):
        out = root / f"otter-{name}-{turn}"
        out.mkdir()
        notebook = out / f"{name}.ipynb"
        shutil.copy(built / "solution.ipynb", notebook)
        command = [str(BIN / "otter"), "run", "-a", str(built / "autograder.zip"), "-o", str(out)]
        times.append(seconds([*command, str(notebook)], out))
    return min(times)


def with_nbgrader(name: str, root: Path) -> float:
    """Return the seconds a notebook of `nbgrader autograde` over a few students."""
    course = root / f"nbgrader-{name}"
    shutil.copytree(root / "build" / name / "nbgrader", course)
    seconds([str(BIN / "nbgrader"), "generate_assignment", name, "--force", "--create"], course)
    for number in range(NBGRADER_COPIES):
        place = course / "submitted" / f"student{number}" / name
        place.mkdir(parents=True)
        shutil.copy(course / "source" / name / f"{name}.ipynb", place)  # solved, in nbgrader's form
    return seconds([str(BIN / "nbgrader"), "autograde", name, "--create"], course) / NBGRADER_COPIES


def with_autograder(name: str, root: Path, copies: int) -> float:
    """Return the seconds a notebook of `autograder grade --jobs 1`, which must give every copy full marks."""
    given, out = root / f"class-{name}", root / f"out-{name}"
    given.mkdir()
    for number in range(copies):
        shutil.copy(root / "build" / name / "solution.ipynb", given / f"student{number:03d}.ipynb")
    command = [str(BIN / "autograder"), "grade", name, str(given), "--out", str(out), "--jobs", "1"]
    spent = seconds(command, root)
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != copies or any(row["score"] != row["possible"] for row in rows):
        sys.exit(f"{name}: not every copy has full marks: {rows[:3]}")
    return spent / copies


def main() -> None:
    """Time the three graders and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=100, help="size of our class")
    parser.add_argument("--only", default="", help="only the assignments with this in their name")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    table = [line(HEAD, WIDTHS), rule(len(HEAD))]
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        shutil.copy("_config.yml", root)
        shutil.copytree(MASTERS, root / "solutions")
        shutil.copytree("solutions/hw3", root / "solutions/hw3")
        names = [n for n in ("small_numpy", "small_torch", "hw3") if options.only in n]
        seconds([str(BIN / "autograder"), "build", "--no-check", *names], root)
        for name in tqdm(names, desc="assignments"):
            otter, nbgrader = with_otter(name, root), with_nbgrader(name, root)
            ours = with_autograder(name, root, options.copies)
            texts = (f"{otter:.2f}", f"{nbgrader:.2f}", f"{ours:.3f}")
            table.append(line((name, *texts, f"1/{otter / ours:.0f}", f"1/{nbgrader / ours:.0f}"), WIDTHS))
    print(*table, sep="\n")
    if options.save:
        command = f"python benchmarks/one_notebook.py --copies {options.copies} --save"
        print(
            f"kept in {keep('one-notebook', table, command, ('otter-grader', 'nbgrader', 'numpy', 'torch'))}"
        )


if __name__ == "__main__":
    main()
