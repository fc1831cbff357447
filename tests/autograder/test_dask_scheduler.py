"""Reaching a Dask scheduler: what is said where it, its workers or their tier are not there."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from autograder.commands.group import autograder
from autograder.grading import cluster as coordinator
from autograder.grading.process import StartError
from autograder.grading.scheduler import ClusterError, Scheduler
from autograder.sealed import TierUnavailable
from tests.autograder import tiny
from tests.autograder.dask_class import command, on_cluster, slow_class
from tests.autograder.whole_class import identities

pytestmark = [pytest.mark.sealed, pytest.mark.alone]


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
    assert "pip install '.[cluster]'" in said.output
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
