"""What the checks of an assignment work on: its master, what was built from it, and a warm grader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from autograder.assignment import Assignment, load
from autograder.records.results import NotebookResult
from autograder.release import attached, master, variants
from autograder.release.ahead import Crew, Wanted, Watched
from autograder.release.desk import Case, Desk
from autograder.release.sights import Answer, Sight
from autograder.sealed import Grader, naming
from coursekit._cells import question_of

Notebook = dict[str, Any]


@dataclass
class Bench:
    """An assignment on the bench: ``root`` has the master, ``built`` the folders that a build writes."""

    name: str
    root: Path
    built: Path
    tier: str = "auto"
    progress: bool | None = True  # None: if standard error is a terminal
    jobs: int = 1  # notebooks that are graded at once, where a check knows what it will ask for
    recorded: dict[str, list[Case]] = field(default_factory=dict)  # the master's cases, with their calls
    sights: dict[Answer, Sight] = field(default_factory=dict)  # what was looked at, at the desk or under seal
    _graders: list[Grader] = field(default_factory=list)
    _known: dict[bytes, tuple[NotebookResult, Watched]] = field(default_factory=dict)
    _crews: list[Crew] = field(default_factory=list)
    _desks: list[Desk] = field(default_factory=list)

    @cached_property
    def source(self) -> master.Master:
        """The master."""
        return master.read(self.name, self.root)

    @cached_property
    def assignment(self) -> Assignment:
        """What was built from it."""
        return load(self.name, self.built / "build")

    @cached_property
    def solution(self) -> Notebook:
        """The notebook with the master's answers."""
        return _read(self.assignment.folder / "solution.ipynb")

    @cached_property
    def blank(self) -> Notebook:
        """The notebook that students open, without answers."""
        return _read(self.built / "assignments" / self.name / self.assignment.notebook)

    @cached_property
    def public(self) -> dict[str, str]:
        """The tests of each question as students have them."""
        folder = self.built / "assignments" / self.name / "tests"
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}

    def handed_in(self, notebook: Notebook) -> dict[str, bytes]:
        """Return the files beside a notebook when it is graded.

        A file of the master is included if the cell that writes it is there unchanged: a blank notebook comes
        alone. The files of a variant are included where its answers are.

        Raises
        ------
        ValueError
            When a variant brings a file that the assignment does not ask for.
        """
        folder = self.root / "solutions" / self.name / attached.HANDED_IN
        own, there = _code(self.solution) - _code(self.blank), _code(notebook)
        found = {
            name: (folder / name).read_bytes()
            for name in self.assignment.files
            if (folder / name).is_file() and any(name in cell for cell in own & there)
        }
        for variant in self._bringing:
            if there.issuperset(variant.answers.values()):
                found |= variant.files
        return found

    @cached_property
    def _bringing(self) -> list[variants.Variant]:
        """The variants that bring files of their own."""
        everyone = [*self.mutants, *self.folder("alternatives"), *self.folder("worthless")]
        bringing = [variant for variant in everyone if variant.files]
        for variant in bringing:
            if strange := sorted(variant.files.keys() - set(self.assignment.files)):
                asked = ", ".join(self.assignment.files) or "none"
                raise ValueError(f"{variant.name} brings {strange[0]}; the files handed in are: {asked}")
        return bringing

    @cached_property
    def own(self) -> dict[str, str]:
        """The master's answers to the questions that a machine grades."""
        graded = {q.name for q in self.assignment.graded}
        return {q: text for q, text in variants.own_answers(self.source).items() if q in graded}

    @cached_property
    def mutants(self) -> list[variants.Variant]:
        """The known mistakes."""
        return variants.mutants(self.source, self.root)

    def folder(self, kind: str) -> list[variants.Variant]:
        """Return the alternatives, or the worthless answers."""
        return variants.folder(self.root / "solutions" / self.name / kind)

    def grade(self, notebook: Mapping[str, Any], only: str = "") -> NotebookResult:
        """Grade a notebook under seal; with ``only``, such as ``"q3 q5"``, run no other tests.

        Mistakes are named only where the notebook was also watched.
        """
        wanted = Wanted(json.dumps(notebook), only, True)
        seen = wanted._replace(watched=True)
        return self._once(seen if _key(seen) in self._known else wanted)[0]

    def watch(self, notebook: Mapping[str, Any], only: str = "") -> tuple[NotebookResult, Watched]:
        """Grade a notebook; also return what the cases of each question saw. Results are kept."""
        return self._once(Wanted(json.dumps(notebook), only, True, True))

    def unruled(self, notebook: Mapping[str, Any], only: str = "") -> NotebookResult:
        """Grade a notebook as if there were no rules, whose breach would hide that it gets points."""
        return self._once(Wanted(json.dumps(notebook), only, False))[0]

    def ahead(
        self,
        notebooks: Iterable[tuple[Mapping[str, Any], str]],
        what: str,
        *,
        ruled: bool = True,
        watched: bool = False,
    ) -> None:
        """Grade notebooks side by side, each on all questions or some; who asks for one later waits no more.

        With one job nothing happens: each is graded when it is asked for.
        """
        wanted = dict.fromkeys(Wanted(json.dumps(n), only, ruled, watched) for n, only in notebooks)
        due = [one for one in wanted if _key(one) not in self._known]
        if self.jobs < 2 or len(due) < 2:
            return
        if not self._crews:
            places = self.root.resolve(), self.built.resolve()
            self._crews.append(Crew(partial(Bench, self.name, *places, self.tier, False), self.jobs))
        hidden = self.progress if self.progress is None else not self.progress
        found = self._crews[0].results(due)
        for one, result, seen in tqdm(found, what, len(due), leave=False, disable=hidden):
            self._known[_key(one)] = result, seen

    def graded(self, wanted: Wanted) -> tuple[NotebookResult, Watched]:
        """Grade a notebook now, in this process."""
        if not self._graders:
            self._graders.append(Grader(self.assignment, self.tier).__enter__())
        chosen = wanted.only.split() or [q.name for q in self.assignment.questions]
        questions = tuple(q for q in self.assignment.questions if q.name in chosen)
        course = {key: v for key, v in self.assignment.course.items() if wanted.ruled or key != "modules"}
        self._graders[0].assignment = replace(self.assignment, questions=questions, course=course)
        with naming.watched() if wanted.watched else naming.omitted() as seen:
            result = self._graders[0].grade(wanted.notebook, self.handed_in(json.loads(wanted.notebook)))
        return replace(result, executed=None), dict(seen)

    def _once(self, wanted: Wanted) -> tuple[NotebookResult, Watched]:
        key = _key(wanted)
        if key not in self._known:
            self._known[key] = self.graded(wanted)
        return self._known[key]

    @property
    def desk(self) -> Desk:
        """The desk, where changed answers are tested beside a solution that has run."""
        if not self._desks:
            tests = {q.name: q.tests.read_text(encoding="utf-8") for q in self.assignment.graded if q.tests}
            archive = (self.assignment.folder / "student.zip").read_bytes()
            self._desks.append(Desk(self.solution, archive, tests, self._beside()))
        return self._desks[0]

    def _beside(self) -> dict[str, bytes]:
        """Return the files that hidden tests and the master's notebook find: data, files handed in."""
        kinds = (attached.FOLDER, attached.HANDED_IN)
        folders = (self.root / "solutions" / self.name / kind for kind in kinds)
        return {p.name: p.read_bytes() for folder in folders for p in folder.glob("*") if p.is_file()}

    def close(self) -> None:
        """End the sandboxes and the desk."""
        while self._crews:
            self._crews.pop().close()
        while self._graders:
            self._graders.pop().close()
        while self._desks:
            self._desks.pop().close()


def _key(wanted: Wanted) -> bytes:
    return hashlib.sha256("\0".join(map(str, wanted)).encode()).digest()


def _read(path: Path) -> Notebook:
    found: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return found


def _code(notebook: Notebook) -> set[str]:
    return {"".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}


def until(notebook: Notebook, question: str) -> Notebook:
    """Return a notebook that ends with the answer to a question: what trains after it would take minutes."""
    last = max(k for k, cell in enumerate(notebook["cells"]) if question_of(cell) == question)
    return notebook | {"cells": notebook["cells"][: last + 1]}


def lost(result: NotebookResult) -> dict[str, list[str]]:
    """Return the questions that lost points, with what was said, details too."""
    if result.status != "graded":
        return {"the notebook": [f"{result.status}: {result.reason}"]}
    return {
        q.name: [f"{c.message} {c.detail}" for c in q.cases if not c.passed]
        for q in result.questions
        if q.score < q.possible
    }


def scored(result: NotebookResult) -> dict[str, float]:
    """Return the questions that got points."""
    return {q.name: q.score for q in result.questions if q.score}


def in_words(questions: Mapping[str, Sequence[str]]) -> str:
    """Return lost questions in one line, each with the last line of its message."""
    told = []
    for name, words in questions.items():
        lines = [line for text in words for line in text.splitlines() if line.strip()]
        told.append(f"{name} ({lines[-1].strip()[:160]})" if lines else name)
    return ", ".join(told) or "nothing"
