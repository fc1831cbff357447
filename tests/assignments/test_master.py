"""A master that Otter would refuse or misread is refused first, in words that name file, line and remedy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.release import build, leaks, master, testcells
from tests.assignments.broken import BROKEN
from tests.assignments.broken.sound import SOUND
from tests.support import ROOT


def read(tmp_path: Path, text: str) -> master.Master:
    """Read ``text`` as the master of hw0."""
    place = tmp_path / "solutions" / "hw0"
    place.mkdir(parents=True, exist_ok=True)
    (place / "hw0.py").write_text(text, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("repository: {url: https://example.org/course, branch: main}\n")
    return master.read("hw0", tmp_path)


def test_a_sound_master_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, SOUND)
    assert found.title == "A title"
    assert found.questions == (master.MasterQuestion("q1", 2.0, False),)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_master_is_refused_with_line_and_remedy(tmp_path: Path, broken: str) -> None:
    old, new, line, words = BROKEN[broken]
    assert old in SOUND
    text = SOUND.replace(old, new)
    with pytest.raises(ValueError, match=re.escape(words)) as told:
        read(tmp_path, text)
    place = re.match(r"hw0\.py, line (\d+): ", said := str(told.value))
    assert place, said
    assert text.splitlines()[int(place[1]) - 1].strip() == line, said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "plots.matrix([1])",
        "if grader.ready('q1'):\n    display(plots.matrix([1]))\n    print(1)\n    losses.append(1)",
        "figure = plots.matrix([1])\nfigure",
        "def draw():\n    plots.matrix([1])\n    return 1",
        "plots.style(axes)\nprint(1)",
    ],
)
def test_what_is_shown_is_not_refused(tmp_path: Path, cell: str) -> None:
    place = "# %% [raw]\n# # BEGIN SOLUTION\n"
    read(tmp_path, SOUND.replace(place, f"# %%\n{cell}\n\n{place}"))


def test_two_questions_of_one_name_are_refused(tmp_path: Path) -> None:
    again = SOUND[SOUND.index("# %% [raw]\n# # BEGIN QUESTION") :]
    with pytest.raises(ValueError, match="line 61: two questions have one name, q1"):
        read(tmp_path, SOUND + "\n" + again)


def test_no_question_and_no_configuration_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no raw cell `# ASSIGNMENT CONFIG`"):
        read(tmp_path, "# %% [markdown]\n# # A title\n")
    with pytest.raises(ValueError, match="there is no question"):
        read(tmp_path, SOUND[: SOUND.index("# %% [raw]\n# # BEGIN QUESTION")])


def test_what_otter_itself_refuses_is_one_line(tmp_path: Path) -> None:
    text = SOUND.replace("init_cell: false", "init_cell: false\n# files: [there-is-none.csv]")
    read(tmp_path, text)
    with pytest.raises(RuntimeError, match="Otter Assign refuses this master: ") as told:
        build.render("hw0", tmp_path)
    assert len(str(told.value).splitlines()) == 1


HEADS = [
    *(
        f'""" # BEGIN TEST CONFIG\nhidden: {word}\n"""  # END TEST CONFIG\n'
        for word in ("true", "True", "yes", "on")
    ),
    '_ = """ # begin test config\npoints: 1\nhidden:   TRUE\n"""  # end test config\n',
    '"" # BEGIN TEST CONFIG\nhidden: true\n"" # END TEST CONFIG\n',
    "# HIDDEN\n",
    '""" # BEGIN TEST CONFIG\nhidden: false\n"""  # END TEST CONFIG\n',
    '""" # BEGIN TEST CONFIG\nfailure_message: it is hidden\n"""  # END TEST CONFIG\n',
    '"""A docstring."""\n',
    "# public\n",
    "",
]


@pytest.mark.parametrize("head", HEADS)
def test_what_is_hidden_is_what_otter_hides(head: str) -> None:
    from otter.assign.tests_manager import AssignmentTestsManager

    source = f"{head}def test_a(f):\n    assert f\n"
    lines = source.splitlines()
    config, _ = AssignmentTestsManager._parse_test_config(None, lines)  # type: ignore[arg-type]
    otters = config.get("hidden", lines[0].startswith("#") and "hidden" in lines[0].lower())
    assert testcells.is_hidden(source) == otters
    assert otters == (HEADS.index(head) < 7)


@pytest.mark.parametrize("word", ["True", "TRUE", "yes", "on"])
def test_a_hidden_test_is_searched_for_however_its_setting_is_written(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, SOUND.replace("hidden: true", f"hidden: {word}"))
    assert 'assert half(5) == 2.5, "a line that nobody may see"' in leaks.secrets(found)
    assert "return 0.5 * float(x)" in leaks.secrets(found)


def test_formatting_leaves_the_import_of_a_test_alone() -> None:
    """A test is taken out of its master and runs alone: an import above it does not count."""
    text = "import numpy as np\n\n\ndef test_a(f):\n    import numpy as np\n\n    assert f(np.pi)\n"
    command = [sys.executable, "-m", "ruff", "check", "--fix", "--quiet", "--stdin-filename"]
    for place in ("solutions/hw0/hw0.py", "benchmarks/masters/small/small.py"):
        done = subprocess.run([*command, place, "-"], input=text, capture_output=True, text=True, cwd=ROOT)
        assert done.stdout == text, done.stderr
    done = subprocess.run([*command, "src/a.py", "-"], input=text, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout != text, "elsewhere it would have been deleted"
