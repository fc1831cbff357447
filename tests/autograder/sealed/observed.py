"""What can be seen of a grading: scores, what the cells showed, processes and open files."""

import gc
from pathlib import Path

import nbformat

from autograder.records.results import NotebookResult
from autograder.sealed import Grader


def scores(result: NotebookResult) -> dict[str, float]:
    return {q.name: q.score for q in result.questions}


def outputs(result: NotebookResult) -> list[str]:
    """Return the text shown by each cell."""
    assert result.executed is not None
    executed = nbformat.reads(result.executed, as_version=4)
    nbformat.validate(executed)
    texts = []
    for cell in executed.cells:
        parts = [
            o.get("text", "") + o.get("ename", "") + o.get("data", {}).get("text/plain", "")
            for o in cell.outputs
        ]
        texts.append("".join(parts))
    return texts


def inhabitants(grader: Grader) -> int:
    """Count the processes below the sandbox of a grader, beyond bubblewrap's own two."""
    assert grader._zygote._process is not None
    family, grown = {grader._zygote._process.pid}, True
    while grown:
        grown = False
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) not in family:
                try:
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                except OSError:
                    continue
                if parent in family:
                    family.add(int(entry.name))
                    grown = True
    return len(family) - 2


def open_files() -> int:
    """Count this process's descriptors; those of garbage, which may go at any moment, are gone before."""
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))
