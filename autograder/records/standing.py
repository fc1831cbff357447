"""How a graded attempt stands among the student's others: late or not, counting or not, with which points.

It follows from all attempts, the course's rules and the points that people gave, so it is not kept with the
result, but computed whenever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Standing:
    """What became of one attempt.

    Parameters
    ----------
    days_late : int or None
        Days begun after the due time; None where the time of hand-in is not known.
    kept : float
        The part of the points that lateness leaves, from 0 to 1.
    counts : bool
        Whether this is the student's attempt that counts.
    why : str
        Why it does not count.
    earned : float
        The points before lateness: the machine's, and where a person gave others, the person's.
    total : float or None
        The points after lateness; None for an attempt that does not count.
    possible : float
        The points of all questions, the written ones too.
    waiting : tuple of str
        Questions that wait for a person.
    bank_used, bank_left : float
        Where a term has late days: how many of them this attempt uses, and how many are left after it.
    """

    days_late: int | None = None
    kept: float = 1.0
    counts: bool = True
    why: str = ""
    earned: float = 0.0
    total: float | None = None
    possible: float = 0.0
    waiting: tuple[str, ...] = ()
    bank_used: float = 0.0
    bank_left: float | None = None

    def outdone(self, why: str) -> Standing:
        """Return the standing of a hand-in in whose place another counts."""
        return replace(self, counts=False, why=why, total=None, waiting=(), bank_used=0.0)
