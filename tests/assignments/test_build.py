"""The build: in step with the master, the same every time, valid to Otter, nbgrader and Jupyter."""

import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.assignment import Assignment
from autograder.release import addresses, build, normalize
from tests.support import ROOT


def test_a_stale_a_missing_and_a_leftover_file_are_each_found(course: Path) -> None:
    name, notebook, test = "hw8", "hw8.ipynb", "tests/q1.py"
    folder = course / "assignments" / name
    assert build.main([name, "--check", "--root", str(course)]) == 0
    stale, missing, leftover = folder / notebook, folder / test, folder / "tests/q99.py"
    whole = stale.read_bytes()
    stale.write_bytes(whole + b" ")
    missing.unlink()
    leftover.write_text("")
    found = build.out_of_step(name, course)
    assert found == [f"assignments/{name}/{p}" for p in (notebook, test, "tests/q99.py")]
    assert build.main([name, "--check", "--root", str(course)]) == 1
    build.build_assignment(name, course)
    assert not leftover.exists()
    assert stale.read_bytes() == whole


def test_a_file_that_cannot_be_replaced_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bundle.json"
    build._write(path, b"whole")
    assert path.read_bytes() == b"whole"
    path.unlink()
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        build._write(path, b"whole")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.slow
def test_two_builds_are_the_same_byte_for_byte(workshop: Path, built: Assignment) -> None:
    again = build.render(built.name, workshop).files
    assert [path for path, content in again.items() if (workshop / path).read_bytes() != content] == []


def test_the_manifest_lists_every_question_with_its_tests(built: Assignment) -> None:
    text = (ROOT / "solutions" / built.name / f"{built.name}.py").read_text(encoding="utf-8")
    assert [q.name for q in built.questions] == re.findall(r"^# name: (\w+)$", text, re.MULTILINE) != []
    assert len([q for q in built.questions if q.manual]) == text.count("\n# manual: true\n")
    assert all(q.tests is not None and q.tests.is_file() for q in built.graded)
    assert f"\n# # {built.title}\n" in text


def test_every_question_has_public_and_hidden_tests(built: Assignment) -> None:
    for question in built.graded:
        assert question.tests is not None
        text = question.tests.read_text(encoding="utf-8")
        assert "hidden=False" in text, f"{question.name}: a student sees nothing to go by"
        assert "hidden=True" in text, f"{question.name}: all of its tests are known"
        messages = text.count("failure_message=")
        assert messages == text.count("hidden=True"), f"{question.name}: a hidden test fails without a word"


def test_the_student_notebook_is_valid_and_runs_in_order(workshop: Path, built: Assignment) -> None:
    notebook = nbformat.read(workshop / "assignments" / built.name / built.notebook, as_version=4)
    nbformat.validate(notebook)
    sources = [cell.source for cell in notebook.cells]
    checks = [s for s in sources if s.startswith("grader.check(")]
    assert checks == [f'grader.check("{q.name}")' for q in built.graded]
    assert sources.index("grader.check_all()") < sources.index("grader.export()") == len(sources) - 1
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert [s for s in sources if "# BEGIN" in s or "noqa" in s] == []


def test_the_install_line_holds_the_address_of_the_configuration(workshop: Path, built: Assignment) -> None:
    install = addresses.filled(workshop)["install"]
    notebook = nbformat.read(workshop / "assignments" / built.name / built.notebook, as_version=4)
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert f'PACKAGE = "{install}"\n' in first
    environment = normalize.unpack((built.folder / "autograder.zip").read_bytes())["environment.yml"].decode()
    assert f"- {install}\n" in environment


def test_the_archive_opens_to_the_notebook_and_its_tests(workshop: Path, built: Assignment) -> None:
    given = workshop / "assignments" / built.name
    with zipfile.ZipFile(built.folder / "student.zip") as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    there = {f"{built.name}/{p.relative_to(given)}": p.read_bytes() for p in given.rglob("*") if p.is_file()}
    assert inside == there


def test_coursekit_carries_the_same_tests_as_the_folder(workshop: Path, built: Assignment) -> None:
    bundle = json.loads(
        (workshop / f"src/coursekit/assignments/{built.name}.json").read_text(encoding="utf-8")
    )
    folder = workshop / "assignments" / built.name / "tests"
    assert bundle["tests"] == {p.stem: p.read_text(encoding="utf-8") for p in folder.glob("*.py")}
    assert [q["name"] for q in bundle["questions"]] == [q.name for q in built.questions]


def test_an_unknown_assignment_is_refused_with_those_there_are(workshop: Path) -> None:
    with pytest.raises(
        FileNotFoundError, match=f"no master 'hw99'; there are: {', '.join(build.names(ROOT))}"
    ):
        build.build_assignment("hw99", workshop)


def test_a_build_says_what_the_machine_gives_and_what_a_person_gives(built: Assignment) -> None:
    machine, person = (sum(q.points for q in built.questions if q.manual is kind) for kind in (False, True))
    said = build.what_it_gives(built)
    assert f"graded by machine, {machine:g} points" in said
    assert (f"graded by a person, {person:g} points; {machine + person:g} in all" in said) == bool(built.read)
