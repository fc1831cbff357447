"""The policy: lateness reckoned to the day by the clock on the wall, extensions, days of 23 hours."""

import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Assignment, SubmittedAssignment
from nbgrader.plugins import LateSubmissionPlugin

from autograder.grades.policy import Policy

DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "student", "days"),
    [(-1, "cid", 0), (0, "cid", 0), (0.1, "cid", 1), (24, "cid", 1), (24.1, "cid", 2), (48, "ann", 0),
     (48.1, "ann", 1), (12, "bob", 0), (13, "bob", 1)],
)  # fmt: skip
def test_days_begun_count(hours, student, days):
    policy = Policy({"hw3": DUE}, extensions={("ann", "hw3"): 2.0, ("bob", "hw3"): 0.5})
    assert policy.days_late(student, "hw3", DUE + timedelta(hours=hours)) == days
    assert policy.days_late(student, "hw4", DUE + timedelta(days=99)) == 0


def test_what_is_left_of_the_points():
    policy = Policy(free_days=1, penalty_per_day=0.25, most_days=4)
    assert [policy.kept(d) for d in range(7)] == [1.0, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    assert Policy(penalty_per_day=0.4).kept(9) == 0.0
    assert Policy().kept(1000) == 1.0


BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("due", "days", "end"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=BERLIN), 1, datetime(2026, 3, 29, 21, 59, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 59, tzinfo=BERLIN), 0, datetime(2026, 3, 28, 22, 59, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, 59, tzinfo=BERLIN), 1, datetime(2026, 10, 25, 22, 59, tzinfo=UTC)),
        (datetime(2026, 3, 7, 23, 59, tzinfo=NEW_YORK), 1, datetime(2026, 3, 9, 3, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_late_day_ends_when_the_clock_shows_the_same_time(due, days, end):
    policy = Policy({"hw3": due}, zone=due.tzinfo)
    assert policy.deadline("ann", "hw3", days) == end
    assert policy.days_late("ann", "hw3", end) == days
    assert policy.days_late("ann", "hw3", end + timedelta(seconds=1)) == days + 1
    extended = Policy({"hw3": due}, extensions={("ann", "hw3"): days}, zone=due.tzinfo)
    assert extended.days_late("ann", "hw3", end) == 0
    assert extended.days_late("ann", "hw3", end + timedelta(seconds=1)) == 1


def test_a_due_time_in_its_own_offset_is_read_by_the_course_clock():
    due = datetime(2026, 3, 28, 23, 59, tzinfo=timezone(timedelta(hours=1)))
    assert Policy({"hw3": due}, zone=BERLIN).deadline("ann", "hw3", 1) == datetime(
        2026, 3, 29, 21, 59, tzinfo=UTC
    )
    assert Policy({"hw3": due}).deadline("ann", "hw3", 1) == datetime(2026, 3, 29, 22, 59, tzinfo=UTC)


zones = st.sampled_from([UTC, BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
hours = st.floats(-24 * 40, 24 * 40, allow_nan=False)
extensions = st.floats(0, 30, allow_nan=False)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    zone = draw(zones)
    return Policy(
        {"hw3": draw(moments).astimezone(zone)},
        draw(st.floats(0, 5)),
        draw(st.floats(0, 1)),
        draw(st.none() | st.floats(0, 20)),
        {("ann", "hw3"): draw(extensions)},
        zone,
    )


@given(policies(), hours)
def test_days_late_are_the_fewest_that_cover_the_delay(policy, after):
    submitted = policy.due["hw3"].astimezone(UTC) + timedelta(hours=after)
    days = policy.days_late("ann", "hw3", submitted)
    assert days >= 0
    assert submitted <= policy.deadline("ann", "hw3", days)
    assert days == 0 or submitted > policy.deadline("ann", "hw3", days - 1)


@given(policies(), hours, st.floats(0, 24 * 10))
def test_later_is_never_better(policy, after, more):
    first = policy.due["hw3"].astimezone(UTC) + timedelta(hours=after)
    early, late = (policy.days_late("ann", "hw3", t) for t in (first, first + timedelta(hours=more)))
    assert early <= late
    assert 0.0 <= policy.kept(late) <= policy.kept(early) <= 1.0


@given(policies(), hours, st.floats(0, 30))
def test_an_extension_never_harms(policy, after, more):
    submitted = policy.due["hw3"].astimezone(UTC) + timedelta(hours=after)
    days = policy.extensions["ann", "hw3"]
    longer = Policy(policy.due, extensions={("ann", "hw3"): days + more}, zone=policy.zone)
    assert longer.days_late("ann", "hw3", submitted) <= policy.days_late("ann", "hw3", submitted)


@given(policies(), hours, zones)
def test_the_zone_in_which_a_time_is_written_does_not_matter(policy, after, zone):
    submitted = policy.due["hw3"].astimezone(UTC) + timedelta(hours=after)
    assert policy.days_late("ann", "hw3", submitted) == policy.days_late(
        "ann", "hw3", submitted.astimezone(zone)
    )


@given(hours, extensions)
def test_lateness_is_nbgraders(after, extension):
    due = datetime(2026, 3, 1, 12, tzinfo=UTC)
    policy = Policy({"hw3": due}, penalty_per_day=1, extensions={("ann", "hw3"): extension})
    submitted = due + timedelta(hours=after)
    theirs = SubmittedAssignment(
        timestamp=submitted.replace(tzinfo=None), extension=timedelta(days=extension)
    )
    theirs.assignment = Assignment(name="hw3", duedate=due.replace(tzinfo=None))
    days = policy.days_late("ann", "hw3", submitted)
    assert days == math.ceil(theirs.total_seconds_late / 86_400)
    penalty = 0.0
    if theirs.total_seconds_late > 0:
        plugin = LateSubmissionPlugin(penalty_method="zero")
        penalty = plugin.late_submission_penalty("ann", 7.0, theirs.total_seconds_late)
    assert 7.0 * policy.kept(days) == 7.0 - penalty
