"""An answer to a question, and what the tests of the question see of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from autograder.release import variants
from coursekit._mistakes import Seen


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


def answers(variants_: Iterable[variants.Variant]) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of variants, each with the variant's name."""
    for variant in variants_:
        for question, text in variant.answers.items():
            yield variant.name, Answer(question, text, bool(variant.files))
