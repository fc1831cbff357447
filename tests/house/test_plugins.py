"""The suite's own machinery: what runs, in which order, and that a fresh clone has all it needs."""

import itertools
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins import changed, costs, sharing
from tests.support import ROOT, tracked

CHEAP = "tests/coursekit/test_tables.py"


def run(*arguments: str, cwd: Path = ROOT) -> str:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode in (0, 5), done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_what_passed_runs_again_only_when_its_inputs_changed(tmp_path: Path) -> None:
    cache = ("-o", f"cache_dir={tmp_path}")
    assert "5 passed" in run(CHEAP, *cache)
    assert "5 deselected" in run(CHEAP, "--changed", *cache)
    assert "5 passed" in run(CHEAP, *cache), "without the option everything runs"
    notes = tmp_path / "v" / "changed" / "passed"
    notes.write_text(notes.read_text(encoding="utf-8").replace('": "', '": "0'), encoding="utf-8")
    assert "5 passed" in run(CHEAP, "--changed", *cache), "other inputs than then"


@pytest.mark.slow
def test_a_file_and_a_homework_run_in_one_process(tmp_path: Path) -> None:
    files = [CHEAP, "tests/coursekit/test_judges.py", "tests/assignments/test_notebook_holes.py"]
    chosen = ("-k", "not run_all and not colab", "-o", f"cache_dir={tmp_path}")
    said = run("-vv", "-n", "2", "--dist", "loadfile", *chosen, *files)
    ran = re.findall(r"\[(gw\d)\].* PASSED (\S+::.*\S)", said)
    assert len(ran) > 30
    where: dict[str, set[str]] = {}
    for process, test in ran:
        where.setdefault(sharing.unit_of(test), set()).add(process)
    assert {*files, "hw1", "hw7"} <= where.keys()
    assert {unit: processes for unit, processes in where.items() if len(processes) > 1} == {}
    assert len({process for process, _ in ran}) == 2


def test_long_work_is_sent_first(request: pytest.FixtureRequest) -> None:
    items = request.session.items[::-1]
    sharing.arrange(items)
    units = list(dict.fromkeys(sharing.unit_of(item.nodeid) for item in items))
    long = {sharing.unit_of(i.nodeid) for i in items if any(map(i.get_closest_marker, sharing.LONG))}
    assert set(units[: len(long)]) == long
    runs = [unit for unit, _ in itertools.groupby(sharing.unit_of(item.nodeid) for item in items)]
    assert runs == units, "the tests of a unit are side by side"


def test_a_test_that_failed_is_never_left_out() -> None:
    notes = changed.Changed.__new__(changed.Changed)
    notes.passed, notes.failed = {f"{CHEAP}::a": "old"}, set()
    for when, outcome in (("call", "failed"), ("teardown", "passed")):
        report = pytest.TestReport(f"{CHEAP}::a", ("", 0, ""), {}, outcome, None, when)  # type: ignore[arg-type]
        notes.pytest_runtest_logreport(report)
    assert notes.passed == {}


def test_one_assignment_and_one_chapter_depend_on_themselves_alone() -> None:
    inputs = changed.inputs_of("tests/assignments/test_variants.py::test_master[hw3]")
    assert inputs is not None
    assert "solutions/hw3" in inputs
    assert "solutions" not in inputs
    inputs = changed.inputs_of("tests/book/test_chapters.py::test_frame[convolution/channels]")
    assert inputs is not None
    assert "book/convolution/channels.md" in inputs
    assert "book" not in inputs
    assert changed.inputs_of("tests/house/test_lint.py::test_tool") is None, "may depend on anything"


def test_every_input_is_there() -> None:
    named = {name for names in changed.INPUTS.values() for name in names} | set(changed.INPUTS)
    assert [name for name in (*named, *changed.COMMON) if not (ROOT / name).exists()] == []


def test_costs_are_added_up_by_group() -> None:
    counted = costs.Costs()
    for nodeid, when, seconds in (
        ("tests/autograder/sealed/test_a.py::one", "setup", 2.0),
        ("tests/autograder/sealed/test_a.py::one", "call", 3.0),
        ("tests/book/test_b.py::two", "call", 1.5),
        ("src/convnet/c.py::convnet.c", "call", 0.25),
    ):
        report = pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, when, duration=seconds)  # type: ignore[arg-type]
        counted.pytest_runtest_logreport(report)
    assert [line.split() for line in counted.table()] == [
        ["5.0", "s", "1", "tests", "tests/autograder/sealed"],
        ["1.5", "s", "1", "tests", "tests/book"],
        ["0.2", "s", "1", "tests", "1", "groups", "below", "1", "s"],
    ]


def test_lint_comes_first() -> None:
    listed = run("--collect-only", CHEAP, "tests/house/test_lint.py").splitlines()
    assert listed[0].startswith("tests/house/test_lint.py::")


def test_a_shell_in_the_background_does_not_hide_interrupts(tmp_path: Path) -> None:
    """Where we are started with interrupts ignored, what our tests start is not."""
    script = (
        "import signal, subprocess, sys, tests.conftest\n"
        "sleep = 'import time; print(1, flush=True); time.sleep(60)'\n"
        "child = subprocess.Popen([sys.executable, '-c', sleep], stdout=subprocess.PIPE, stderr=-3)\n"
        "child.stdout.readline(); child.send_signal(signal.SIGINT); print(child.wait(20))\n"
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        shell = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    assert shell.stdout.strip() == str(-signal.SIGINT), shell.stderr


@pytest.mark.slow
def test_a_fresh_clone_can_collect_every_test(tmp_path: Path) -> None:
    """Nothing built is there: no module may ask for it while it is imported."""
    clone = tmp_path / "clone"
    for path in tracked():
        target = clone / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for command in (["git", "init", "-q"], ["git", "add", "."]):
        subprocess.run(command, cwd=clone, check=True)
    assert "error" not in run("--collect-only", "-p", "no:cacheprovider", cwd=clone).splitlines()[-1]
