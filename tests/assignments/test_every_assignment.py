"""Every assignment passes what `autograder check` asks beyond the tests of this folder."""

import pytest

from autograder.release import build
from autograder.release.checking import run
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.sealed]


@pytest.mark.parametrize("name", build.names(ROOT))
@pytest.mark.parametrize("title", ["empty answers get nothing", "a kernel's verdicts are those under seal"])
def test_check_is_content(name: str, title: str) -> None:
    outcomes = list(run.check(name, ROOT, progress=None, only=title))
    assert title in [outcome.title for outcome in outcomes], "the check has another title now"
    assert [problem for outcome in outcomes for problem in outcome.problems] == []
