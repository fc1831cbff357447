"""The method under `autograder similar`: tokens, fingerprints, tiles, against their definitions."""

import io
import json
import random
import sys
import time
import tokenize
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.assignment import Assignment, Question
from autograder.similarity import alignment, frequencies, index, normal, texts
from autograder.similarity.fingerprints import GUARANTEE, WINDOW, K, grams, winnow
from autograder.similarity.lexer import KINDS, LITERAL, NAME, Token, statements
from tests.autograder import similar_disguises, tiny
from tests.support import built, tracked

PYTHON = [p for p in tracked("autograder/*.py", "src/*.py", "solutions/*.py") if "attacks" not in p.parts]


QUESTIONS = tuple(Question(name, 1.0, False, None) for name in ("q1", "q2"))
ASSIGNMENT = Assignment("tiny", "Tiny", "tiny.ipynb", QUESTIONS, Path("nowhere"))


def kept(source: str) -> list[Token]:
    return [t for s in statements(source) for t in normal.normal(s.tokens)]


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="tokenize cuts f-strings open from 3.12 on")
def test_right_source_has_the_tokens_that_python_sees():
    kinds = {tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.OP}
    for path in PYTHON:
        source = path.read_text(encoding="utf-8")
        right = [t.string for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type in kinds]
        found = [t.text for s in statements(source) for t in s.tokens]
        assert found == [t for t in right if t != ";"], path


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="tokenize cuts f-strings open from 3.12 on")
def test_tokens_know_their_lines():
    for path in PYTHON[:40]:
        source = path.read_text(encoding="utf-8")
        right = {(t.string, t.start[0]) for t in tokenize.generate_tokens(io.StringIO(source).readline)}
        assert {(t.text, t.line + 1) for s in statements(source) for t in s.tokens} <= right, path


@given(st.text(alphabet="ab1.\"'\\\n#()[]{}:;,=@%! rf\tλ·🙂", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_tokens(source):
    lines = source.split("\n")
    read = [t for s in statements(source) for t in s.tokens]
    assert all(t.text.split("\n")[0] in lines[t.line] for t in read)
    assert [t.line for t in read] == sorted(t.line for t in read)
    assert set(kept(source)) <= set(read)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(x=0): return x", "def f(x: 'T' = 0) -> dict[str, int]: return x"),
        ("def f(x, *a, k=lambda v: v): pass", "def f(x: int, *a: str, k: object = lambda v: v): pass"),
        ("x = 1\ny = 2", "x = 1; y = 2  # why"),
        ("f(1,\n  2,\n)", "f(1, 2)"),
        ("def f():\n    pass", 'def f():\n    """Say.\n\n    More."""\n    pass'),
        ("s = 'ab' 'cd'", 's = r"abcd"'),
        ("x = a + \\\n  b", "x = a + b"),
        ("%matplotlib inline\n!pip install x\nf()", "f()"),
        ("%%time\nf()", "f()"),
        ("total: float = 0", "total = 0"),
        ("return a, b", "return (\n    a,\n    b,\n)"),
        ("for i, j in x: pass", "for (i, j) in (x): pass"),
        ("self.n: int = 0", "self.n = 0"),
    ],
)
def test_what_does_not_matter_is_dropped(one, other):
    assert [t.kind for t in kept(one)] == [t.kind for t in kept(other)] != []


@pytest.mark.parametrize(
    "source",
    ["x[a:b] = c", "{a: b}", "if x: y = 1", "lambda a: b", "else: x", "x = {1: 2}", "f(a)(b)", "x[0](a)"],
)
def test_what_is_no_annotation_stays(source):
    assert kept(source) == [t for s in statements(source) for t in s.tokens]


def test_names_and_literals_are_one_kind_each():
    first, *rest = [
        [t.kind for s in statements(c) for t in s.tokens] for c in ("a = 'b'", "λ = 1.5e3j", "_ = rb''")
    ]
    assert first == [NAME, first[1], LITERAL]
    assert all(r == first for r in rest)


def test_every_kind_fits_a_byte():
    assert max(KINDS.values()) < 256
    assert len(set(KINDS.values())) == len(KINDS)


tokens = st.binary(min_size=0, max_size=120).map(lambda b: bytes(x % 5 + 1 for x in b))


@given(tokens)
@settings(deadline=None)
def test_winnowing_is_as_defined(kinds):
    hashes = grams(kinds)
    assert len(hashes) == max(0, len(kinds) - K + 1)
    kept = set(winnow(hashes).tolist())
    expected = set()
    for start in range(max(len(hashes) - WINDOW, 0) + 1 if len(hashes) else 0):
        window = hashes[start : start + WINDOW]
        expected.add(start + max(np.flatnonzero(window == window.min()).tolist()))
    assert kept == expected


@given(tokens, tokens, tokens, tokens, st.binary(min_size=GUARANTEE, max_size=GUARANTEE + 5))
@settings(deadline=None)
def test_a_long_common_run_has_a_common_fingerprint(a, b, c, d, run):
    one, other = grams(a + run + b), grams(c + run + d)
    assert set(one[winnow(one)].tolist()) & set(other[winnow(other)].tolist())


def test_equal_runs_have_equal_hashes_and_others_do_not():
    rng = random.Random(5)
    kinds = bytes(rng.randrange(1, 80) for _ in range(20_000))
    hashes = grams(kinds + kinds[:100])
    assert (hashes[-(100 - K + 1) :] == hashes[: 100 - K + 1]).all()
    assert len(np.unique(hashes[: len(kinds) - K + 1])) == len(
        {kinds[i : i + K] for i in range(len(kinds) - K + 1)}
    )


def test_weights_are_the_formula():
    notebooks = (
        [np.array([1, 2], np.uint64)] + [np.array([2], np.uint64)] * 3 + [np.array([3], np.uint64)] * 30
    )
    weights = frequencies.Frequencies(notebooks).bits(np.array([1, 2, 3, 9], np.uint64))
    everybody = len(notebooks) + frequencies.PRIOR
    expected = [np.log2(everybody), np.log2(everybody / 4), 0.0, np.log2(everybody)]  # 30 of 54 are too many
    np.testing.assert_allclose(weights, expected)
    assert frequencies.Frequencies([]).bits(np.array([1], np.uint64)).shape == (1,)


def test_the_index_finds_what_a_look_at_all_pairs_finds():
    rng = np.random.default_rng(4)
    notebooks = [np.unique(rng.integers(0, 400, 40).astype(np.uint64)) for _ in range(30)]
    found = index.Index(notebooks)
    for i, hashes in enumerate(notebooks):
        ones = np.ones(len(hashes))
        right = {j: len(np.intersect1d(hashes, notebooks[j])) for j in range(i + 1, 30)}
        near = found.neighbours(hashes, ones, 5, after=i)
        assert dict(near).items() <= right.items()
        assert len(near) == min(index.NEIGHBOURS, sum(v >= 5 for v in right.values()))
    assert index.Index([]).neighbours(notebooks[0], np.ones(len(notebooks[0])), 1) == []


def test_a_large_ring_is_found_as_a_chain():
    ring = [np.arange(50, dtype=np.uint64)] * 300
    found = index.Index(ring)
    for i in range(299):
        near = found.neighbours(ring[i], np.ones(50), 10, after=i)
        assert 1 <= len(near) <= index.NEIGHBOURS
        assert all(i < j <= i + index.REACH for j, _ in near)


def as_text(source: str) -> texts.Text:
    return texts.read(tiny.notebook(q1=source), ASSIGNMENT, texts.BaseCode()).text


def statement_lists(rng: random.Random, count: int) -> list[str]:
    forms = [
        "{} = {} + {}", "if {} < {}: {} = 1", "for {} in range({}): {}.append(2)", "{}[{}, 1:] = -{}",
        "{} = [{} for q in {}]", "assert {} is not {} or {}", "{} = {}({}=3)", "while not {}: {} -= {}",
    ]  # fmt: skip
    return [rng.choice(forms).format(*rng.choices("abcdefgh", k=3)) for _ in range(count)]


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_tiles_are_common_disjoint_and_long(seed):
    rng = random.Random(seed)
    shared = statement_lists(rng, 12)
    one = as_text("\n".join(statement_lists(rng, 5) + shared + statement_lists(rng, 4)))
    other = as_text("\n".join(shared[6:] + statement_lists(rng, 3) + shared[:6]))
    found = alignment.tiles(one, other)
    for side, kinds in ((0, one.kinds), (1, other.kinds)):
        taken = [p for t in found for p in range(t[side], t[side] + t.length)]
        assert len(taken) == len(set(taken))
        assert max(taken) < len(kinds)
    for t in found:
        assert one.kinds[t.left : t.left + t.length] == other.kinds[t.right : t.right + t.length]
        assert t.length >= GUARANTEE or t.left in [g.start for g in one.segments]
    halves = [len(kept("\n".join(half))) for half in (shared[:6], shared[6:])]
    assert sum(t.length for t in found) >= sum(n for n in halves if n >= GUARANTEE)


def test_questions_are_attributed_by_id_by_name_and_by_the_next_check():
    cells = json.loads(tiny.notebook())["cells"]
    base = texts.base_code(tiny.notebook(), ASSIGNMENT)
    assert base.functions == {"double": "q1", "total": "q2"}
    own = {
        "cell_type": "code",
        "metadata": {},
        "source": "helper = 1 + 2\ndef total(a):\n    return sum(a) + 0",
    }
    marked = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "q2-answer"}}, "source": "z = [0]\n"}
    second = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "q1-answer-2"}}, "source": "v = 8\n"}
    content = {"nbformat": 4, "cells": [cells[0], own, marked, second, *cells[2:]]}
    read = texts.read(json.dumps(content), ASSIGNMENT, base)
    assert [(s.name, s.question, s.cell) for s in read.text.segments] == [
        ("", "q1", 2), ("total", "q2", 2), ("", "q2", 3), ("", "q1", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        '"""' + '\\"""' * 25_000, "x" + " " * 90_000 + "$", "'\\" * 45_000, "(" * 90_000, "1" * 90_000,
        "x:" * 45_000, "[1," * 30_000, "a." * 45_000, "\\\n" * 45_000, "x = [" + "1, " * 30_000 + "]",
        "x = 1\n" * 48_000, "def f(\n" * 13_000, "\u202e" * 100_000 + "x = 1", "\n" * 90_000 + "x",
    ],
    ids=lambda s: repr(s[:8]),
)  # fmt: skip
def test_no_text_takes_long(source):
    start = time.thread_time()
    one, other = as_text(source), as_text("y = 2\n" + source)
    assert one.cut or len(one.kinds) <= texts.MAX_TOKENS
    alignment.tiles(one, other)
    assert time.thread_time() - start < 5


def test_only_the_first_of_a_huge_notebook_is_read():
    read = as_text("x = 1\n" * 48_000)
    assert read.cut
    assert len(read.kinds) <= texts.MAX_TOKENS
    assert not as_text("x = 1\n" * 100).cut


def test_the_disguises_keep_python_python():
    solution = json.loads((built("hw3").folder / "solution.ipynb").read_text(encoding="utf-8"))
    rng = random.Random(2)
    for name in ("renamed", "recommented", "reformatted"):
        change = getattr(similar_disguises, name)
        for cell in similar_disguises.answer_cells(solution).values():
            compile(change("".join(cell["source"]), rng), name, "exec")
