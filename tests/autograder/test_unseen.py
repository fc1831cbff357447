"""A whole batch wherever its folders lie: no notebook sees the others, nor the results, nor the tests."""

import json
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.batch import grade_class
from autograder.grading.entries import FOLDERS, folders
from autograder.grading.process import StartError
from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect
from tests.autograder import tiny
from tests.autograder.whole_class import LIMITS

LIBRARIES = Path(sysconfig.get_path("purelib"))


@pytest.fixture
def course() -> Iterator[Path]:
    """A folder that every sandbox shows, because libraries lie beside it."""
    with tempfile.TemporaryDirectory(prefix="a-course-", dir=LIBRARIES) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def entry(path: str) -> Entry:
    return Entry(Path(path).stem, path.replace("/", "-"), Path(path))


@pytest.mark.sealed
def test_a_notebook_sees_neither_the_others_nor_the_results(course):
    reading = f"""
from pathlib import Path
print(sorted(str(p.relative_to({str(course)!r})) for p in Path({str(course)!r}).rglob("*") if p.is_file()))
def double(x):
    return 2 * x
"""
    (course / "in").mkdir()
    for name in ("ann", "bob"):
        (course / "in" / f"{name}.ipynb").write_text(tiny.notebook(reading, "total = sum"))
    assignment = tiny.assignment(course / "build")
    for _ in range(2):  # the second time results lie there
        rows = grade_class(
            collect(course / "in"), assignment, course / "out", tier="bubblewrap", limits=LIMITS,
            reuse=lambda entry, setup: None,
        )  # fmt: skip
        assert [(row.status, row.score) for row in rows] == [("graded", 5.0)] * 2
    results = [json.loads(path.read_text()) for path in (course / "out" / "results").glob("*.json")]
    cells = [cell for found in results for cell in json.loads(found["result"]["executed"])["cells"]]
    shown = [output["text"] for cell in cells for output in cell.get("outputs", [])]
    assert shown == ["[]\n"] * 2


@pytest.mark.sealed
def test_a_batch_among_the_libraries_does_not_start(tmp_path):
    assignment = tiny.assignment(tmp_path / "build")
    with pytest.raises(StartError, match="would see what it must not") as caught:
        grade_class([entry(f"{LIBRARIES}/ann.ipynb")], assignment, tmp_path / "out", tier="bubblewrap")
    assert "Traceback" not in str(caught.value)


def test_the_folders_of_a_class_are_few():
    assert folders([]) == ()
    assert folders(map(entry, ["/a/in/x.ipynb", "/a/in/y.ipynb", "/b/z.zip"])) == (Path("/a/in"), Path("/b"))
    deeper = ["/a/in/x/1.ipynb", "/a/in/y.ipynb", "/a/in/z/2.ipynb"]
    assert folders(map(entry, deeper)) == folders(map(entry, deeper[::-1])) == (Path("/a/in"),)
    many = [entry(f"/a/in/s{k}/hw/hw.ipynb") for k in range(FOLDERS + 1)]
    assert folders(many) == (Path("/a/in"),)
    assert len(folders(many[:-1])) == FOLDERS
