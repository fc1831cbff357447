"""Run a notebook's cells in a child, skip the cell that hangs or dies, and do so again when asked."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from .errors import printable
from .inside.wire import Channel, Tree, WireClosed, WireError, WireTimeout
from .limits import Limits, size
from .warm import Zygote

START_SECONDS = 30.0


@dataclass
class CellRun:
    """What one code cell did: its outputs as trees (see ``inside.outputs``), why it was skipped, its size."""

    outputs: list[list[str]] = field(default_factory=list)
    error: str = ""
    skipped: str = ""
    size: int = 0


def cost(output: list[str]) -> int:
    """Return about the bytes that keeping an output takes."""
    return 100 + sum(map(len, output))


class Replay:
    """Runs one notebook, as often as its child has to be replaced.

    Parameters
    ----------
    zygote : Zygote
        Where children come from.
    cells : list of str
        The sources of the code cells.
    limits : Limits
        The deadlines, and how often to begin anew.

    Attributes
    ----------
    runs : list of CellRun
        What each cell did when it was last run.
    reasons : list of str
        Why cells were skipped, in words.
    """

    def __init__(self, zygote: Zygote, cells: list[str], limits: Limits) -> None:
        self._zygote = zygote
        self._cells = cells
        self._limits = limits
        self._restarts = limits.cell_restarts
        self._given_up = False
        self.runs = [CellRun() for _ in cells]
        self.reasons: list[str] = []

    def start(self) -> Channel | None:
        """Run the notebook in a new child and return the wire to it; None when it cannot be run through."""
        while not self._given_up:
            channel = self._zygote.fork()
            at, why = self._run(channel)
            if not why:
                return channel
            channel.close()
            ended = self._zygote.end(dying=why.endswith("ended its process"))
            if ended == "memory":
                why = self.memory_reason(f"cell {at + 1}")
            elif ended.startswith(("exit", "signal")) and why.endswith("ended its process"):
                why += f" ({ended})"
            self._restarts -= 1
            if self._restarts < -1:
                self.reasons.append(f"{why}; the notebook was given up")
                self._given_up = True
                break
            last = self._restarts < 0 or "the notebook" in why
            self._skip(at, why, rest=last)
        return None

    def end(self, dying: bool) -> str:
        """End the child; return how it ended."""
        return self._zygote.end(dying)

    def memory_reason(self, who: str) -> str:
        """Return the words for a child that used too much memory."""
        return f"{who} used more than {size(self._limits.memory)}"

    def _skip(self, at: int, why: str, rest: bool) -> None:
        self.reasons.append(
            f"{why} and was skipped" if not rest else f"{why}; it and the cells after it were skipped"
        )
        for run in self.runs[at : None if rest else at + 1]:
            run.skipped = run.skipped or why
            run.outputs, run.size = [], 0

    def _run(self, channel: Channel) -> tuple[int, str]:
        """Run the cells; return the cell at which the child was lost and why, or an empty reason."""
        limits = self._limits
        skip: list[Tree] = [k for k, run in enumerate(self.runs) if run.skipped]
        todo = [k for k in range(len(self._cells)) if k not in skip]
        at = todo[0] if todo else 0
        end = time.monotonic() + limits.notebook_seconds
        try:
            request: list[Tree] = ["run", list(self._cells), skip]
            channel.send(request, deadline=time.monotonic() + START_SECONDS)
            for at in todo:
                begin = channel.receive(min(end, time.monotonic() + START_SECONDS))[0]
                if begin != ["cell", at]:
                    raise WireError("cells out of order")
                until = min(end, time.monotonic() + limits.cell_seconds)
                self._record(at, channel.receive(until)[0])
            if channel.receive(time.monotonic() + START_SECONDS)[0] != ["ready"]:
                raise WireError("not ready after the last cell")
        except WireTimeout:
            if time.monotonic() >= end:
                return at, f"the notebook ran longer than {limits.notebook_seconds:g} s, in cell {at + 1}"
            return at, f"cell {at + 1} ran longer than {limits.cell_seconds:g} s"
        except WireClosed:
            return at, f"cell {at + 1} ended its process"
        except WireError as error:
            return at, f"cell {at + 1} broke the grader's protocol ({error})"
        return 0, ""

    def _record(self, at: int, message: Tree) -> None:
        if type(message) is not list or len(message) != 4 or message[:2] != ["done", at]:
            raise WireError("cells out of order")
        error, outputs = message[2:]
        if not (error is None or type(error) is str) or type(outputs) is not list:
            raise WireError("malformed outputs")
        kept: list[list[str]] = []
        # The sandbox cuts outputs too, but the student's code is in there with the scissors.
        room = self._limits.executed_bytes - sum(run.size for k, run in enumerate(self.runs) if k != at)
        for output in outputs:
            if type(output) is not list or not output or any(type(part) is not str for part in output):
                raise WireError("malformed outputs")
            parts = [str(part) for part in output]
            room -= cost(parts)
            if room >= 0:
                kept.append(parts)
        self.runs[at] = CellRun(kept, printable(error or "", 80), size=sum(map(cost, kept)))
