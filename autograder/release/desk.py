"""A desk: one plain process that has run the solution and tests changed answers in milliseconds.

Grading under seal runs the whole notebook for each answer. A change of one function of the master needs only
its question's tests, and the author's own code need not be sealed off. A test proves that both agree.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit._fingerprint import Print

SECONDS = 20.0  # of computing for one job


@dataclass(frozen=True)
class Call:
    """A call of an answer: which conditions its arguments met, and the exception that it raised."""

    function: str
    met: frozenset[int]
    raised: str
    digest: str  # of its arrays


@dataclass(frozen=True)
class Case:
    """What a test said at the desk; ``told`` is empty where it passed."""

    name: str
    hidden: bool
    points: float
    told: str
    calls: tuple[Call, ...]
    prints: tuple[Print, ...] = ()  # of what the answer gave back, in a survey

    @property
    def passed(self) -> bool:
        """Whether the test ran to its end."""
        return not self.told


class Desk:
    """Runs a notebook once, then tests changed answers in forks of that process.

    Parameters
    ----------
    notebook : mapping
        The notebook as JSON, answers included.
    archive : bytes
        The student's zip; the notebook runs in the folder that it unpacks to.
    tests : dict of str
        Text of each question's tests, hidden ones too.
    files : dict of bytes, optional
        Other files beside the notebook: data of hidden tests, files that are handed in.

    Raises
    ------
    RuntimeError
        When a cell of the notebook raises, or the process ends.
    """

    def __init__(
        self,
        notebook: Mapping[str, Any],
        archive: bytes,
        tests: Mapping[str, str],
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="desk-")
        zipfile.ZipFile(io.BytesIO(archive)).extractall(self._folder.name)
        (inside,) = Path(self._folder.name).iterdir()
        for name, content in (files or {}).items():
            (inside / name).write_bytes(content)
        code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        cells = ["".join(c["source"]) for c in code]
        quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.release.desk_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=inside,
            env=os.environ | quiet | {"COURSEKIT_GRADING": "1"},
        )
        ready = self._ask({"cells": [c for c in cells if not c.startswith("grader.")], "tests": dict(tests)})
        self._many: dict[str, int] = ready["cases"]
        if ready["failed"]:
            self.close()
            raise RuntimeError(f"the solution does not run to its end: {ready['failed'][0]}")

    def run(self, jobs: Sequence[Mapping[str, Any]], seconds: float = SECONDS) -> list[list[Case]]:
        """Return what the tests say in each job; see `desk_process.do` for what a job holds.

        A case that is missing was not reached: the job computed for longer than ``seconds``.
        """
        found = self._ask({"jobs": list(jobs), "seconds": seconds})
        return [
            [
                Case(
                    name,
                    hidden,
                    points,
                    told,
                    tuple(Call(f, frozenset(met), raised, digest) for f, met, raised, digest in calls),
                    tuple(prints),
                )
                for name, hidden, points, told, calls, prints in answer
            ]
            for answer in found
        ]

    def survey(self, answers: Sequence[tuple[str, str]]) -> list[list[Case]]:
        """Return what every case sees of answers, each a question and its code, as when mistakes are named.

        The list is empty for an answer of which not every case came to its end.
        """
        found = self.run([{"question": q, "source": text, "survey": True} for q, text in answers])
        whole = [self._many[question] for question, _ in answers]
        return [cases if len(cases) == many else [] for cases, many in zip(found, whole, strict=True)]

    def cases(self, question: str) -> int:
        """Return how many cases the tests of a question have."""
        return self._many[question]

    def agreeing(self, jobs: Sequence[Mapping[str, Any]], pages: Sequence[str]) -> list[list[int]]:
        """Return for each job which of its ``pasted`` functions ever agree with the master's ``answer``.

        ``pages`` are texts that define them. Each runs once, before any job.

        Raises
        ------
        RuntimeError
            When one could not be done.
        """
        found = self._ask({"jobs": list(jobs), "seconds": 10 * SECONDS, "pages": list(pages)})
        if missing := [job["answer"] for job, lines in zip(jobs, found, strict=True) if not lines]:
            raise RuntimeError(f"pages could not be compared with {missing[0]}")
        return [list(lines[0]) for lines in found]

    def close(self) -> None:
        """End the process and remove its folder."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def _ask(self, value: Any) -> Any:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        try:
            into.write(json.dumps(value) + "\n")
            into.flush()
            line = out.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError("the process that runs the solution beside its tests has ended")
        return json.loads(line)
