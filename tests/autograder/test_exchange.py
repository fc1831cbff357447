"""nbgrader's exchange with two students: released, fetched, submitted, graded under seal, and given back."""

import csv
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.autograder import hub, tiny
from tests.autograder.hub import Hub

pytestmark = pytest.mark.sealed

RULES = """\
[assignments.tiny]
due = {due}
[late]
penalty_per_day = 0.1
[extensions.{ben}]
tiny = 9
"""
HALF = tiny.notebook("def double(x):\n    return 2 * x")


class Trip:
    """What was said on the way of an assignment to the students and back."""

    def __init__(self, place: Hub) -> None:
        self.hub = place
        home = place.of(place.teacher)
        tiny.assignment(home / "build")
        due = (datetime.now(UTC) - timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        (home / "autograder.toml").write_text(RULES.format(due=due, ben=place.ben))
        self.secret = home / "solution.ipynb"
        self.secret.write_text(tiny.perfect())
        if place.real:
            shutil.chown(self.secret, place.teacher)
        self.secret.chmod(0o600)
        self.released = place.autograder("exchange", "release", "tiny")
        self.seen = place.nbgrader(place.ann, "list")
        for name in (place.ann, place.ben):
            place.nbgrader(name, "fetch_assignment", "tiny")
        self.hand_in(place.ann, HALF)
        self.hand_in(place.ben, HALF)
        self.hand_in(place.ann, tiny.perfect())
        self.tamper()
        self.collected = place.autograder("exchange", "collect", "tiny", "--to", "in")
        self.again = place.autograder("exchange", "collect", "tiny", "--to", "in")
        self.graded = place.autograder("grade", "tiny", "in", "--out", "out", sealed=True)
        place.autograder("feedback", "out", sealed=True)
        self.returned = place.autograder("exchange", "return", "out")
        for name in (place.ann, place.ben):
            place.nbgrader(name, "fetch_feedback", "tiny")

    def hand_in(self, name: str, notebook: str) -> None:
        (self.hub.of(name) / "tiny" / "tiny.ipynb").write_text(notebook)
        self.hub.nbgrader(name, "submit", "tiny")

    @property
    def inbound(self) -> Path:
        return self.hub.exchange / hub.COURSE / "inbound"

    def tamper(self) -> None:
        """Let Ben put a link to the teacher's solution beside his notebook, and a folder in Ann's name.

        Where all are one user, nobody could tell that it is his.
        """
        (his,) = self.inbound.glob(f"{self.hub.ben}+*")
        inside = self.hub.of(self.hub.ben)
        forged = self.inbound / f"{self.hub.ann}+tiny+2999-01-01 00:00:00.000000 UTC+forged"
        self.hub.runs(self.hub.ben, "ln", "-s", str(self.secret), str(his / "solution.ipynb"))
        self.hub.runs(self.hub.ben, "mkdir", str(self.inbound / "ben+tiny+nonsense"))
        if self.hub.real:
            self.hub.runs(self.hub.ben, "cp", "-r", str(inside / "tiny"), str(forged))

    @property
    def rows(self) -> dict[tuple[str, str], dict[str, str]]:
        with (self.hub.of(self.hub.teacher) / "out/grades.csv").open(encoding="utf-8-sig") as file:
            return {(row["student"], row["attempt"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def trip() -> Iterator[Trip]:
    """The trip with users of their own where that can be, else with two names."""
    with hub.opened(real=hub.able()) as place:
        yield Trip(place)


def test_students_find_what_was_released(trip: Trip) -> None:
    assert trip.released == "tiny is released in the course 'cnn'.\n"
    assert "cnn tiny" in trip.seen


def test_every_attempt_is_collected_once(trip: Trip) -> None:
    assert trip.collected.endswith("3 new in in.\n")
    assert trip.again.endswith("0 new in in; 3 were there already.\n")


def test_the_newest_attempt_counts_and_lateness_comes_from_nbgraders_time(trip: Trip) -> None:
    ann, ben = trip.hub.ann, trip.hub.ben
    assert float(trip.rows[ben, "1"]["score"]) == 3
    assert trip.rows[ben, "1"]["days_late"] in ("", "0")
    assert float(trip.rows[ann, "2"]["score"]) == 5
    assert trip.rows[ann, "2"]["days_late"] == "2"


def test_links_are_not_followed_and_names_are_checked(trip: Trip) -> None:
    collected = trip.hub.of(trip.hub.teacher) / "in"
    assert "solution.ipynb is a symbolic link" in trip.collected
    assert not list(collected.rglob("solution.ipynb"))
    assert "not named as nbgrader names: ben+tiny+nonsense" in trip.collected
    forged = f"in the name of {trip.hub.ann} and belongs to {trip.hub.ben}"
    assert (forged in trip.collected) is trip.hub.real


def test_each_student_finds_the_page_about_each_of_their_submissions(trip: Trip) -> None:
    pages = {
        name: sorted((trip.hub.of(name) / "tiny/feedback").glob("*/tiny.html"))
        for name in (trip.hub.ann, trip.hub.ben)
    }
    assert [len(found) for found in pages.values()] == [2, 1]
    kept = {p.read_bytes() for p in (trip.hub.of(trip.hub.teacher) / "out/feedback").glob("*.html")}
    for found in pages.values():
        assert {page.read_bytes() for page in found} <= kept
    assert "5" in pages[trip.hub.ann][1].read_text(encoding="utf-8")
    assert trip.hub.nbgrader(trip.hub.ann, "list", "--cached").count("feedback already fetched") == 2


def test_nobody_sees_what_is_anothers(trip: Trip) -> None:
    if not trip.hub.real:
        assert os.access(trip.inbound, os.R_OK)  # one user alone owns everything
        return
    for kind in ("inbound", "feedback"):
        trip.hub.runs(trip.hub.ben, "ls", str(trip.hub.exchange / hub.COURSE / kind), good=False)
    trip.hub.runs(trip.hub.ben, "cat", str(trip.secret), good=False)
    command = (sys.executable, "-m", "autograder.cli", "exchange", "collect", "tiny", "--to", "all")
    assert "you may not read" in trip.hub.runs(trip.hub.ben, *command, good=False)
