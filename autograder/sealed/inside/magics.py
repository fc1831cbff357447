"""IPython's magics while a notebook is graded: which do nothing, and what is said in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .outputs import Outputs

COMMANDS = "[grader] shell commands and installations do not run while grading\n"
DEBUGGERS = "[grader] debuggers do not begin while grading: take them out before you hand in\n"
UNKNOWN = "[grader] %{name} is not known here and was passed over\n"
EXTENSION = "[grader] the extension {name} is not there while grading and was passed over\n"
# Figures are always shown inline, there is no screen.
_UNSAID = ("matplotlib", "gui", "pylab")
_SAID = {
    COMMANDS: ("pip", "conda", "mamba", "micromamba", "uv", "system", "sx", "sc", "shell"),
    DEBUGGERS: ("debug", "pdb"),
}
_CELLS = (
    "bash", "sh", "shell", "script", "system", "sx", "!", "perl", "ruby", "javascript", "js", "bigquery",
)  # fmt: skip


def silence(shell: Any, outputs: Outputs) -> None:
    """Replace the magics that reach out of the notebook by magics that do nothing."""

    def register(says: str, kind: str, name: str) -> None:
        def silent(line: str, cell: str | None = None) -> None:
            if says:
                outputs.stream("stderr", says)

        shell.register_magic_function(silent, kind, name)

    for says, names in {"": _UNSAID, **_SAID}.items():
        for name in names:
            register(says, "line", name)
    for name in _CELLS:
        register(COMMANDS, "cell", name)
    register(DEBUGGERS, "cell", "debug")
    load: Callable[[str], Any] = shell.find_line_magic("load_ext")

    def load_ext(line: str) -> Any:
        """Load an extension where it is there."""
        try:
            return load(line)
        except ImportError:
            outputs.stream("stderr", EXTENSION.format(name=line.strip()[:80]))

    shell.register_magic_function(load_ext, "line", "load_ext")


def unknown_magic(name: str, outputs: Outputs) -> Callable[[str], None]:
    """Return what runs in the place of a line magic that only some other place has, such as Colab."""

    def pass_over(line: str) -> None:
        outputs.stream("stderr", UNKNOWN.format(name=name[:80]))

    return pass_over
