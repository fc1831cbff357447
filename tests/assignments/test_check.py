"""`autograder check`: what `autograder new` makes passes, and every check fails on a broken copy."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.group import autograder
from autograder.release import build, leaks, master
from autograder.release.bench import Bench
from autograder.release.checking import alone, checks, empties, run
from tests.support import ROOT

NAME = "hw8"
MASTER, MUTANTS = f"solutions/{NAME}/{NAME}.py", f"solutions/{NAME}/mutants.toml"
sealed = pytest.mark.sealed


@pytest.fixture(scope="module")
def bench(tiny: Path) -> Iterator[Bench]:
    ready = Bench(NAME, tiny, tiny, progress=False)
    yield ready
    ready.close()


def edit(path: Path, old: str, text: str) -> None:
    found = path.read_text(encoding="utf-8")
    assert found.count(old) == 1, f"{old!r} stands {found.count(old)} times in {path}"
    path.write_text(found.replace(old, text), encoding="utf-8")


@sealed
def test_what_new_makes_passes_every_check(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "_config.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(autograder, ["new", NAME, "--title", "Homework 8: moving means"])
    assert made.exit_code == 0, made.output
    told = CliRunner().invoke(autograder, ["check", NAME])
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert [line for line in lines[:-1] if " ok   " not in line] == []
    assert len(lines) == len(checks.CHECKS) + 2, "a line for each check, the build and the sum"
    assert lines[-1].startswith("hw8: all is well (")
    there = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert there == {str(p.relative_to(tiny)) for p in tiny.rglob("*") if p.is_file()}, (
        "check wrote something"
    )


@pytest.mark.slow
def test_the_guide_shows_what_new_writes_and_nothing_of_a_homework() -> None:
    page = (ROOT / "book/instructors/writing-an-assignment.md").read_text(encoding="utf-8")
    shown = re.findall(r"literalinclude} (\S+)", page)
    assert len(shown) >= 5
    assert all(path.startswith("../../autograder/release/scaffold/") for path in shown)
    assert [c.title for c in checks.CHECKS if f"hw8: ok   {c.title} (" not in page] == []
    for name in build.names(ROOT):
        answers = leaks.secrets(master.read(name, ROOT))
        assert len(answers) > 20
        assert [line for line in answers - {"hidden: true"} if line in page] == []


@pytest.mark.slow
def test_the_error_that_the_guide_shows_is_real(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(course / MASTER, "# # BEGIN QUESTION\n# name: q1", "# # BEGIN QUESTON\n# name: q1")
    monkeypatch.chdir(course)
    told = CliRunner().invoke(autograder, ["build", NAME])
    assert told.exit_code == 1
    page = (ROOT / "book/instructors/writing-an-assignment.md").read_text(encoding="utf-8")
    assert told.output.removeprefix("Error: ").split() in [
        block.split() for block in page.split("```text")[1].split("```")
    ]


@sealed
def test_a_build_ends_with_the_quick_checks(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course)
    edit(course / MASTER, "answer.equals([1.5, 4, 5]", "answer.equals([1.5, 4, 6]")
    told = CliRunner().invoke(autograder, ["build", NAME])
    assert told.exit_code == 1
    assert "hw8: FAIL the master gets full marks under seal" in told.output
    assert "the master loses q1 (" in told.output
    assert CliRunner().invoke(autograder, ["build", "--no-check", NAME]).exit_code == 0


@pytest.mark.slow
def test_new_refuses_what_it_cannot_make(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny)
    for arguments, words in {
        (NAME, "Again"): "is there already",
        ("HW 9", "A title"): "an assignment's name is like hw8",
        ("hw9", " "): "a title is one line of text",
    }.items():
        told = CliRunner().invoke(autograder, ["new", arguments[0], "--title", arguments[1]])
        assert told.exit_code == 2, told.output
        assert words in told.output
    assert [p.name for p in (tiny / "solutions").iterdir()] == [NAME]


def test_a_master_that_cannot_be_built_ends_the_check(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(course / MASTER, "# # BEGIN QUESTION\n# name: q2", "# # BEGIN QUESTON\n# name: q2")
    monkeypatch.chdir(course)
    told = CliRunner().invoke(autograder, ["check", NAME])
    assert told.exit_code == 1
    assert "hw8: FAIL the master can be built" in told.output
    assert "hw8.py, line 171: `# BEGIN QUESTON` is no mark of Otter's" in told.output
    assert told.output.splitlines()[-1].startswith("hw8: something is wrong")
    assert CliRunner().invoke(autograder, ["check", "hw9"]).exit_code == 2


def test_a_file_out_of_step_is_found(bench: Bench, course: Path) -> None:
    with (course / f"assignments/{NAME}/{NAME}.ipynb").open("a") as file:
        file.write(" ")
    assert checks.in_step(bench) == []
    (problem,) = checks.in_step(Bench(NAME, course, course))
    assert problem.startswith(f"assignments/{NAME}/{NAME}.ipynb: run `autograder build hw8`")


def test_a_leak_is_found(bench: Bench, course: Path) -> None:
    (course / f"assignments/{NAME}/hints.md").write_text("out[r] = np.sum(signal[r : r + width]) / width")
    assert checks.no_leak(bench) == []
    (problem,) = checks.no_leak(Bench(NAME, course, course))
    assert problem.startswith(f"assignments/{NAME}/hints.md: out[r]")


def test_a_written_question_without_rubric_is_found(bench: Bench, course: Path) -> None:
    (course / f"solutions/{NAME}/rubric.md").unlink()
    assert checks.rubric(bench) == []
    assert checks.rubric(replace(bench, root=course)) == [
        "q2 is read by a person, and rubric.md does not name it"
    ]


RIGHT = (
    '[right]\nquestion = "q1"\nwhy = "It is right."\nedits = [{ old = "/ width", new = "* (1 / width)" }]\n'
)


@sealed
def test_a_mutant_that_slips_through_is_found(bench: Bench, course: Path) -> None:
    (course / MUTANTS).write_text(RIGHT)
    assert alone.mutants(_in(bench, course)) == ["right keeps all points of q1: It is right."]
    (course / MUTANTS).unlink()
    assert alone.mutants(_in(bench, course)) == ["q1 has no mutant: write one into mutants.toml"]


@sealed
def test_an_alternative_that_is_wrong_is_found(bench: Bench, course: Path) -> None:
    path = course / f"solutions/{NAME}/alternatives/convolution.py"
    edit(path, "1 / width", "2 / width")
    (problem,) = checks.alternatives(_in(bench, course))
    assert problem.startswith("convolution loses q1 (")
    path.unlink()
    (problem,) = checks.alternatives(_in(bench, course))
    assert "write one into alternatives/" in problem


@sealed
def test_a_worthless_answer_that_is_paid_is_found(bench: Bench, course: Path) -> None:
    folder = course / f"solutions/{NAME}"
    shutil.copy(folder / "alternatives/convolution.py", folder / "worthless/useful.py")
    (problem,) = checks.worthless(_in(bench, course))
    assert problem.startswith("useful gets 3 in q1: A convolution")


@sealed
def test_an_entry_that_cannot_be_read_fails_its_check_alone(tiny: Path, course: Path) -> None:
    edit(course / MUTANTS, 'old = ") / width"', 'old = ") / wide"')
    outcomes = list(run.check(NAME, course, progress=False, only="each mutant"))
    assert [bool(o.problems) for o in outcomes] == [False, True]
    assert "hw8/mutants.toml, line 4, q1_sums: the text ') / wide' is not found" in outcomes[1].problems[0]


def _in(bench: Bench, root: Path) -> Bench:
    """The same build and the same warm grader, with the files beside another master."""
    bench.grade(bench.blank)
    return replace(bench, root=root)


@pytest.fixture(scope="module")
def spoilt(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """An assignment whose tests are bad in many ways, built all the same."""
    root = shutil.copytree(tiny, tmp_path_factory.mktemp("spoilt") / "course")
    path = root / MASTER
    text = path.read_text(encoding="utf-8")
    start, end = (
        text.index("# %% [raw]\n# # BEGIN QUESTION"),
        text.index("# %% [raw]\n# # BEGIN QUESTION\n# name: q2"),
    )
    again = text[start:end].replace("q1", "q3").replace("moving_average", "smooth")
    body = again[again.index("    if width > len(signal)") : again.index("    # END SOLUTION")]
    again = again.replace(body, "    return moving_average(signal, width)\n")
    path.write_text(text[:end] + again + text[end:], encoding="utf-8")
    edit(path, "failure_message: smooth is wrong for some signal and width, or changes its input.\n", "")
    edit(path, "def test_q3_drawn(smooth):\n", "def test_q3_drawn(smooth):\n    return\n")
    edit(
        path,
        "def test_q3_worked(smooth):\n",
        "def test_q3_worked(smooth):\n    assert smooth.__code__.co_argcount == 2\n",
    )
    build.build_assignment(NAME, root)
    bench = Bench(NAME, root, root, progress=False)
    yield bench
    bench.close()


@sealed
def test_a_master_that_loses_points_is_found(bench: Bench, spoilt: Bench) -> None:
    assert checks.master_full(bench) == []
    (problem,) = checks.master_full(spoilt)
    assert problem.startswith("the master loses q3 (")


@sealed
def test_a_blank_notebook_that_gets_points_is_found(bench: Bench, spoilt: Bench) -> None:
    assert checks.blank_nothing(bench) == []
    assert checks.blank_nothing(spoilt) == ["the blank notebook gets 1 in q3"]


@sealed
def test_a_mutant_that_costs_another_question_is_found(spoilt: Bench) -> None:
    problems = alone.mutants(spoilt)
    assert problems[0] == "q3 has no mutant: write one into mutants.toml"
    assert problems[1].startswith("q1_sums also costs q3 (")
    edit(
        spoilt.root / MUTANTS,
        'question = "q1"\nwhy = "The values',
        'also = ["q3"]\nquestion = "q1"\nwhy = "The values',
    )
    allowed = replace(spoilt, root=spoilt.root)
    assert alone.mutants(allowed) == problems[:1]


@sealed
def test_empty_answers_that_are_paid_are_found_unless_declared(spoilt: Bench) -> None:
    problems = [re.sub(r"gives \d", "gives 1", words) for words in checks.empty(spoilt)]
    assert problems == [f"q3 gives 1 to an answer that {kind}" for kind in sorted(empties.KINDS)]
    entry = '[[empty]]\nquestion = "q3"\nkind = "{}"\nreason = "An example."\n'
    path = spoilt.root / f"solutions/{NAME}/check.toml"
    path.write_text("".join(entry.format(kind) for kind in empties.KINDS), encoding="utf-8")
    assert checks.empty(spoilt) == []
    path.write_text(path.read_text() + entry.format("returns None").replace("q3", "q1"), encoding="utf-8")
    assert checks.empty(spoilt) == ["check.toml declares a gap that is closed: take out q1, 'returns None'"]
    path.unlink()


@sealed
def test_a_verdict_that_differs_in_a_kernel_is_found(spoilt: Bench) -> None:
    problems = checks.same_verdicts(spoilt)
    assert len(problems) == 1, problems
    assert problems[0].startswith("the master: ")
    assert problems[0].endswith("passes in a kernel and fails under seal")


def test_a_hidden_test_without_words_is_found(bench: Bench, spoilt: Bench) -> None:
    assert checks.words(bench) == []
    assert checks.words(spoilt) == ["q3: a hidden test has no failure_message, so it fails without a word"]
