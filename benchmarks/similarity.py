"""`autograder similar` on simulated classes: time, memory, and whether planted copies are found.

A notebook is made of the master's answers, the alternatives and the mutants of hw3, drawn for each question,
every statement of them rewritten by chance. One in a hundred is a disguised copy of an earlier one: renamed,
laid out anew and reordered. As all descend from a few answers, honest notebooks are more alike here than in a
class. Run from the repository's root after `make assignments`:

    python benchmarks/similarity.py [--sizes 100 1000 10000]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests know how copies are disguised

from rows.results import keep, line, rule
from tqdm import tqdm

from autograder.release import master, normalize, variants
from tests.autograder import similar_disguises as disguises

ASSIGNMENT = "hw3"
EVERY = 100  # one notebook in so many is a copy
STRENGTH = 0.5  # the chance that a statement is rewritten
HEAD = ("notebooks", "seconds", "CPU seconds", "CPU ms a notebook", "peak MiB", "copies found", "last place")
WIDTHS = (9, 8, 11, 17, 8, 12, 10)


@cache
def ways() -> Mapping[str, Sequence[str]]:
    """Return the answers to each question that notebooks are drawn from."""
    solution = json.loads(Path("build", ASSIGNMENT, "solution.ipynb").read_text(encoding="utf-8"))
    found = {q: ["".join(c["source"])] * 3 for q, c in disguises.answer_cells(solution).items()}
    others = variants.folder(Path("solutions", ASSIGNMENT, "alternatives"))
    for variant in (*others, *variants.mutants(master.read(ASSIGNMENT, Path()), Path())):
        for question, source in variant.answers.items():
            if question in found:
                found[question].append(source)
    return found


@cache
def blank() -> dict[str, Any]:
    """Return the notebook that students are given."""
    path = Path("assignments", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def honest(number: int) -> dict[str, Any]:
    """Return the notebook of the student with this number."""
    rng = random.Random(number)
    answers = {
        question: disguises.rewritten(rng.choice(found), rng, STRENGTH) for question, found in ways().items()
    }
    return variants.answer(blank(), answers)


def original(number: int) -> int | None:
    """Say whom a student copied from, if anybody."""
    if number % EVERY != EVERY - 1:
        return None
    source = random.Random(number).randrange(number // EVERY * EVERY // 2 + 10)
    return source if source % EVERY != EVERY - 1 else None  # nobody copies from a copy


def write(number: int, folder: str) -> None:
    """Write a student's notebook."""
    source = original(number)
    notebook = honest(number if source is None else source)
    if source is not None:
        rng = random.Random(number)

        def disguise(code: str) -> str:
            return disguises.reformatted(disguises.renamed(code, rng), rng)

        notebook = disguises.reordered(disguises.answers_changed(notebook, disguise))
    Path(folder, f"s{number:05}.ipynb").write_bytes(normalize.as_json(notebook))


def _write(job: tuple[int, str]) -> None:
    write(*job)


def measured(command: Sequence[str], log: Path) -> tuple[float, float, float]:
    """Run a command; return its wall time, its CPU time in seconds and its peak memory in MiB."""
    start = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(size: int, everybody: Path, scratch: Path) -> str:
    """Compare the first ``size`` notebooks and return the table's line."""
    folder = scratch / str(size)
    folder.mkdir()
    for number in range(size):
        os.link(everybody / f"s{number:05}.ipynb", folder / f"s{number:05}.ipynb")
    log = scratch / f"{size}.json"
    command = [sys.executable, "-m", "autograder.cli", "similar", ASSIGNMENT, str(folder), "--json"]
    wall, cpu, memory = measured(command, log)
    planted = {
        frozenset((f"s{number:05}", f"s{source:05}"))
        for number in range(size)
        if (source := original(number)) is not None
    }
    pairs = [
        frozenset((p["left"]["name"], p["right"]["name"])) for p in json.loads(log.read_bytes())["pairs"]
    ]
    places = sorted(i for i, p in enumerate(pairs, start=1) if p in planted)
    last = places[-1] if places else 0
    numbers = (f"{wall:.1f}", f"{cpu:.1f}", f"{1000 * cpu / size:.1f}", f"{memory:.0f}")
    return line((f"{size:,}", *numbers, f"{len(places)} of {len(planted)}", f"{last}"), WIDTHS)


def main() -> None:
    """Make the notebooks, compare classes of each size, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    sizes = sorted(options.sizes)
    table = [line(HEAD, WIDTHS), rule(len(HEAD))]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        everybody = scratch / "all"
        everybody.mkdir()
        jobs = [(number, str(everybody)) for number in range(sizes[-1])]
        with Pool(2) as pool:
            list(tqdm(pool.imap_unordered(_write, jobs, 50), total=len(jobs), desc="making notebooks"))
        print(*table, sep="\n", flush=True)
        for size in sizes:
            table.append(row(size, everybody, scratch))
            print(table[-1], flush=True)
    if options.save:
        print(f"kept in {keep('similarity', table, ' '.join(['python', *sys.argv]), ('numpy',))}")


if __name__ == "__main__":
    main()
