"""Runs a notebook in a kernel, as a student does, and asks its `grader` for the result of each question."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_SIGN = "verdicts of the checks:"
SECONDS = 120


def verdicts(
    notebook: Mapping[str, Any],
    archive: bytes,
    questions: Sequence[str],
    files: Mapping[str, bytes] | None = None,
) -> dict[str, list[tuple[str, bool]]]:
    """Return name and verdict of each public test, by question.

    Parameters
    ----------
    notebook : mapping
        The notebook as JSON; cells may raise.
    archive : bytes
        The student's zip; the notebook runs in the folder that it unpacks to.
    questions : sequence of str
        The questions to check.
    files : dict of bytes, optional
        What else lies beside the notebook, because its cells cannot make it.

    Raises
    ------
    RuntimeError
        When the notebook has no `grader` or the kernel ends before it answers.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    as_node: Any = nbformat.from_dict  # nbclient has no types
    node = as_node(dict(notebook))
    for cell in node.cells:
        cell.source = "".join(cell.source)
    node.cells = [c for c in node.cells if not c.source.startswith("grader.export(")]
    source = (
        "import json\n"
        f"asked = {list(questions)!r}\n"
        "found = {q: [[c.name, bool(c.passed)] for c in grader.check(q).cases] for q in asked}\n"
        f"print({_SIGN!r} + json.dumps(found))"
    )
    asking: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
    }
    node.cells.append(as_node(asking | {"id": "verdicts"}))
    with tempfile.TemporaryDirectory() as desk:
        zipfile.ZipFile(io.BytesIO(archive)).extractall(desk)
        (folder,) = Path(desk).iterdir()
        for name, content in (files or {}).items():
            (folder / name).write_bytes(content)
        client = NotebookClient(
            node,
            timeout=SECONDS,
            allow_errors=True,
            extra_arguments=["--log-level=50"],  # it warns of sockets that nobody else can reach
            resources={"metadata": {"path": str(folder)}},
        )
        environment = {k: v for k, v in os.environ.items() if k != "COURSEKIT_GRADING"}
        try:
            client.execute(
                env=environment | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"},
                stderr=subprocess.DEVNULL,  # what a kernel says of its own sockets when it ends
            )
        except (CellTimeoutError, DeadKernelError) as error:
            raise RuntimeError(str(error).strip().splitlines()[0]) from error
    for output in node.cells[-1].outputs:
        text = str(output.get("text", ""))
        if _SIGN in text:
            found: dict[str, list[list[Any]]] = json.loads(text.split(_SIGN, 1)[1].splitlines()[0])
            return {q: [(str(name), bool(passed)) for name, passed in cases] for q, cases in found.items()}
    told = " ".join(str(o.get("evalue", "")) for o in node.cells[-1].outputs)
    raise RuntimeError(f"the notebook's grader could not be asked: {told or 'it printed nothing'}")
