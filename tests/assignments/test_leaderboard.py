"""The ranking of those who want to stand on it: from graded bytes, with nicknames from strangers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from autograder.assignment import load
from autograder.commands.group import autograder
from autograder.grading.batch import grade_class
from autograder.limits import Limits
from autograder.pages.leaderboard import MOST, Place, nickname, ranked
from autograder.records import plan
from autograder.submissions import intake
from tests.assignments.handed import Files, course, files_of, half_wrong, with_cells

HELD = "held_out.npz"


def said(*sources: str) -> str:
    return nickname(json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]}))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("nickname = 'Ada 7'", "Ada 7"),
        ('x = 1\nnickname = "Two\\nlines"', "Twolines"),
        ("nickname = '<script>alert(1)</script>'", "scriptalert1script"),
        ("nickname = '\\u202eevil\\x1b[2J'", "evil2J"),
        ("nickname = '" + "w" * 900 + "'", "w" * MOST),
        ("nickname = 'Zoë-Marie_2.'", "Zoë-Marie_2."),
        ("nickname = open('/etc/passwd').read()", ""),
        ("nickname = 3", ""),
        ("nickname = ''", ""),
        ("nickname = 'a' +", ""),
        ("nickname = " + "(" * 1500 + "'a'" + ")" * 300, ""),
        ("if True:\n    nickname = 'inside'", ""),
        ("# nickname\n" + "x = 1\n" * 900 + "nickname = 'long'", ""),
    ],
)
def test_a_nickname_is_a_short_plain_text(source: str, found: str) -> None:
    assert said(source) == found


def test_the_last_nickname_counts_and_texts_are_no_code() -> None:
    assert said("nickname = 'one'", "nickname = 'two'") == "two"
    assert nickname(json.dumps({"cells": [{"cell_type": "markdown", "source": "nickname = 'no'"}]})) == ""
    assert nickname("[]") == ""


def test_equals_share_a_rank_and_the_smaller_network_comes_first() -> None:
    places = [Place("c", 5, 9, 70), Place("a", 7, 9, 30), Place("b", 5, 9, 70), Place("d", 5, 9, 60)]
    assert [(rank, p.nickname) for rank, p in ranked(places)] == [(1, "a"), (2, "d"), (3, "b"), (3, "c")]


def called(out: Path, build: Path, *more: str) -> Result:
    return CliRunner().invoke(autograder, ["leaderboard", str(out), "--build-dir", str(build), *more])


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Return the folders of results, of the build and of a small class that was graded."""
    root = course(tmp_path_factory.mktemp("board"))
    held = root / "build/checkpoint/data" / HELD
    with np.load(held) as archive:
        arrays: dict[str, Any] = dict(archive)
    np.savez(held, **arrays, predictions=arrays["asked"])
    built, files = load("checkpoint", root / "build"), files_of(root)
    worse = files | {"predictions.npy": half_wrong(files)}
    hand_in(root, "ann", with_cells(built, "nickname = '<i>Ann</i>'"), files)
    hand_in(root, "bob", with_cells(built, "nickname = 'Bob'"), worse)  # not what the weights predict
    hand_in(root, "cid", with_cells(built), files)
    hand_in(root, "dot", with_cells(built, "nickname = 'Dot'"), files | {"weights.safetensors": b"pickle"})
    hand_in(root, "eve", with_cells(built, "nickname = 'Eve'"), files)
    entries = intake.collect(root / "in", None, built.notebook, built.files)
    grade_class(entries, built, root / "out", tier="process")
    plan.Plan("checkpoint", str(root / "in"), "process", Limits()).write(root / "out")
    return root / "out", root / "build", root / "in"


def hand_in(root: Path, student: str, notebook: str, files: Files) -> None:
    home = root / "in" / student
    home.mkdir(parents=True)
    (home / "checkpoint.ipynb").write_text(notebook, encoding="utf-8")
    for name, content in files.items():
        (home / name).write_bytes(content)


@pytest.mark.sealed
def test_who_gave_a_nickname_and_whose_files_agree_stands_on_it(graded: tuple[Path, Path, Path]) -> None:
    out, build, submissions = graded
    found = json.loads(called(out, build, "--json").output)
    assert [(line["rank"], line["nickname"], line["of"]) for line in found] == [
        (1, "Eve", 200),
        (1, "iAnni", 200),
    ]
    assert all(line["numbers"] == 9 and line["right"] > 150 for line in found)
    notebook = submissions / "eve" / "checkpoint.ipynb"
    before = notebook.read_text(encoding="utf-8")
    notebook.write_text(before.replace("'Eve'", "'Adam'"), encoding="utf-8")
    assert len(json.loads(called(out, build, "--json").output)) == 1, "it is not what was graded"
    notebook.write_text(before, encoding="utf-8")
    result = called(out, build)
    assert result.exit_code == 0, result.output
    page = (out / "leaderboard.html").read_text(encoding="utf-8")
    assert "iAnni" in page
    assert "<script" not in page
    assert not any(student in page for student in ("ann<", "eve<", "Bob", "cid", "Dot"))


@pytest.mark.sealed
def test_without_answers_there_is_nothing_to_rank_by(graded: tuple[Path, Path, Path], tmp_path: Path) -> None:
    root = course(tmp_path)
    result = called(graded[0], root / "build")
    assert result.exit_code == 2
    assert "no answers to rank by" in result.output
