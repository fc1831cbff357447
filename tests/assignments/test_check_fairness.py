"""`autograder check` finds names that are wrong, and questions that are unfair where an earlier one fails."""

import json
import lzma
from pathlib import Path

import pytest

from autograder.release import fingerprints
from autograder.release.bench import Bench
from autograder.release.checking import follow, naming
from tests.assignments import followed

pytestmark = [pytest.mark.slow, pytest.mark.sealed]


def problems_of(root: Path, name: str, check: object) -> list[str]:
    bench = Bench(name, root, root, progress=False)
    try:
        return check(bench)  # type: ignore[operator, no-any-return]
    finally:
        bench.close()


def test_a_file_of_mistakes_that_says_otherwise_is_found(tiny: Path, course: Path) -> None:
    assert problems_of(tiny, "hw8", naming.named) == []
    for path in (fingerprints.public_path("hw8", course), fingerprints.packed_path("hw8", course)):
        packed, whole = path.suffix == ".xz", path.read_bytes()
        content = json.loads(lzma.decompress(whole) if packed else whole)
        mistakes = content["questions"]["q1"]["mistakes"]
        assert len(mistakes) >= 2
        for key in ["name", "told"] if packed else ["cases"]:
            mistakes[0][key], mistakes[1][key] = mistakes[1][key], mistakes[0][key]
        exchanged = json.dumps(content).encode()
        path.write_bytes(lzma.compress(exchanged) if packed else exchanged)
        (problem,) = problems_of(course, "hw8", naming.named)
        assert problem == f"{path.name} says otherwise than the mutants do: delete it and build again"
        path.write_text("{}", encoding="utf-8")
        assert fingerprints.due("hw8", course) == [path], "what cannot be read is made anew by the next build"
        path.write_bytes(whole)


def test_a_right_answer_that_is_taken_for_a_mistake_is_found(tiny: Path, course: Path) -> None:
    source = Bench("hw8", course, course, progress=False)
    (mutant, *_) = source.mutants
    source.close()
    path = course / "solutions/hw8/alternatives/mistaken.py"
    path.write_text(
        f'"""It is no right answer."""\n\nimport numpy as np\n\n# question: q1\n{mutant.answers["q1"]}'
    )
    problems = problems_of(course, "hw8", naming.named)
    assert f"mistaken, a right answer, is taken for {mutant.name}" in problems


def test_a_question_that_is_paid_for_what_it_builds_on_is_found(tmp_path: Path) -> None:
    whole = followed.course(tmp_path / "whole")
    assert problems_of(whole, followed.NAME, follow.through) == []
    text = followed.text()
    for old, new in (
        (
            "def test_public(quarter):\n    assert quarter(16)",
            "def test_public(half):\n    assert half(half(16))",
        ),
        ("test_public(quarter)\n", "test_public(half)\n"),
        (
            "def test_hidden(quarter):\n    assert quarter(-32)",
            "def test_hidden(half):\n    assert half(half(-32))",
        ),
        ("test_hidden(quarter)\n", "test_hidden(half)\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (problem,) = problems_of(followed.course(tmp_path / "paid", text), followed.NAME, follow.through)
    assert problem.startswith("q2 gives 2 to a blank answer once the course's own q1")


def test_a_question_that_loses_with_what_it_builds_on_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = followed.course(tmp_path / "whole")
    monkeypatch.setattr(
        "autograder.sealed.follow.fill", lambda *_: None
    )  # the grader does not follow through
    problems = problems_of(root, followed.NAME, follow.through)
    assert [problem.split(" builds on ")[0] for problem in problems] == ["q2", "q2", "q3", "q3"]
