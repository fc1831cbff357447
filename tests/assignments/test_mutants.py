"""Mutants are edits of the master's own answer; an entry that no longer fits says where and what to do."""

from pathlib import Path

import pytest

from autograder.release import build, master, variants
from tests.support import ROOT

QUESTION = """# %% [markdown]
# # A title

# %% [raw]
# # ASSIGNMENT CONFIG
# tests: {files: true, ok_format: false}

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 1

# %% [raw]
# # BEGIN SOLUTION

# %%
def half(x):
    # BEGIN SOLUTION
    x = float(x)
    return x / 2 + 0 * x
    # END SOLUTION

# %%
HALF = half(2)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_q1(half):
    assert half(4) == 2

test_q1(half)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
"""
SOUND = '[doubles]\nquestion = "q1"\nwhy = "Twice."\nedits = [{ old = "x / 2", new = "x * 2" }]\n'


def read(tmp_path: Path, text: str) -> list[variants.Variant]:
    """Read ``text`` as the mutants of a small master."""
    place = tmp_path / "solutions" / "hw0"
    place.mkdir(parents=True)
    (place / "hw0.py").write_text(QUESTION, encoding="utf-8")
    (place / "mutants.toml").write_text(text, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("repository: {url: https://example.org/course, branch: main}\n")
    return variants.mutants(master.read("hw0", tmp_path), tmp_path)


def test_a_mutant_is_the_masters_answer_with_the_mistake(tmp_path: Path) -> None:
    (mutant,) = read(tmp_path, SOUND)
    assert (mutant.name, mutant.why, mutant.also) == ("doubles", "Twice.", ())
    names: dict = {}
    exec(mutant.answers["q1"], names)
    assert (names["half"](3.0), names["HALF"]) == (6.0, 4.0), "all cells of the answer are there"


def test_an_answer_in_several_cells_is_replaced_whole() -> None:
    names = ("q1-answer", "q1-answer-2", "q10-answer", "q1")
    cells = [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": n}}, "source": n} for n in names]
    changed = variants.answer({"cells": cells}, {"q1": "new"})
    assert [cell["source"] for cell in changed["cells"]] == ["new", "", "q10-answer", "q1"]
    with pytest.raises(ValueError, match="no answer cell for q2"):
        variants.answer({"cells": cells}, {"q2": "new"})


def test_no_file_means_no_mutants(tmp_path: Path) -> None:
    read(tmp_path, SOUND)
    (tmp_path / "solutions/hw0/mutants.toml").unlink()
    assert variants.mutants(master.read("hw0", tmp_path), tmp_path) == []


WRONG = {
    "not found": (SOUND.replace("x / 2", "x / 3"), "line 1, doubles: .* 'x / 3' is not found .* again"),
    "twice": ("\n\n" + SOUND.replace("x / 2", "x"), "line 3, doubles: .* 'x' is found 5 times .* the only"),
    "no question": (
        SOUND.replace("q1", "q7"),
        "line 1, doubles: no answer to 'q7' in the master; there is q1",
    ),
    "no why": (SOUND.replace("Twice.", ""), "line 1, doubles: why is missing"),
    "no edits": ('[doubles]\nquestion = "q1"\nwhy = "Twice."\n', "doubles: edits is missing"),
    "unknown key": (SOUND + "edit = 1\n", "doubles: there is no key 'edit'; there are question, why"),
    "no table": ("doubles = 1\n", "line 1, doubles: a mutant is a table"),
    "half an edit": (SOUND.replace(', new = "x * 2"', ""), "doubles: an edit is"),
    "no change": (SOUND.replace("x * 2", "x / 2"), "doubles: the edits change nothing"),
    "not Python": (SOUND.replace("x * 2", "x )"), "doubles: after the edits Python cannot read the answer"),
    "also nobody": (SOUND + 'also = ["q9"]\n', "doubles: also names 'q9'"),
    "not TOML": (SOUND.replace("[doubles]", "[doubles"), r"hw0/mutants.toml: .*line 1"),
    "two of one name": (SOUND + SOUND, r"hw0/mutants.toml: .*line 5"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mutant_that_does_not_fit_names_place_and_remedy(tmp_path: Path, wrong: str) -> None:
    text, words = WRONG[wrong]
    with pytest.raises(ValueError, match=words):
        read(tmp_path, text)


@pytest.mark.slow
@pytest.mark.parametrize("name", build.names(ROOT))
def test_every_mutant_differs_from_the_answer_and_from_the_others(name: str) -> None:
    source = master.read(name, ROOT)
    found = variants.mutants(source, ROOT)
    answers = [(q, text) for m in found for q, text in m.answers.items()]
    assert len(set(answers)) == len(answers) > 0
    own = variants.own_answers(source)
    assert all(text != own[q] and "SOLUTION" not in text for q, text in answers)
