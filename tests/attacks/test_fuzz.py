"""Mutated notebooks and wire messages: each is read, or refused with the reader's own error."""

import json
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from autograder.sealed import executed
from autograder.sealed.inside.rebuild import Decoder
from autograder.sealed.inside.values import Encoder, Refused
from autograder.sealed.inside.wire import WireError, pack, unpack
from autograder.submissions import intake
from autograder.submissions.notebook import UnreadableError, parse
from tests.attacks.harness import attacks

pytestmark = pytest.mark.slow

SEED = 20_261_120
NOTEBOOKS, MESSAGES = 5_000, 50_000
TOKENS = [
    b"{", b"}", b"[", b"]", b'"', b":", b",", b"null", b"NaN", b"1e999", b"\\ud800", b"\xff", b"\0", b"-",
    b'"cells"', b'"source"', b'"worksheets"', b'"nbformat": 3', b"true", b"[" * 2000, b"9" * 5000,
]  # fmt: skip
STRANGE = [None, True, -1, 1e308, 2**70, "", "\ud800", "\x1b[2J", [], {}, [[]], {"a": {}}, "x" * 9000]


def mutated_bytes(draw: random.Random, data: bytes) -> bytes:
    """Return ``data`` with a few bytes changed, cut, doubled or put in."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        at, size = draw.randrange(len(changed) + 1), draw.randint(0, 40)
        match draw.randrange(5):
            case 0:
                changed[at : at + 1] = draw.randbytes(1)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * draw.randint(1, 4)
            case 3:
                changed[at:at] = draw.choice(TOKENS)
            case _:
                del changed[draw.choice((at, len(changed))) :]
    return bytes(changed)


def mutated_tree(draw: random.Random, tree):
    """Return ``tree``, JSON or a message, with some of its parts replaced, dropped or exchanged."""
    if draw.random() < 0.04:
        return draw.choice(STRANGE)
    if isinstance(tree, dict):
        return {
            draw.choice((k, k, k, k, k, k, k, "id")): mutated_tree(draw, v)
            for k, v in tree.items()
            if draw.random() > 0.03
        }
    if isinstance(tree, list):
        parts = [mutated_tree(draw, part) for part in tree if draw.random() > 0.03]
        if parts and draw.random() < 0.05:
            parts[draw.randrange(len(parts))] = draw.choice(parts)
        return parts
    if type(tree) is int and draw.random() < 0.1:
        return draw.choice((-1, 0, 1, tree + 1, 2**31, 2**63 - 1, -(2**63)))
    return tree


def bases() -> list[dict]:
    """Return notebooks to start from: attacks with odd metadata, and one of nbformat 3."""
    found = [json.loads(a.notebook) for a in attacks() if a.family in ("notebook", "texts")]
    cells = [
        {"cell_type": "code", "input": ["1"], "language": "python", "outputs": []},
        {"cell_type": "heading", "level": 2, "source": "x"},
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    for notebook in found:
        notebook["cells"] = notebook["cells"][-4:]
    return [*found, old]


def test_mutated_notebooks_are_read_or_refused(capsys, tmp_path: Path):
    draw, start, seen = random.Random(SEED), bases(), Counter()
    path = tmp_path / "eve.ipynb"
    for _ in range(NOTEBOOKS):
        tree = draw.choice(start)
        data = json.dumps(mutated_tree(draw, tree) if draw.random() < 0.6 else tree).encode()
        data = mutated_bytes(draw, data) if draw.random() < 0.6 else data
        path.write_bytes(data)
        (entry,) = intake.collect(tmp_path)
        try:
            clean = parse(intake.fetch(entry, "tiny.ipynb"))
        except UnreadableError as error:
            seen["refused by intake" if str(error) else "without words"] += 1
        else:
            executed.sources(executed.read(clean))
            seen["read by intake"] += 1
        try:
            notebook = executed.read(data)
        except executed.Unreadable as error:
            seen["refused by the grader" if str(error) else "without words"] += 1
        else:
            json.loads(executed.write(notebook, [_run() for _ in executed.code_cells(notebook)], 1000))
            seen["read by the grader"] += 1
    with capsys.disabled():
        print(f"\nfuzz: {NOTEBOOKS} notebooks, seed {SEED}: {dict(seen)}", file=sys.stderr)
    assert (
        min(seen[f"{what} by {who}"] for what in ("read", "refused") for who in ("intake", "the grader"))
        > 500
    )


def _run() -> executed.CellRun:
    return executed.CellRun([["stream", "stdout", "\x1b[2J"], ["result", "text/plain", "\x07"], ["odd"]])


def test_mutated_messages_are_values_or_refused(capsys):
    draw, seen = random.Random(SEED), Counter()
    values = [
        1, -(2**63), 2.5, None, "text", b"bytes", [1, [2, (3, {4: "5"})]], {"a": {1, 2}, "b": frozenset("x")},
        np.arange(6.0).reshape(2, 3), np.float32(1), np.array(["ab", "c"]), np.zeros((0, 3), "?"), 2**200, 3j,
        slice(1, None), range(5), ..., np.dtype("f4"), int, [np.ones(2, np.int8)] * 2, ((),) * 9,
    ]  # fmt: skip
    messages = []
    for value in values:
        encoder = Encoder(_refuse)
        messages.append((["value", 1, encoder.encode(value), []], [bytes(b) for b in encoder.buffers]))
    for _ in range(MESSAGES):
        message, buffers = draw.choice(messages)
        if draw.random() < 0.7:
            message = mutated_tree(draw, message)
        try:
            body = pack(message)
        except WireError:
            body = pack(["value", 1, None, []])
            seen["not even packed"] += 1
        body = mutated_bytes(draw, body) if draw.random() < 0.5 else body
        if buffers and draw.random() < 0.3:
            buffers = [mutated_bytes(draw, b) for b in buffers]
        try:
            parts = unpack(body)
            decoder = Decoder([bytearray(b) for b in buffers], _resolve, [], [np.ones(3), [1]])
            decoder.decode(parts[2] if type(parts) is list and len(parts) > 2 else parts)
            decoder.finish()
            assert decoder.size >= 0
            seen["a value"] += 1
        except WireError as error:
            seen["refused" if str(error) else "without words"] += 1
    with capsys.disabled():
        print(f"\nfuzz: {MESSAGES} messages, seed {SEED}: {dict(seen)}", file=sys.stderr)
    assert not seen["without words"]
    assert min(seen["a value"], seen["refused"]) > 2_000


def _refuse(value: object) -> list:
    raise Refused("not plain")


def _resolve(tree: list) -> object:
    raise WireError("an unknown kind of value")
