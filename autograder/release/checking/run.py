"""Builds an assignment in a temporary folder and puts it through its checks."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.release import build
from autograder.release.bench import Bench
from autograder.release.checking.checks import CHECKS, Check
from autograder.sealed import cores

BUILD = "the master can be built"


@dataclass(frozen=True)
class Outcome:
    """The result of one check, and how long it took."""

    title: str
    seconds: float
    problems: tuple[str, ...]


def check(
    name: str,
    root: Path,
    *,
    tier: str = "auto",
    progress: bool | None = True,
    only: str = "",
    jobs: int | None = None,
) -> Iterator[Outcome]:
    """Check an assignment; nothing is written into the repository.

    Parameters
    ----------
    name : str
        The assignment.
    root : Path
        The repository.
    tier : str
        How notebooks are sealed off, as for `autograder grade`.
    progress : bool or None
        Whether bars are shown; None where standard error is a terminal.
    only : str
        Run only the checks with this text in their titles.
    jobs : int or None
        How many notebooks are graded at once; None for as many as there are cores.
    """
    with tempfile.TemporaryDirectory(prefix=f"check-{name}-") as folder:
        aside = Path(folder)
        start = time.monotonic()
        try:
            for path, content in build.render(name, root).files.items():
                (aside / path).parent.mkdir(parents=True, exist_ok=True)
                (aside / path).write_bytes(content)
        except (ValueError, RuntimeError) as error:
            yield Outcome(BUILD, time.monotonic() - start, (str(error),))
            return
        yield Outcome(BUILD, time.monotonic() - start, ())
        bench = Bench(name, root, aside, tier, progress, jobs=jobs or cores.count())
        yield from _run(bench, tuple(c for c in CHECKS if only in c.title))


def quick(name: str, root: Path, tier: str = "auto") -> Iterator[Outcome]:
    """Run the quick checks on what was just built."""
    yield from _run(Bench(name, root, root, tier), tuple(c for c in CHECKS if c.quick))


def drawn(name: str, root: Path, tier: str = "auto") -> Iterator[Outcome]:
    """Run the checks that depend on hidden inputs on what was just built for a term."""
    bench = Bench(name, root, root, tier, progress=None, jobs=cores.count())
    yield from _run(bench, tuple(c for c in CHECKS if c.drawn))


def _run(bench: Bench, checks: tuple[Check, ...]) -> Iterator[Outcome]:
    try:
        for one in checks:
            start = time.monotonic()
            try:
                problems = one.problems(bench)
            except ValueError as error:  # a file of the author's that cannot be read
                problems = [str(error)]
            yield Outcome(one.title, time.monotonic() - start, tuple(problems))
    finally:
        bench.close()
