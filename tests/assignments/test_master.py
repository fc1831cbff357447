"""A master that Otter would misread in silence is refused in words."""

from pathlib import Path

import pytest

from autograder.release import master
from tests.support import ROOT

HEAD = "# %% [markdown]\n# # A title\n\n# %% [raw]\n# # BEGIN QUESTION\n# name: q1\n# points: 1\n\n"
TESTS = "# %% [raw]\n# # BEGIN TESTS\n\n{}\n# %% [raw]\n# # END TESTS\n\n"
TAIL = "# %% [raw]\n# # END QUESTION\n"


def read(tmp_path: Path, text: str) -> master.Master:
    """Read ``text`` as the master of hw0."""
    place = tmp_path / "solutions" / "hw0"
    place.mkdir(parents=True)
    (place / "hw0.py").write_text(text, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("repository: {url: https://example.org/course, branch: main}\n")
    return master.read("hw0", tmp_path)


def cell(name: str, config: str = "") -> str:
    """Return a test cell."""
    return f"# %%\n{config}def {name}(f):\n    assert f\n\n\n{name}(f)\n\n"


def test_a_sound_master_is_read(tmp_path: Path) -> None:
    text = HEAD + TESTS.format(cell("test_a") + cell("test_b")) + TAIL
    found = read(tmp_path, text)
    assert found.title == "A title"
    assert found.questions == (master.MasterQuestion("q1", 1.0, False),)


def test_two_tests_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"hw0.py, q1: two tests are called test_a"):
        read(tmp_path, HEAD + TESTS.format(cell("test_a") + cell("test_a")) + TAIL)


def test_two_functions_in_a_test_cell_are_refused(tmp_path: Path) -> None:
    both = cell("test_a") + cell("test_b").replace("# %%\n", "")
    with pytest.raises(ValueError, match=r"one function and one call, found \['test_a', 'test_b'\]"):
        read(tmp_path, HEAD + TESTS.format(both) + TAIL)


@pytest.mark.parametrize("message", ['say "when"', "a \\\\ b"])
def test_a_message_that_would_break_the_test_file_is_refused(tmp_path: Path, message: str) -> None:
    config = f'""" # BEGIN TEST CONFIG\nfailure_message: {message}\n"""  # END TEST CONFIG\n\n\n'
    with pytest.raises(ValueError, match="failure_message must hold no quote"):
        read(tmp_path, HEAD + TESTS.format(cell("test_a", config)) + TAIL)


def test_a_placeholder_that_nothing_fills_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nothing fills \{\{reposotory\}\}"):
        read(tmp_path, HEAD.replace("A title", "A title {{reposotory}}") + TAIL)


def test_two_questions_of_one_name_are_refused(tmp_path: Path) -> None:
    question = HEAD.split("\n\n", 1)[1] + TAIL + "\n"
    with pytest.raises(ValueError, match="two questions have one name"):
        read(tmp_path, HEAD + TAIL + "\n" + question)


def test_a_master_without_a_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no cell starts with a heading"):
        read(tmp_path, HEAD.replace("# # A title", "# A title") + TAIL)


def test_hw3_gives_every_question_its_difficulty_and_minutes() -> None:
    hw3 = master.read("hw3", ROOT)
    text = "\n".join(c.source for c in hw3.notebook.cells if c.cell_type == "markdown")
    for question in hw3.questions:
        (heading,) = [line for line in text.splitlines() if line.startswith(f"### {question.name} ·")]
        assert "★" in heading, heading
        assert " minutes" in heading, heading
