"""A graded class in numbers: distribution, pass rates, the slow and the odd."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from autograder.assignment import Assignment
from autograder.pages.items import Discrimination, most_frequent, wrong_answers
from autograder.pages.oddities import Remark, remarks
from autograder.records.results import RAN, Status, is_full
from autograder.records.standing import Standing
from autograder.records.store import Record

BINS = 10
SLOWEST = 10
FAILURES = 20
STATUSES = (*get_args(Status), "error")


@dataclass(frozen=True)
class Bin:
    """How many notebooks scored from ``low`` up to ``high`` points; the last bin holds ``high`` too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class CaseRate:
    """How many notebooks passed one test case, of those it was run on, and how it discriminates."""

    name: str
    hidden: bool
    passed: int
    run: int
    discrimination: float | None = None


@dataclass(frozen=True)
class Made:
    """Who made a known mistake: its name, the words for it, and each notebook as student and slug.

    Where two mistakes cannot be told apart, both stand in name and words.
    """

    name: str
    words: str
    who: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Followed:
    """How many notebooks got their points for a question with the course's own answers to others."""

    questions: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class QuestionRate:
    """Results of one question: notebooks with all, some and none of its points, and the mean score.

    ``mistakes`` are the known mistakes that were made, the most frequent first. ``discrimination`` is the
    correlation of the question's score with the score without it, None where there are too few notebooks
    or no differences. ``wrong`` is the most frequent wrong answer, by its mistake or by what the first failed
    test says, and ``wrong_count`` how many gave it. ``seconds`` is how long its tests took, the median and
    the longest; both are 0 in results of versions that did not note it.
    """

    name: str
    points: float
    full: int
    part: int
    none: int
    mean: float
    cases: tuple[CaseRate, ...]
    mistakes: tuple[Made, ...] = ()
    followed: tuple[Followed, ...] = ()
    discrimination: float | None = None
    wrong: str = ""
    wrong_count: int = 0
    seconds: tuple[float, float] = (0.0, 0.0)

    @property
    def share(self) -> float:
        """The mean score as a part of the points."""
        return self.mean / self.points if self.points else 0.0


@dataclass(frozen=True)
class Slow:
    """How long one submission took."""

    student: str
    slug: str
    seconds: float


@dataclass(frozen=True)
class Odd:
    """A submission somebody should look at, and why."""

    student: str
    slug: str
    status: str
    score: float
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Report:
    """The class in numbers.

    Mean, median and rates are over the notebooks that ran and count, those that had to be stopped included;
    their scores are the machine's, before lateness. ``failures`` has the notebooks in which a cell failed,
    by what happened in the first such cell. ``late`` counts attempts that count, ``overtaken`` the
    others; ``missing`` are those on the roster who handed nothing in.
    """

    assignment: str
    title: str
    possible: float
    submissions: int
    statuses: dict[str, int]
    tiers: dict[str, int]
    mean: float | None
    median: float | None
    seconds: float
    distribution: tuple[Bin, ...]
    questions: tuple[QuestionRate, ...]
    slowest: tuple[Slow, ...]
    odd: tuple[Odd, ...]
    late: int = 0
    overtaken: int = 0
    failures: tuple[Made, ...] = ()
    missing: int = 0


def report(
    records: Iterable[Record],
    assignment: Assignment,
    standing: Callable[[str], Standing | None] = lambda slug: None,
    missing: int = 0,
) -> Report:
    """Sum up a class.

    Parameters
    ----------
    records : iterable of Record
        The results, from `autograder.records.store.Store.records`; they are read once and not kept.
    assignment : Assignment
        What the class was graded against.
    standing : callable
        Takes a slug, yields how that submission stands; without it each counts and none is late.
    missing : int
        How many on the roster handed nothing in.

    Raises
    ------
    ValueError
        When there is no result at all.
    """
    statuses: Counter[str] = Counter()
    tiers: Counter[str] = Counter()
    times: list[Slow] = []
    scores: list[float] = []
    points: dict[str, list[float]] = {q.name: [] for q in assignment.graded}
    cases: dict[str, dict[tuple[str, bool], _Case]] = {q.name: {} for q in assignment.graded}
    took: dict[str, list[float]] = {q.name: [0.0] for q in assignment.graded}
    agreement = {q.name: Discrimination() for q in assignment.graded}
    wrong: dict[str, Counter[str]] = {q.name: Counter() for q in assignment.graded}
    made: dict[str, dict[tuple[str, str], list[tuple[str, str]]]] = {q.name: {} for q in assignment.graded}
    followed: dict[str, Counter[tuple[str, ...]]] = {q.name: Counter() for q in assignment.graded}
    odd: list[Odd] = []
    failed: dict[str, list[tuple[str, str]]] = {}
    late = overtaken = 0
    for record in records:
        row = record.row
        statuses[row.status] += 1
        tiers[row.tier] += 1
        times.append(Slow(row.student, row.slug, row.seconds))
        if found := remarks(record):
            odd.append(Odd(row.student, row.slug, row.status, row.score, tuple(found)))
        stands = standing(row.slug) or Standing()
        overtaken += not stands.counts
        late += stands.counts and bool(stands.days_late)
        for cell in record.result.failed[:1]:
            failed.setdefault(cell.why, []).append((row.student, row.slug))
        if row.status not in RAN or not stands.counts:
            continue
        scores.append(row.score)
        for question in record.result.questions:
            if question.name in points:
                points[question.name].append(question.score)
                took[question.name].append(question.seconds)
                if question.mistakes:
                    mistake = " or ".join(question.mistakes), " Or: ".join(question.mistakes.values())
                    made[question.name].setdefault(mistake, []).append((row.student, row.slug))
                followed[question.name].update([question.followed] if question.followed else [])
                rest = row.score - question.score
                agreement[question.name].add(question.score, rest)
                if words := wrong_answers(question.cases, question.mistakes):
                    wrong[question.name][words] += 1
                for case in question.cases:
                    cases[question.name].setdefault((case.name, case.hidden), _Case()).add(case.passed, rest)
    if not times:
        raise ValueError("there are no results to report on")
    order = {"error": 0, "stopped": 1, "misplaced": 2, "unrelated": 2, "unreadable": 2}
    return Report(
        assignment=assignment.name,
        title=assignment.title,
        possible=assignment.possible,
        submissions=len(times),
        statuses={s: statuses[s] for s in STATUSES if statuses[s]},
        tiers={t: tiers[t] for t in ("bubblewrap", "process") if tiers[t]},
        mean=statistics.fmean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        seconds=sum(t.seconds for t in times),
        distribution=_bins(scores, assignment.possible),
        questions=tuple(
            replace(
                _rate(q.name, q.points, points[q.name], cases[q.name], made[q.name]),
                followed=_followed(followed[q.name]),
                discrimination=agreement[q.name].value,
                wrong=most_frequent(wrong[q.name])[0],
                wrong_count=most_frequent(wrong[q.name])[1],
                seconds=(statistics.median(took[q.name][1:] or [0.0]), max(took[q.name])),
            )
            for q in assignment.graded
        ),
        slowest=tuple(sorted(times, key=lambda t: (-t.seconds, t.slug))[:SLOWEST]),
        failures=tuple(
            Made(why, "", tuple(sorted(who)))
            for why, who in sorted(failed.items(), key=lambda f: (-len(f[1]), f[0]))[:FAILURES]
        ),
        late=late,
        overtaken=overtaken,
        missing=missing,
        odd=tuple(sorted(odd, key=lambda o: (order.get(o.status, 3), o.student, o.slug))),
    )


class _Case:
    """What is counted of one test case."""

    def __init__(self) -> None:
        self.passed, self.run, self.agreement = 0, 0, Discrimination()

    def add(self, passed: bool, rest: float) -> None:
        self.passed += passed
        self.run += 1
        self.agreement.add(float(passed), rest)


def _bins(scores: list[float], possible: float) -> tuple[Bin, ...]:
    width = possible / BINS
    counts = Counter(min(int(s / width), BINS - 1) if width else 0 for s in scores)
    return tuple(Bin(i * width, (i + 1) * width, counts[i]) for i in range(BINS))


def _followed(counts: Counter[tuple[str, ...]]) -> tuple[Followed, ...]:
    return tuple(Followed(questions, count) for questions, count in counts.most_common())


def _rate(
    name: str,
    points: float,
    scores: list[float],
    cases: dict[tuple[str, bool], _Case],
    made: dict[tuple[str, str], list[tuple[str, str]]],
) -> QuestionRate:
    full = sum(is_full(s, points) for s in scores)
    part = sum(s > 0 and not is_full(s, points) for s in scores)
    return QuestionRate(
        name=name,
        points=points,
        full=full,
        part=part,
        none=len(scores) - full - part,
        mean=statistics.fmean(scores) if scores else 0.0,
        cases=tuple(
            CaseRate(n, hidden, c.passed, c.run, c.agreement.value) for (n, hidden), c in cases.items()
        ),
        mistakes=tuple(
            Made(mistake, words, tuple(sorted(who)))
            for (mistake, words), who in sorted(made.items(), key=lambda m: (-len(m[1]), m[0]))
        ),
    )
