"""The IPython shell that runs a submission's cells: history off, nothing interactive, outputs recorded."""

from __future__ import annotations

import ast
import contextlib
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, NamedTuple

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from . import magics, nobody
from .outputs import Outputs


class Hook(DisplayHook):
    """Records the value of a cell's last expression instead of printing it."""

    outputs: ClassVar[Outputs]
    source: ClassVar[str] = ""

    def quiet(self) -> bool:
        """Return whether the cell ends in a semicolon; IPython would look in the history, which is off."""
        ends: Any = self.semicolon_at_end_of_expression
        with contextlib.suppress(Exception):  # a cell with magics may be no Python at all
            return bool(ends(self.source))
        return False

    def write_output_prompt(self) -> None:
        """Print no ``Out[1]:``."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Record the result."""
        self.outputs.show("result", format_dict)

    def finish_displayhook(self) -> None:
        """Print no newline."""
        self._is_active = False


class Publisher(DisplayPublisher):
    """Records what ``display`` and figures publish."""

    outputs: ClassVar[Outputs]

    def publish(self, data: Any, metadata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Record a display."""
        self.outputs.show("display", data)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell showed."""
        self.outputs.clear()


class Failure(NamedTuple):
    """What ended a cell: the exception's name and message, and the line of the cell, 0 where unknown."""

    kind: str
    text: str
    line: int


Report = Callable[[int, int, bool], None]


@dataclass(frozen=True)
class Steps:
    """How the statements of a cell are run: ``keep`` of them, or all.

    ``report`` is called before each with its number, its line in the cell and whether it calls anything.
    ``blank`` lines lie above the first that is not empty: IPython does not count those.
    """

    report: Report
    keep: int | None = None
    blank: int = 0


class Shell(InteractiveShell):
    """An InteractiveShell without a terminal, a history or a way to start other programs."""

    displayhook_class = Hook
    display_pub_class = Publisher
    outputs: ClassVar[Outputs]
    steps: Steps | None = None

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        """Run the statements of a cell, each reported before it begins; return whether one raised.

        IPython compiles each by itself in any case, so nothing else changes: not its line numbers, not the
        value that is shown. Cells that a cell runs are not reported, they belong to its statement.
        """
        steps, self.steps = self.steps, None
        run: Any = super().run_ast_nodes
        if steps is None:
            return bool(await run(nodelist, cell_name, interactivity, compiler, result))
        for number, node in enumerate(nodelist[: steps.keep]):
            steps.report(number, steps.blank + first_line(node), calls(node))
            shown = interactivity == "all" or number == len(nodelist) - 1
            if await run([node], cell_name, interactivity if shown else "none", compiler, result):
                return True
        return False

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.error(_name(etype), _text(evalue), "\n".join(stb))

    def system(self, cmd: str) -> None:
        """Say that no command runs."""
        self.outputs.stream("stderr", magics.COMMANDS)

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Say that no command runs, and return that it printed nothing."""
        self.outputs.stream("stderr", magics.COMMANDS)
        return [] if split else ""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no screen."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """Do nothing: figures are always shown inline."""
        return "inline", "inline"

    def _find_with_lazy_load(self, kind: str, name: str) -> Any:
        """Find a magic. A line that only another place knows, such as Colab, must not end its cell."""
        find: Any = super()._find_with_lazy_load
        found = find(kind, name)
        return magics.unknown_magic(name, self.outputs) if found is None and kind == "line" else found

    def ask_exit(self) -> None:
        """Raise what ``exit`` and ``quit`` mean."""
        raise SystemExit


def build(outputs: Outputs) -> Shell:
    """Return the process's shell, writing to ``outputs``."""
    Hook.outputs = Publisher.outputs = Shell.outputs = outputs
    config = Config()
    config.HistoryManager.enabled = False  # its thread and its database would not survive a fork
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.xmode = "Context"
    shell: Shell = Shell.instance(config=config)

    magics.silence(shell, outputs)
    nobody.stand_in(partial(outputs.stream, "stderr"))
    return shell


def first_line(node: ast.stmt) -> int:
    """Return the line at which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min(getattr(part, "lineno", 1) for part in (node, *decorators))


def calls(node: ast.stmt) -> bool:
    """Whether a statement does more than define, import and compute: it may have started a process."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return any(isinstance(part, ast.Call | ast.Await) for part in ast.walk(node))


def run_cell(
    shell: Shell, source: str, report: Report | None = None, keep: int | None = None
) -> Failure | None:
    """Run one cell; return what ended it before its end, or None.

    Parameters
    ----------
    shell : Shell
        Where it runs.
    source : str
        The cell.
    report : callable, optional
        Told the number, from 0, and the line, from 1, of each top-level statement before it begins, and
        whether it calls anything.
    keep : int, optional
        How many of its statements run, from the first; all of them without.
    """
    Hook.source = source
    lines = source.splitlines()
    blank = next((k for k, line in enumerate(lines) if line.strip()), 0)
    shell.steps = Steps(report, keep, blank) if report else None
    run: Any = shell.run_cell
    result = run(source, store_history=False, silent=False)
    shell.steps = None  # a cell that Python cannot read has not taken it
    error = result.error_before_exec or result.error_in_exec
    if isinstance(error, SyntaxError) and error.msg == "incomplete input":
        error = _python_on(shell, source) or error
    return None if error is None else _failure(error, shell, blank)


def _python_on(shell: Shell, source: str) -> SyntaxError | None:
    """Return what Python says of a cell of which IPython only says that it goes on."""
    transform: Any = shell.transform_cell
    try:
        compile(transform(source), "<cell>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    return None


def _failure(error: Any, shell: Shell, blank: int) -> Failure:
    if type(error) is type:  # IPython passes some errors as classes
        return Failure(_name(error), "", 0)
    kind, text, line = _name(type(error)), _text(error), 0
    with contextlib.suppress(Exception):  # an exception of the student's own may be anything
        frames = traceback.walk_tb(error.__traceback__)
        line = next((number for frame, number in frames if frame.f_globals is shell.user_ns), 0)
        if isinstance(error, SyntaxError):
            text, line = str(error.msg), line or int(error.lineno or 0)
        elif isinstance(error, ModuleNotFoundError) and error.name:
            text = f"No module named {error.name!r}"  # whatever the refusal adds
    return Failure(kind, text, line + blank if line else 0)


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", "Exception"))


def _text(error: Any) -> str:
    with contextlib.suppress(Exception):
        return str(error)
    return "(an exception whose message cannot be printed)"
