"""One notebook's process, from the fork to its end: build walls around it, watch it, sweep up after it."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import confine, processes, scheduling
from .config import Config

if TYPE_CHECKING:
    from .outputs import Outputs
    from .shell import Shell

SETUP_FAILED = 120


class Running:
    """A child and everything it started."""

    def __init__(
        self, control: socket.socket, data: int, config: Config, shell: Shell, outputs: Outputs
    ) -> None:
        self.reason = ""
        # An eighth more than one process may map, so that it meets its own limit, and a MemoryError, first.
        self._memory = config["bounds"]["memory"] * 9 // 8
        self._baseline = processes.anonymous(os.getpid())
        self._spare = config["spare"]
        # With a network of its own the sandbox knows whose sockets there are.
        alone = config["mode"] == "bubblewrap"
        self._room = control.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) if alone else 0
        self._sockets = processes.sockets()
        # Without a file system of its own a child gets a folder of its own; it goes with the child.
        self._folder = confine.private_folder(config["uid"]) if config["mode"] == "process" else ""
        read, write = os.pipe()
        user = os.getuid(), os.getgid()
        self._pid = confine.fork_apart() if alone else os.fork()  # apart, all it starts ends with it
        if self._pid == 0:
            try:
                confine.die_with_parent()
                control.close()
                os.close(read)
                if alone:
                    confine.map_user(*user)
                if self._folder:
                    confine.move_in(self._folder)
                start(data, write, config, shell, outputs)
            except BaseException as error:
                os.write(2, f"{type(error).__name__}: {error}\n".encode())
                os._exit(SETUP_FAILED)
        os.close(write)
        self._report = os.fdopen(read)

    def look(self) -> None:
        """Note whether the child ended by itself, and end it when it uses too much memory."""
        self._reap()
        if self.reason:
            return
        used = self._used()
        if used > self._memory:
            self._kill()
            self._ended("memory")
        elif used >= share(processes.free(), self._spare, self._memory):
            self._kill()
            self._ended("machine")

    def end(self, patience: float) -> None:
        """End the child and all it started, and wait until they are gone."""
        self._reap()
        until = time.monotonic() + patience
        while not self.reason and time.monotonic() < until:
            time.sleep(0.002)
            self.look()
        if not self.reason:
            self._kill()
            self._ended("stopped")

    def _reap(self) -> None:
        if not self.reason:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._ended(_describe(status, "ready" in self._report.read()))

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _ended(self, reason: str) -> None:
        """Clean up what the child left (with namespaces nothing: they end with their first process)."""
        self.reason = reason
        self._report.close()
        while left := processes.descendants():
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for pid in left:
                with contextlib.suppress(ChildProcessError):  # a grandchild: reaped at the next check
                    os.waitpid(pid, 0)
        if self._folder:
            confine.remove(self._folder)

    def _used(self) -> int:
        """Return the bytes in use beyond what the warm process held when this one was forked."""
        pids = processes.descendants()
        queued = self._room * (processes.sockets() - self._sockets)
        total = sum(processes.anonymous(pid) for pid in pids)
        if total - self._baseline + queued > self._memory and len(pids) > 1:
            # Pages shared since a fork were counted more than once. Now each user of one has its part, but
            # the child's first process, into which nobody may look.
            total = sum(processes.proportional(pid) for pid in (*pids, os.getpid()))
        return total - self._baseline + queued


def share(free: int | None, spare: int, memory: int) -> float:
    """Return the bytes that a child may use while so much of the machine's memory is free.

    Below ``spare`` it is the less the less there is, half of its ``memory`` at first and nothing at half of
    what has to stay free. So of several those are ended first that use most.
    """
    if free is None or free >= spare:
        return math.inf
    return max(0.0, memory * (free / spare - 0.5))


def start(data: int, report: int, config: Config, shell: Shell, outputs: Outputs) -> NoReturn:
    """Build the walls around this process, then run the notebook in it."""
    bounds = config["bounds"]
    if config["mode"] == "bubblewrap":
        confine.furnish(bounds)
        notebook = os.fork()
        if notebook:
            os.close(report)
            os.close(data)
            confine.no_looking_in()
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            confine.drop_privileges()
            os._exit(_wait_for(notebook))
        scheduling.stand_back()
        confine.drop_privileges()
        confine.filter_calls()
    else:
        os.setpgid(0, 0)  # so that a signal to its group is not one to the zygote
        if config["uid"]:  # not the zygote's own: a notebook of its user could end it, or take it over
            confine.leave_root(config["uid"])
            confine.die_with_parent()  # the kernel forgets it with the user
        confine.shut_in()
    confine.limit(bounds)
    os.write(report, b"ready\n")  # from here on the student decides how this process ends
    os.close(report)
    run(data, config, shell, outputs)


def run(data: int, config: Config, shell: Shell, outputs: Outputs) -> NoReturn:
    """Close the way back to the zygote and become the notebook's process."""
    from .child import Child
    from .wire import Channel, WireLimits

    temporary = os.environ["TMPDIR"]
    for folder in ("home", "work"):
        Path(f"{temporary}/{folder}").mkdir(exist_ok=True)
    os.chdir(f"{temporary}/work")
    kept = data if data == 3 else os.dup2(data, 3, inheritable=False)
    os.closerange(4, 1024)
    channel = Channel(socket.socket(fileno=kept), WireLimits(buffers=config["message"]))
    null = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    with contextlib.suppress(BaseException):  # the grader hung up, or the student's code broke the loop
        Child(channel, shell, outputs).run()
    os._exit(0)


def _wait_for(pid: int) -> int:
    """Reap every child until ``pid`` ends; return its exit code, 128 + n for signal n."""
    while True:
        ended, status = os.wait()
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _describe(status: int, ready: bool) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code < 0 or code > 128:
        return f"signal {-code if code < 0 else code - 128}"
    return "setup" if code == SETUP_FAILED and not ready else f"exit {code}"
