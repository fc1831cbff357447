"""What is a class and what one student's, which of several files counts, whose a folder of Gradescope is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.submissions import gradescope_export
from autograder.submissions.intake import collect, fetch_with_note
from autograder.submissions.layout import is_nobody
from autograder.submissions.newest import Dated, in_time, is_of, own
from autograder.submissions.notebook import UnreadableError, parse
from autograder.submissions.script import as_notebook
from tests.autograder.layouts import put, zipped
from tests.autograder.uploads import notebook_json, source_of

BOOK = notebook_json("x = 1")


def students(folder: Path, files: dict[str, str | bytes]) -> list[str]:
    folder.mkdir()
    put(files)(folder)
    return [e.student for e in collect(folder, wanted="hw3.ipynb")]


ONE_STUDENT = {
    "a folder of work": {
        "ann/hw3.ipynb": BOOK,
        "ann/a.ipynb": BOOK,
        "ann/b.ipynb": BOOK,
        "ann/c.ipynb": BOOK,
    },
    "photos that look like Canvas": {
        "ann/hw3.ipynb": BOOK,
        "ann/IMG_20260301_101500_x.jpg": b"",
        "ann/m.py": "",
    },
    "two notebooks": {"ann/a.ipynb": BOOK, "ann/b.ipynb": BOOK},
    "deep": {"ann/x/y/hw3.ipynb": BOOK},
    "nbgrader's": {"ann/hw3/hw3.ipynb": BOOK, "ann/hw2/hw2.ipynb": BOOK},
    "copies": {"ann/hw3.ipynb": BOOK, "ann/hw3 (1).ipynb": BOOK, "ann/hw3-2.ipynb": BOOK},
    "modules": {"ann/work.ipynb": BOOK, "ann/a.py": "", "ann/b.py": "", "ann/c.py": ""},
    "a zip": {"ann.zip": zipped({"work/hw3.ipynb": BOOK, "work/old/hw2.ipynb": BOOK, "data/x.csv": ""})},
    "empty": {"ann/readme.txt": ""},
    "a platform's name": {"annlee_1_2_hw3.zip": zipped({"a.ipynb": BOOK, "b.ipynb": BOOK, "c.ipynb": BOOK})},
}


@pytest.mark.parametrize("what", ONE_STUDENT)
def test_one_student_alone_is_no_class(what, tmp_path):
    assert len(students(tmp_path / "in", ONE_STUDENT[what])) == 1


CLASS = {
    "names": {"c/ann.ipynb": BOOK, "c/bo.ipynb": BOOK, "c/cy.ipynb": BOOK},
    "folders": {"c/ann/hw3.ipynb": BOOK, "c/bo/hw3.ipynb": BOOK},
    "one of Canvas": {"c/annlee_1_2_hw3.ipynb": BOOK},
    "Moodle's": {
        "c/Ann Lee_1_assignsubmission_file_/x.ipynb": BOOK,
        "c/Bo Li_2_assignsubmission_file_/x.ipynb": BOOK,
    },
    "nbgrader's": {"c/ann/hw3/hw3.ipynb": BOOK, "c/bo/hw3/hw3.ipynb": BOOK},
    "with what computers leave": {
        "c/ann/hw3.ipynb": BOOK,
        "c/bo/hw3.ipynb": BOOK,
        "c/Thumbs.db": b"",
        "desktop.ini": b"",
    },
}


@pytest.mark.parametrize("what", CLASS)
def test_a_class_is_one_in_a_folder_as_in_a_zip(what, tmp_path):
    plain = students(tmp_path / "plain", CLASS[what])
    packed = students(tmp_path / "packed", {"class.zip": zipped(CLASS[what])})
    assert plain == packed
    assert "c" not in plain
    assert "class" not in packed


def test_a_student_of_a_packed_class_is_read_as_one_of_a_folder(tmp_path):
    inside = zipped({"deep/hw3.ipynb": notebook_json("bo"), "mine.py": "x = 1"})
    files = {"c/ann/hw3.ipynb": notebook_json("ann"), "c/bo.zip": inside, "c/cy.ipynb": notebook_json("cy")}
    assert students(tmp_path / "in", {"class.zip": zipped(files)}) == ["ann", "bo", "cy"]
    entries = collect(tmp_path / "in", wanted="hw3.ipynb")
    assert [source_of(e) for e in entries] == ["ann", "bo", "cy"]
    assert {e.path.name for e in entries} == {"class.zip"}, "nothing is unpacked"


def test_a_packed_class_that_names_places_outside_is_not_opened(tmp_path):
    files = {"ann.ipynb": BOOK, "bo.ipynb": BOOK, "cy.ipynb": BOOK, "../dee.ipynb": BOOK}
    assert students(tmp_path / "in", {"class.zip": zipped(files)}) == ["class"]
    (entry,) = collect(tmp_path / "in", wanted="hw3.ipynb")
    with pytest.raises(UnreadableError, match="unsafe path"):
        fetch_with_note(entry, "hw3.ipynb")


def test_zips_in_zips_end_somewhere(tmp_path):
    inner = zipped({"hw3.ipynb": BOOK})
    for _ in range(6):
        inner = zipped({"a.zip": inner})
    (tmp_path / "ann.zip").write_bytes(inner)
    (entry,) = collect(tmp_path, wanted="hw3.ipynb")
    with pytest.raises(UnreadableError, match="zips within zips, more than 3 deep"):
        fetch_with_note(entry, "hw3.ipynb")


def test_names_that_are_nobodys_and_names_that_are_not():
    nobody = ["Thumbs.db", "THUMBS.DB", "desktop.ini", "~$essay.docx", "submissions.csv",
              "submission_metadata.yml", ".DS_Store", "__MACOSX", "Icon\r", ".hidden.ipynb"]  # fmt: skip
    people = [
        "thumbs.ipynb",
        "desktop",
        "~ann.ipynb",
        "submissions.ipynb",
        "metadata.yml",
        "$ann.ipynb",
        "icon",
    ]
    assert [n for n in nobody if not is_nobody(n)] == []
    assert [n for n in people if is_nobody(n)] == []


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("files", "newest", "why"),
    [
        ([Dated("a", NOON), Dated("b", NOON - timedelta(hours=1))], "a", ""),
        ([Dated("a", order=8), Dated("b", order=9)], "b", ""),
        ([Dated("a", order=8, changed=900), Dated("b", order=9, changed=1)], "b", ""),
        ([Dated("hw3_submission_20260301_101500"), Dated("hw3_submission_20260301_101459 (2)")],
         "hw3_submission_20260301_101500", "by the time in its name"),
        ([Dated("hw3"), Dated("hw3 (2)"), Dated("hw3 (10)")], "hw3 (10)", "by the number in its name"),
        ([Dated("hw3", changed=99), Dated("hw3-1", changed=1)], "hw3-1", "by the number in its name"),
        ([Dated("a", changed=100.0), Dated("b", changed=97.0)], "a", "by the date of the file"),
        ([Dated("a", changed=100.0), Dated("b", changed=98.5)], None, ""),
        ([Dated("a", changed=100.0), Dated("b")], None, ""),
        ([Dated("a"), Dated("b")], None, ""),
        ([Dated("a", NOON, changed=1.0), Dated("b", changed=50.0)], "b", "by the date of the file"),
    ],
)  # fmt: skip
def test_which_is_the_newest_and_what_says_so(files, newest, why):
    found = in_time(files)
    if newest is None:
        assert found is None
    else:
        assert found is not None
        assert (files[found[0][-1]].stem, found[1]) == (newest, why)


def test_an_assignment_whose_name_ends_in_a_number():
    assert is_of("hw-3", "hw-3")
    assert is_of("hw-3_submission_20260301_101500", "hw-3")
    assert not is_of("hw-4", "hw-3")
    assert own("hw3-20260301").base == "hw3-20260301", "a date is no number of a copy"


LISTS = {
    b"": {}, b"\xff\xfe": {}, b"[1, 2]": {}, b"a: {b": {}, b"submission_1: 5": {},
    b"submission_1: {':submitters': 3}": {},
    b'submission_1:\n  :submitters:\n  - :name: "A\\e[1m"': {"submission_1": "A"},
    b"submission_1:\n  :submitters:\n  - :sid: 12": {"submission_1": "12"},
    b"submission_1:\n  :submitters:\n  - :email: a@b.c\n  :created_at: soon": {"submission_1": "a@b.c"},
    b"a: &a [x, x]\nb: &b [*a, *a]\nsubmission_1:\n  :submitters: *b": {},
    b"submission_1: !!python/object/apply:os.system ['touch /tmp/pwned-list']": {},
}  # fmt: skip


@pytest.mark.parametrize("raw", LISTS, ids=range(len(LISTS)))
def test_gradescopes_list_is_read_or_passed_over(raw):
    assert {name: entry.student for name, entry in gradescope_export.read(raw).items()} == LISTS[raw]
    assert not Path("/tmp/pwned-list").exists()


def test_whose_folder_nobody_listed_keeps_its_own_name(tmp_path):
    files = {"submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: Ann\n    :sid: 7\n",
             "submission_1/hw3.ipynb": BOOK, "submission_2/hw3.ipynb": BOOK}  # fmt: skip
    assert students(tmp_path / "in", files) == ["Ann_7", "submission_2"]


SCRIPTS = {
    "# %%\nx = 1\n# %% [markdown]\n# text\n": [("code", "x = 1"), ("markdown", "text")],
    "#%%\nx = 1\n#%% second\ny = 2\n": [("code", "x = 1"), ("code", "y = 2")],
    "# In[1]:\n\n\nx = 1\n\n\n# In[ ]:\n\n\ny = 2\n": [("code", "x = 1"), ("code", "y = 2")],
    '"""Title"""\nx = 1\n\ny = 2  # two\n': [
        ("markdown", "Title"),
        ("code", "x = 1"),
        ("code", "y = 2  # two"),
    ],
    "x = (\n": [("code", "x = (\n")],
    "@f\ndef g():\n    pass\nx = 1; y = 2\n": [("code", "@f\ndef g():\n    pass"), ("code", "x = 1; y = 2")],
    "# %%\n# %matplotlib inline\nx = 1\n": [("code", "%matplotlib inline\nx = 1")],
}


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_script_has_the_cells_of_its_notebook(text):
    cells = json.loads(parse(as_notebook(text.encode())))["cells"]
    assert [(c["cell_type"], c["source"]) for c in cells] == SCRIPTS[text]


@pytest.mark.parametrize("raw", [b"", b" \n", b"x" * (4 * 2**20 + 1)])
def test_a_script_that_is_none_is_a_reason(raw):
    with pytest.raises(UnreadableError):
        as_notebook(raw)
