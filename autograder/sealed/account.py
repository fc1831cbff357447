"""What is said about a notebook besides its scores: failed cells, missing names, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.assignment import Assignment
from autograder.records.results import NotebookResult

from . import belonging, executed, failures, restored
from .failures import Blames
from .replay import CellRun

OURS = "internal error"  # what rows say of the grader itself: no exception of a student's may say it
_NAMES = 3  # that a row lists


class Account:
    """Collects remarks while one notebook is graded.

    Parameters
    ----------
    notebook : dict
        What was handed in. Cells of the assignment that are text by accident are made code again.
    assignment : Assignment
        What it was handed in for.
    """

    def __init__(self, notebook: executed.Notebook, assignment: Assignment) -> None:
        self._notebook = notebook
        self._assignment = assignment
        self._restored = restored.restore(notebook, assignment)
        self._sources = executed.sources(notebook)
        self._blames = Blames(sources=self._sources)

    def ran(self, runs: Sequence[CellRun]) -> Blames:
        """Take what the cells did before any test; return what explains missing names."""
        self._blames = failures.look(self._sources, runs)
        return self._blames

    def close(
        self, result: NotebookResult, lacking: Sequence[str], hints: Sequence[str] = ()
    ) -> NotebookResult:
        """Return the result with its status, and with what led to lost points at the head of its reason.

        Parameters
        ----------
        result : NotebookResult
            What grading yielded; its reason says why the sandbox was stopped, and the like.
        lacking : sequence of str
            Names that failed tests asked for and the notebook does not define.
        hints : sequence of str
            What errors in public tests may come from.
        """
        failed = self._blames.failed
        status, reason = belonging.judge(self._notebook, self._assignment, lambda: self._blames.bindings)
        if status is not None:
            return replace(result, status=status, reason=reason, failed=failed)
        said = list(self._restored)
        if result.score < result.possible:
            causes = dict.fromkeys(map(_clause, [self._blames.of_cell(), *hints]))
            said = [*failures.in_words(failed), *causes, *said, *self._missing(lacking), *self._twice(result)]
        own = dict.fromkeys(part.replace(OURS, OURS.replace(" ", "-")) for part in said if part)
        reason = "; ".join([*own, *([result.reason] if result.reason else [])])
        return replace(result, reason=reason, failed=failed)

    def _missing(self, lacking: Sequence[str]) -> list[str]:
        """Name what no cell defines; names that a stopped cell should have defined are reported already."""
        unknown: list[str] = []
        gone: list[str] = []
        for name in dict.fromkeys(lacking):
            if any(name in cell.names for cell in self._blames.broken):
                continue
            if there := self._blames.bindings.several(name):
                gone.append(f"{name} (cell {there[-1]})")
                continue
            alike = self._blames.bindings.alike(name)
            unknown.append(f"{name} (cell {alike[0]} defines {alike[1]})" if alike else name)
        said = [f"no cell defines {_listed(unknown)}"] if unknown else []
        return [*said, f"defined, but gone when all cells have run: {_listed(gone)}"] if gone else said

    def _twice(self, result: NotebookResult) -> list[str]:
        """Name answers that are defined several times, where the last one lost points."""
        asks = self._assignment.cells.get("asks", {})
        short = [q.name for q in result.questions if q.score < q.possible]
        said = []
        for name in dict.fromkeys(name for question in short for name in asks.get(question, ())):
            cells = self._blames.bindings.several(name)
            if len(cells) > 1:
                *before, last = map(str, cells)
                said.append(
                    f"cells {', '.join(before[:_NAMES])} and {last} define {name}: the last one counts"
                )
        return said[:_NAMES]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMES]) + (" and others" if len(names) > _NAMES else "")


def _clause(sentence: str) -> str:
    """Make a sentence one of several that stand between semicolons."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
