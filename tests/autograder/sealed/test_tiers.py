"""The weaker tier grades too and says so; a tier that is not there is refused."""

import pytest

from autograder.sealed import Grader, TierUnavailable
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.conftest import LIMITS
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed


def test_the_process_tier_grades_too_and_warns_loudly(tiny):
    grader = Grader(tiny, tier="process", limits=LIMITS)
    with pytest.warns(RuntimeWarning, match="'process' tier"):
        grader.__enter__()
    with grader:
        result = grader.grade(notebook(*HONEST))
        assert (result.tier, scores(result)) == ("process", POSSIBLE)
        hung = grader.grade(notebook("while True: pass", *HONEST))
        assert (hung.status, scores(hung)) == ("stopped", POSSIBLE)
        imports = grader.grade(notebook("import convnet", "import autograder", *HONEST))
        assert [text[:19] for text in outputs(imports)[:2]] == ["ModuleNotFoundError"] * 2


def test_a_tier_that_cannot_be_had_is_refused_in_words(tiny, monkeypatch):
    from autograder.sealed import tiers

    monkeypatch.setattr(tiers.shutil, "which", lambda name: None)
    tiers.why_no_bubblewrap.cache_clear()
    try:
        with pytest.raises(TierUnavailable, match="install the package `bubblewrap`"):
            Grader(tiny, tier="bubblewrap")
        assert tiers.available_tiers() == ["process"]
    finally:
        tiers.why_no_bubblewrap.cache_clear()
    with pytest.raises(ValueError, match="tier must be"):
        Grader(tiny, tier="paper")


def test_a_grading_process_does_not_try_again_what_its_parent_has_seen(monkeypatch):
    from autograder.sealed import tiers

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(tiers, "_known", tiers._Known())
    tiers.why_no_bubblewrap.cache_clear()
    try:
        assert "is missing" in tiers.why_no_bubblewrap()
        assert not tiers.seen_to_work()
        tiers.why_no_bubblewrap.cache_clear()
        tiers.told_that_it_works()
        assert tiers.choose("bubblewrap") == "bubblewrap"
        assert tiers.seen_to_work()
    finally:
        tiers.why_no_bubblewrap.cache_clear()
