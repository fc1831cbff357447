"""What the tests of a question see of an answer: under seal, or in a hundredth of the time at the desk.

A build looks under seal, and writes down what it sees; a check looks at the desk, and compares. So each kind
of look is held by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from autograder.release import variants
from coursekit._mistakes import Seen

if TYPE_CHECKING:
    from autograder.release.bench import Bench


class Answer(NamedTuple):
    """An answer to one question: its code, or the master's own where there is none.

    One that hands in files of its own is looked at under seal alone.
    """

    question: str
    text: str = ""
    files: bool = False


@dataclass(frozen=True)
class Sight:
    """What each case of a question saw of an answer, and which cases are hidden.

    ``missing`` says why nothing was seen, and is empty otherwise.
    """

    seen: tuple[Seen, ...] = ()
    hidden: tuple[bool, ...] = ()
    missing: str = ""

    @property
    def passed(self) -> bool:
        """Whether each case passed."""
        return bool(self.seen) and all(case.passed for case in self.seen)


Look = Callable[["Bench", Sequence[Answer]], list[Sight]]


def answers(variants_: Iterable[variants.Variant]) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of variants, each with the variant's name."""
    for variant in variants_:
        for question, text in variant.answers.items():
            yield variant.name, Answer(question, text, bool(variant.files))


def under_seal(bench: Bench, wanted: Sequence[Answer]) -> list[Sight]:
    """Return what the sealed grader's cases see of answers, of each in a notebook that ends with it."""
    from autograder.release.bench import until

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
            cases = outcome.questions[0].cases[
                -len(seen[question]) :
            ]  # the grader puts notes of its own before
            found.append(Sight(seen[question], tuple(case.hidden for case in cases)))
    return found


def at_desk(bench: Bench, wanted: Sequence[Answer]) -> list[Sight]:
    """Return what cases beside the solution see of answers.

    Those that the desk cannot judge are looked at under seal: answers to a question that writes files to hand
    in, and those that hang or end their process. The desk knows no rules.
    """
    writes = {q for q, own in bench.own.items() if any(name in own for name in bench.assignment.files)}
    fresh = [one for one in dict.fromkeys(wanted) if one not in bench.sights]
    due = [one for one in fresh if not one.files and one.question not in writes]
    for one, cases in zip(due, bench.desk.survey([(one.question, one.text) for one in due]), strict=True):
        if cases:
            seen = tuple(Seen(case.passed, case.prints) for case in cases)
            bench.sights[one] = Sight(seen, tuple(case.hidden for case in cases))
    left = [one for one in fresh if one not in bench.sights]
    bench.sights.update(zip(left, under_seal(bench, left), strict=True))
    return [bench.sights[one] for one in wanted]
