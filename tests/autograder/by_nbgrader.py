"""nbgrader as a person uses it: its API, its commands and its formgrader."""

import http.client
import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.grades import coursedir
from autograder.grades.gradebook import NAME


@contextmanager
def opened(out: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{out / NAME}", coursedir.COURSE_ID) as book:
        yield book


def grade(out: Path, student: str, cell: str, manual: float) -> None:
    """Do what a person does in the formgrader."""
    with opened(out) as book:
        found = book.find_grade(cell, "tiny", "tiny", student)
        found.manual_score, found.needs_manual_grade = manual, False
        book.db.commit()


def nbgrader(out: Path, *arguments: str) -> str:
    environment = os.environ | {"PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=out,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@contextmanager
def formgrader(out: Path) -> Iterator[http.client.HTTPConnection]:
    """Run Jupyter with nbgrader's formgrader in ``out``, on this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(out / "no-config"), "HOME": str(out),
    }  # fmt: skip
    command = [
        sys.executable, "-m", "jupyter", "server", f"--port={port}", "--ip=127.0.0.1", "--no-browser",
        "--allow-root", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=secret", "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    with (out / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=out, env=environment, stdout=log, stderr=log)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        end = time.monotonic() + 90
        while True:
            try:
                connection.request("GET", "/formgrader/api/status", headers={"Authorization": "token secret"})
                assert connection.getresponse().read()
                break
            except OSError:
                connection.close()
                assert server.poll() is None, (out / "server.log").read_text()
                assert time.monotonic() < end, (out / "server.log").read_text()
                time.sleep(0.2)
        yield connection
        connection.close()
    finally:
        server.terminate()
        server.wait(30)


def ask(server: http.client.HTTPConnection, path: str, method: str = "GET", body: object = None) -> str:
    headers = {"Authorization": "token secret", "Content-Type": "application/json"}
    server.request(method, f"/formgrader/{path}", json.dumps(body) if body else None, headers)
    answer = server.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, (path, answer.status, text[-2000:])
    return text
