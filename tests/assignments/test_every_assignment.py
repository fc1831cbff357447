"""Every assignment passes every check of `autograder check`: each is run once, and named where it fails."""

from collections.abc import Callable

import pytest

from autograder.release import build, fingerprints, looks, sights
from autograder.release.bench import Bench
from autograder.release.checking.checks import CHECKS, Check
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.sealed]


@pytest.fixture(scope="module", params=build.names(ROOT))
def name(request: pytest.FixtureRequest) -> str:
    """Each assignment in turn, with all its tests: what one has graded, the next need not grade again."""
    found: str = request.param
    return found


@pytest.mark.parametrize("check", [pytest.param(check, id=check.title) for check in CHECKS])
def test_check_is_content(name: str, check: Check, on_the_bench: Callable[[str], Bench]) -> None:
    assert check.problems(on_the_bench(name)) == []


def test_every_assignment_names_what_it_says_it_names(
    name: str, on_the_bench: Callable[[str], Bench]
) -> None:
    found = on_the_bench(name)
    made = fingerprints.make(found, looks.at_desk)
    assert len(made.silent) < len(found.mutants)
    kept = fingerprints.read(fingerprints.packed_path(name, ROOT))
    assert fingerprints.equal(kept, made.all), "what was seen under seal and is committed is seen at the desk"
    wrong = list(sights.answers(found.mutants))
    for (mutant, answer), sight in zip(
        wrong, looks.at_desk(found, [answer for _, answer in wrong]), strict=True
    ):
        if sight.missing:
            assert mutant in made.silent
            continue
        named = [m.name for m in made.all.named(answer.question, sight.seen)]
        assert mutant in named or mutant in made.silent
        assert len(named) < 2 or mutant in made.silent
    questions = dict.fromkeys(answer.question for _, answer in wrong)
    own = [sights.Answer(question) for question in questions]
    for question, right in zip(questions, looks.at_desk(found, own), strict=True):
        assert right.passed
        assert made.all.named(question, right.seen) == ()


def test_the_desk_sees_what_is_seen_under_seal(name: str, on_the_bench: Callable[[str], Bench]) -> None:
    """The last mistake of each question, which no other check looks at under seal, and the right answers."""
    found = on_the_bench(name)
    last = {answer.question: answer for _, answer in sights.answers(found.mutants)}
    wrong = list(last.values())
    pairs = zip(wrong, looks.at_desk(found, wrong), looks.under_seal(found, wrong), strict=True)
    for one, here, there in pairs:
        if one.files or there.missing:
            continue
        assert here.hidden == there.hidden, one.question
        assert fingerprints.alike(here.seen, there.seen), one
    right = [sights.Answer(question) for question in last]
    _, seen = found.watch(found.solution)
    for one, here in zip(right, looks.at_desk(found, right), strict=True):
        assert fingerprints.alike(here.seen, seen[one.question]), one
