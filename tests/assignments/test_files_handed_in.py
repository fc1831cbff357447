"""Files beside the notebook, data that students never get, and bands, from the master to the row."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment import Assignment, load
from autograder.gradescope import bundle
from autograder.gradescope.settings import Settings
from autograder.grading.batch import grade_class
from autograder.grading.job import Setup
from autograder.grading.remote import Shipment
from autograder.records.store import conditions
from autograder.release import leaks, master
from autograder.sealed import Grader, Limits
from autograder.submissions import intake
from tests.assignments.handed import NAME, Files, course, files_of, half_wrong, scores, with_cells

HELD = "held_out.npz"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return course(tmp_path_factory.mktemp(NAME))


@pytest.fixture(scope="module")
def built(root: Path) -> Assignment:
    return load(NAME, root / "build")


@pytest.fixture(scope="module")
def files(root: Path) -> Files:
    return files_of(root)


@pytest.fixture(scope="module", params=["bubblewrap", "process"])
def grader(request: pytest.FixtureRequest, built: Assignment) -> Iterator[Grader]:
    with Grader(built, request.param, Limits(cell_seconds=2)) as ready:
        yield ready


@pytest.mark.sealed
def test_files_are_scored_by_bands_on_data_that_never_went_in(
    grader: Grader, built: Assignment, files: Files
) -> None:
    notebook = with_cells(built)
    assert scores(grader.grade(notebook, files)) == {"q1": 3, "q2": 7}
    alone = grader.grade(notebook)
    assert scores(alone) == {"q1": 3, "q2": 0}
    assert "weights.safetensors was not handed in" in alone.reason
    worse = grader.grade(notebook, files | {"predictions.npy": half_wrong(files)})
    assert worse.questions[1].score == 4, (
        "one band of the predictions is left, and they disagree with the weights"
    )
    words = [case.message for case in worse.questions[1].cases if "next band" in case.message]
    assert len(words) == 2
    assert all("of 200 predictions right: 1 of 3 points; the next band begins at 0.7." in w for w in words)
    assert [(file.name, file.size) for file in worse.files] == [(n, len(files[n])) for n in built.files]


@pytest.mark.sealed
def test_a_file_that_is_no_numbers_is_a_reason_and_costs_its_points(
    grader: Grader, built: Assignment, files: Files
) -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([print] * 200, object), allow_pickle=True)
    result = grader.grade(with_cells(built), files | {"predictions.npy": buffer.getvalue()})
    assert scores(result)["q2"] == 3
    assert "predictions.npy cannot be read: it holds no plain numbers but objects" in result.reason
    large = files | {"weights.safetensors": bytes(10_001)}
    assert "weights.safetensors has 10 kB, at most 10 kB" in grader.grade(with_cells(built), large).reason


@pytest.mark.sealed
@pytest.mark.parametrize(
    "attack",
    [
        "np.save('predictions.npy', {right})",
        "import os; os.remove('predictions.npy'); np.save('predictions.npy', {right})",
        "import os; os.remove('predictions.npy'); os.mkdir('predictions.npy')",
        "import os; os.remove('predictions.npy'); os.symlink('/etc/passwd', 'predictions.npy')",
    ],
)
def test_what_a_cell_does_to_a_file_does_not_count(
    grader: Grader, built: Assignment, files: Files, attack: str
) -> None:
    cell = attack.format(right=np.load(io.BytesIO(files["predictions.npy"])).tolist())
    wrong = files | {"predictions.npy": half_wrong(files)}
    assert scores(grader.grade(with_cells(built, cell), wrong))["q2"] == 4
    again = grader.grade(with_cells(built, cell, "while True: pass"), files)
    assert scores(again)["q2"] == 7, "a notebook that is begun anew finds the files as they were handed in"


@pytest.mark.sealed
def test_each_run_begins_with_the_files_as_handed_in_and_a_neighbour_leaves_none(
    grader: Grader, built: Assignment, files: Files
) -> None:
    look = "import numpy as np; print('found', np.load('predictions.npy').sum())"
    look += "; np.save('predictions.npy', [0])"
    right = int(np.load(io.BytesIO(files["predictions.npy"])).sum())
    stopped = grader.grade(with_cells(built, look, "while True: pass", last=False), files)
    assert f"found {right}" in str(stopped.executed)
    lone = grader.grade(with_cells(built, "import os; print('there:', os.listdir())", last=False))
    assert "there: []" in str(lone.executed)


@pytest.mark.sealed
def test_no_notebook_sees_the_data(grader: Grader, built: Assignment, files: Files) -> None:
    ask = "from coursekit import checks\nprint(sorted(checks.data('held_out.npz')))"
    search = (
        f"import pathlib\nprint('found', [str(p) for p in pathlib.Path('{built.folder}').glob('*/*.npz')])"
    )
    told = str(grader.grade(with_cells(built, ask, search), files).executed)
    assert "lies with the grader alone" in told
    if grader.tier == "bubblewrap":  # the other keeps no notebook from the machine's files, and says so
        assert "found []" in told


def test_other_data_are_another_version_of_the_tests(root: Path, built: Assignment, tmp_path: Path) -> None:
    before = conditions(built, Limits(), "process").tests
    copied = shutil.copytree(root / "build", tmp_path / "build")
    assert conditions(load(NAME, copied), Limits(), "process").tests == before
    np.savez(copied / NAME / "data" / HELD, points=np.zeros((1, 2)))
    assert conditions(load(NAME, copied), Limits(), "process").tests != before


def test_data_travel_to_workers_to_gradescope_and_to_otter_and_to_no_student(
    root: Path, built: Assignment, tmp_path: Path
) -> None:
    content = (root / "solutions" / NAME / "data" / HELD).read_bytes()
    assert Shipment.of(Setup(built, tmp_path, "process")).files[f"data/{HELD}"] == content
    assert content in bundle.contents(built, Settings(NAME, hidden="after_due_date", minutes=10)).values()
    assert content in (built.folder / "autograder.zip").read_bytes(), "it is stored, not compressed"
    source = master.read(NAME, root)
    given = {str(p): p.read_bytes() for p in (root / "assignments").rglob("*") if p.is_file()}
    given["student.zip"] = (built.folder / "student.zip").read_bytes()
    assert leaks.find(source, given) == []
    for name, leaked in (("a.bin", b"x" + content), ("autograder.zip", None)):
        whole = leaked if leaked is not None else (built.folder / name).read_bytes()
        assert any("data that only the grader may have" in line for line in leaks.find(source, {name: whole}))


@pytest.mark.sealed
def test_a_changed_file_is_graded_again_and_the_page_names_it(
    built: Assignment, files: Files, tmp_path: Path
) -> None:
    home, out = tmp_path / "in" / "ann", tmp_path / "out"
    home.mkdir(parents=True)
    (home / built.notebook).write_text(with_cells(built))
    for name, content in files.items():
        (home / name).write_bytes(content)

    def graded() -> tuple[float, float]:
        (row,) = grade_class(intake.collect(tmp_path / "in", None, built.notebook, built.files), built, out)
        return row.score, (out / "results" / "ann.json").stat().st_mtime_ns

    first, again = graded(), graded()
    assert first == again, "nothing changed, and it was graded again"
    (home / "predictions.npy").write_bytes(half_wrong(files))
    assert graded()[0] == first[0] - 3
    (home / "predictions.npy").unlink()
    assert graded()[0] == first[0] - 4
    page = (out / "feedback" / "ann.html").read_text(encoding="utf-8")
    assert "weights.safetensors</span>: 200 bytes handed in" in page
    assert "predictions.npy</span>: not handed in" in page
