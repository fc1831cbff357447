"""Each attack scores no more than honest code, shows nothing hidden, leaves nothing, and harms nobody."""

import resource
import sys
import tempfile
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.pages.feedback import student_page
from autograder.records.gradesheet import Row
from tests.attacks.harness import LOOK, STRAY, WON, Attack, attacks, complaints, notebook, scores, shown
from tests.attacks.hidden_class import CANARY, HONEST, POSSIBLE
from tests.autograder.sealed.observed import inhabitants, open_files

pytestmark = pytest.mark.sealed

ATTACKS = attacks()
FAMILIES = Counter(attack.family for attack in ATTACKS)


class Page(HTMLParser):
    """Collects what of a page could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "base", "form", "link"):
            self.active.append(tag)
        for name, value in attrs:
            where = (value or "").strip().lower()
            outside = name in ("src", "href") and not where.startswith(("data:image/", "#"))
            if name.startswith("on") or (
                outside and where.startswith(("javascript:", "http", "//", "data:"))
            ):
                self.active.append(f"{tag} {name}={where[:50]}")


def page_of(result, assignment) -> str:
    """Return the feedback page that the student gets."""
    each = tuple(question.score for question in result.questions)
    row = Row("eve", "eve", "tiny", result.score, result.possible, result.status, result.reason, result.tier,
              result.seconds, each)  # fmt: skip
    return student_page(row, result, assignment)


def peak() -> int:
    """Return the most bytes that this process, the grader's own, ever used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def strays() -> list[Path]:
    """Return what attacks left where a process on this machine can write."""
    places = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path(tempfile.gettempdir()), Path.cwd())
    return [path for place in places for path in place.glob(f"*{STRAY}*")]


def test_the_suite_is_whole(capsys, grader):
    with capsys.disabled():  # to stderr, which workers of xdist share with the terminal
        print(f"\nattacks: tier {grader.tier}, {len(ATTACKS)} notebooks, {dict(FAMILIES)}", file=sys.stderr)
    assert len(ATTACKS) >= 40
    assert not [a.name for a in ATTACKS if CANARY in a.notebook or WON in a.notebook]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.family}-{attack.name}")
def test_an_attack_is_fought_off(grader, hidden, untouched, attack: Attack):
    descriptors, memory = open_files(), peak()
    zygote = grader._zygote._process
    start = time.monotonic()
    result = grader.grade(attack.notebook)
    spent = time.monotonic() - start

    page = page_of(result, hidden)
    parser = Page()
    parser.feed(page)
    assert complaints(attack, result, page) == [], result
    assert parser.active == []
    assert spent < 90, "the deadlines did not hold"
    assert inhabitants(grader) == 1, "a process was left behind"
    assert open_files() == descriptors, "a descriptor was left open"
    assert peak() - memory < 600 << 20, "it took the grader's own memory"
    assert strays() == []
    assert grader._zygote._process is zygote, "the warm process was lost, which slows the next notebook"

    next_one = grader.grade(notebook(*HONEST, LOOK))
    assert scores(next_one) == POSSIBLE
    assert (next_one.status, next_one.reason) == ("graded", "")
    assert shown(next_one) == untouched, "the next notebook finds traces"
    assert next_one.seconds < 15.0  # some 0.05; only a sandbox that hangs takes longer than this
