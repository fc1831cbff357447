"""A zip as it was uploaded: the one notebook in it, or a reason, and no harm from what else it holds."""

import io
import stat
import struct
import zipfile

import pytest

from autograder.submissions import archive
from autograder.submissions.intake import collect
from tests.autograder.uploads import notebook_json, source_of, why, zipped


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
