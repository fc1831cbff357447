"""The course as a whole: enough of everything, ways through it that can be walked, whole lists."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import coursekit.widgets
from tests.book.chapter import chapter
from tests.book.rules_frame import LEVELS, Page
from tests.book.rules_words import _entries
from tests.book.test_syllabus import PROMISED
from tests.book.toc import BOOK, chapters
from tests.support import ROOT

sys.path.insert(0, str(BOOK / "_ext"))

from course_contents import Chapter, Contents
from list_nodes import duration

CONTENTS = Contents(ROOT)
LEAST = {"figures": 12, "questions": 60, "exercises": 150}
GUIDE = "how-to-use-this-book"
WALKED = ["One week", "One term", "On your own"]
"""Ways for readers who begin with nothing. Who wants a refresher has been there before."""


@cache
def ways() -> dict[str, list[str]]:
    """Names in each way through the book, in order; a whole part stands for its chapters."""
    found: dict[str, list[str]] = {}
    text = (BOOK / f"{GUIDE}.md").read_text(encoding="utf-8")
    for heading, listed in re.findall(r"^### ([^\n]+)\n.*?```\{course-path\}\n(.*?)```", text, re.M | re.S):
        names = [name for line in listed.splitlines() for name in line.partition(":")[2].split()]
        found[heading] = [each for name in names for each in _chapters_of(name)]
    return found


def _chapters_of(name: str) -> list[str]:
    return [page for page in chapters() if page.startswith(name[:-1])] if name.endswith("/*") else [name]


def missing_steps(way: list[str], needs: dict[str, list[str]]) -> list[str]:
    """Chapters that a way goes to before what they need."""
    found = []
    for place, name in enumerate(way):
        for needed in needs.get(name, []):
            if needed not in way[:place]:
                found.append(f"{name} needs {needed}")
    return found


def test_there_is_enough_of_everything() -> None:
    counts = CONTENTS.counts(list(coursekit.widgets.FIGURES))
    assert {name: counts[name] for name in LEAST if counts[name] < LEAST[name]} == {}
    assert all(counts[f"exercises-{level}"] >= LEAST["exercises"] // 4 for level in LEVELS), counts


def test_the_counts_of_the_front_page_are_those_of_the_rules() -> None:
    """The extension reads chapters with patterns of its own; the rules take them apart line by line."""
    counts = CONTENTS.counts(list(coursekit.widgets.FIGURES))
    read = [Page(name).chapter for name in chapters()]
    levels = Counter(exercise.level for page in read for exercise in page.exercises)
    assert {level: counts[f"exercises-{level}"] for level in LEVELS} == dict(levels)
    code = [cell.code for page in read for cell in page.cells]
    assert counts["questions"] == sum(len(re.findall(r"\bquiz\(", cell)) for cell in code)
    used = {name for cell in code for name in re.findall(r"\bwidgets\.(\w+)\(", cell)}
    assert counts["figures"] == len(used)
    assert counts["chapters"] == len(read)
    minutes = {name: Page(name).chapter.course["minutes"] for name in chapters()}
    assert {name: one.minutes for name, one in CONTENTS.chapters.items()} == minutes


def test_every_interactive_figure_stands_in_a_chapter() -> None:
    text = "\n".join(one.text for one in CONTENTS.chapters.values())
    used = set(re.findall(r"\bwidgets\.(\w+)\(", text))
    assert sorted(set(coursekit.widgets.FIGURES) - used) == []


@pytest.mark.parametrize("way", WALKED)
def test_a_way_goes_to_no_chapter_before_what_it_needs(way: str) -> None:
    needs = {name: one.needs for name, one in CONTENTS.chapters.items()}
    assert sum(map(len, needs.values())) > len(needs), "the chapters say what they need"
    assert missing_steps(ways()[way], needs) == []
    assert len(set(ways()[way])) == len(ways()[way])


def test_a_way_with_a_gap_is_noticed() -> None:
    needs = {"b": ["a"], "c": ["a", "b"]}
    assert missing_steps(["a", "b", "c"], needs) == []
    assert missing_steps(["a", "c", "b"], needs) == ["c needs b"]


@pytest.mark.parametrize("way", ["One term", "On your own"])
def test_a_whole_way_leaves_nothing_out(way: str) -> None:
    wanted, there = Counter([*chapters(), *CONTENTS.homeworks]), Counter(ways()[way])
    left_out = f'give it a place in "{way}" of book/{GUIDE}.md: {sorted(wanted - there)}'
    assert wanted - there == Counter(), left_out
    assert there - wanted == Counter()


@pytest.mark.parametrize("way", ["One week", "One term", "On your own"])
def test_a_homework_comes_after_the_chapters_of_its_part(way: str) -> None:
    order = ways()[way]
    parts = {part.caption: [one.name for one in part.chapters] for part in CONTENTS.parts}
    for caption, homework in CONTENTS.closes.items():
        if homework in order:
            late = [name for name in parts[caption] if name not in order[: order.index(homework)]]
            assert late == [], homework


def test_each_part_but_the_first_is_closed_by_a_homework() -> None:
    captions = [part.caption for part in CONTENTS.parts]
    assert list(CONTENTS.closes) == captions[1:]
    assert list(CONTENTS.closes.values()) == list(CONTENTS.homeworks)


@pytest.mark.parametrize("name", CONTENTS.homeworks)
def test_what_the_page_says_of_a_homework_is_what_its_notebook_says(name: str) -> None:
    homework = CONTENTS.homeworks[name]
    text = (ROOT / "assignments" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    assert homework.title.startswith(f"Homework {name.removeprefix('hw')}: ")
    assert [question.name for question in homework.questions] == [
        f"q{number}" for number in range(1, 1 + len(homework.questions))
    ]
    assert f"{homework.minutes} minutes" in text.replace("\\n", " ").replace('",\n    "', "")
    assert ("NumPy is all you need" in text) is ("torch" not in homework.modules)
    assert ("graphics card (on Colab" in text) is homework.uses_gpu
    assert not homework.about.startswith(("|", "#"))


@pytest.mark.parametrize("name", CONTENTS.homeworks)
def test_each_question_of_a_homework_is_prepared_by_a_chapter(name: str) -> None:
    questions = CONTENTS.homeworks[name].questions
    assert [one.name for one in questions if not CONTENTS.preparing(name, one.name)] == []


PRACTISE = ":::{{admonition}} What next\n**Practise:** {} **Next:** questions 8 of it.\n:::\n"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("question 3 of {homework}`6` and no other.", {"hw6": ["q3"]}),
        ("questions 1, 5 and 9 to 11 of {homework}`4`.", {"hw4": ["q1", "q5", "q9", "q10", "q11"]}),
        ("question 3 of {homework}`6` builds it, question 5 counts.", {"hw6": ["q3", "q5"]}),
        ("question 5 of {homework}`7`. Question 2\nof {homework}`6`.", {"hw7": ["q5"], "hw6": ["q2"]}),
    ],
)
def test_questions_are_found_in_a_sentence(said: str, found: dict[str, list[str]]) -> None:
    assert Chapter("one", PRACTISE.format(said)).practised == found


def test_every_section_of_the_lectures_is_on_their_page() -> None:
    page = chapter("lectures")
    listed = [int(block.argument) for block in page.named("lecture-topics")]
    assert listed == sorted(PROMISED)
    assert Counter(row["section"] for row in CONTENTS.topics) == PROMISED
    captions = {part.caption for part in CONTENTS.parts}
    headings = [words for _, level, words in page.headings if level == 2]
    assert len(headings) == len(listed)
    assert set(headings) <= captions


def test_no_work_stands_in_the_bibliography_alone() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(BOOK.rglob("*.md")))
    cited = {
        key.strip()
        for keys in re.findall(r"\{(?:foot)?cite(?::\w+)?\}`([^`]+)`", text)
        for key in keys.split(",")
    }
    assert sorted(_entries(BOOK / "references.bib") - cited) == []


def test_durations_are_said_as_one_says_them() -> None:
    assert [duration(minutes) for minutes in (0, 45, 60, 95)] == ["0 min", "45 min", "1 h", "1 h 35 min"]


def test_contents_are_read_from_nothing_but_public_files() -> None:
    """The published book has no masters; and a page is read again when one of these files changes."""
    files = [path.relative_to(ROOT) for path in CONTENTS.files()]
    assert all(path.is_file() for path in CONTENTS.files())
    assert "solutions" not in {path.parts[0] for path in files}
    assert {Path("book/_toc.yml"), Path("docs/syllabus.toml"), Path("assignments/hw3/hw3.ipynb")} <= set(
        files
    )
