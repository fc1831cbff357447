"""The way to a Dask scheduler, and what its workers can do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from distributed import Client
from distributed.comm.core import connect
from distributed.security import Security

from autograder.grading.cluster import Cluster, ClusterError
from autograder.grading.job import Setup
from autograder.grading.remote import Facts, examine, packages
from autograder.sealed import TierUnavailable
from autograder.sealed.tiers import TIERS, TierName
from autograder.startup import how_to_install

_ANSWER = 10.0  # seconds a scheduler has to answer
_FIRST = 30.0  # seconds in which the first worker must be there


class Scheduler:
    """A connection to the scheduler at an address such as ``tcp://10.0.0.1:8786``.

    For ``tls://`` Dask's own configuration says where keys and certificates are
    (``distributed.comm.tls``). Without it whoever is in the network can read and change what travels.

    Raises
    ------
    ClusterError
        When nothing answers there, there is no worker, or a worker's versions differ from this machine's.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        connected: Callable[..., Any] = Client  # Dask annotates some of its methods only
        try:
            # A client that was never connected takes long to close. In a thread, because this one may run a
            # loop.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _knock(address)).result()
            self._client = connected(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # TypeError: tls without certificates
            raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None

    def __enter__(self) -> Self:
        try:
            self._client.wait_for_workers(1, timeout=_FIRST)
            self._facts = self._asked()
        except TimeoutError:
            self._client.close()
            raise ClusterError(
                f"no worker has joined {self._address}: start some with "
                f"`dask worker {self._address} --nthreads 1`"
            ) from None
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def tier(self, wanted: str) -> TierName:
        """Choose an isolation that every worker has: the strongest, or the one that is demanded.

        Raises
        ------
        TierUnavailable
            When a worker does not have the one that is demanded; the message names it.
        """
        for tier in TIERS:
            without = [address for address, facts in self._facts.items() if tier not in facts.tiers]
            if wanted == tier and without:
                why = self._facts[without[0]].why_no_bubblewrap
                raise TierUnavailable(f"worker {without[0]} does not have the {tier} tier: {why}")
            if wanted in (tier, "auto") and not without:
                return tier
        raise ValueError(f"tier must be 'auto' or one of {', '.join(TIERS)}, not {wanted!r}")

    def weakest(self) -> str:
        """Name a worker without bubblewrap, and why it has none; empty when all have it."""
        found = ((a, f.why_no_bubblewrap) for a, f in self._facts.items() if f.why_no_bubblewrap)
        return next((f"worker {address}: {why}" for address, why in found), "")

    def workers(self, setup: Setup, jobs: int) -> Cluster:
        """Return what grades a class; how many notebooks at once is up to the cluster."""
        return Cluster(self._client, setup)

    def _asked(self) -> dict[str, Facts]:
        ours = packages()
        facts: dict[str, Facts] = self._client.run(examine, on_error="return")
        for address, found in facts.items():
            if isinstance(found, BaseException):
                raise ClusterError(
                    f"worker {address} cannot grade ({type(found).__name__}: {found}): install the same "
                    f"packages there, {how_to_install('grade,cluster')}"
                )
            if other := {n: v for n, v in found.packages.items() if ours.get(n) != v}:
                theirs = ", ".join(f"{n} {v} (here {ours.get(n)})" for n, v in other.items())
                raise ClusterError(f"worker {address} would grade with other versions: {theirs}")
        return facts


async def _knock(address: str) -> None:
    secure: Callable[..., Any] = Security
    opened: Callable[..., Any] = connect
    line = await opened(address, timeout=_ANSWER, **secure().get_connection_args("client"))
    await line.close()
