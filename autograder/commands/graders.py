"""Who grades a class: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from autograder import startup
from autograder.commands import calls

if TYPE_CHECKING:
    from autograder.grading.batch import Workers
    from autograder.grading.job import Setup

scheduler_option = click.option(
    "--scheduler",
    metavar="ADDR",
    help="Grade on the Dask workers of this scheduler (tcp://host:8786), each started with "
    "`dask worker ADDR --nthreads 1`. Notebooks and hidden tests travel unencrypted unless ADDR is tls://, "
    "for which Dask's own configuration names the certificates.",
)


@contextlib.contextmanager
def graders(scheduler: str | None, wanted: str) -> Iterator[tuple[str, Callable[[Setup, int], Workers]]]:
    """Choose who grades and under which isolation, and warn loudly of a weak one.

    Parameters
    ----------
    scheduler : str, optional
        The address of a Dask scheduler; without it this machine grades.
    wanted : {"auto", "bubblewrap", "process"}
        The isolation that is asked for; on a cluster every worker must have it.

    Yields
    ------
    tier : str
        The isolation that is used.
    workers : callable
        What `autograder.grading.batch.grade_class` takes.
    """
    if scheduler is None:
        from autograder.grading.pool import Pool

        yield calls.chosen_tier(wanted), Pool
        return
    try:
        from autograder.grading.cluster import ClusterError
        from autograder.grading.scheduler import Scheduler
    except ModuleNotFoundError as missing:
        raise click.UsageError(
            f"--scheduler needs Dask ({missing.name} is missing), {startup.how_to_install('cluster')}"
        ) from None
    from autograder.sealed import TierUnavailable

    try:
        with Scheduler(scheduler) as cluster:
            try:
                tier = cluster.tier(wanted)
            except TierUnavailable as error:
                raise calls.TierUnavailableError(str(error)) from None
            if tier == "process":
                calls.warn_of_weak_tier(cluster.weakest() if wanted == "auto" else "")
            yield tier, cluster.workers
    except ClusterError as error:
        raise click.ClickException(str(error)) from None


def jobs_for(scheduler: str | None, asked: int | None, usual: int | None) -> int:
    """Return how many notebooks are graded at once; on a cluster its threads decide."""
    if scheduler and asked:
        raise click.UsageError("--jobs is for this machine; on a cluster each worker's threads grade")
    from autograder.sealed import cores

    return asked or usual or cores.count()
