"""A class graded on a real Dask cluster of this machine: the same rows, whatever becomes of its workers."""

import os
import random
import signal
import subprocess
import threading
import time
from dataclasses import replace

import pytest
from distributed import LocalCluster

from autograder.grading.batch import grade_class
from autograder.grading.cluster import Cluster
from autograder.grading.remote import packages
from autograder.grading.scheduler import ClusterError, Scheduler
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.dask_class import command, on_cluster, slow_class
from tests.autograder.processes import descendants
from tests.autograder.whole_class import LIMITS, identities, made, messy

pytestmark = [pytest.mark.sealed, pytest.mark.alone]


@pytest.fixture
def cluster():
    """Return a cluster of two workers, a new one for each test.

    Dask replaces a worker that was killed, but not one that is killed while it is being replaced: a
    cluster that tests share would hand the loss on to all that follow.
    """
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


def pids(cluster: LocalCluster) -> set[int]:
    return {nanny.pid for nanny in cluster.workers.values() if nanny.pid}


def busy(cluster: LocalCluster) -> list[int]:
    """Return the processes of those workers that have a notebook in a sandbox."""
    states = cluster.scheduler.workers
    having = [n.pid for n in cluster.workers.values() if (w := states.get(n.worker_address)) and w.processing]
    return [pid for pid in having if any("zygote" in c for _, _, c in descendants(pid).values())]


def without_times(rows):
    return [replace(r, seconds=0.0) for r in rows]


def test_a_cluster_grades_as_one_process_does(cluster, assignment, tmp_path):
    messy(tmp_path / "in")
    (tmp_path / "out" / "log").mkdir(parents=True)
    (tmp_path / "out" / "log" / "ann.log").write_text("of an earlier version")
    there = on_cluster(cluster, tmp_path / "in", assignment, tmp_path / "out")
    here = grade_class(collect(tmp_path / "in"), assignment, tmp_path / "one", jobs=1, limits=LIMITS)
    assert without_times(there) == without_times(here)
    assert made(tmp_path / "out") == made(tmp_path / "one")
    logs = [{p.name: len(p.read_text()) for p in (tmp_path / o / "log").iterdir()} for o in ("out", "one")]
    assert logs[0].keys() == logs[1].keys()
    assert {r.tier for r in there if r.status == "graded"} <= {"bubblewrap", "process"}
    before = identities(tmp_path / "out")
    again = on_cluster(cluster, tmp_path / "in", assignment, tmp_path / "out")
    assert list(again) == list(there)
    assert identities(tmp_path / "out") == before
    left = [c for pid in pids(cluster) for _, _, c in descendants(pid).values() if "import serve" in c]
    assert not left, "grading processes outlive the class"


def test_a_worker_killed_in_mid_batch_costs_only_time(cluster, assignment, tmp_path):
    slow_class(tmp_path / "in", 12)
    out, killed = tmp_path / "out", []

    def kill() -> None:
        while len(identities(out)) < 3:
            time.sleep(0.02)
        killed.append(random.Random(1).choice(sorted(pids(cluster))))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    there = on_cluster(cluster, tmp_path / "in", assignment, out)
    killer.join()
    here = grade_class(collect(tmp_path / "in"), assignment, tmp_path / "one", jobs=2, limits=LIMITS)
    assert killed
    assert without_times(there) == without_times(here)
    assert made(out) == made(tmp_path / "one")
    assert not list((out / "results" / "history").glob("*/*"))


def test_a_notebook_under_which_two_workers_die_is_a_row(cluster, assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (tmp_path / "in" / "bob.ipynb").write_text(tiny.notebook("import time\ntime.sleep(200)", "total = sum"))
    out, killed, end = tmp_path / "out", [], time.monotonic() + 150

    def kill_twice() -> None:
        while len(killed) < 2 and time.monotonic() < end:
            for pid in busy(cluster) if identities(out).keys() == {"ann.json"} else ():
                time.sleep(1)  # bob's cells run by now
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)
                break
            time.sleep(0.2)

    killer = threading.Thread(target=kill_twice)
    killer.start()
    limits = replace(LIMITS, cell_seconds=300, notebook_seconds=300)
    rows = on_cluster(cluster, tmp_path / "in", assignment, out, limits=limits)
    killer.join()
    assert len(set(killed)) == 2
    assert [(r.student, r.status, r.score) for r in rows] == [("ann", "graded", 5.0), ("bob", "error", 0.0)]
    assert rows[1].reason == "internal error: 2 workers were lost while they graded it"


def test_a_grading_process_that_dies_is_replaced_on_its_worker(cluster, assignment, tmp_path):
    slow_class(tmp_path / "in", 6)
    before, killed = pids(cluster), []

    def kill() -> None:
        while not killed:
            time.sleep(0.1)
            if len(identities(tmp_path / "out")) < 1:
                continue
            for pid in pids(cluster):
                serving = [p for p, (_, _, c) in descendants(pid).items() if "import serve" in c]
                killed.extend(serving[:1])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    rows = on_cluster(cluster, tmp_path / "in", assignment, tmp_path / "out")
    killer.join()
    assert [(r.status, r.score) for r in rows] == [("graded", 2.0 if n % 2 else 5.0) for n in range(6)]
    assert pids(cluster) == before, "the workers themselves were not touched"


@pytest.mark.slow
def test_a_coordinator_killed_five_times_grades_nothing_twice(cluster, assignment, tmp_path):
    slow_class(tmp_path / "in", 12)
    (tmp_path / "in" / "bad.ipynb").write_text("{")
    address, dice, out = ("--scheduler", cluster.scheduler_address), random.Random(5), tmp_path / "out"
    seen: dict[str, int] = {}
    for _ in range(5):
        run = subprocess.Popen(
            command(tmp_path, "out", *address), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wanted, end = len(seen) + dice.choice((0, 1, 2)), time.monotonic() + 60
        while run.poll() is None and len(identities(out)) < wanted and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.6))
        run.kill()
        run.wait()
        now = identities(out)
        assert {name: now.get(name) for name in seen} == seen, "finished work was done again"
        seen = now
    last = subprocess.run(command(tmp_path, "out", *address), capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    assert {name: i for name, i in identities(out).items() if name in seen} == seen
    assert not list((out / "results" / "history").glob("*/*")), "a result was made twice"
    calm = subprocess.run(command(tmp_path, "calm", "--jobs", "2"), capture_output=True, text=True)
    assert calm.returncode == 0, calm.stderr
    assert made(out) == made(tmp_path / "calm")
    assert not [p for p in out.rglob(".*") if p.is_file()]


def test_an_interrupt_cancels_what_is_under_way(cluster, assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ipynb").write_text(tiny.perfect())
    for name in "bcdefg":
        (tmp_path / "in" / f"{name}.ipynb").write_text(tiny.notebook("import time\ntime.sleep(100)"))
    address = ("--scheduler", cluster.scheduler_address, "--cell-seconds", "300", "--notebook-seconds", "300")
    run = subprocess.Popen(
        command(tmp_path, "out", *address), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 90
    while "a.json" not in identities(tmp_path / "out"):
        assert time.monotonic() < end
        assert run.poll() is None, run.communicate()
        time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 130, errors
    assert "Interrupted: 1 of 7 were graded and are written." in errors
    assert "Traceback" not in errors
    end = time.monotonic() + 30
    while time.monotonic() < end and any(w.processing for w in cluster.scheduler.workers.values()):
        time.sleep(0.1)
    assert not any(w.processing for w in cluster.scheduler.workers.values())
    left = [c for pid in pids(cluster) for _, _, c in descendants(pid).values() if "import serve" in c]
    assert not left


def test_other_versions_on_a_worker_are_refused(cluster, monkeypatch):
    ours = packages() | {"numpy": "0.1"}
    monkeypatch.setattr("autograder.grading.scheduler.packages", lambda: ours)
    with pytest.raises(ClusterError, match=r"would grade with other versions: numpy [\d.]+ \(here 0.1\)"):
        Scheduler(cluster.scheduler_address).__enter__()


@pytest.mark.parametrize("moment", ["__enter__", "__exit__"])
def test_a_worker_that_dies_while_all_are_spoken_to_costs_nothing(
    moment, cluster, assignment, tmp_path, monkeypatch
):
    """Frozen, a worker still counts as there; killed a second later, it never answers."""
    slow_class(tmp_path / "in", 4)
    spoken = getattr(Cluster, moment)

    def fatal(self, *about):
        victim = min(pids(cluster))
        os.kill(victim, signal.SIGSTOP)
        killer = threading.Timer(1, os.kill, (victim, signal.SIGKILL))
        killer.start()
        answer = spoken(self, *about)
        killer.join()
        return answer

    monkeypatch.setattr(Cluster, moment, fatal)
    rows = on_cluster(cluster, tmp_path / "in", assignment, tmp_path / "out")
    assert [(r.status, r.score) for r in rows] == [("graded", 2.0 if n % 2 else 5.0) for n in range(4)]
    assert (tmp_path / "out" / "grades.csv").exists()
