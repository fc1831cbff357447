"""Run a notebook's cells in a child, stop at the statement that hangs or dies, and do so again when asked.

A child reports which statement of a cell begins. If it is lost over one, the notebook is restarted, and only
the statements before that one run of its cell.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.limits import RUNS, Limits, size

from .errors import printable
from .inside.wire import Channel, Tree, WireClosed, WireError, WireTimeout
from .warm import LOST, Zygote

START_SECONDS = 30.0
MEMORY = ("memory", "machine")  # ways in which the zygote ends a child that takes too much


@dataclass
class CellRun:
    """What one code cell did: its outputs as trees (see ``inside.outputs``) and their size.

    ``error``, ``text`` and ``line`` are the name and the message of the exception that ended it, and the line
    of the cell at which it came, 0 where unknown; all empty for a cell that ran to its end.
    ``stopped`` says why and where the child was lost over it, and what became of it. ``keep`` is how many of
    its statements run since then, from the first; None for all.
    """

    outputs: list[list[str]] = field(default_factory=list)
    error: str = ""
    text: str = ""
    line: int = 0
    stopped: str = ""
    keep: int | None = None
    size: int = 0

    @property
    def skipped(self) -> bool:
        """Whether nothing of it runs."""
        return self.keep == 0


@dataclass
class Loss:
    """Where and why a child was lost.

    ``statement`` counts from 0 and is None between two cells. ``calls`` are number and line of the first
    statement of the cell that calls something. ``whole`` is true where the notebook as a whole took too long,
    and not one of its statements.
    """

    cell: int
    why: str
    statement: int | None = None
    line: int = 0
    calls: tuple[int, int] | None = None
    whole: bool = False


def cost(output: list[str]) -> int:
    """Return about the bytes that keeping an output takes."""
    return 100 + sum(map(len, output))


class Replay:
    """Runs one notebook, again whenever its child has to be replaced.

    Parameters
    ----------
    zygote : Zygote
        Where children come from.
    cells : list of str
        The sources of the code cells.
    limits : Limits
        The deadlines, and how often to restart.
    files : sequence of (str, bytes or None)
        What lies in the working folder each time the notebook begins; None where nothing may.
    end : float
        When all must be over, on the clock of ``time.monotonic``. Without it, all runs before the tests take
        at most `RUNS` times what one may take.

    Attributes
    ----------
    runs : list of CellRun
        What each cell did when it was last run.
    reasons : list of str
        Why cells were stopped, and what became of them, in words.
    why : str
        Why it cannot be run any more.
    """

    def __init__(
        self,
        zygote: Zygote,
        cells: list[str],
        limits: Limits,
        files: Sequence[tuple[str, bytes | None]] = (),
        end: float = math.inf,
    ) -> None:
        self._zygote = zygote
        self._end = end
        self._cells = cells
        self._limits = limits
        self._files = files
        self._restarts = limits.cell_restarts
        self._given_up = False
        self.runs = [CellRun() for _ in cells]
        self.reasons: list[str] = []
        self.why = "the notebook could not be run"

    def other(self, cells: list[str], end: float) -> Replay:
        """Return a replay of a notebook with other cells, on the same terms, that is over at ``end``."""
        return Replay(self._zygote, cells, self._limits, self._files, end)

    def start(self, end: float = math.inf) -> Channel | None:
        """Run the notebook in a new child and return the wire to it; None when it cannot be run through.

        Parameters
        ----------
        end : float
            When it must be over, all its replays included; by default see ``end`` of the class.
        """
        end = min(end, self._end)
        runs = 1
        if math.isinf(end):
            end, runs = time.monotonic() + (RUNS - 1) * self._limits.notebook_seconds, RUNS
        while not self._given_up:
            if time.monotonic() >= end and runs == RUNS:  # once more, without the cells that took so long
                end, runs = time.monotonic() + self._limits.notebook_seconds, 1
            if time.monotonic() >= end:
                self.why = "there was no time left to run the notebook again"
                break
            channel = self._zygote.fork()
            loss = self._run(channel, end)
            if loss is None:
                return channel
            channel.close()
            dying = loss.why.endswith("ended its process")
            ended = self.end(dying)
            where = f" at its line {loss.line}; what it defined before that line counts"
            if ended in MEMORY:
                loss.why = self.memory_reason(f"cell {loss.cell + 1}", ended)
                if loss.calls is not None:  # an earlier statement may have started the processes that took it
                    loss.statement, loss.line = loss.calls
                where = f"; what it defined before its line {loss.line} counts"
            elif ended.startswith(("exit", "signal", LOST)) and dying:
                loss.why += f" ({ended})"
            self._restarts -= 1
            if self._restarts < -1:
                self.reasons.append(f"{loss.why}; the notebook was given up")
                self._given_up = True
                break
            self._leave_out(loss, where, rest=self._restarts < 0 or loss.whole or time.monotonic() >= end)
        return None

    def end(self, dying: bool) -> str:
        """End the child; return how it ended."""
        return self._zygote.end(dying)

    def memory_reason(self, who: str, ended: str) -> str:
        """Return the words for a child that was ended for memory, its own limit's or the machine's."""
        if ended == "machine":
            return (
                f"{who} was ended because this machine ran short of memory: grade it again with fewer --jobs"
            )
        return f"{who} used more than {size(self._limits.memory)}"

    def _leave_out(self, loss: Loss, where: str, rest: bool) -> None:
        """Leave out the statement over which the child was lost and those after it in the cell.

        Where that is the first, or unknown, the whole cell is left out; with ``rest`` also the
        cells after it.
        """
        run = self.runs[loss.cell]
        run.keep = 0 if loss.whole else loss.statement or 0
        if run.keep:
            run.stopped = loss.why + where
            self.reasons.append(run.stopped + (", the cells after it were skipped" if rest else ""))
        else:
            run.stopped = f"{loss.why}; this cell was skipped"
            words = "; it and the cells after it were skipped" if rest else " and was skipped"
            self.reasons.append(loss.why + words)
        run.outputs, run.size = [], 0
        if rest:
            for other in self.runs[loss.cell + 1 :]:
                other.stopped = other.stopped if other.skipped else f"{loss.why}; this cell was skipped"
                other.keep, other.outputs, other.size = 0, [], 0

    def _run(self, channel: Channel, last: float) -> Loss | None:
        """Run the cells until ``last``; return how the child was lost, or None when all ran."""
        limits = self._limits
        skip: list[Tree] = [k for k, run in enumerate(self.runs) if run.skipped]
        cut: list[Tree] = [[k, run.keep] for k, run in enumerate(self.runs) if run.keep]
        todo = [k for k in range(len(self._cells)) if k not in skip]
        loss = Loss(todo[0] if todo else 0, "")
        end = min(last, time.monotonic() + limits.notebook_seconds)
        try:
            there = [content for _, content in self._files if content is not None]
            numbers = iter(range(len(there)))
            files: list[Tree] = [[n, None if c is None else next(numbers)] for n, c in self._files]
            request: list[Tree] = ["run", list(self._cells), skip, cut, files]
            channel.send(request, there, deadline=time.monotonic() + START_SECONDS)
            for at in todo:
                loss.cell = at
                begin = channel.receive(min(end, time.monotonic() + START_SECONDS))[0]
                if begin != ["cell", at]:
                    raise WireError("cells out of order")
                until = min(end, time.monotonic() + limits.cell_seconds)
                while self._begins(message := channel.receive(until)[0], loss):
                    pass
                self._record(at, message)
                loss.statement = loss.calls = None
            if channel.receive(min(last, time.monotonic() + START_SECONDS))[0] != ["ready"]:
                raise WireError("not ready after the last cell")
        except WireTimeout:
            loss.whole = time.monotonic() >= end
            loss.why = f"cell {loss.cell + 1} ran longer than {limits.cell_seconds:g} s"
            if loss.whole and end < last:
                loss.why = (
                    f"the notebook ran longer than {limits.notebook_seconds:g} s, in cell {loss.cell + 1}"
                )
            elif loss.whole:
                loss.why = f"the notebook and its replays took too long, the last in cell {loss.cell + 1}"
        except WireClosed:
            loss.why = f"cell {loss.cell + 1} ended its process"
        except WireError as error:
            loss.why = f"cell {loss.cell + 1} broke the grader's protocol ({error})"
            loss.statement = None  # a child that speaks out of turn is not believed about that either
        return loss if loss.why else None

    def _begins(self, message: Tree, loss: Loss) -> bool:
        """Note in ``loss`` which statement begins; return False when the message says something else."""
        if type(message) is not list or len(message) != 5 or message[:2] != ["at", loss.cell]:
            return False
        number, line, calls = message[2:]
        due = 0 if loss.statement is None else loss.statement + 1
        room = self.runs[loss.cell].keep
        if type(number) is not int or number != due or type(line) is not int or (room and number >= room):
            raise WireError("statements out of order")
        loss.statement = number
        loss.line = max(1, min(line, self._cells[loss.cell].count("\n") + 1))  # it is only said
        if calls and loss.calls is None:
            loss.calls = number, loss.line
        return True

    def _record(self, at: int, message: Tree) -> None:
        if type(message) is not list or len(message) != 4 or message[:2] != ["done", at]:
            raise WireError("cells out of order")
        error, outputs = message[2:]
        kind, text, line = _failure(error)
        if type(outputs) is not list:
            raise WireError("malformed outputs")
        kept: list[list[str]] = []
        # The sandbox cuts outputs too, but the student's code could undo that.
        room = self._limits.executed_bytes - sum(run.size for k, run in enumerate(self.runs) if k != at)
        for output in outputs:
            if type(output) is not list or not output or any(type(part) is not str for part in output):
                raise WireError("malformed outputs")
            parts = [str(part) for part in output]
            room -= cost(parts)
            if room >= 0:
                kept.append(parts)
        run = self.runs[at]
        run.outputs, run.size = kept, sum(map(cost, kept))
        run.error, run.text = printable(kind, 80), printable(text)
        run.line = min(line, self._cells[at].count("\n") + 1)  # it is only said


def _failure(parts: Tree) -> tuple[str, str, int]:
    """Return name, message and line of the exception that ended a cell; empty for none.

    Raises
    ------
    WireError
        When they are something else.
    """
    if parts is None:
        return "", "", 0
    if type(parts) is not list or [type(part) for part in parts] != [str, str, int]:
        raise WireError("malformed outputs")
    kind, text, line = parts
    return str(kind), str(text), max(0, int(str(line)))
