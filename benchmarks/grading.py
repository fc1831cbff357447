"""Grading time: `autograder grade` against `otter run`, the same well-behaved notebooks, in one run.

Both sides are whole commands, started cold, so imports and start-up count. `otter run` grades one notebook a
call: that is how it is made. Run from the repository's root after `make assignments sample-class`:

    python benchmarks/grading.py [--repeat N] [--save]
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rows.results import keep, line, rule
from tqdm import tqdm

ASSIGNMENT = "hw3"
SUBMISSIONS = Path("tests/sample_class") / ASSIGNMENT / "submissions"
ARCHIVE = Path("build") / ASSIGNMENT / "autograder.zip"
BIN = Path(sys.executable).parent
HEAD = ("grader", "seconds", "a notebook", "over `otter run`")
WIDTHS = (32, 8, 11, 16)


def well_behaved() -> list[Path]:
    """Return the sample class's notebooks that any grader can run to the end."""
    expected = json.loads((SUBMISSIONS.parent / "expected.json").read_text(encoding="utf-8"))
    honest = (SUBMISSIONS / f"{name}.ipynb" for name, row in expected.items() if row["kind"] == "honest")
    return [path for path in honest if path.exists()]  # one is a zip, which `otter run` does not take


def seconds(command: list[str]) -> float:
    """Run ``command`` and return its wall time; its failure ends the benchmark with its own words."""
    start = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(command)}\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def otter_score(folder: Path) -> float:
    """Read the total that `otter run` wrote."""
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return sum(test["score"] for test in results["tests"] if "score" in test)


def sealed_scores(folder: Path) -> dict[str, float]:
    """Read the totals that `autograder grade` wrote."""
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row["score"]) for row in csv.DictReader(file)}


def main() -> None:
    """Time both graders over the same notebooks and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=1, help="rounds; the best of each side counts")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    rounds = options.repeat
    notebooks = well_behaved()
    otter, sealed = [], {1: [], 2: []}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        for path in notebooks:
            shutil.copy(path, folder / "in")
        for turn in tqdm(range(rounds), desc="rounds", disable=rounds == 1):
            per_notebook = []
            for path in tqdm(notebooks, desc="otter run", leave=False):
                out = folder / f"otter-{turn}-{path.stem}"
                command = [str(BIN / "otter"), "run", "-a", str(ARCHIVE), "-o", str(out), str(path)]
                out.mkdir()
                per_notebook.append(seconds(command))
            otter.append(sum(per_notebook))
            for jobs in sealed:
                out = folder / f"sealed-{turn}-{jobs}"
                command = [str(BIN / "autograder"), "grade", ASSIGNMENT, str(folder / "in")]
                sealed[jobs].append(seconds([*command, "--out", str(out), "--jobs", str(jobs)]))
        scores = {path.stem: otter_score(folder / f"otter-0-{path.stem}") for path in notebooks}
        if scores != sealed_scores(folder / "sealed-0-1"):
            sys.exit(f"the graders disagree: {scores} and {sealed_scores(folder / 'sealed-0-1')}")
    table = [line(HEAD, WIDTHS), rule(len(HEAD))]
    for label, best in [
        ("`otter run`, one after another", min(otter)),
        *((f"`autograder grade --jobs {jobs}`", min(times)) for jobs, times in sealed.items()),
    ]:
        cells = (label, f"{best:.1f}", f"{best / len(notebooks):.2f}", f"{best / min(otter):.3f}")
        table.append(line(cells, WIDTHS))
    points = ", ".join(f"{name} {score:g}" for name, score in scores.items())
    table += [
        "",
        f"{len(notebooks)} well-behaved notebooks of {ASSIGNMENT}, the same scores from both: {points}.",
    ]
    print(*table, sep="\n")
    if options.save:
        command = f"python benchmarks/grading.py --repeat {rounds} --save"
        print(f"\nkept in {keep('grading', table, command, ('otter-grader', 'nbgrader', 'numpy'))}")


if __name__ == "__main__":
    main()
