"""The IPython shell that runs a submission's cells: history off, nothing interactive, outputs recorded."""

from __future__ import annotations

import contextlib
from typing import Any, ClassVar

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from .outputs import Outputs

NOTICE = "[grader] shell commands and installations do not run while grading\n"
SILENCED_LINES = (
    "pip",
    "conda",
    "mamba",
    "micromamba",
    "uv",
    "system",
    "sx",
    "sc",
    "matplotlib",
    "gui",
    "pylab",
)
SILENCED_CELLS = ("bash", "sh", "script", "system", "sx", "!", "perl", "ruby", "javascript", "js")


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


class Shell(InteractiveShell):
    """An InteractiveShell without a terminal, a history or a way to start other programs."""

    displayhook_class = Hook
    display_pub_class = Publisher
    outputs: ClassVar[Outputs]

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.error(_name(etype), _text(evalue), "\n".join(stb))

    def system(self, cmd: str) -> None:
        """Say that no command runs."""
        self.outputs.stream("stderr", NOTICE)

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Say that no command runs, and return that it printed nothing."""
        self.outputs.stream("stderr", NOTICE)
        return [] if split else ""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no screen."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """Do nothing: figures are always shown inline."""
        return "inline", "inline"

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

    def silent(line: str, cell: str | None = None) -> None:
        outputs.stream("stderr", NOTICE)

    register: Any = shell.register_magic_function
    for name in SILENCED_LINES:
        register(_ignore if name in ("matplotlib", "gui", "pylab") else silent, "line", name)
    for name in SILENCED_CELLS:
        register(silent, "cell", name)
    return shell


def run_cell(shell: Shell, source: str) -> str | None:
    """Run one cell; return the name of the exception that ended it, or None."""
    Hook.source = source
    run: Any = shell.run_cell
    result = run(source, store_history=False, silent=False)
    error = result.error_before_exec or result.error_in_exec
    if type(error) is type:  # IPython passes some errors as classes
        return _name(error)
    return None if error is None else _name(type(error))


def _ignore(line: str) -> None:
    """Accept a magic that has nothing to do here."""


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", "Exception"))


def _text(error: Any) -> str:
    with contextlib.suppress(Exception):
        return str(error)
    return "(an exception whose message cannot be printed)"
