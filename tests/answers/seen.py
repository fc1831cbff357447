"""What `grader.check` shows for an answer: the words that a student reads in the notebook.

The solution's cells run once, in this process. At each question the answers to it run in forks, so that none
sees what another has left behind. Nothing is sealed off: the bank is our own.
"""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import os
import signal
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.answers.bank import Answer

SECONDS = 60


def shown(
    name: str, notebook: Mapping[str, Any], root: Path, answers: Sequence[Answer]
) -> Generator[tuple[Answer, str], None, None]:
    """Yield each answer with what `grader.check` shows of it.

    Parameters
    ----------
    name : str
        The assignment.
    notebook : mapping
        The solution's notebook as JSON.
    root : Path
        Where the assignment was built, with the files that coursekit carries.
    answers : sequence of Answer
        The answers, in any order; they come back in the order of the questions.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    carried = patch("coursekit._bundle.files", lambda package: root / "src" / package)
    with contextlib.chdir(root / "assignments" / name), carried:
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                continue
            mine = str(cell["metadata"].get("nbgrader", {}).get("grade_id", "")).removesuffix("-answer")
            for answer in answers:
                if answer.question == mine and "-answer" in str(cell["metadata"]["nbgrader"]["grade_id"]):
                    yield answer, _aside(lambda answer=answer: _check(answer, names))  # type: ignore[misc]
            _run("".join(cell["source"]), "<solution>", names)


def _check(answer: Answer, names: dict[str, Any]) -> str:
    stopped = _run(answer.code, "<answer>", names)
    asked = f"_told = grader.check({answer.question!r})"
    failed = _run(asked, "<check>", names)
    return "\n".join(text for text in (stopped, failed or repr(names["_told"])) if text)


def _run(code: str, name: str, names: dict[str, Any]) -> str:
    """Run a cell; return the last line of what it raised."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, name, "exec"), names)
    except Exception as error:
        return f"(the cell stops: {traceback.format_exception_only(error)[-1].strip()})"
    return ""


def _aside(work: Callable[[], str]) -> str:
    """Return what ``work`` returns in a fork, or why there is nothing."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        signal.alarm(SECONDS)
        with os.fdopen(writes, "w") as pipe, contextlib.suppress(BaseException):
            json.dump(work(), pipe)
            pipe.flush()
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return str(json.loads(text)) if text else f"(no answer within {SECONDS} s)"
