"""A class graded on a real Dask cluster of this machine: the same rows, whatever becomes of its workers."""

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from autograder.commands.group import autograder
from autograder.grading import cluster as coordinator
from autograder.grading.batch import grade_class
from autograder.grading.delivery import ForeignError, adopt
from autograder.grading.job import Setup
from autograder.grading.process import StartError
from autograder.grading.remote import Delivery, Parcel, Shipment, packages
from autograder.grading.scheduler import ClusterError, Scheduler
from autograder.records.store import Store
from autograder.sealed import Limits, TierUnavailable
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.test_batch import _descendants, messy
from tests.autograder.test_faults import identities, made

LIMITS = Limits(cell_seconds=3, case_seconds=5)
pytestmark = pytest.mark.sealed


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


@pytest.fixture
def assignment(tmp_path):
    return tiny.assignment(tmp_path / "build")


def pids(cluster: LocalCluster) -> set[int]:
    return {nanny.pid for nanny in cluster.workers.values() if nanny.pid}


def on_cluster(cluster, folder, assignment, out, **options):
    with Scheduler(cluster.scheduler_address) as scheduler:
        entries = collect(folder)
        return grade_class(
            entries, assignment, out, workers=scheduler.workers, **({"limits": LIMITS} | options)
        )


def without_times(rows):
    return [replace(r, seconds=0.0) for r in rows]


def slow_class(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        wrong = "return x" if number % 2 else "return 2 * x"
        source = f"import time\ntime.sleep(0.3)\ndef double(x):\n    {wrong}"
        (folder / f"s{number:02}.ipynb").write_text(tiny.notebook(source, "total = sum", f"{number}."))


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
    left = [c for pid in pids(cluster) for _, _, c in _descendants(pid).values() if "import serve" in c]
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


def busy(cluster: LocalCluster) -> list[int]:
    """Return the processes of those workers that have a notebook in a sandbox."""
    states = cluster.scheduler.workers
    having = [n.pid for n in cluster.workers.values() if (w := states.get(n.worker_address)) and w.processing]
    return [pid for pid in having if any("zygote" in c for _, _, c in _descendants(pid).values())]


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
                serving = [p for p, (_, _, c) in _descendants(pid).items() if "import serve" in c]
                killed.extend(serving[:1])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    rows = on_cluster(cluster, tmp_path / "in", assignment, tmp_path / "out")
    killer.join()
    assert [(r.status, r.score) for r in rows] == [("graded", 2.0 if n % 2 else 5.0) for n in range(6)]
    assert pids(cluster) == before, "the workers themselves were not touched"


def command(folder: Path, out: str, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "autograder.cli", "grade", "tiny", str(folder / "in"),
        "--out", str(folder / out), "--build-dir", str(folder / "build"), "--cell-seconds", "3", *more,
    ]  # fmt: skip


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
    left = [c for pid in pids(cluster) for _, _, c in _descendants(pid).values() if "import serve" in c]
    assert not left


def test_the_tests_lie_in_a_private_folder_that_goes(assignment, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    dead = tmp_path / "t" / f"autograder-{2**22 + 1}-x"
    dead.mkdir(parents=True)
    shipment = Shipment.of(Setup(assignment, tmp_path / "out", "process", LIMITS))
    assert set(shipment.files) == {
        "manifest.json", "tests/q1.py", "tests/q2.py", "nbgrader/release/tiny/tiny.ipynb",
    }  # fmt: skip
    with shipment.begin() as setup:
        private = setup.out.parent
        assert private.stat().st_mode & 0o777 == 0o700
        assert setup.conditions == shipment.conditions
        assert [q.tests.read_bytes() for q in setup.assignment.graded] == [
            q.tests.read_bytes() for q in assignment.graded
        ]
        assert not dead.exists()
    assert not private.exists()
    spoilt = replace(shipment, files=shipment.files | {"tests/q1.py": b"pass"})
    with pytest.raises(ValueError, match="are not those that were sent"), spoilt.begin():
        pass


def test_a_delivery_may_write_only_what_it_was_asked_for(assignment, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (ann,) = collect(tmp_path / "in")
    (tmp_path / "w").mkdir()
    setup = Setup(assignment, tmp_path / "w" / "out", "bubblewrap")
    shipment = Shipment.of(setup)
    with shipment.begin() as there:
        parcel = Parcel(ann, (tmp_path / "in" / "ann.ipynb").read_bytes())
        sent = shipment.do(parcel, there, lambda _: tiny.result(tiny.executed()))
        assert not there.out.exists()
    assert adopt(sent, ann, setup) == sent.graded
    assert Store(setup.out).read("ann").row == sent.graded.row
    for name in ("../evil", "results/bob.json", "grades.csv", "feedback/../../evil"):
        with pytest.raises(ForeignError):
            adopt(Delivery(sent.graded, sent.files | {name: b""}), ann, setup)
    weak = replace(sent.graded, row=replace(sent.graded.row, tier="process"))
    with pytest.raises(ForeignError, match="in the process tier, not in bubblewrap"):
        adopt(Delivery(weak, sent.files), ann, setup)
    assert not (tmp_path / "evil").exists()


def test_a_worker_without_the_tier_is_named(assignment, tmp_path):
    bare = tmp_path / "bin"  # a machine without bwrap
    bare.mkdir()
    with LocalCluster(
        n_workers=1, threads_per_worker=2, dashboard_address=None, env={"PATH": str(bare)}
    ) as weak:
        (address,) = weak.scheduler.workers
        with Scheduler(weak.scheduler_address) as scheduler:
            assert scheduler.tier("auto") == "process"
            assert scheduler.weakest().startswith(f"worker {address}: ")
            with pytest.raises(
                TierUnavailable, match=f"worker {address} does not have the bubblewrap tier: "
            ):
                scheduler.tier("bubblewrap")
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
        with pytest.raises(StartError, match=rf"worker {address} cannot grade:(?s:.*)bwrap is missing"):
            on_cluster(weak, tmp_path / "in", assignment, tmp_path / "out", tier="bubblewrap")
        rows = on_cluster(weak, tmp_path / "in", assignment, tmp_path / "out", tier="process")
        assert [(r.score, r.tier) for r in rows] == [(5.0, "process")]


def test_other_versions_on_a_worker_are_refused(cluster, monkeypatch):
    ours = packages() | {"numpy": "0.1"}
    monkeypatch.setattr("autograder.grading.scheduler.packages", lambda: ours)
    with pytest.raises(ClusterError, match=r"would grade with other versions: numpy [\d.]+ \(here 0.1\)"):
        Scheduler(cluster.scheduler_address).__enter__()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9: Timed out"),
        ("tls://127.0.0.1:9", "no Dask scheduler answers at tls://127.0.0.1:9: TLS expects"),
        ("nonsense", "no Dask scheduler answers at nonsense: missing port"),
    ],
)
def test_a_scheduler_that_is_not_there_is_said(address, words, assignment, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.grading.scheduler._ANSWER", 0.5)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text("{")
    said = CliRunner().invoke(autograder, ["grade", "tiny", "in", "--out", "out", "--scheduler", address])
    assert said.exit_code == 1
    assert words in said.output
    assert "Traceback" not in said.output
    assert not (tmp_path / "out").exists()


def test_a_caller_with_an_event_loop_can_ask_too(monkeypatch):
    monkeypatch.setattr("autograder.grading.scheduler._ANSWER", 0.5)

    async def asked():
        Scheduler("tcp://127.0.0.1:9")

    # In a thread of its own: a browser's test in this process may have left this one a loop.
    with ThreadPoolExecutor(1) as thread, pytest.raises(ClusterError, match="no Dask scheduler answers"):
        thread.submit(asyncio.run, asked()).result()


def test_what_dask_needs_is_said(assignment, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text("{")
    call = ["grade", "tiny", "in", "--out", "out", "--scheduler", "tcp://127.0.0.1:9"]
    said = CliRunner().invoke(autograder, [*call, "--jobs", "2"])
    assert said.exit_code == 2
    assert "--jobs is for this machine" in said.output
    monkeypatch.setitem(sys.modules, "autograder.grading.cluster", None)
    said = CliRunner().invoke(autograder, call)
    assert said.exit_code == 2
    assert "pip install 'cnn-course[cluster]'" in said.output
    help_text = " ".join(CliRunner().invoke(autograder, ["grade", "--help"]).output.split())
    assert "travel unencrypted unless ADDR is tls://" in help_text


@pytest.mark.slow
def test_a_cluster_that_is_deserted_is_given_up(assignment, tmp_path, monkeypatch):
    monkeypatch.setattr(coordinator, "_DESERTED", 3.0)
    slow_class(tmp_path / "in", 4)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as shrinking:

        def leave() -> None:
            while not identities(tmp_path / "out"):
                time.sleep(0.05)
            shrinking.scale(0)

        leaver = threading.Thread(target=leave)
        leaver.start()
        with pytest.raises(ClusterError, match="no worker was there for"):
            on_cluster(shrinking, tmp_path / "in", assignment, tmp_path / "out")
        leaver.join()
    assert len((tmp_path / "out" / "grades.csv").read_text().splitlines()) >= 2


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes the certificate, is missing"
)
def test_over_tls_with_dasks_own_configuration(assignment, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made_by = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=class",
               "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(made_by, check=True, capture_output=True)
    settings = {f"DASK_DISTRIBUTED__COMM__TLS__{role}__{what}": str(path)
                for role in ("CLIENT", "SCHEDULER", "WORKER")
                for what, path in (("KEY", key), ("CERT", certificate))}  # fmt: skip
    env = os.environ | settings | {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(certificate)}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    listed = tmp_path / "scheduler.json"
    program = "from distributed.cli.dask_{0} import main; main()"
    options = {"scheduler": ["--protocol", "tls", "--port", "0", "--no-dashboard", "--host", "127.0.0.1"],
               "worker": ["--nthreads", "1", "--no-dashboard"]}  # fmt: skip
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program.format(kind), *more, "--scheduler-file", str(listed)],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path,
        )
        for kind, more in options.items()
    ]  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not listed.exists() and time.monotonic() < end:
            time.sleep(0.1)
        address = json.loads(listed.read_text())["address"]
        assert address.startswith("tls://")
        call = command(tmp_path, "out", "--scheduler", address)
        refused = subprocess.run(call, capture_output=True, text=True)
        assert refused.returncode == 1
        assert "TLS expects" in refused.stderr
        done = subprocess.run(call, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[2].split()[:3] == ["ann", "5", "5"]
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(30)
