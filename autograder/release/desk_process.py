"""The process behind a desk: it runs a notebook once, then answers each job in a fork of itself.

Started by :class:`autograder.release.desk.Desk` as ``python -m``; lines of JSON come and go over
standard input and output. The notebook is the author's own: nothing here is sealed, and hidden tests run
beside the answers.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import math
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np

from autograder import seeds
from autograder.release import agreement, slow
from coursekit import _bands, _otter_tests

Job = dict[str, Any]
SLOWER = 20  # how much longer than the right answer one may compute, on a machine that others use, too
BUSY = 10  # how much longer than its computing time a job may take, on a busy machine or where it sleeps


def main() -> None:
    """Run the notebook that the first line names, then every list of jobs that follows."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)  # cells print
    first = json.loads(sys.stdin.readline())
    names, failed = run_notebook(first["cells"])
    tests = {name: _otter_tests.read(text, name) for name, text in first["tests"].items()}
    spent = {}
    for name, question in tests.items():  # once here, so that no fork has to load and compile what tests use
        start = time.process_time()
        question.run(names | slow.noting(names))
        spent[name] = time.process_time() - start
    gc.collect()
    gc.freeze()  # a collection in a fork would copy each page that it looks at
    _say(answers, {"failed": failed, "cases": {name: len(test.cases) for name, test in tests.items()}})
    for line in sys.stdin:
        request = json.loads(line)
        pages = [agreement.page(text, names) for text in request.get("pages", ())]
        for job in request["jobs"]:
            job.setdefault("seconds", max(request["seconds"], SLOWER * spent.get(job.get("question"), 0)))
        _say(answers, serve(request["jobs"], names, tests, pages))
    os._exit(0)


def _say(answers: Any, value: Any) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def run_notebook(cells: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Run cells as a kernel would; return their names, and what raised."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False  # its thread would not survive a fork
    make: Any = InteractiveShell.instance
    shell = make(config=config)
    failed = []
    for number, source in enumerate(cells, start=1):
        result = shell.run_cell(source, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            failed.append(f"code cell {number}: {type(error).__name__}: {error}")
    return shell.user_ns, failed


def serve(
    jobs: Sequence[Job],
    names: dict[str, Any],
    tests: Mapping[str, Any],
    pages: Sequence[Mapping[str, Any]] = (),
) -> list[Any]:
    """Do jobs in forks, one per core at a time; a job that computes too long is ended."""
    many = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 4)
    answers: list[list[Any]] = [[] for _ in jobs]
    waiting = list(enumerate(jobs))[::-1]
    running: dict[int, tuple[int, int, float, bytearray]] = {}  # pipe → job, process, end, what came
    while waiting or running:
        while waiting and len(running) < many:
            number, job = waiting.pop()
            read, write = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(read)
                with contextlib.suppress(BaseException):
                    limit = math.ceil(job["seconds"])
                    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
                    do(job, names, tests, write, pages)
                os._exit(0)
            os.close(write)
            running[read] = (number, pid, time.monotonic() + BUSY * job["seconds"], bytearray())
        ready = select.select(list(running), [], [], 0.1)[0]
        for pipe, (number, pid, end, came) in list(running.items()):
            data = os.read(pipe, 1 << 20) if pipe in ready else b""
            came += data
            late = time.monotonic() > end
            if late:
                os.kill(pid, signal.SIGKILL)
            if late or (pipe in ready and not data):
                os.close(pipe)
                os.waitpid(pid, 0)
                del running[pipe]
                lines = bytes(came).split(b"\n")[:-1]  # an incomplete line says nothing
                answers[number] = [json.loads(line) for line in lines]
    return answers


def do(
    job: Job,
    names: dict[str, Any],
    tests: Mapping[str, Any],
    pipe: int,
    pages: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Do one job: change names, run the tests of a question, and write a line for each case.

    A job has ``question`` and ``source`` (run in the notebook's names first); ``remove`` names what the
    notebook does not define; ``hidden`` says whether hidden tests run; the job ends when ``lost`` points are
    lost; ``record`` has the conditions to look for, by function; with ``survey`` a line says what the case
    saw, too. A job with ``pasted`` asks which functions
    of ``pages`` agree with the ``answer`` of the master instead.
    """
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)  # warnings
    for name in job.get("remove", []):
        names.pop(name, None)
    if "pasted" in job:
        question = tests[job["question"]]
        found = agreement.agreeing(job["pasted"], job["answer"], job["helpers"], question, names, pages)
        os.write(pipe, json.dumps(found).encode() + b"\n")
        return
    exec(compile(job["source"], "<changed answer>", "exec"), names)
    calls: list[Any] = []
    if "record" in job:
        record(job["record"], job["helpers"], names, calls)
    _bands.forget()
    _bands.forget = _no_more  # cases run one by one here, and those of one score share it, as under seal
    question, lost, held = tests[job["question"]], 0.0, []
    for number, (case, points) in enumerate(zip(question.cases, question.points, strict=True)):
        if case.hidden and not job.get("hidden", True):
            continue
        seeds.seed_case(question.source, question.name, number)
        calls.clear()
        alone = replace(question, cases=(case,), points=(points,))
        (outcome,) = alone.run(names)
        told = "" if outcome.passed else f"{type(outcome.error).__name__}: {outcome.error}"[:500]
        line = [outcome.name, bool(case.hidden), points, told, calls, []]
        if job.get("survey"):
            held.append((number, alone, outcome, line))
            continue
        os.write(pipe, json.dumps(line).encode() + b"\n")
        lost += 0.0 if outcome.passed else points
        if not outcome.passed and lost >= job.get("lost", float("inf")):
            return
    for number, alone, outcome, line in held:  # after all cases, which may share a score, as under seal
        seeds.seed_case(question.source, question.name, number)
        (seen,) = alone.survey(names, [outcome], float("inf"))
        os.write(pipe, json.dumps([*line[:-1], seen.prints]).encode() + b"\n")


def _no_more() -> None:
    """Do nothing."""


def record(asked: Mapping[str, Sequence[str]], helpers: str, names: dict[str, Any], calls: list[Any]) -> None:
    """Wrap each function in a recorder; a call is [function, conditions met, what it raised, a digest]."""
    scope: dict[str, Any] = {}
    exec(helpers, scope)
    for label, conditions in asked.items():
        owner, _, name = label.rpartition(".")
        place = names.get(owner) if owner else names
        real = getattr(place, name, None) if owner else names.get(name)
        if real is None:
            continue
        looked = scope["_looked"](real, conditions, bool(owner))
        recorder = _recorder(label, real, looked, calls)
        if owner:
            setattr(place, name, recorder)
        else:
            names[name] = recorder


def _recorder(
    label: str, real: Callable[..., Any], looked: Callable[..., list[int]], calls: list[Any]
) -> Callable[..., Any]:
    @wraps(real)
    def recorder(*args: Any, **keywords: Any) -> Any:
        call = [label, looked(args, keywords), "", _digest([*args, *keywords.values()])]
        calls.append(call)
        try:
            return real(*args, **keywords)
        except BaseException as error:
            call[2] = type(error).__name__
            raise

    return recorder


def _digest(arguments: Sequence[Any]) -> str:
    """Return a short name of the array arguments, empty where there is none."""
    found = hashlib.blake2b(digest_size=8)
    arrays = False
    for value in arguments:
        if len(getattr(value, "shape", ())):
            arrays = True
            with contextlib.suppress(Exception):
                found.update(repr(np.shape(value)).encode() + np.asarray(value).tobytes())
    return found.hexdigest() if arrays else ""


if __name__ == "__main__":
    main()
