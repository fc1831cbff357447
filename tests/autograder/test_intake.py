"""A folder of submissions as an instructor has it: every file becomes one row with a notebook or a reason."""

import io
import json
import os
import random
import stat
import struct
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.submissions import archive, notebook
from autograder.submissions.intake import Entry, collect, fetch
from autograder.submissions.notebook import UnreadableError, parse


def notebook_json(source: str = "x = 1", **extra: object) -> str:
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell], **extra})


def zipped(files: dict[str, str | bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files.items():
            z.writestr(name, content)
    return path


def read(entry: Entry, wanted: str) -> str:
    """Do what a grading process does with a submission."""
    return parse(fetch(entry, wanted))


def why(path: Path) -> str:
    """Return the reason for which the one submission in ``path``'s folder cannot be graded."""
    (entry,) = collect(path.parent)
    with pytest.raises(UnreadableError) as caught:
        read(entry, "hw3.ipynb")
    return str(caught.value)


def source_of(entry: Entry) -> str:
    content = json.loads(read(entry, "hw3.ipynb"))
    nbformat.validate(content)
    return "|".join(c["source"] for c in content["cells"])


def test_the_folder_an_instructor_has(tmp_path):
    (tmp_path / "ann.ipynb").write_text(notebook_json("ann"))
    zipped({"hw3/hw3.ipynb": notebook_json("bob"), "__MACOSX/hw3/._hw3.ipynb": "x"}, tmp_path / "bob.zip")
    (tmp_path / "cid" / "deep" / ".ipynb_checkpoints").mkdir(parents=True)
    (tmp_path / "cid" / "deep" / "work.ipynb").write_text(notebook_json("cid"))
    (tmp_path / "cid" / "deep" / ".ipynb_checkpoints" / "work-checkpoint.ipynb").write_text("old")
    (tmp_path / "dee").mkdir()
    zipped({"a/b/c/any.ipynb": notebook_json("dee")}, tmp_path / "dee" / "upload.zip")
    (tmp_path / "eva.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "fay.IPYNB.txt").write_text(notebook_json("fay"))
    (tmp_path / "gus.ipynb").write_text(notebook_json("gus"))
    (tmp_path / "gus.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "._ann.ipynb").write_bytes(b"\0")
    (tmp_path / "__MACOSX").mkdir()
    entries = {e.student: e for e in collect(tmp_path)}
    assert list(entries) == ["ann", "bob", "cid", "dee", "eva", "fay", "gus"]
    graded = {s: source_of(e) for s, e in entries.items() if s != "eva"}
    assert graded == {s: s for s in graded}
    assert entries["eva"].reason == "not a notebook: eva.pdf (hand in an .ipynb or a .zip)"
    assert entries["gus"].note == "also handed in: gus.pdf"
    assert {e.slug for e in entries.values()} == set(entries)


def test_two_files_of_one_student_are_two_rows_which_say_so(tmp_path):
    (tmp_path / "ann.ipynb").write_text(notebook_json())
    zipped({"hw3.ipynb": notebook_json()}, tmp_path / "ann.zip")
    entries = collect(tmp_path)
    why = "2 files for one student: ann.ipynb, ann.zip; keep one, or say when each was handed in"
    assert [e.reason for e in entries] == [why] * 2
    assert len({e.slug.casefold() for e in entries}) == 2


def test_names_that_differ_in_case_alone_get_different_files(tmp_path):
    for name in ("Ann", "ann"):
        (tmp_path / f"{name}.ipynb").write_text(notebook_json(name))
    entries = collect(tmp_path)
    assert [source_of(e) for e in entries] == ["Ann", "ann"]
    assert len({e.slug.casefold() for e in entries}) == 2


HOSTILE_NAMES = [
    b"\x1b[2Jgone\x1b]0;title\x07.ipynb", b"=cmd|' calc'!A0.ipynb", b"\xff\xfe\x80.ipynb", b"a\nb.ipynb",
    "\u202egpj.exe.ipynb".encode(), b"<script>alert(1)<.ipynb", b"CON.ipynb", b"x" * 240 + b".ipynb",
    b"a c.ipynb", b"a-c.ipynb", b"~.ipynb", b"%2e%2e.ipynb", b"-rf.ipynb", b"[a-z]*.ipynb", b"\\..\\up.ipynb",
    "李雷.ipynb".encode(),
]  # fmt: skip


def test_hostile_names_stay_rows_and_get_safe_files(tmp_path):
    for i, name in enumerate(HOSTILE_NAMES):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(notebook_json(str(i)))
    entries = collect(tmp_path)
    assert sorted(int(source_of(e)) for e in entries) == list(range(len(HOSTILE_NAMES)))
    assert len({e.slug.casefold() for e in entries}) == len(HOSTILE_NAMES)
    for entry in entries:
        assert entry.student.isprintable()
        entry.student.encode()
        assert entry.slug == Path(entry.slug).name
        assert not entry.slug.startswith((".", "-"))
        assert not set(entry.slug) & set("<>:\"'/\\|?*%&=\x1b\n ")
    by_student = {e.student: e for e in entries}
    assert by_student["gone"].slug == "gone"
    assert by_student["李雷"].slug == "李雷"


BROKEN = {
    "empty": (b"", "the file is empty"),
    "blanks": (b" \n\0 ", "the file holds nothing but blanks"),
    "cut short": (notebook_json().encode()[:-9], "not a notebook: broken JSON at line 1, column"),
    "words": (b"my homework", "not a notebook: broken JSON at line 1, column 1 (Expecting value)"),
    "pdf": (b"%PDF-1.7 ...", "not a notebook: the file is a PDF"),
    "zip": (b"PK\x03\x04 ...", "not a notebook: the file is a zip; its name should end in .zip"),
    "web page": (b"\n<!doctype html>", "not a notebook: the file is a web page"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1", "not a notebook: the file is a Git LFS pointer"),
    "list": (b"[1, 2]", "not a notebook: the file is JSON, but of another kind"),
    "other JSON": (b'{"type": "FeatureCollection"}', "not a notebook: the file is JSON, but of another kind"),
    "no cells": (b'{"nbformat": 4}', "not a notebook: it has no list of cells"),
    "cells a dict": (b'{"nbformat": 4, "cells": {}}', "not a notebook: it has no list of cells"),
    "format 2": (b'{"nbformat": 2, "worksheets": []}', "nbformat 2 cannot be read; save it as nbformat 4"),
    "format 5": (notebook_json(nbformat=5).encode(), "nbformat 5 cannot be read; save it as nbformat 4"),
    "format true": (notebook_json(nbformat=True).encode(), "nbformat True cannot be read"),
    "format odd": (b'{"nbformat": ["\x1b[2J"], "cells": []}', "not a notebook: broken JSON"),
    "nested": (b'{"nbformat": 4, "cells": ' + b"[" * 200_000, "not a notebook: its JSON is nested too"),
    "number": (b'{"nbformat": ' + b"9" * 5000 + b"}", "not a notebook: broken JSON (Exceeds the limit"),
    "nothing": (notebook_json("").encode(), "the notebook has nothing in it"),
    "R": (notebook_json(metadata={"kernelspec": {"language": "R"}}).encode(), "the notebook is written in R"),
    "cells": (notebook_json(cells=[{}] * 5001).encode(), "the notebook has 5001 cells; at most 5000"),
    "half UTF-16": (b"\xff\xfe\x00", "not a notebook: the file is not text"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gets_a_reason_in_words(case, tmp_path):
    raw, reason = BROKEN[case]
    (tmp_path / "ann.ipynb").write_bytes(raw)
    assert why(tmp_path / "ann.ipynb").startswith(reason)


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "ann.ipynb").open("wb") as file:
        file.truncate(2**40)
    assert why(tmp_path / "ann.ipynb") == "the notebook is larger than 32 MiB"


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-8-sig", "ü"), ("utf-16", "ü"), ("latin-1", "ü"), ("utf-8", "李")]
)
def test_encodings_are_tolerated(encoding, text):
    raw = notebook_json("PLACE").replace("PLACE", f"# {text}").encode(encoding)
    assert json.loads(parse(raw))["cells"][0]["source"] == f"# {text}"


def test_nbformat_3_is_upgraded():
    old = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(
                cells=[
                    nbformat.v3.new_heading_cell("Title", level=2),
                    nbformat.v3.new_code_cell(input="a = 1\na", prompt_number=3),
                    nbformat.v3.new_text_cell("markdown", source="words"),
                ]
            )
        ]
    )
    new = json.loads(parse(json.dumps(old).encode()))
    nbformat.validate(new)
    expected = nbformat.convert(old, 4)
    assert [(c["cell_type"], c["source"]) for c in new["cells"]] == [
        (c.cell_type, "".join(c.source)) for c in expected.cells
    ]


def test_damaged_cells_are_repaired():
    cells = [
        {"cell_type": "code", "source": ["a\n", 7, "b"], "id": "same", "metadata": None, "outputs": "x"},
        {"cell_type": "code", "source": "c", "id": "same"},
        {"cell_type": "sql", "source": "d", "id": "not valid!"},
        {"source": None, "id": 3, "cell_type": ["code"]},
        "not a cell",
        {"cell_type": "markdown", "source": "half a pair \ud83d", "metadata": {"nan": float("nan")}},
    ]
    clean = json.loads(parse(notebook_json(cells=cells).encode()))
    nbformat.validate(clean)
    assert [c["source"] for c in clean["cells"]] == ["a\nb", "c", "d", "", "half a pair \ufffd"]
    assert len({c["id"] for c in clean["cells"]}) == 5
    assert clean["cells"][-1]["metadata"] == {"nan": None}


def test_a_stored_output_never_comes_through():
    cell = {"cell_type": "code", "source": "1", "outputs": [{"output_type": "stream", "text": "full marks"}]}
    assert "full marks" not in parse(notebook_json(cells=[cell]).encode())


def test_one_notebook_is_chosen_among_several_by_its_name(tmp_path):
    zipped({"a/hw3.ipynb": notebook_json("right"), "old.ipynb": notebook_json("wrong")}, tmp_path / "ann.zip")
    (entry,) = collect(tmp_path)
    assert source_of(entry) == "right"


def test_two_notebooks_are_named_in_the_reason(tmp_path):
    path = zipped({"b.ipynb": notebook_json(), "x/a.ipynb": notebook_json()}, tmp_path / "ann.zip")
    assert why(path) == "two notebooks in the zip: b.ipynb, x/a.ipynb; one should be named hw3.ipynb"


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.ipynb", "/etc/x.ipynb", "C:\\x.ipynb", "a\\..\\..\\x.ipynb"]
)
def test_path_traversal_in_a_zip_is_a_reason(name, tmp_path):
    assert why(zipped({name: notebook_json()}, tmp_path / "ann.zip")).startswith(
        "the zip holds an unsafe path"
    )


def test_zips_with_nothing_to_grade(tmp_path):
    path = tmp_path / "ann.zip"
    assert (
        why(zipped({"a.pdf": "", "b\x1b[2J.docx": ""}, path))
        == "no notebook in the zip (it holds a.pdf, b.docx)"
    )
    assert why(zipped({}, path)) == "no notebook in the zip (it is empty)"
    assert why(zipped({"__MACOSX/a.ipynb": "x", ".ipynb_checkpoints/a.ipynb": "x"}, path)).startswith(
        "no notebook"
    )
    path.write_bytes(b"")
    assert why(path) == "the zip is empty"
    path.write_bytes(b"nonsense")
    assert why(path) == "the zip is broken (no end record: cut short, or not a zip)"


def test_an_encrypted_zip_is_a_reason(tmp_path):
    path = zipped({"hw3.ipynb": notebook_json()}, tmp_path / "ann.zip")
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x03\x04") + 6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert why(path) == "the zip is encrypted: hand it in without a password"


def test_a_symbolic_link_in_a_zip_is_a_reason(tmp_path):
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as z:
        info = zipfile.ZipInfo("hw3.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        z.writestr(info, "/etc/passwd")
    assert why(tmp_path / "ann.zip") == "hw3.ipynb in the zip is a symbolic link, not a notebook"


def test_bombs_are_refused_before_they_unpack(tmp_path):
    path = tmp_path / "ann.zip"
    zipped({"hw3.ipynb": b" " * (8 * 2**20)}, path)
    assert "times its size" in why(path)
    zipped({"hw3.ipynb": b" " * (33 * 2**20)}, path)
    assert why(path) == "hw3.ipynb unpacks to more than 32 MiB"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as z:
        for i in range(40_000):
            z.writestr(f"{i}-{'x' * 20}", "")
    path.write_bytes(buffer.getvalue())
    assert why(path) == "the zip has too many entries to be a submission"


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path):
    path = zipped({"hw3.ipynb": b" " * (40 * 2**20)}, tmp_path / "ann.zip")
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", raw, raw.index(mark) + at, 1000)
    path.write_bytes(raw)
    assert why(path).startswith(
        ("the zip is broken", "hw3.ipynb unpacks", "the file holds nothing", "not a notebook")
    )


def test_the_stated_total_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 2**20)
    assert "the zip unpacks to" in why(zipped({"a.npy": b"\0" * (2**20 + 1)}, tmp_path / "ann.zip"))


def test_links_and_odd_files_are_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "target.ipynb").write_text(notebook_json())
    (tmp_path / "in" / "link.ipynb").symlink_to(tmp_path / "target.ipynb")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in" / "pipe.ipynb")
    (tmp_path / "in" / "dir").mkdir()
    (tmp_path / "in" / "dir" / "x.ipynb").symlink_to(tmp_path / "target.ipynb")
    reasons = {}
    for entry in collect(tmp_path / "in"):
        with pytest.raises(UnreadableError) as caught:
            read(entry, "hw3.ipynb")
        reasons[entry.student] = str(caught.value)
    assert reasons == {
        "link": "a symbolic link, which is not followed",
        "loop": "a symbolic link, which is not followed",
        "pipe": "not an ordinary file",
        "dir": "no notebook in the folder (it is empty)",
    }


def test_a_file_that_may_not_be_read_is_a_reason(tmp_path, monkeypatch):
    (tmp_path / "ann.ipynb").write_text(notebook_json())

    def refuse(*_: object, **__: object) -> None:  # the tests may run as root, whom no permission stops
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert why(tmp_path / "ann.ipynb") == "the file may not be read: permission denied"


def test_a_file_that_vanishes_is_a_reason(tmp_path):
    (tmp_path / "ann.ipynb").write_text(notebook_json())
    (entry,) = collect(tmp_path)
    entry.path.unlink()
    with pytest.raises(UnreadableError, match="vanished"):
        read(entry, "hw3.ipynb")


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(NotADirectoryError, match="nowhere is not a folder"):
        collect(tmp_path / "nowhere")


@pytest.mark.parametrize("kind", ["notebook", "zip"])
def test_no_mutation_of_a_good_file_raises_anything_but_a_reason(kind, tmp_path):
    seed = 20
    rng = random.Random(seed)
    path = tmp_path / ("ann.ipynb" if kind == "notebook" else "ann.zip")
    good = (
        notebook_json().encode()
        if kind == "notebook"
        else zipped({"a.ipynb": notebook_json()}, path).read_bytes()
    )
    outcomes = {True: 0, False: 0}
    for _ in range(600):
        raw = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(raw))
            raw[at : at + rng.choice((0, 1, 1, 4))] = rng.randbytes(rng.choice((0, 1, 1, 2)))
        path.write_bytes(raw)
        (entry,) = collect(tmp_path)
        try:
            nbformat.validate(json.loads(read(entry, "hw3.ipynb")))
            outcomes[True] += 1
        except UnreadableError:
            outcomes[False] += 1
    assert outcomes[False], f"seed {seed}"


def test_equal_bytes_give_equal_text():
    cells = [{"cell_type": "code", "source": str(i)} for i in range(20)]
    raw = notebook_json(cells=cells).encode()
    assert parse(raw) == parse(raw)
    assert notebook.parse(parse(raw).encode()) == parse(raw)
