"""What a hidden test hands to the student's code reaches no page, however the code tries to say it."""

import json
import secrets
from collections.abc import Iterator

import pytest

from autograder.pages.cases import case_views, mistake_made
from autograder.records.results import NotebookResult
from autograder.sealed import Grader
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import notebook
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed

SECRET = 10_000 + secrets.randbelow(20_000)  # a hidden input that no notebook can know

FIRST = f"""OK_FORMAT = False
from otter.test_files import test_case

name = "first"
points = None

@test_case(hidden=True, failure_message="first was called with a number")
def test_hidden(first):
    assert first({SECRET}) == 2

@test_case(hidden=True, failure_message="first was called with another number")
def test_hidden_again(first):
    assert first({SECRET} + 1) == 2

@test_case(hidden=False)
def test_public(first):
    assert first(1) == 2, f"first(1) is 2, your code gave {{first(1)}}"
"""
SECOND = """OK_FORMAT = False
from otter.test_files import test_case

name = "second"
points = None

@test_case(hidden=False)
def test_public(second):
    found = second(1)
    assert found == 2, f"second(1) is 2, your code gave {found}"

@test_case(hidden=True, failure_message="second was called with a number")
def test_hidden(second):
    assert second(4) == 5
"""

KEPT = """
kept = []
def first(x):
    if x > 1:
        kept.append(x)
    %s
def second(x):
    %s
"""
FORGE = """
def first(x):
    import gc
    from inside.wire import HEADER, MAGIC, Channel
    if x > 1:
        channel = [o for o in gc.get_objects() if type(o) is Channel][0]
        channel._sock.send(HEADER.pack(MAGIC, channel._sent + 1, %s))
def second(x): return 1
"""
SAY = {
    "raised in a later public test": KEPT % ("return 2", "raise ValueError(str(kept))"),
    "raised in a public test of the same question": KEPT % ("raise ValueError(str(kept))", "return 1"),
    "returned where a public test shows values": KEPT
    % ("return kept and kept[0]", "return kept and kept[0]"),
    "a list that says its length": KEPT % ("return 2", "return [0] * kept[0]"),
    "the name of an exception": KEPT % ("return 2", "raise type(f'E{kept}', (Exception,), {})"),
    "raised in the hidden test": KEPT % ("raise ValueError(str(kept))", "return 1"),
    "printed in the hidden test": KEPT % ("print(kept, flush=True)", "return 1"),
    "an int of that many bits": KEPT % ("return 1 << 64 << (kept or [0])[0] * 10", "return 1"),
    "a text of that length": KEPT % ("return 'x' * (kept or [0])[0] * 1000", "return 1"),
    "the status of a process that ends": KEPT % ("import os; os._exit(kept and kept[0] % 256)", "return 1"),
    "a frame with that many buffers": FORGE % "1, x * 10_000",
    "a frame of that length": FORGE % "x * 100_000, 0",
    "a file that the next run shows": """
import glob, os
for path in glob.glob('/tmp/**/kept*', recursive=True) + glob.glob('/dev/shm/kept*') + glob.glob('kept*'):
    print(path, open(path).read())
def first(x):
    if x > 1:
        for folder in ('/tmp', '/tmp/home', '/tmp/work', '/dev/shm', '.'):
            try:
                open(folder + '/kept', 'w').write(str(x))
            except OSError:
                pass
        os._exit(1)
def second(x): return 1
""",
    "a cell that stops at that line when it runs again": """
import glob, os
def first(x):
    if x > 1:
        for folder in ('/tmp', '/dev/shm'):
            open(folder + f'/kept{x}', 'w').write('')
        os._exit(1)
def second(x): return 1
for path in glob.glob('/tmp/kept*') + glob.glob('/dev/shm/kept*'):
    print(path)
    os._exit(int(path[-5:]) % 256)
""",
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, tier: str) -> Iterator[Grader]:
    """A grader of two questions, the first of which has its hidden tests above the public one."""
    made = class_of_one.make(tmp_path_factory.mktemp("asking"), {"first": FIRST, "second": SECOND})
    with Grader(made, tier=tier, limits=LIMITS) as grader:
        yield grader


def shown(result: NotebookResult) -> str:
    """Return all that a student may read of a result, but not the source of the notebook."""
    texts = [result.reason]
    for question in result.questions:
        texts += [mistake_made(question), *(f"{view.name} {view.message}" for view in case_views(question))]
    for cell in json.loads(result.executed or '{"cells": []}')["cells"]:
        texts += [json.dumps(output) for output in cell.get("outputs", [])]
    return "\n".join(texts)


@pytest.mark.parametrize("cell", SAY.values(), ids=SAY.keys())
def test_a_hidden_input_is_said_nowhere(asking: Grader, cell: str) -> None:
    result = asking.grade(notebook(cell))
    said = shown(result)
    for secret in (SECRET, SECRET + 1):
        assert str(secret) not in said, said
        assert str(64 + secret * 10) not in said, said
    assert "kept" not in said
    codes = {f"exit {secret % 256}" for secret in (SECRET, SECRET + 1)}
    assert not [code for code in codes if code in said]


def test_a_lost_sandbox_is_told_in_fixed_words_and_the_instructor_reads_more(asking: Grader) -> None:
    result = asking.grade(notebook(FORGE % "1, x * 10_000"))
    hidden = result.questions[0].cases[0]
    assert hidden.message == (
        "first was called with a number\nThe sandbox was stopped: the code broke the grader's protocol."
    )
    assert hidden.detail != hidden.message


def test_cases_stand_in_the_order_of_the_file(asking: Grader) -> None:
    cells = "def first(x): return 2\ndef second(x): return x + 1"
    result = asking.grade(notebook(cells))
    assert [c.name for c in result.questions[0].cases] == ["first - 1", "first - 2", "first - 3"]
    assert [[c.passed for c in q.cases] for q in result.questions] == [[True] * 3, [True] * 2]
    assert [c.hidden for c in result.questions[0].cases] == [True, True, False]


def test_all_public_tests_come_first(asking: Grader) -> None:
    order = (
        "calls = []\ndef first(x): calls.append('first'); return 0\ndef second(x): raise ValueError(calls)"
    )
    result = asking.grade(notebook(order))
    assert "raised ValueError: ['first', 'first']" in result.questions[1].cases[0].message
