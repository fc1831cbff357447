"""The grader's end of the zygote: start it, let it fork a child, end a child, restart it when it dies."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import IO

from autograder.limits import Limits

from . import groups, layout, own, probe, tiers
from .deadline import unbroken
from .inside import confine, processes
from .inside.config import Config
from .inside.confine import Bounds
from .inside.wire import Channel, WireLimits

START_SECONDS = 120.0
ANSWER_SECONDS = 30.0
LOST = "the sandbox was lost"


class SandboxBroken(RuntimeError):
    """The sandbox cannot be started at all; this is the machine's fault, not a submission's."""


class SandboxOpen(SandboxBroken):
    """The sandbox would show what it must hide; the message says what."""


class Zygote:
    """A warm process in a sandbox that forks one child for each notebook.

    Parameters
    ----------
    tier : {"bubblewrap", "process"}
        How it is sealed off.
    limits : Limits
        What each child may use.
    modules : tuple of str
        What the assignment allows to import; it is loaded before any notebook runs.
    secret : sequence of Path
        Folders that must not be visible inside, wherever they lie.
    refusal : str
        The message about a module that may not be imported, after its name.
    """

    def __init__(
        self,
        tier: tiers.TierName,
        limits: Limits,
        modules: tuple[str, ...],
        secret: tuple[Path, ...],
        refusal: str = "",
    ) -> None:
        self._tier = tier
        self._limits = limits
        self._modules = modules
        self._refusal = refusal
        self._secret = secret
        self.losses = 0
        """How often all of it was gone when a child was to be ended."""
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._errors: IO[bytes] | None = None
        self._folder: str | None = None
        self._group: groups.Group | None = None

    def start(self) -> None:
        """Start the process unless it runs, and wait until it is warm."""
        if self._process is not None:
            return
        ours, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._control = ours
        where = layout.layout(self._secret, self._modules)
        with theirs:
            command, environment, config = self._command(theirs.fileno(), where)
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=(theirs.fileno(),),
                env=environment,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        with contextlib.suppress(OSError), self._process.stdin as pipe:  # one that is gone says why below
            pipe.write(json.dumps(config).encode())
        ours.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            told = probe.witnesses(where) if self._tier == "bubblewrap" else []
            ours.sendall(json.dumps(told).encode() + b"\n")
        answer = self._answer(START_SECONDS)
        if "ready" not in answer:
            why = self._complaint()
            self.close()
            if "seen" in answer:
                raise SandboxOpen(f"{probe.OPEN}: {', '.join(map(str, answer['seen']))}")  # type: ignore[call-overload]
            raise SandboxBroken(f"the sandbox ({self._tier}) did not start: {why}")
        self._group = groups.Group.below(groups.delegated(), self._limits)
        if self._group is not None:
            self._group.hold([self._process.pid, *processes.descendants(self._process.pid)])

    @unbroken()
    def fork(self) -> Channel:
        """Have a child forked for a new notebook; an earlier child is ended. Return the wire to it."""
        for attempt in (1, 2):  # a zygote found dead is replaced once
            self.start()
            ours, theirs = socket.socketpair()
            with theirs:
                started = self._command_zygote(b"s", theirs)
            if started:
                return Channel(ours, WireLimits(buffers=self._limits.message_bytes))
            ours.close()
            why = self._complaint()
            self.close()
            if attempt == 2:
                raise SandboxBroken(f"the sandbox ({self._tier}) cannot start a notebook: {why}")
        raise AssertionError("unreachable")

    @unbroken()
    def end(self, dying: bool = False) -> str:
        """End the child and all it started; return how it ended, such as ``"memory"`` or ``"signal 9"``.

        A child that is ``dying`` of itself is given a moment, so that the answer is its own way to end.
        """
        if self._control is None:
            return "stopped"
        answer = self._command_zygote(b"w" if dying else b"k")
        if answer is None:
            self.close()
            self.losses += 1
            return LOST
        reason = str(answer.get("ended"))
        if reason == "setup":
            raise SandboxBroken(f"the sandbox ({self._tier}) could not be furnished: {self._complaint()}")
        return reason

    def close(self) -> None:
        """End everything: when this returns, no process of the sandbox is left."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_WR)  # the zygote ends its child, then itself
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None
        if self._control is not None:
            self._answer(ANSWER_SECONDS)  # its end of the socket closes when the last process is gone
            self._control.close()
            self._control = None
        if self._group is not None:
            self._group.close()
            self._group = None
        if self._errors is not None:
            self._errors.close()
            self._errors = None
        if self._folder is not None:
            confine.remove(self._folder)
            self._folder = None

    def _command(self, control: int, where: layout.Layout) -> tuple[list[str], dict[str, str], Config]:
        config = Config(
            control=control,
            mode=self._tier,
            uid=tiers.sandbox_uid(),
            modules=list(self._modules),
            paths=[str(path) for path in where.paths],
            hidden=sorted(layout.hidden(self._modules)),
            refusal=self._refusal,
            output=self._limits.output_bytes,
            message=self._limits.message_bytes,
            bounds=_bounds(self._limits),
            spare=own.spare(),
        )
        name = f"uid={config['uid']} control={control}"  # for readers of a list of processes
        if self._tier == "bubblewrap":
            python = tiers.python_command(where.python)
            command = [*tiers.bubblewrap_command(where), *python, "-m", "inside.zygote", name]
            return command, {"PATH": os.environ.get("PATH", os.defpath)}, config
        self._folder = tempfile.mkdtemp(prefix="sealed-")
        temporary = Path(self._folder, "tmp")
        temporary.mkdir()
        layout.copy_parts(Path(self._folder), self._modules)
        root, closed = os.geteuid() == 0, layout.closed_to_others()
        if not root or closed:
            config["uid"] = 0  # who cannot read Python cannot run it: the notebook stays the user it is
        powers = f" and, as root, end any process, because only root may enter {closed}, where Python lies"
        warnings.warn(
            "autograder: grading in the 'process' tier. A notebook can read files"
            f"{powers if root and closed else ''}; install bubblewrap for a real seal.",
            RuntimeWarning,
            stacklevel=2,
        )
        config["paths"] = [f"{self._folder}/inside/standin", *map(str, layout.libraries())]
        environment = tiers.environment(Path(self._folder), f"{self._folder}/tmp")
        python = tiers.python_command(
            Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
        )
        return [*python, "-m", "inside.zygote", name], environment, config

    def _command_zygote(
        self, command: bytes, attached: socket.socket | None = None
    ) -> dict[str, object] | None:
        assert self._control is not None
        try:
            if attached is None:
                self._control.sendall(command)
            else:
                socket.send_fds(self._control, [command], [attached.fileno()])
        except OSError:
            return None
        return self._answer(ANSWER_SECONDS) or None

    def _answer(self, seconds: float) -> dict[str, object]:
        """Return the zygote's next answer, a line of JSON; empty when it is gone or silent."""
        assert self._control is not None
        self._control.settimeout(seconds)
        line = bytearray()
        try:
            while not line.endswith(b"\n"):
                chunk = self._control.recv(1)
                if not chunk:
                    return {}
                line += chunk
        except OSError:
            return {}
        answer: dict[str, object] = json.loads(line)
        return answer

    def _complaint(self) -> str:
        assert self._errors is not None
        self._errors.seek(0)
        return self._errors.read()[-4000:].decode(errors="replace").strip() or "it said nothing"


def _bounds(limits: Limits) -> Bounds:
    """Return the limits that the sandbox puts on its own processes."""
    return Bounds(
        memory=limits.memory,
        processes=limits.processes,
        files=limits.files,
        file_bytes=limits.file_bytes,
        disk=limits.disk,
        seconds=int(limits.notebook_seconds + limits.grading_seconds) + 1,
    )
