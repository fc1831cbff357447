"""The checks of an assignment, one function each; each returns what is wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from tqdm import tqdm

from autograder.release import build, leaks, looks, variants
from autograder.release.bench import Bench, in_words, lost, scored, until
from autograder.release.checking import (
    alone,
    coverage,
    empties,
    follow,
    gaps,
    kernel,
    naming,
    paste,
    rules,
    worth,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """One check; a ``quick`` one is part of every build, a ``drawn`` one depends on hidden inputs."""

    title: str
    problems: Callable[[Bench], list[str]]
    quick: bool = False
    drawn: bool = False


def in_step(bench: Bench) -> list[str]:
    """Return the committed files that differ from what the master would write."""
    return [
        f"{path}: run `autograder build {bench.name}` and commit what it writes"
        for path in build.out_of_step(bench.name, bench.root)
    ]


def no_leak(bench: Bench) -> list[str]:
    """Return what students' files, built or committed, hold of the solution and the hidden tests."""
    files: dict[str, bytes] = {}
    for root in {bench.built, bench.root}:
        folders = (f"assignments/{bench.name}", f"build/{bench.name}/nbgrader/release")
        found = [p for folder in folders for p in (root / folder).rglob("*") if p.is_file()]
        found += [
            root / f"build/{bench.name}/student.zip",
            *root.glob(f"src/coursekit/assignments/{bench.name}.*"),
        ]
        files |= {str(p.relative_to(root)): p.read_bytes() for p in found if p.is_file()}
    return leaks.find(bench.source, files)


def master_full(bench: Bench) -> list[str]:
    """Return the points that the master's own answers lose."""
    missing = lost(bench.grade(bench.solution))
    return [f"the master loses {in_words(missing)}"] if missing else []


def blank_nothing(bench: Bench) -> list[str]:
    """Return the points that the blank notebook gets."""
    return [f"the blank notebook gets {p:g} in {q}" for q, p in scored(bench.grade(bench.blank)).items()]


def alternatives(bench: Bench) -> list[str]:
    """Return the right answers that lose points."""
    there = bench.folder("alternatives")
    problems = [] if there else ["there is no right answer of another hand: write one into alternatives/"]
    notebooks = {variant.name: variants.answer(bench.solution, variant.answers) for variant in there}
    bench.ahead([(notebook, "") for notebook in notebooks.values()], "alternatives")
    for name, notebook in _watched(bench, notebooks.items(), "alternatives"):
        if found := lost(bench.grade(notebook)):
            problems.append(f"{name} loses {in_words(found)}")
    return problems


def worthless(bench: Bench) -> list[str]:
    """Return the worthless answers that get points."""
    notebooks = [(v, variants.answer(bench.blank, v.answers)) for v in bench.folder("worthless")]
    bench.ahead([(notebook, "") for _, notebook in notebooks], "worthless answers")
    return [
        f"{variant.name} gets {points:g} in {question}: {variant.why}"
        for variant, notebook in _watched(bench, notebooks, "worthless answers")
        for question, points in scored(bench.grade(notebook)).items()
    ]


def empty(bench: Bench) -> list[str]:
    """Return the empty answers that get points and are not declared, and the declarations without need.

    Those that only the seal keeps from points are graded under seal, in a notebook for each kind; of the
    others each question has one under seal, all in one notebook. The rest is tried at the desk, beside right
    answers to all other questions; what gets points there, or cannot be judged there, is graded under seal,
    too, on its own question.
    """
    found: dict[tuple[str, str], float] = {}
    answers = {}
    for kind in empties.KINDS:
        made = {q: empties.answer(own, kind, bench.public) for q, own in bench.own.items()}
        answers[kind] = {q: text for q, text in made.items() if text is not None}
    mixed = [
        (q, kind) for q, kind in empties.mixed(bench.name, list(bench.own)).items() if q in answers[kind]
    ]
    sealed = [*([(q, kind) for q in answers[kind]] for kind in empties.SEALED), mixed]
    tried = [(q, kind) for kind in empties.AT_DESK for q in answers[kind] if (q, kind) not in mixed]
    earned = looks.earn_at_desk(bench, [(q, answers[kind][q]) for q, kind in tried])
    suspect = [one for one, paid in zip(tried, earned, strict=True) if paid]
    graded = [
        (variants.answer(bench.blank, {q: answers[kind][q] for q, kind in some}), "", dict(some))
        for some in sealed
    ]
    graded += [(until(variants.answer(bench.blank, answers[kind]), q), q, {q: kind}) for q, kind in suspect]
    longest_first = [(notebook, only) for notebook, only, _ in reversed(graded)]
    bench.ahead(longest_first, "empty answers", ruled=False)
    for notebook, only, kinds in _watched(bench, graded, "empty answers"):
        for question, points in scored(bench.unruled(notebook, only)).items():
            found[question, kinds[question]] = points
    return gaps.judge(
        bench,
        "empty",
        {
            (question, kind): f"{question} gives {points:g} to an answer that {kind}"
            for (question, kind), points in sorted(found.items())
        },
    )


def same_verdicts(bench: Bench) -> list[str]:
    """Return the public tests that a student's kernel and the sealed grader see differently."""
    first = {q: m for m in reversed(bench.mutants) for q in m.answers}
    wrong = {q: m.answers[q] for q, m in first.items()}
    notebooks = {
        "the master": bench.solution,
        "the blank notebook": bench.blank,
        "the first mutant of each question": variants.answer(bench.solution, wrong),
    }
    archive = (bench.assignment.folder / "student.zip").read_bytes()
    graded = [q.name for q in bench.assignment.graded]
    bench.ahead([(notebook, "") for notebook in notebooks.values()], "kernels")
    problems = []
    with ThreadPoolExecutor(bench.jobs) as pool:
        asked = {
            who: pool.submit(kernel.verdicts, notebook, archive, graded, bench.handed_in(notebook))
            for who, notebook in notebooks.items()
        }
        for one in _watched(bench, asked.values(), "kernels"):
            wait([one])
    for who, notebook in notebooks.items():
        result = bench.grade(notebook)  # what the grader adds to the tests has names of its own
        sealed = {q.name: {c.name: c.passed for c in q.cases if not c.hidden} for q in result.questions}
        try:
            opened = asked[who].result()
        except RuntimeError as error:
            problems.append(f"{who}: {error}")
            continue
        for question in graded:
            problems += [
                f"{who}: {name} {_verdict(here)} in a kernel and {_verdict(there)} under seal"
                for name, here in opened[question]
                if here != (there := sealed[question][name])
            ]
    return problems


def rubric(bench: Bench) -> list[str]:
    """Return the written questions that the rubric does not mention."""
    path = bench.root / "solutions" / bench.name / "rubric.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    written = [q.name for q in bench.assignment.questions if q.manual]
    return [
        f"{q} is read by a person, and rubric.md does not name it"
        for q in written
        if not re.search(rf"\b{q}\b", text)
    ]


def words(bench: Bench) -> list[str]:
    """Return the hidden tests that fail without a message, and the questions that lack one kind of test."""
    problems = []
    for question in bench.assignment.graded:
        text = question.tests.read_text(encoding="utf-8") if question.tests else ""
        for kind in ("False", "True"):
            if f"hidden={kind}" not in text:
                which = "hidden" if kind == "True" else "public"
                problems.append(f"{question.name} has no {which} test")
        if text.count("failure_message=") < text.count("hidden=True"):
            problems.append(
                f"{question.name}: a hidden test has no failure_message, so it fails without a word"
            )
    return problems


CHECKS = (
    Check("students' files are in step with the master", in_step, quick=True),
    Check("nothing leaks to students", no_leak, quick=True),
    Check("every question has both kinds of test, with words", words, quick=True),
    Check("points are for values", worth.points, quick=True),
    Check("the rubric names each written question", rubric, quick=True),
    Check("rules are told, kept and noticed when broken", rules.told_and_kept, quick=True),
    Check("the master gets full marks under seal", master_full, quick=True),
    Check("the blank notebook gets nothing", blank_nothing, quick=True),
    Check("each mutant loses its question alone", alone.mutants, drawn=True),
    Check("mistakes are named as mutants say", naming.named),
    Check("alternatives get full marks", alternatives, drawn=True),
    Check("worthless answers get nothing", worthless, drawn=True),
    Check("empty answers get nothing", empty, drawn=True),
    Check("what a question builds on costs it nothing", follow.through),
    Check("each condition of a contract is tested", coverage.conditions),
    Check("each line of a contract is tested", coverage.lines),
    Check("public tests are honest samples", coverage.honest),
    Check("the book does not hand it in", paste.handed_in),
    Check("a kernel's verdicts are those under seal", same_verdicts),
)


def _verdict(passed: bool) -> str:
    return "passes" if passed else "fails"


def _watched(bench: Bench, items: Iterable[T], what: str) -> Iterator[T]:
    there = list(items)
    hide = None if bench.progress is None else not bench.progress
    yield from tqdm(there, desc=what, leave=False, disable=hide)
