"""The warm process: imports everything once, then forks one child for each notebook.

Started by the grader as ``python -m inside.zygote`` with JSON (:class:`config.Config`) on its standard input,
because a notebook can read the arguments of its process.
Commands come over the control socket, one byte each: ``s`` with a socket attached starts a child that
talks over it, ``k`` ends the child and answers how it ended, ``w`` first gives it a moment to end by
itself. The zygote holds no secret: no test, no reference, no score.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import socket
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import TYPE_CHECKING

from . import confine, witnesses
from .config import Config
from .running import Running

if TYPE_CHECKING:
    from .outputs import Outputs
    from .shell import Shell

WATCH_SECONDS = 0.05
GRACE_SECONDS = 1.0


class Hide:
    """Refuses to import what the assignment does not allow, and says so."""

    def __init__(self, names: list[str], refusal: str) -> None:
        self._names = frozenset(names)
        self._refusal = refusal
        self._find = importlib.util.find_spec

    def ask(self, name: str, package: str | None = None) -> ModuleSpec | None:
        """Find a module as `importlib.util.find_spec` does; who asks whether one is there is not refused.

        torch asks so for packages that it can do without.
        """
        return None if name.partition(".")[0] in self._names else self._find(name, package)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise for a hidden package, and leave every other to the finders that follow."""
        if (root := name.partition(".")[0]) in self._names:
            why = f"{root} {self._refusal}" if self._refusal else f"No module named {name!r}"
            raise ModuleNotFoundError(why, name=name)


def main(config: Config) -> None:
    """Get ready, then serve the grader until it hangs up."""
    if os.geteuid() == 0 and config["mode"] == "bubblewrap":
        confine.mount_proc()
        confine.leave_root(config["uid"])
    confine.die_with_parent()
    confine.adopt_orphans()
    confine.own_limits()
    control = socket.socket(fileno=config["control"])
    if not hides(control):
        os._exit(1)
    for folder in ("home", "work"):
        Path(f"{os.environ['TMPDIR']}/{folder}").mkdir(exist_ok=True)
    sys.path[:0] = config["paths"]
    hide = Hide(config["hidden"], config["refusal"])
    sys.meta_path.insert(0, hide)
    importlib.util.find_spec = hide.ask
    from . import child, warmup  # noqa: F401 - both come with everything a notebook's process runs

    shell, outputs = warmup.warm(config["output"], config["modules"])
    gc.collect()
    gc.freeze()
    control.sendall(b'{"ready": true}\n')
    serve(control, config, shell, outputs)
    os._exit(0)


def hides(control: socket.socket) -> bool:
    """Say whether nothing is seen of what the grader names over the socket, and tell the grader what is.

    A process of its own looks: in this one's memory, which every notebook inherits, the names would stay,
    students' among them.
    """
    looking = os.fork()
    if looking == 0:
        with control.makefile("rb") as lines:
            seen = witnesses.seen(json.loads(lines.readline()))
        if seen:
            control.sendall(json.dumps({"seen": seen[:3]}).encode() + b"\n")
        os._exit(1 if seen else 0)
    return os.waitpid(looking, 0)[1] == 0


def serve(control: socket.socket, config: Config, shell: Shell, outputs: Outputs) -> None:
    """Start and end children on command, and end one that uses too much memory."""
    running: Running | None = None
    while True:
        ready = select.select([control], [], [], WATCH_SECONDS if running else None)[0]
        if not ready:  # a command does not wait for the check, which takes long with many busy processes
            if running:
                running.look()
            continue
        command, passed, _, _ = socket.recv_fds(control, 1, 1)
        if running:
            running.end(patience=GRACE_SECONDS if command == b"w" else 0.0)
        if not command:
            return
        if command == b"s":
            running = Running(control, passed[0], config, shell, outputs)
            os.close(passed[0])
            answer = {"started": True}
        else:
            answer = {"ended": running.reason if running else "never started"}  # type: ignore[dict-item]
            running = None
        control.sendall(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main(json.load(sys.stdin))
