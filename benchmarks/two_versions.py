"""Grade one class by two versions of the grader, in turn, so that only the versions differ.

Run ``python benchmarks/two_versions.py [COMMIT] [--notebooks 1000] [--pairs 5] [--save]`` on an idle machine.
The class is simulated, or copies of the solved notebook of one ``--assignment``: for both as the earlier
version had it, because an assignment whose tests have grown takes longer whatever the grader does.
COMMIT is the earlier version; without it, the one that the kept table of `large_class.py` came with. Both run
with the packages of this environment, by two processes. A pair is one run of each, one right after the other:
a machine may slow down within an hour, but hardly within a minute. What counts is the median of the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests hold the attacks

from classes.make import about, make_class
from classes.runs import Run, Watch, command
from rows.results import keep, line, rule

ROOT = Path(__file__).parents[1]
COLUMNS = ("pair", "earlier, s", "now, s", "ratio", "earlier, CPU ms", "now, CPU ms", "ratio of CPU")
WIDTHS = (8, 10, 7, 5, 15, 11, 12)
BUILD = "from pathlib import Path; from tests.autograder.sealed.class_of_one import make; make(Path({!r}))"


def git(*words: str) -> str:
    """Return what git says; where it fails, its own words end the benchmark."""
    ended = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"git {' '.join(words)}: {ended.stderr.strip()}")
    return ended.stdout.strip()


def checked_out(commit: str, folder: Path) -> Path:
    """Lay out an earlier version in a folder and return it."""
    git("clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(folder))
    git("-C", str(folder), "checkout", "--quiet", commit)
    return folder


def environment(checkout: Path) -> dict[str, str]:
    """Return variables with which Python finds the packages of a checkout first."""
    return {**os.environ, "PYTHONPATH": f"{checkout}{os.pathsep}{checkout / 'src'}"}


def drawn_class(earlier: Path, then: Path, now: Path, count: int) -> str:
    """Write the simulated class for both versions; each reads what it built itself. Say what it is."""
    now.mkdir()
    kinds = about(make_class(now, count))
    then.mkdir()
    shutil.copytree(now / "in", then / "in")
    make = BUILD.format(str(then / "build"))
    subprocess.run([sys.executable, "-c", make], cwd=earlier, env=environment(earlier), check=True)
    return kinds


def solved_class(earlier: Path, folders: Iterable[Path], name: str, count: int) -> str:
    """Have the earlier version build an assignment, and copy its solved notebook; say what the class is."""
    build = [sys.executable, "-m", "autograder.cli", "build", name]
    subprocess.run(build, cwd=earlier, env=environment(earlier), check=True, stdout=subprocess.DEVNULL)
    for folder in folders:
        shutil.copytree(earlier / "build", folder / "build")
        (folder / "in").mkdir()
        for number in range(count):
            shutil.copy(earlier / "build" / name / "solution.ipynb", folder / "in" / f"s{number:05}.ipynb")
    return f"{count} copies of the solved {name}"


def run(checkout: Path, folder: Path, count: int, assignment: str) -> Run:
    """Grade the class in ``folder`` from nothing; a run that fails or loses a row ends the benchmark."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    with Watch() as watch:
        ended = subprocess.run(
            command(folder, "out", "--jobs", "2", assignment=assignment),
            cwd=checkout, env=environment(checkout), text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
    if ended.returncode:
        sys.exit(f"{checkout} failed:\n{ended.stderr[-2000:]}")
    with (folder / "out" / "grades.csv").open(encoding="utf-8") as file:
        if (rows := sum(1 for _ in file) - 1) != count:
            sys.exit(f"{checkout} gave {rows} rows for {count} notebooks")
    return Run(checkout.name, count, watch.seconds, watch.cpu, watch.peak)


def row(name: str, earlier: Run, now: Run) -> str:
    """Return one line of the table."""
    cpu = [1000 * one.cpu / one.notebooks for one in (earlier, now)]
    numbers = (earlier.seconds, now.seconds, now.seconds / earlier.seconds, *cpu, now.cpu / earlier.cpu)
    digits = (1, 1, 2, 1, 1, 2)
    return line((name, *(f"{x:.{d}f}" for x, d in zip(numbers, digits, strict=True))), WIDTHS)


def verdict(pairs: Sequence[tuple[Run, Run]]) -> str:
    """Return the median of the ratios, with the smallest and the largest."""
    ratios = sorted(now.seconds / earlier.seconds for earlier, now in pairs)
    return (
        f"This version takes {statistics.median(ratios):.3f} of the earlier one's time "
        f"(median of {len(ratios)} pairs; {ratios[0]:.3f} to {ratios[-1]:.3f})."
    )


def main() -> None:
    """Print a line for each pair, and the median."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit", nargs="?", help="the earlier version")
    parser.add_argument("--notebooks", type=int, default=1000, help="size of the class")
    parser.add_argument("--assignment", default="", help="grade copies of its solved notebook")
    parser.add_argument("--pairs", type=int, default=5, help="how often each version grades it")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    last_kept = ("log", "-1", "--format=%h", "--", "benchmarks/results/*large-class*")
    commit = git("log", "-1", "--format=%h of %as", options.commit or git(*last_kept))
    lines, pairs = [line(COLUMNS, WIDTHS), rule(len(COLUMNS))], []
    with tempfile.TemporaryDirectory(prefix="two-versions-") as scratch:
        earlier = checked_out(commit.split()[0], Path(scratch, "checkout"))
        folders = {earlier: Path(scratch, "earlier"), ROOT: Path(scratch, "now")}
        if options.assignment:
            kinds = solved_class(earlier, folders.values(), options.assignment, options.notebooks)
        else:
            kinds = drawn_class(earlier, folders[earlier], folders[ROOT], options.notebooks)
        print(f"{options.notebooks} notebooks: {kinds}\n", *lines, sep="\n", flush=True)
        for number in range(options.pairs):
            one, other = (
                run(checkout, folders[checkout], options.notebooks, options.assignment or "tiny")
                for checkout in (earlier, ROOT)
            )
            pairs.append((one, other))
            lines.append(row(f"{number + 1}", one, other))
            print(lines[-1], flush=True)
    print(f"\n{verdict(pairs)}")
    if options.save:
        lines += ["", verdict(pairs), f"The class: {kinds}. The earlier version: {commit}."]
        what = f"--notebooks {options.notebooks}"
        if options.assignment:
            what += f" --assignment {options.assignment}"
        called = f"python benchmarks/two_versions.py {commit.split()[0]} {what} --save"
        title = f"two-versions-{options.assignment}" if options.assignment else "two-versions"
        print(f"kept in {keep(title, lines, called, ('otter-grader', 'numpy'))}")


if __name__ == "__main__":
    main()
