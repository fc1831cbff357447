"""Students whom an earlier version booked under other keys: they keep what a person gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbgrader.api import Student, SubmittedAssignment
from sqlalchemy import select, text, update

from autograder.text import ends_in_digest, former_file_stem

_BOOKED = text("UPDATE OR IGNORE autograder_booked SET student = :new WHERE student = :old")


def rename(session: Any, students: Mapping[str, str]) -> None:
    """Give students their keys of now, where the gradebook has them under their former ones alone.

    A former key that is, or may be, the key of another student stays with that one: names that end like keys
    of now did so before, and students come in parts of a class. Nothing is committed.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        The gradebook's.
    students : mapping of str to str
        The names by the keys of now.
    """
    former = {former_file_stem(name): key for key, name in students.items()}
    asked = [
        old for old, key in former.items() if old != key and old not in students and not ends_in_digest(old)
    ]
    ids = [*asked, *(former[old] for old in asked)]
    there = set(session.execute(select(Student.id).where(Student.id.in_(ids))).scalars()) if ids else set()
    for old in asked:
        new = former[old]
        if old in there and new not in there:
            kept = {c.name: c for c in Student.__table__.columns if c.name != "id"}
            source = select(text(":new").bindparams(new=new), *kept.values()).where(Student.id == old)
            session.execute(Student.__table__.insert().from_select(["id", *kept], source))
            handed = update(SubmittedAssignment).where(SubmittedAssignment.student_id == old)
            session.execute(handed.values(student_id=new).execution_options(synchronize_session=False))
            session.execute(_BOOKED, {"old": old, "new": new})
            session.execute(Student.__table__.delete().where(Student.__table__.c.id == old))
