"""What a student should know before handing in: rules that are broken, answers left blank, slow cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from coursekit import _cells
from coursekit._breaches import breaches
from coursekit._bundle import Bundle
from coursekit._explain import listed
from coursekit._own_modules import beside, with_own_modules
from coursekit._report import Check
from coursekit._rules import Rules, mark
from coursekit._runs import Runs

NEAR = 0.7  # share of a limit: another machine may well be that much slower
_MOST = 3  # cells that are named for one problem
_GRADER = re.compile(r"""\bGrader\(\s*["'](\w+)["']""")
_CHECK = re.compile(r"""grader\.check\(\s*["'](\w+)["']""")


def refuse_another(notebook: Mapping[str, Any], bundle: Bundle, file: str) -> None:
    """Refuse a notebook that belongs to another assignment, or to none.

    Raises
    ------
    ValueError
        The message says which assignment the notebook belongs to and what to do.
    """
    text = "\n".join(_cells.source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    graders = set(_GRADER.findall(text))
    names = {question.name for question in bundle.questions}
    found = {_cells.grade_id(cell).partition("-")[0] for cell in notebook["cells"]} | set(
        _CHECK.findall(text)
    )
    if bundle.name in graders or (not graders and found & names):
        return
    whose = f"the notebook of {sorted(graders)[0]}" if graders else f"no notebook of {bundle.name}"
    raise ValueError(
        f"export: {file} is {whose}, and this is the grader of {bundle.name}. Say which file is your "
        f'notebook: grader.export("{bundle.notebook}")'
    )


def warnings(notebook: Mapping[str, Any], bundle: Bundle, runs: Runs) -> list[str]:
    """Return a sentence or two for each thing that would cost points, the most costly first."""
    cells: Sequence[Mapping[str, Any]] = notebook["cells"]
    told = []
    if bundle.rules is not None:
        graded = [question.name for question in bundle.questions if not question.manual]
        answers = _cells.of_notebook(cells, graded)
        own = with_own_modules(answers, beside(answers, Path()))
        told += [breach.words for breach in breaches(own, bundle.rules)]
    told += _blank(cells, bundle)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    told += _some(list(_raising(code, runs)), "Fix it, or remove it: the grader runs it, too.")
    if bundle.rules is not None:
        told += _some(list(_slow(code, runs, bundle.rules)), "Make it faster, or let it do less.")
    return told


def not_done(checks: Sequence[Check]) -> list[str]:
    """Say which questions have no code yet, were not run, or fail their checks, which have just been run."""
    blank = [check for check in checks if check.blank]
    empty = [c.question for c in blank if all(e.explanation and e.explanation.unwritten for e in c.cases)]
    unrun = [c.question for c in blank if c.question not in empty]
    failing = [c.question for c in checks if not c.blank and not all(case.passed for case in c.cases)]
    told = []
    if empty:
        told.append(f"{listed(empty)} {'has' if len(empty) == 1 else 'have'} no code yet (checked just now).")
    if unrun:
        whose = "an answer of it is" if len(unrun) == 1 else "answers of them are"
        told.append(
            f"{listed(unrun)} could not be checked just now: {whose} not defined in this session, or still"
            " `...`. Write it, run its cell, save, and export again."
        )
    if failing:
        verb = "its check fails" if len(failing) == 1 else "their checks fail"
        told.append(
            f"{listed(failing)}: {verb} (run just now). See what `grader.check({failing[0]!r})` says."
        )
    return told


def _blank(cells: Sequence[Mapping[str, Any]], bundle: Bundle) -> Iterator[str]:
    """Yield a sentence for each written answer that is still blank."""
    given = bundle.cells.get("blank", {})
    for question in bundle.questions:
        places = [cell for cell in cells if _cells.grade_id(cell) == question.name]
        if not question.manual or not places:
            continue
        written = [c for c in places if _cells.source_of(c).strip() or c.get("attachments")]
        if all(
            mark(_cells.source_of(c)) == given.get(question.name) and not c.get("attachments")
            for c in written
        ):
            yield f"{question.name} has no written answer yet: a person will find nothing to read there."


def _raising(code: Sequence[Mapping[str, Any]], runs: Runs) -> Iterator[str]:
    for cell in code:
        source = _cells.source_of(cell)
        run = runs.of(source)
        outputs = cell.get("outputs") or []
        shown = [o.get("ename", "an error") for o in outputs if o.get("output_type") == "error"]
        error = run.error if run else str(shown[-1]) if shown else ""
        if error and "grader.export(" not in source:
            yield f"the cell that begins with `{_first_line(source)}` raises {error}"


def _slow(code: Sequence[Mapping[str, Any]], runs: Runs, rules: Rules) -> Iterator[str]:
    limit = rules.cell_seconds
    timed = [
        (run.seconds, _cells.source_of(cell)) for cell in code if (run := runs.of(_cells.source_of(cell)))
    ]
    for seconds, source in sorted(timed, reverse=True):
        which = f"the cell that begins with `{_first_line(source)}` took {seconds:.0f} s"
        if "grader.ready(" in source:  # False while a grader runs the notebook
            if seconds >= limit:
                yield (
                    f"{which}, more than the {limit:g} s of a cell; the grader leaves out what stands under"
                    f" `grader.ready`, but no call of a function of yours may take more than"
                    f" {rules.call_seconds:g} s"
                )
        elif seconds >= NEAR * limit:
            what = "the grader stops it after" if seconds >= limit else "at the grader's it may take"
            yield f"{which}; {what} {limit:g} s"


def _some(found: list[str], remedy: str) -> list[str]:
    """Return the first few sentences, with what to do."""
    more = len(found) - _MOST
    named = [f"{sentence}. {remedy}" for sentence in found[:_MOST]]
    return named if more <= 0 else [*named[:-1], f"{found[_MOST - 1]}, and so do {more} more. {remedy}"]


def _first_line(source: str) -> str:
    lines = [line.strip() for line in source.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), lines[0] if lines else "")
    return first.replace("`", "'")[:60]
