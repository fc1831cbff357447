"""What a student reads about a failed case besides the test's own words: names, exceptions, odd answers."""

from __future__ import annotations

from .errors import CaseTimeout, SandboxStopped, StudentError, printable
from .session import Session

WIDTH = 500  # characters of an exception's message
_REFUSED = "Refused: "  # how values that cannot cross are described by the sandbox


def missing(session: Session) -> list[str]:
    """Return a sentence for each name that a case asked for in vain, and why it is missing."""
    session.lacking += session.missing
    return [
        _joined(f"Your notebook does not define {printable(name, 80)}.", _blame(session, name))
        for name in dict.fromkeys(session.missing)
    ]


def raised(error: Exception, session: Session) -> str:
    """Return what an exception of the student's code says, as Python says it, and what it may come from."""
    kind, text = type(error).__name__, str(error)
    if isinstance(error, StudentError):
        if text.startswith(_REFUSED):
            why = text.removeprefix(_REFUSED)[:WIDTH]
            return f"The grader cannot take what your code returned: {why}. Return NumPy arrays of numbers."
        said = f"Your code raised {text.removeprefix('the code raised ')[:WIDTH]}"
    else:
        said = f"Your code raised {kind}: {text[:WIDTH]}" if text else f"Your code raised {kind}"
    blames = session.blames
    hint = blames.of_error(kind, text) if blames else ""
    if hint and blames and not blames.in_failed_cell(kind, text):  # the row names that cell already
        session.hints.append(hint)
    return f"{said}\n{hint}" if hint else said


def unusable(session: Session) -> list[str]:
    """Return why a public test could not go on with what it got, where the test itself raised."""
    error = session.failure
    if error is None or session.missing or isinstance(error, AssertionError | SandboxStopped | CaseTimeout):
        return []
    return [f"The test could not use your answer: {type(error).__name__}: {printable(str(error), WIDTH)}"]


def _blame(session: Session, name: str) -> str:
    return session.blames.of(name) if session.blames else ""


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
