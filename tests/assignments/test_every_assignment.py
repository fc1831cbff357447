"""Every assignment passes every check of `autograder check`: each is run once, and named where it fails."""

from collections.abc import Callable

import pytest

from autograder.release import build
from autograder.release.bench import Bench
from autograder.release.checking.checks import CHECKS, Check
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.sealed]
NAMES = build.names(ROOT)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("check", [pytest.param(check, id=check.title) for check in CHECKS])
def test_check_is_content(name: str, check: Check, on_the_bench: Callable[[str], Bench]) -> None:
    assert check.problems(on_the_bench(name)) == []
