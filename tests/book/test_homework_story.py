"""What a homework says of an experiment is what was found; a chapter names questions that there are."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from coursekit.experiments import experiment
from tests.support import ROOT

WAYS = {"pixels": "pixels", "edges pooled by 4×4": "edges, pooled 4×4"}


def test_hw3_quotes_the_experiment() -> None:
    text = (ROOT / "solutions/hw3/hw3.py").read_text(encoding="utf-8").replace("\n# ", " ")
    found = experiment("pixels_or_edges")
    (told,) = re.findall(r"\(book/experiments/pixels_or_edges\.py\)(.*?)</details>", text)
    moves = [found["moves"].index(0), found["moves"].index(3)]
    for (number, steps), (words, name) in itertools.product(enumerate(found["steps"]), WAYS.items()):
        scores = np.array(found["accuracy"][name])[:, number, moves]
        mean, spread = scores.mean(axis=0), scores.std(axis=0, ddof=1)
        after = told.split(f"after {steps} steps", 1)[1].split(f"{words} ", 1)[1]
        said = [float(number) for number in re.findall(r"\d\.\d{3}", after)[:4]]
        assert said == [round(float(v), 3) for pair in zip(mean, spread, strict=True) for v in pair], words
    first, second = found["steps"][:2]
    assert f"STEPS, RATE = {first}, {found['rate']}" in text, "the notebook trains as the experiment"
    assert f"((STEPS, list(readers)), ({second}, [" in text, "and then for longer"


BOX = re.compile(r"\*\*Practise:\*\*(.*?)\{homework\}`(\d+)`", re.DOTALL)


def strangers(box: str) -> list[str]:
    """Return the questions that a chapter's box names and its homework does not have."""
    (words, number), *_ = BOX.findall(box)
    master = (ROOT / f"solutions/hw{number}/hw{number}.py").read_text(encoding="utf-8")
    there = set(re.findall(r"^# name: q(\d+)$", master, re.MULTILINE))
    return [asked for asked in re.findall(r"\d+", words) if asked not in there]


@pytest.mark.parametrize(
    "page", [p for p in sorted((ROOT / "book").glob("*/*.md")) if BOX.search(p.read_text(encoding="utf-8"))],
    ids=lambda page: page.stem,
)  # fmt: skip
def test_a_chapter_names_questions_that_its_homework_has(page: Path) -> None:
    assert strangers(page.read_text(encoding="utf-8")) == []


def test_a_question_that_is_not_there_is_found() -> None:
    assert strangers("**Practise:** questions 1, 12 and 99 of {homework}`4`.") == ["99"]
