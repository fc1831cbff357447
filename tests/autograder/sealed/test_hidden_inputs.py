"""What a hidden test hands to the student's code reaches no page, however the code tries to say it."""

import json
import secrets
from collections.abc import Iterator

import pytest

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
import gc, os, struct
def forge(count, length=1):
    from inside.wire import Channel
    channel = [o for o in gc.get_objects() if type(o) is Channel][0]
    numbers = [getattr(channel, n) for n in dir(channel) if 'fd' in n or 'fileno' in n or 'write' in n]
    for fd in range(3, 30):
        try:
            for n in range(1, 60):
                os.write(fd, struct.pack('!4sQII', b'SLD1', n, length, count))
        except OSError:
            pass
def first(x):
    if x > 1:
        forge(%s)
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
    "a frame with that many buffers": FORGE % "x",
    "a frame of that length": FORGE % "0, x",
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
    texts = [result.reason, *(case.message for q in result.questions for case in q.cases)]
    texts += [words for q in result.questions for words in q.mistakes.values()]
    for cell in json.loads(result.executed or '{"cells": []}')["cells"]:
        texts += [json.dumps(output) for output in cell.get("outputs", [])]
    return "\n".join(texts)


@pytest.mark.parametrize("cell", SAY.values(), ids=SAY.keys())
def test_a_hidden_input_is_said_nowhere(asking: Grader, cell: str) -> None:
    result = asking.grade(notebook(cell))
    said = shown(result)
    for secret in (SECRET, SECRET + 1):
        for form in (secret, hex(secret)[2:], secret * 10, 64 + secret * 10, secret * 1000):
            assert str(form) not in said, said
    assert "kept" not in said
    codes = {f"exit {secret % 256}" for secret in (SECRET, SECRET + 1)}
    assert not [code for code in codes if code in said]


def test_a_lost_sandbox_is_told_in_fixed_words_and_the_instructor_reads_more(asking: Grader) -> None:
    result = asking.grade(notebook(FORGE % "x"))
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
