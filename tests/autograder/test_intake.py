"""A folder of submissions as an instructor has it: every file becomes one row with a notebook or a reason."""

import os
from pathlib import Path

import pytest

from autograder.submissions.intake import collect
from autograder.submissions.notebook import UnreadableError
from tests.autograder.uploads import notebook_json, read, source_of, why, zipped


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
    assert {
        r"\x1b[2Jgone\x1b]0;title\x07",
        r"a\x0ab",
        r"\x5c..\x5cup",
        r"\udcff\udcfe\udc80",
    } < by_student.keys()
    assert by_student["李雷"].slug == "李雷"


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

    monkeypatch.setattr(os, "open", refuse)
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
