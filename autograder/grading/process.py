"""One grading process: a warm grader in the main thread of its own Python, fed through a pipe.

The pool has several of them on this machine; on a cluster each worker has one.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import os
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, Protocol

from autograder import startup  # first: each grading process imports this file before all else
from autograder.grading.job import Graded, Setup, grade_submission
from autograder.records.results import NotebookResult
from autograder.sealed import Limits, cores, tiers
from autograder.submissions.entry import Entry

_FAREWELL = 10.0  # seconds a process has to clear its sandboxes away
_MARGIN = 60.0  # seconds beyond the longest a notebook can take, after which the grader counts as hung
_PR_SET_PDEATHSIG = 1


class StartError(RuntimeError):
    """A grading process could not start its grader; the message is its traceback."""


class Work(Protocol):
    """What a grading process is sent once: how to get ready, and what to do with each task."""

    @property
    def limits(self) -> Limits:
        """What one notebook may use."""

    @property
    def idle(self) -> float | None:
        """Seconds without a task after which the process ends by itself; None for never."""

    def begin(self) -> contextlib.AbstractContextManager[Setup]:
        """Get ready in the grading process."""

    def do(self, task: Any, setup: Setup, grade: Callable[..., NotebookResult]) -> object:
        """Do one task in the grading process; what is returned is sent back."""


class LocalWork:
    """Grading on the machine that holds submissions and results: a task is an entry of the class."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.limits = setup.limits or Limits.of(setup.assignment.course)
        self.idle = None

    def begin(self) -> contextlib.AbstractContextManager[Setup]:
        """Nothing to prepare: the folders are here."""
        return contextlib.nullcontext(self._setup)

    def do(self, task: Entry, setup: Setup, grade: Callable[..., NotebookResult]) -> Graded:
        """Grade a submission into the folder of results."""
        return grade_submission(task, setup, grade)


class GradingProcess:
    """The parent's side of one grading process.

    It is a fresh interpreter: a fork would bring along whatever threads and locks this process has.

    Parameters
    ----------
    work : Work
        What it is sent once.
    share : frozenset of int
        The cores that it and its sandboxes have to themselves; empty for all that this process may use.
    """

    def __init__(self, work: Work, share: frozenset[int] = frozenset()) -> None:
        self.share = share
        self.connection, theirs = Pipe()
        program = (
            f"import json, sys; sys.path[:] = json.loads({json.dumps(json.dumps(sys.path))}); "
            "from autograder.grading.process import serve; "
            f"serve({theirs.fileno()}, {os.getpid()}, {tiers.seen_to_work()})"
        )
        with theirs, cores.within(share):
            self._process = subprocess.Popen(
                [sys.executable, "-c", program], stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(),)
            )
        self._send(work)
        self.ready = self.busy = self.died = False
        self._patience = work.limits.total_seconds + _MARGIN
        self._deadline = math.inf

    def give(self, task: object) -> None:
        """Hand over a task. A process that has just died is noticed at the next `receive`."""
        self.busy = True
        self._deadline = time.monotonic() + self._patience
        self._send(task)

    def end_if_overdue(self) -> None:
        """Kill the process when its grader hangs, which no limit on a notebook can see."""
        if self.busy and time.monotonic() > self._deadline:
            self._process.kill()

    def receive(self) -> Any:
        """Wait for the next message: an answer, or None when the process is ready or has died.

        Raises
        ------
        StartError
            When the process cannot get ready.
        """
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            self.died = True
            self.bury()
            if not self.ready:
                raise StartError(self.obituary()) from None
            return None
        if isinstance(message, str):
            raise StartError(message)
        if message is None:
            self.ready = True
        else:
            self.busy = False
        return message

    @property
    def alive(self) -> bool:
        """Whether the process is alive, as far as is known."""
        return not self.died and self._process.poll() is None

    def wait(self, tick: float) -> Any:
        """Wait for the next message as `receive` does, and check the clock every ``tick`` seconds."""
        while not self.connection.poll(tick):
            self.end_if_overdue()
        return self.receive()

    def obituary(self) -> str:
        """Say how the process ended."""
        code = self._process.returncode
        if code is not None and code < 0:
            return f"the grading process was killed (signal {-code})"
        return f"the grading process ended with exit code {code}"

    def dismiss(self) -> None:
        """Tell the process to end; one that is grading clears its sandbox away first."""
        self.connection.close()
        if self.busy:
            self._process.terminate()

    def bury(self) -> None:
        """Wait for the process to end, and kill it after a while."""
        self.connection.close()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, message: object) -> None:
        with contextlib.suppress(OSError):
            self.connection.send(message)


def serve(handle: int, parent: int, bubblewrap: bool = False) -> None:
    """Run in a grading process: do what comes down the pipe until it closes.

    ``bubblewrap`` says that the parent has seen it work.
    """
    if bubblewrap:
        tiers.told_that_it_works()
    # Ctrl-C reaches the whole process group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _end_with(parent)
    # The command says it once, in its own words; here it would break the progress bar, once a process.
    warnings.filterwarnings("ignore", message="autograder: grading in the 'process' tier")
    startup.skip_init("otter")
    connection = Connection(handle)
    try:
        from autograder.sealed import Grader, SandboxOpen  # loads Otter, for which the parent need not wait

        work: Work = connection.recv()
        with work.begin() as setup, contextlib.ExitStack() as stack:
            secret = (setup.out, *setup.submissions)
            try:
                grader = stack.enter_context(Grader(setup.assignment, setup.tier, work.limits, secret))
            except SandboxOpen as error:
                connection.send(str(error))
                return
            connection.send(None)
            while connection.poll(work.idle):
                connection.send(work.do(connection.recv(), setup, grader.grade))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is done, or gone
    except Exception:
        connection.send(traceback.format_exc())
        raise


def _end_with(parent: int) -> None:
    """Have this process end when its parent is killed, so that no two runs write into one folder.

    Where the kernel cannot do that, the closed pipe ends it after its current submission.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        _leave(signal.SIGTERM, None)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
