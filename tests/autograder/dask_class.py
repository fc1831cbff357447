"""A class for a Dask cluster, and two ways to have it graded there."""

import sys
from pathlib import Path

from autograder.grading.batch import grade_class
from autograder.grading.scheduler import Scheduler
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.whole_class import LIMITS


def slow_class(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        wrong = "return x" if number % 2 else "return 2 * x"
        source = f"import time\ntime.sleep(0.3)\ndef double(x):\n    {wrong}"
        (folder / f"s{number:02}.ipynb").write_text(tiny.notebook(source, "total = sum", f"{number}."))


def on_cluster(cluster, folder, assignment, out, **options):
    with Scheduler(cluster.scheduler_address) as scheduler:
        entries = collect(folder)
        return grade_class(
            entries, assignment, out, workers=scheduler.workers, **({"limits": LIMITS} | options)
        )


def command(folder: Path, out: str, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "autograder.cli", "grade", "tiny", str(folder / "in"),
        "--out", str(folder / out), "--build-dir", str(folder / "build"), "--cell-seconds", "3", *more,
    ]  # fmt: skip
