"""Which attempt counts: by the rules alone, whatever the order in which gradings finish."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grades.attempts import WINDOWS, Attempt, AttemptRules, Scored, counting, needed, refused
from autograder.grades.config import Settings
from autograder.grades.policy import Policy
from autograder.grades.standings import standings
from tests.autograder import tiny

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def tries(*minutes: float | None) -> list[Attempt]:
    return [
        Attempt(i, None if m is None else NOON + timedelta(minutes=m)) for i, m in enumerate(minutes, start=1)
    ]


def test_the_windows_slide_and_what_is_refused_uses_up_nothing():
    rules = AttemptRules(rates={"hour": 2})
    found = refused(tries(0, 10, 20, 59, 60, 69, 70), rules)
    assert found == dict.fromkeys((3, 4, 6), "at most 2 attempts a hour count")
    assert refused(tries(0, 0, 0), rules) == {3: "at most 2 attempts a hour count"}


def test_limits_together():
    rules = AttemptRules(most=3, rates={"hour": 1, "day": 2})
    day = 24 * 60
    found = refused(tries(0, 30, 61, 130, day, 2 * day), rules)
    assert found == {
        2: "at most 1 attempt a hour counts",
        4: "at most 2 attempts a day count",
        6: "at most 3 attempts count",
    }


def test_without_times_only_the_number_is_limited():
    rules = AttemptRules(most=2, rates={"minute": 1})
    assert refused(tries(None, None, None), rules) == {3: "at most 2 attempts count"}


def test_the_last_is_the_last_within_the_limits():
    rules = AttemptRules("last", most=2)
    attempts = tries(0, 1, 2)
    assert needed(attempts, rules) == {
        1: "attempt 2 counts, the last one",
        3: "at most 2 attempts count",
    }
    scored = [Scored(1, 5.0), Scored(2, 0.0), Scored(3, 5.0)]
    assert counting(scored, rules, refused(attempts, rules)) == 2


def test_the_best_after_lateness_and_of_equals_the_earlier():
    rules = AttemptRules("best")
    assert counting([Scored(1, 2.0), Scored(2, 3.0), Scored(3, 3.0)], rules, {}) == 2
    assert counting([Scored(1, 3 * 0.9), Scored(2, 2.7)], rules, {}) == 1  # 2.7 and 2.7 to a float's last bit
    assert counting([Scored(1, 0.0, failed=True), Scored(2, 0.0)], rules, {}) == 2
    assert counting([Scored(1, 0.0, failed=True)], rules, {}) == 1
    assert counting([Scored(1, 5.0)], rules, {1: "no"}) is None


rates = st.dictionaries(st.sampled_from(sorted(WINDOWS)), st.integers(1, 4), max_size=3)
all_rules = st.builds(AttemptRules, st.sampled_from(["best", "last"]), st.none() | st.integers(1, 6), rates)
histories = st.lists(st.floats(0, 60 * 24 * 10, allow_nan=False), min_size=1, max_size=12).map(
    lambda minutes: tries(*sorted(minutes))
)


@given(histories, all_rules)
def test_no_window_holds_more_than_its_share(attempts, rules):
    found = refused(attempts, rules)
    kept = [a.submitted for a in attempts if a.number not in found]
    assert 1 not in found, "a first attempt is always within the limits"
    assert rules.most is None or len(kept) <= rules.most
    for name, most in rules.rates.items():
        for end in kept:
            assert sum(end - WINDOWS[name] < t <= end for t in kept) <= most


@given(histories, all_rules, st.randoms(use_true_random=False))
def test_order_does_not_matter(attempts, rules, rng):
    scored = [Scored(a.number, float(rng.randint(0, 3)), rng.random() < 0.1) for a in attempts]
    beyond = refused(attempts, rules)
    chosen = counting(scored, rules, beyond)
    assert chosen is not None
    assert chosen not in needed(attempts, rules)
    for mixed in (scored, attempts):
        rng.shuffle(mixed)
    assert refused(attempts, rules) == beyond
    assert counting(scored, rules, beyond) == chosen


@given(histories, all_rules, st.randoms(use_true_random=False))
def test_what_need_not_be_graded_changes_nothing(attempts, rules, rng):
    scored = [Scored(a.number, float(rng.randint(0, 3))) for a in attempts]
    beyond, spared = refused(attempts, rules), needed(attempts, rules)
    graded = [s for s in scored if s.number not in spared]
    assert counting(graded, rules, beyond) == counting(scored, rules, beyond)
    assert rules.count == "best" or len(graded) == 1


@given(histories, all_rules, st.integers(1, 12))
def test_a_further_attempt_takes_nothing_from_those_before(attempts, rules, count):
    before = attempts[:count]
    found = refused(attempts, rules)
    assert refused(before, rules) == {n: why for n, why in found.items() if n <= len(before)}


def rows(*scores: float, minutes: float = 60, **changes: object) -> list:
    return [
        tiny.row(
            "ann", score, 0.0, slug=f"ann-{i}", attempt=i, attempts=len(scores),
            submitted=(NOON + timedelta(minutes=minutes * i)).isoformat(), **changes,
        )
        for i, score in enumerate(scores, start=1)
    ]  # fmt: skip


def test_a_late_better_attempt_loses_to_an_early_good_one():
    settings = Settings(
        Policy({"tiny": NOON + timedelta(minutes=90)}, penalty_per_day=0.5), AttemptRules("best")
    )
    found = standings(rows(2.0, 3.0), settings)
    assert [(s.counts, s.days_late, s.kept, s.why) for s in found.values()] == [
        (True, 0, 1.0, ""),
        (False, 1, 0.5, "attempt 1 counts, the best"),
    ]
    found = standings(rows(1.0, 3.0), settings)
    assert [s.counts for s in found.values()] == [False, True]


@pytest.mark.parametrize("count", ["best", "last"])
def test_an_attempt_that_was_not_graded_under_other_rules_says_so(count):
    first, second, third = rows(1.0, 0.0, 0.0)
    spared = tiny.row("ann", 0.0, 0.0, slug="ann-3", attempt=3, attempts=3, submitted=third.submitted,
                      status="uncounted")  # fmt: skip
    found = standings([first, second, spared], Settings(attempts=AttemptRules(count)))
    assert found["ann-3"].why == "it was not graded: run `autograder grade` again"
    assert [s.counts for s in found.values()] == (
        [True, False, False] if count == "best" else [False, True, False]
    )


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0]), min_size=1, max_size=5), all_rules,
       st.randoms(use_true_random=False))  # fmt: skip
def test_one_attempt_of_a_student_counts_whatever_the_order_of_rows(scores, rules, rng):
    settings = Settings(Policy({"tiny": NOON}, penalty_per_day=0.1), rules)
    made = rows(*scores)
    found = standings(made, settings)
    assert sum(s.counts for s in found.values()) == 1
    assert all(bool(s.why) != s.counts for s in found.values())
    random.Random(rng.random()).shuffle(made)
    assert standings(made, settings) == found
