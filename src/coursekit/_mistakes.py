"""Names the mistake that an answer makes, where its outputs are those of a known one.

An author's known mistakes (mutants) are run on the tests when an assignment is built, and fingerprints of
what they gave back are kept (`coursekit._fingerprint`). An answer is named only where all that came back, in
every case of the question, is what the mistake gave back; two mistakes together are like neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coursekit import _fingerprint
from coursekit._fingerprint import Print, is_value, same, says_something

FORMAT = 1


@dataclass(frozen=True)
class Seen:
    """What one test case saw: whether it passed, and a fingerprint of what each call gave back."""

    passed: bool
    prints: tuple[Print, ...]


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its name, what a student is told, and what each case of the question saw of it."""

    name: str
    told: str
    cases: tuple[Seen, ...]


@dataclass(frozen=True)
class Question:
    """The known mistakes of a question, and what its cases see of a right answer."""

    right: tuple[Seen, ...]
    mistakes: tuple[Mistake, ...]

    def named(self, seen: Sequence[Seen]) -> tuple[Mistake, ...]:
        """Return the mistakes that give just what was seen: one, two that look alike, or none."""
        found = [m for m in self.mistakes if _alike(seen, m.cases) and self._shows(seen)]
        return tuple(found) if len(found) <= 2 else ()

    def _shows(self, seen: Sequence[Seen]) -> bool:
        """Whether what was seen is evidence.

        A failed case has to have a wrong value that is more than zeros, or one in place of an error beside
        such values.
        That nothing came back, zeros or an exception is what unfinished answers do, and names no mistake.
        """
        pairs = zip(seen, self.right, strict=True)
        wrong = [pair for case, right in pairs if not case.passed for pair in _differing(case, right)]
        written = any(says_something(p) for case in seen for p in case.prints)
        return any(
            is_value(p) and (says_something(p) or (written and right is not None and right[0] == "raised"))
            for p, right in wrong
        )


@dataclass(frozen=True)
class Known:
    """The known mistakes of an assignment, by question; ``stamp`` says what they were made from."""

    stamp: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)

    def has(self, question: str) -> bool:
        """Say whether there is any known mistake of a question."""
        return question in self.questions

    def named(self, question: str, seen: Sequence[Seen]) -> tuple[Mistake, ...]:
        """Return the mistakes of a question that give just what was seen; a broken file names none."""
        try:
            entry = self.questions.get(question)
            return entry.named(seen) if entry else ()
        except (ValueError, TypeError, LookupError, AttributeError):
            return ()


def told(mistakes: Sequence[Mistake]) -> str:
    """Return what a student reads in a notebook, where public tests alone tell mistakes apart."""
    return sentence([mistake.told for mistake in mistakes], "On the public tests your output")


def sentence(mistakes: Sequence[str], what: str = "Your output") -> str:
    """Return what a student reads of mistakes, each in words; ``what`` is what they were seen in."""
    if not mistakes:
        return ""
    if len(mistakes) == 1:
        return f"{what} is exactly what this mistake gives: {mistakes[0]}"
    one, other = mistakes
    return f"{what} is exactly what either of two mistakes gives. One: {one} The other: {other}"


def read(text: str) -> Known:
    """Read what `write` wrote.

    Raises
    ------
    ValueError
        When it is something else, or of another format or scheme of fingerprints.
    """
    try:
        content = json.loads(text)
        if (content["format"], content["scheme"]) != (FORMAT, _fingerprint.SCHEME):
            raise ValueError("mistakes of another format")
        questions = {name: _question(entry) for name, entry in content["questions"].items()}
        return Known(str(content["stamp"]), questions)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"no file of mistakes: {error!r}") from None


def write(known: Known, generated: str) -> str:
    """Write the known mistakes as JSON; what a mistake gives as a right answer does is not written again."""
    questions = {
        name: {
            "right": [list(case.prints) for case in entry.right],
            "mistakes": [
                {
                    "name": mistake.name,
                    "told": mistake.told,
                    "cases": [
                        [case.passed, [_short(k, p, right) for k, p in enumerate(case.prints)]]
                        for case, right in zip(mistake.cases, entry.right, strict=True)
                    ],
                }
                for mistake in entry.mistakes
            ],
        }
        for name, entry in known.questions.items()
    }
    head = {"generated": generated, "format": FORMAT, "scheme": _fingerprint.SCHEME, "stamp": known.stamp}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    rows = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in questions.items()]
    return "\n".join(["{", *lines, ' "questions": {', ",\n".join(rows), " }", "}", ""])


def _question(entry: Mapping[str, Any]) -> Question:
    right = tuple(Seen(True, tuple(prints)) for prints in entry["right"])
    mistakes = []
    for made in entry["mistakes"]:
        pairs = zip(made["cases"], right, strict=True)
        cases = [
            Seen(bool(passed), tuple(own.prints[k] if p is None else p for k, p in enumerate(prints)))
            for (passed, prints), own in pairs
        ]
        mistakes.append(Mistake(str(made["name"]), str(made["told"]), tuple(cases)))
    return Question(right, tuple(mistakes))


def _short(place: int, print_: Print, right: Seen) -> Print | None:
    return None if place < len(right.prints) and right.prints[place] == print_ else print_


def _alike(seen: Sequence[Seen], known: Sequence[Seen]) -> bool:
    return len(seen) == len(known) and all(
        a.passed == b.passed and len(a.prints) == len(b.prints) and all(map(same, a.prints, b.prints))
        for a, b in zip(seen, known, strict=True)
    )


def _differing(case: Seen, right: Seen) -> list[tuple[Print, Print | None]]:
    """Return what came back otherwise than from a right answer, and what comes back from that."""
    rights = [*right.prints, *[None] * len(case.prints)]
    pairs = zip(case.prints, rights, strict=False)
    return [(p, own) for p, own in pairs if own is None or not same(p, own)]
