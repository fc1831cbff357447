"""The zip graded for real: unpacked in a container like Gradescope's, its run_autograder run as root.

The notebooks are the sample class's. Most are graded as in Docker, where no namespace can be made.
"""

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from autograder import assignment
from autograder.commands.group import autograder
from autograder.sealed import Grader
from tests.autograder.gradescope_container import Container
from tests.autograder.gradescope_schema import GRADED, NOT_GRADED
from tests.sample_class import make
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.sealed]

# Whatever is won is told in the message of a test, for nothing else of a notebook comes out of the container;
# that this way is open shows the first question, which tells what every user may read.
ATTACK = """
import os, socket, subprocess
won = []

def attempt(what, act):
    try:
        act()
    except Exception:
        return
    won.append(what)

def send(address):
    with socket.create_connection(address, timeout=2) as connection:
        connection.sendall(b"the hidden tests")

def others():
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid != os.getuid() or int(name) == 1:
                yield int(name)
        except OSError:
            pass

attempt("/etc/passwd", lambda: open("/etc/passwd" if os.path.exists("/etc/passwd") else os.__file__).close())
control = tuple(won)
won.clear()
for path in SECRETS:
    attempt(f"read {path}", lambda: open(path, "rb").close())
    attempt(f"wrote {path}", lambda: open(path, "ab").close())
    attempt(f"opened {path}", lambda: os.chmod(path, 0o777))
    attempt(f"removed {path}", lambda: os.rename(path, "/tmp/mine"))
    attempt(f"laid a file beside {path}", lambda: open(os.path.dirname(path) + "/results.json.mine", "x"))
for top in ("source", "results", "submission"):
    for folder, _, files in os.walk(f"/autograder/{top}"):
        if "/packages/coursekit" not in folder:
            won += [f"found {folder}/{file}" for file in files]
for pid in others():
    attempt(f"looked into {pid}", lambda: os.listdir(f"/proc/{pid}/root/autograder"))
    attempt(f"read the environment of {pid}", lambda: open(f"/proc/{pid}/environ").read())
    attempt(f"read the memory of {pid}", lambda: open(f"/proc/{pid}/mem", "rb").close())
    if pid != 1:
        attempt(f"killed {pid}", lambda: os.kill(pid, 9))
attempt("sent over IPv4", lambda: send(("127.0.0.1", PORT)))
attempt("sent over IPv6", lambda: send(("::1", PORT)))
attempt("became root", lambda: os.setuid(0))
attempt("became root by su", lambda: subprocess.run(["su", "-c", "true"], check=True, timeout=5))
attempt("imported the reference", lambda: __import__("convnet"))
attempt("changed the grader", lambda: open(__import__("inside").__file__, "a").close())
attempt("changed a library", lambda: open(__import__("numpy").__file__, "a").close())

def tell(what):
    def told(*arguments, **keywords):
        raise RuntimeError(str(what))
    return told

for name in ANSWERS if won else []:
    globals()[name] = tell(won)
output_size = tell(control)
"""
# The sandbox's own helpers are the same user where no namespace parts them: they may be killed, to no use.
SUICIDE = """
import os
for name in filter(str.isdigit, os.listdir("/proc")):
    if int(name) not in (1, os.getpid()):
        try:
            os.kill(int(name), 9)
        except OSError:
            pass
"""
SECRETS = (
    "/autograder/source/build/hw3/tests/q5.py", "/autograder/source/setup.sh",
    "/autograder/source/packages/convnet/__init__.py", "/autograder/source/packages/autograder/text.py",
    "/autograder/results/results.json", "/autograder/submission_metadata.json",
)  # fmt: skip
ANSWERS = ("correlate2d", "convolve2d", "pad2d", "conv2d", "im2col")


@pytest.fixture(scope="module")
def hw3() -> assignment.Assignment:
    try:
        return assignment.load("hw3", ROOT / "build")
    except FileNotFoundError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="module")
def handed_in(hw3: assignment.Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks of the sample class."""
    folder = tmp_path_factory.mktemp("class")
    make.make("hw3", folder, ROOT)
    return folder / "submissions"


@pytest.fixture(scope="module")
def container(hw3: assignment.Assignment, tmp_path_factory: pytest.TempPathFactory) -> Container:
    """A container of the zip that the command makes."""
    folder = tmp_path_factory.mktemp("gradescope")
    call = ["gradescope", "hw3", "--to", str(folder / "hw3.zip"), "--build-dir", str(ROOT / "build")]
    said = CliRunner().invoke(autograder, call)
    assert said.exit_code == 0, said.output
    return Container(folder, folder / "hw3.zip")


@pytest.fixture(scope="module")
def grader(hw3: assignment.Assignment) -> Iterator[Grader]:
    """What `autograder grade` grades with."""
    with Grader(hw3, tier="bubblewrap") as grader:
        yield grader


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine, which a container without a network of its own can reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def scores(results: dict[str, Any]) -> dict[str, float]:
    """Return the score of each question, by its name."""
    return {t["name"].split(" · ")[0]: t["score"] for t in results["tests"] if "score" in t}


def shown(results: dict[str, Any]) -> str:
    """Return all that a student may ever read."""
    tests = [t for t in results["tests"] if t["visibility"] != "hidden"]
    return "\n".join([results["output"], *(t["name"] + "\n" + t["output"] for t in tests)])


def hidden_lines(hw3: assignment.Assignment) -> list[str]:
    """Return the lines of code in hidden tests that are long enough to be told from others."""
    blocks = [b for q in hw3.graded if q.tests for b in q.tests.read_text().split("@test_case")]
    code = [block.split("def ", 1)[1] for block in blocks if "hidden=True" in block]
    return [line.strip() for body in code for line in body.splitlines() if len(line.strip()) > 20]


@pytest.mark.parametrize("name", ["perfect", "partly-right", "blank", "syntax-error"])
def test_scores_are_those_of_the_command(name, container, handed_in, hw3, grader):
    path = handed_in / f"{name}.ipynb"
    results = container.grade(path)
    jsonschema.validate(results, GRADED)
    expected = grader.grade(path.read_bytes())
    assert scores(results) == {q.name: q.score for q in expected.questions}
    assert results["score"] == expected.score == sum(scores(results).values())
    assert results["extra_data"] == {"tier": "process"}
    assert "bwrap: Creating new namespace failed" in results["tests"][-1]["output"]
    assert not [line for line in hidden_lines(hw3) if line in shown(results)]
    assert container.done.returncode == 0
    assert ("q5, q5 - " in container.done.stdout) == (scores(results)["q5"] == 0)


def attack(folder: Path, solved: Path, port: int, *cells: str) -> Path:
    """Write the solution with cells at its end that attack."""
    notebook = json.loads(solved.read_text(encoding="utf-8"))
    head = f"SECRETS, ANSWERS, PORT = {SECRETS}, {ANSWERS}, {port}\n"
    for k, source in enumerate(cells):
        cell = {"cell_type": "code", "id": f"attack-{k}", "metadata": {}, "source": head + source}
        notebook["cells"].append({**cell, "outputs": [], "execution_count": None})
    path = folder / "hw3.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.mark.parametrize(("tier", "docker"), [("process", True), ("bubblewrap", False)])
def test_an_attack_wins_nothing(tier, docker, container, handed_in, listener, tmp_path):
    port = listener.getsockname()[1]
    results = container.grade(
        attack(tmp_path, handed_in / "perfect.ipynb", port, ATTACK, SUICIDE), docker=docker
    )
    jsonschema.validate(results, GRADED)
    assert results["extra_data"] == {"tier": tier}, results["tests"][-1]
    said = re.findall(r"RuntimeError: .*", "\n".join(t["output"] for t in results["tests"]))
    assert set(said) == {"RuntimeError: ('/etc/passwd',)"}
    assert {name for name, score in scores(results).items() if score == 0} == {"q1"}
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_submission_that_is_none_is_explained(container, handed_in, tmp_path):
    one, two = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    for path in (one, two):
        path.write_bytes((handed_in / "blank.ipynb").read_bytes())
    (tmp_path / "notes.txt").write_text("I forgot.")
    for files, words in {
        (): "no notebook in the folder (it is empty)",
        (tmp_path / "notes.txt",): "no notebook in the folder (it holds notes.txt)",
        (one, two): "two notebooks in the folder: a.ipynb, b.ipynb; one should be named hw3.ipynb",
        (handed_in / "not-a-notebook.ipynb",): "not a notebook: broken JSON",
    }.items():
        results = container.grade(*files)
        jsonschema.validate(results, GRADED)
        assert words in results["output"]
        assert results["score"] == 0
        assert {t["output"] for t in results["tests"][:-1]} == {"Its tests did not run."}


def test_without_closed_folders_nothing_is_graded(container, handed_in):
    open_up = "chmod -R go+rX /autograder/source/build && chmod go+x /autograder/source"
    assert container.run("sh", "-c", open_up).returncode == 0
    results = container.grade(handed_in / "perfect.ipynb")
    jsonschema.validate(results, NOT_GRADED)
    assert "This is no zero" in results["output"]
    staff = results["tests"][-1]
    assert staff["visibility"] == "hidden"
    assert "can reach /autograder/source/build/hw3" in staff["output"]
    assert staff["output"] in container.done.stdout
    assert container.done.returncode == 1
    assert container.run("bash", "/autograder/source/setup.sh", "permissions").returncode == 0
    jsonschema.validate(container.grade(), GRADED)


def test_a_grader_that_does_not_start_leaves_a_notice(container, handed_in):
    settings = container.source / "gradescope.json"
    kept = settings.read_bytes()
    settings.write_text("{")
    results = container.grade(handed_in / "perfect.ipynb")
    settings.write_bytes(kept)
    jsonschema.validate(results, NOT_GRADED)
    assert "JSONDecodeError" in results["tests"][-1]["output"]
    packages = container.source / "packages"
    packages.rename(container.source / "away")
    results = container.grade(handed_in / "perfect.ipynb")
    (container.source / "away").rename(packages)
    jsonschema.validate(results, NOT_GRADED)
    assert "No module named 'autograder'" in container.done.stderr


def test_a_grader_that_takes_too_long_leaves_a_notice(container, handed_in):
    script = container.autograder / "run_autograder"
    kept = script.read_text()
    assert kept.count(" 580 ") == 2
    script.write_text(kept.replace(" 580 ", " 0.5 "))
    results = container.grade(handed_in / "perfect.ipynb")
    script.write_text(kept)
    jsonschema.validate(results, NOT_GRADED)
    assert container.done.returncode == 124
    assert "ended after 0.5 seconds" in container.done.stdout


def test_the_scripts_are_bash():
    for script in (ROOT / "autograder" / "gradescope" / "container").iterdir():
        checked = subprocess.run(["bash", "-n", script], capture_output=True, text=True)
        assert (checked.returncode, checked.stderr) == (0, ""), script
