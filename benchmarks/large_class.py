"""Grade a simulated class of thousands: one by one, by two processes, on a cluster, killed and resumed.

Run ``python benchmarks/large_class.py [--notebooks 10000] [--parts one,two,dask,killed,memory] [--save]`` on
an idle machine. Five in a hundred notebooks are attacks. Every part must lose no submission and give each
the row that grading one by one gives, which is why the part ``one`` is always run. ``memory`` leaves the
sandbox out and measures the coordinator alone, for classes of three sizes. ``--save`` keeps the table in
``benchmarks/results``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests hold the attacks

from classes import runs
from classes.make import about, make_class
from classes.runs import Run, Watch, command
from rows.results import keep, line, rule

ALONE = [sys.executable, str(Path(__file__).parent / "classes" / "alone.py")]
SIZES = (500, 5_000, 10_000)
COLUMNS = ("run", "notebooks", "seconds", "notebooks/s", "CPU ms/notebook", "coordinator peak, MiB")
WIDTHS = (36, 9, 7, 11, 15, 21)
PACKAGES = ("otter-grader", "nbgrader", "distributed")
PARTS = {
    "one": "one by one, shuffled",
    "two": "`--jobs 2`",
    "dask": "`--scheduler`, 2 workers, one killed",
    "killed": "`--jobs 2`, killed 5 times",
}


def measured(part: str, folder: Path, count: int) -> tuple[Run, list[str]]:
    """Run one part; return what it took and what went wrong."""
    wrong: list[str] = []
    with Watch() as watch:
        if part == "one":
            wrong += ["it failed"] * bool(runs.graded(watch, [*ALONE, str(folder), part]))
        elif part == "two":
            wrong += ["it failed"] * bool(runs.graded(watch, command(folder, part, "--jobs", "2")))
        elif part == "dask":
            wrong += runs.with_a_killed_worker(folder, part, count, watch)
        else:
            wrong += runs.killed_and_resumed(folder, part, count, watch)
    return Run(PARTS[part], count, watch.seconds, watch.cpu, watch.peak), wrong


def memory(count: int) -> Run:
    """Measure the coordinator over a class that nobody grades."""
    with tempfile.TemporaryDirectory(prefix="large-class-") as scratch:
        make_class(Path(scratch), count)
        with Watch() as watch:
            if runs.graded(watch, [*ALONE, scratch, "out", "--nobody"]):
                sys.exit("the coordinator failed")
    return Run("coordinator alone, no sandbox", count, watch.seconds, watch.cpu, watch.peak)


def cells(run: Run) -> str:
    """Return one row of the table."""
    rate, cpu = run.notebooks / run.seconds, 1000 * run.cpu / run.notebooks
    numbers = (f"{run.notebooks}", f"{run.seconds:.0f}", f"{rate:.1f}", f"{cpu:.1f}", f"{run.peak:.0f}")
    return line((run.name, *numbers), WIDTHS)


def main() -> None:
    """Print the table; leave with 1 when something that must hold did not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebooks", type=int, default=10_000, help="size of the class")
    parser.add_argument("--parts", default="one,two,dask,killed,memory", help="which to run")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    parts = options.parts.split(",")
    if unknown := set(parts) - {*PARTS, "memory"}:
        parser.error(f"no part {', '.join(sorted(unknown))}")
    lines = [line(COLUMNS, WIDTHS), rule(len(COLUMNS))]
    trouble: list[str] = []
    if chosen := [part for part in PARTS if part in parts]:
        with tempfile.TemporaryDirectory(prefix="large-class-") as scratch:
            students = make_class(Path(scratch), options.notebooks)
            print(f"{options.notebooks} notebooks: {about(students)}\n", *lines, sep="\n", flush=True)
            baseline: dict[str, dict[str, object]] = {}
            for part in dict.fromkeys(["one", *chosen]):
                run, wrong = measured(part, Path(scratch), options.notebooks)
                baseline = baseline or runs.rows(Path(scratch, "one"))
                wrong += runs.complaints(Path(scratch), part, students, baseline)
                trouble += [f"{run.name}: {what}" for what in wrong]
                lines.append(cells(run))
                print(lines[-1], flush=True)
    for size in SIZES if "memory" in parts else ():
        lines.append(cells(memory(size)))
        print(lines[-1], flush=True)
    calm = ["No submission was lost; every row is that of grading one by one."] * bool(chosen)
    lines += ["", *(trouble or calm)]
    print("", *(trouble or calm), sep="\n")
    if options.save:
        lines.append("CPU is that of the whole machine, divided by the notebooks.")
        print(f"\nsaved in {keep('large-class', lines, ' '.join(['python', *sys.argv]), PACKAGES)}")
    sys.exit(bool(trouble))


if __name__ == "__main__":
    main()
