"""What the tests of a question see of an answer: under seal, or in a fraction of the time at the desk.

A build looks under seal, and writes down what it sees; a check looks at the desk, and compares. So each kind
of look is held by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.release import variants
from autograder.release.bench import Bench, until
from autograder.release.sights import Answer, Sight
from coursekit._mistakes import Seen

Look = Callable[[Bench, Sequence[Answer]], list[Sight]]


def under_seal(bench: Bench, wanted: Sequence[Answer]) -> list[Sight]:
    """Return what the sealed grader's cases see of answers, of each in a notebook that ends with it."""
    notebooks = []
    for question, text, _ in wanted:
        notebook = variants.answer(bench.solution, {question: text}) if text else bench.solution
        notebooks.append((until(notebook, question), question))
    bench.ahead(notebooks, "answers", watched=True)
    found = []
    for notebook, question in notebooks:
        outcome, seen = bench.watch(notebook, question)
        if outcome.status != "graded":
            found.append(Sight(missing="the sandbox had to stop it"))
        elif question not in seen:
            found.append(Sight(missing="running its tests a second time took too long"))
        else:
            # The grader may put notes of its own before the cases.
            cases = outcome.questions[0].cases[-len(seen[question]) :]
            found.append(Sight(seen[question], tuple(case.hidden for case in cases)))
    return found


def at_desk(bench: Bench, wanted: Sequence[Answer]) -> list[Sight]:
    """Return what cases beside the solution see of answers.

    Those that the desk cannot judge are looked at under seal: answers to a question that writes files to hand
    in, and those that hang or end their process. The desk knows no rules.
    """
    writes = _writing(bench)
    fresh = [one for one in dict.fromkeys(wanted) if one not in bench.sights]
    due = [one for one in fresh if not one.files and one.question not in writes]
    for one, cases in zip(due, bench.desk.survey([(one.question, one.text) for one in due]), strict=True):
        if cases:
            seen = tuple(Seen(case.passed, case.prints) for case in cases)
            bench.sights[one] = Sight(seen, tuple(case.hidden for case in cases))
    left = [one for one in fresh if one not in bench.sights]
    bench.sights.update(zip(left, under_seal(bench, left), strict=True))
    return [bench.sights[one] for one in wanted]


def earn_at_desk(bench: Bench, answers: Sequence[tuple[str, str]]) -> list[bool]:
    """Return which answers, each a question and its code, get points or have to be looked at under seal.

    Where public tests earn nothing alone, an answer gets points only if a hidden test passes.
    """
    alone = bench.assignment.public_alone
    found = bench.desk.run([{"question": q, "source": text} for q, text in answers])
    writes = _writing(bench)
    return [
        question in writes
        or len(cases) < bench.desk.cases(question)
        or any(case.passed and case.points and (alone or case.hidden) for case in cases)
        for (question, _), cases in zip(answers, found, strict=True)
    ]


def _writing(bench: Bench) -> set[str]:
    """Return the questions whose answers write files to hand in, which the desk does not have."""
    return {q for q, own in bench.own.items() if any(name in own for name in bench.assignment.files)}
