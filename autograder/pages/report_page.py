"""The class report as one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from autograder.pages.feedback import tone
from autograder.pages.page import render
from autograder.pages.report import QuestionRate, Report
from autograder.pages.scatter import SIZE, scatter
from autograder.records.gradesheet import points
from autograder.text import one_line

WIDTH, HEIGHT = 640, 200  # of the drawing's plot area, in its own units


@dataclass(frozen=True)
class _Bar:
    x: float
    y: float
    width: float
    height: float
    count: int
    label: str


def report_page(report: Report, warning: str) -> str:
    """Render the report; ``warning`` says what makes its scores less than trustworthy."""
    most = max(b.count for b in report.distribution)
    step = WIDTH / len(report.distribution)
    bars = [
        _Bar(
            x=i * step + 3,
            y=HEIGHT - (height := HEIGHT * b.count / most if most else 0.0),
            width=step - 6,
            height=height,
            count=b.count,
            label=f"{points(b.low)} to {points(b.high)}",
        )
        for i, b in enumerate(report.distribution)
    ]
    marks = [
        (name, WIDTH * value / report.possible)
        for name, value in (("mean", report.mean), ("median", report.median))
        if value is not None and report.possible
    ]
    return render(
        "report.html",
        report=report,
        warning=warning,
        bars=bars,
        marks=marks,
        step=step,
        questions=(questions := [_question(q) for q in report.questions]),
        mistakes=sorted(
            ((m, q) for q in questions for m in q["mistakes"]), key=lambda pair: -len(pair[0]["who"])
        ),
        slowest=[
            {"student": one_line(s.student), "link": _link(s.slug), "seconds": f"{s.seconds:.1f}"}
            for s in report.slowest
        ],
        failures=[
            {"why": one_line(f.name, 300), "who": [(one_line(who), _link(slug)) for who, slug in f.who]}
            for f in report.failures
        ],
        odd=[
            {
                "student": one_line(o.student),
                "link": _link(o.slug),
                "status": o.status,
                "tone": {"graded": "", "stopped": "part"}.get(o.status, "bad"),
                "score": points(o.score),
                "remarks": [(one_line(r.what), one_line(r.evidence)) for r in o.remarks],
            }
            for o in report.odd
        ],
        points=points,
        width=WIDTH,
        height=HEIGHT,
        plot=scatter(
            [(q.name, q.share, q.discrimination) for q in report.questions if q.discrimination is not None]
        ),
        size=SIZE,
    )


def _question(question: QuestionRate) -> dict[str, Any]:
    ran = question.full + question.part + question.none
    return {
        "name": question.name,
        "points": points(question.points),
        "mean": f"{question.mean:.2f}",
        "discrimination": _number(question.discrimination),
        "backwards": (question.discrimination or 0.0) < 0,
        "wrong": question.wrong,
        "wrong_count": question.wrong_count,
        "percent": f"{100 * question.share:.0f}",
        "full": question.full,
        "part": question.part,
        "none": question.none,
        "spans": [100 * n / ran if ran else 0.0 for n in (question.full, question.part, question.none)],
        "followed": [
            f"{f.count} got {question.name} with the course's own {' and '.join(f.questions)}"
            for f in question.followed
        ],
        "cases": [
            {
                "name": one_line(c.name, 120),
                "hidden": c.hidden,
                "passed": f"{c.passed} of {c.run}",
                "discrimination": _number(c.discrimination),
                "tone": tone(c.passed, c.run),
            }
            for c in sorted(question.cases, key=lambda c: c.passed / c.run)
        ],
        "ran": ran,
        "seconds": [f"{seconds:.1f}" for seconds in question.seconds] if question.seconds[1] else [],
        "mistakes": [
            {
                "name": one_line(m.name, 200),
                "words": one_line(m.words, 1_000),
                "who": [(one_line(student), _link(slug)) for student, slug in m.who],
            }
            for m in question.mistakes
        ],
    }


def _number(correlation: float | None) -> str:
    """Write a correlation with a sign that is as wide as a digit; a dash where there is none."""
    return "–" if correlation is None else f"{correlation:.2f}".replace("-", "−")


def _link(slug: str) -> str:
    return f"feedback/{quote(slug)}.html"
