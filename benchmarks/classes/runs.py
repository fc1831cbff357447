"""Runs of `autograder grade` over a simulated class: measured, killed, and compared with one another."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.records.store import Store

LIMITS = ("--cell-seconds", "2", "--notebook-seconds", "6", "--grading-seconds", "6")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """What one run took; ``cpu`` is that of the whole machine, ``peak`` the coordinator's, in MiB."""

    name: str
    notebooks: int
    seconds: float
    cpu: float
    peak: float


class Watch:
    """Measures what stands in a ``with`` block, and the most memory of the processes that it is shown."""

    def __enter__(self) -> Watch:
        self._start, self._cpu, self.peak = time.perf_counter(), busy(), 0.0
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = time.perf_counter() - self._start, busy() - self._cpu

    def look(self, process: int) -> None:
        """Read the most memory that a process ever had, in MiB."""
        try:
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return
        found = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
        self.peak = max([self.peak, *(kib / 1024 for kib in found)])


def busy() -> float:
    """Return the seconds that all cores have worked since the machine started."""
    user, nice, system, _, _, irq, soft, *_ = map(int, Path("/proc/stat").read_text().split()[1:11])
    return (user + nice + system + irq + soft) / _TICKS


def command(folder: Path, out: str, *more: str, assignment: str = "tiny") -> list[str]:
    """Return the command that grades the class below ``folder`` into ``folder/out``."""
    return [
        sys.executable, "-m", "autograder.cli", "grade", assignment, str(folder / "in"),
        "--out", str(folder / out), "--build-dir", str(folder / "build"), *LIMITS, *more,
    ]  # fmt: skip


def finished(out: Path) -> dict[str, int]:
    """Return the results that are there, each with the number of its file: a new one has another."""
    try:
        with os.scandir(out / "results") as found:
            return {f.name: f.inode() for f in found if f.name.endswith(".json") and f.name[0] != "."}
    except FileNotFoundError:
        return {}


def graded(watch: Watch, call: list[str], meanwhile: Callable[[int], bool] = lambda _: True) -> int:
    """Run a command with its own progress bar; end it by SIGKILL when ``meanwhile`` says False."""
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        watch.look(process.pid)
        if not meanwhile(process.pid):
            process.kill()
            return process.wait()
        time.sleep(0.1)
    return process.returncode


def killed_and_resumed(folder: Path, out: str, count: int, watch: Watch, seed: int = 7) -> list[str]:
    """Kill the command five times at moments drawn at random, and let it go on; return what went wrong."""
    dice, wrong, seen = random.Random(seed), [], {}
    for wanted in sorted(dice.uniform(0, 0.9) * count for _ in range(5)):
        pause = dice.uniform(0, 1.0)
        status = graded(
            watch,
            command(folder, out, "--jobs", "2"),
            lambda _, wanted=wanted: len(finished(folder / out)) < wanted,
        )
        time.sleep(pause)  # its processes leave by themselves, with what they had in hand
        now = finished(folder / out)
        if status != -signal.SIGKILL:
            wrong.append(f"the command ended by itself with {status}")
        if again := [name for name, number in seen.items() if now.get(name) != number]:
            wrong.append(f"{len(again)} finished submissions were graded again")
        seen = now
    if graded(watch, command(folder, out, "--jobs", "2")):
        wrong.append("the last run failed")
    return wrong


def with_a_killed_worker(folder: Path, out: str, count: int, watch: Watch) -> list[str]:
    """Grade on a Dask cluster of two workers, one of which is killed half way; return what went wrong."""
    from distributed import LocalCluster

    wrong: list[str] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        killed = threading.Event()

        def half_way(_: int) -> bool:
            if not killed.is_set() and len(finished(folder / out)) > count / 2:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
                killed.set()
            return True

        if graded(watch, command(folder, out, "--scheduler", cluster.scheduler_address), half_way):
            wrong.append("the command failed")
        if not killed.is_set():
            wrong.append("no worker was killed")
    return wrong


def rows(out: Path) -> dict[str, dict[str, object]]:
    """Return every row of a run, by slug and without its time."""
    return {r.row.slug: asdict(r.row) | {"seconds": 0.0} for r in Store(out).records()}


def complaints(
    folder: Path, out: str, students: dict[str, str], baseline: dict[str, dict[str, object]]
) -> list[str]:
    """Compare a run with grading one by one; return what differs, in words."""
    found, wrong = rows(folder / out), []
    if lost := students.keys() - found.keys():
        wrong.append(f"{len(lost)} submissions are lost: {', '.join(sorted(lost)[:5])}")
    other = [slug for slug in sorted(found.keys() & baseline.keys()) if found[slug] != baseline[slug]]
    wrong += [f"{slug} ({students[slug]}): {_difference(found[slug], baseline[slug])}" for slug in other[:5]]
    if len(other) > 5:
        wrong.append(f"and {len(other) - 5} more rows differ")
    with (folder / out / "grades.csv").open(encoding="utf-8") as file:
        if (lines := sum(1 for _ in file)) != len(students) + 1:
            wrong.append(f"grades.csv has {lines} lines for {len(students)} students")
    if twice := list((folder / out / "results" / "history").glob("*/*.json")):
        wrong.append(f"{len(twice)} results were made twice")
    return wrong


def _difference(found: dict[str, object], wanted: dict[str, object]) -> str:
    other = [key for key in found if found[key] != wanted[key]]
    return ", ".join(f"{key} {found[key]!r}, one by one {wanted[key]!r}" for key in other)
