"""Files beside a notebook come out of every form in which platforms hand out a class, and nothing else."""

import io
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest

from autograder.submissions import intake
from autograder.submissions.beside import handed_in
from coursekit._files import Wanted

BOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
WANTED = (Wanted("predictions.npy", "npy", 5_000), Wanted("weights.safetensors", "safetensors", 100))
NAMES = tuple(wanted.name for wanted in WANTED)


def npy(value: float) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.full(3, value))
    return buffer.getvalue()


def zipped(path: Path, entries: dict[str, bytes], mode: dict[str, int] | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = ((mode or {}).get(name, stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, content)
    return path


def found(folder: Path) -> list[dict[str, bytes | str]]:
    entries = intake.collect(folder, None, "hw6.ipynb", NAMES)
    return [handed_in(entry, "hw6.ipynb", WANTED) for entry in entries]


def test_out_of_a_zip_beside_the_notebook_and_nothing_else(tmp_path: Path) -> None:
    inside = {
        "a/hw6.ipynb": BOOK,
        "a/Predictions.NPY": npy(1),
        "a/notes.txt": b"x",
        "weights.safetensors": b"w",
    }
    inside["__MACOSX/a/predictions.npy"] = inside["old/predictions.npy"] = npy(2)
    zipped(tmp_path / "ann.zip", inside)
    asked = {"predictions.npy": npy(1), "weights.safetensors": b"w"}
    assert found(tmp_path) == [asked | {"notes.txt": b"x"}], "and what the notebook may open"
    assert [p.name for p in tmp_path.iterdir()] == ["ann.zip"], "something was unpacked"


def test_out_of_a_folder_and_of_the_zip_in_it(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "hw6.ipynb").write_bytes(BOOK)
    (tmp_path / "ann" / "predictions.npy").write_bytes(npy(1))
    zipped(tmp_path / "bob" / "in.zip", {"hw6.ipynb": BOOK, "predictions.npy": npy(2)})
    assert found(tmp_path) == [{"predictions.npy": npy(1)}, {"predictions.npy": npy(2)}]


@pytest.mark.parametrize(
    ("notebook", "file"),
    [
        ("leeann_1234_56789_hw6.ipynb", "leeann_1234_56790_predictions.npy"),
        ("Ann Lee_12_assignsubmission_file_hw6.ipynb", "Ann Lee_12_assignsubmission_file_predictions.npy"),
    ],
)
def test_out_of_a_flat_list_by_the_students_own_names(tmp_path: Path, notebook: str, file: str) -> None:
    (tmp_path / notebook).write_bytes(BOOK)
    (tmp_path / file).write_bytes(npy(1))
    assert found(tmp_path) == [{"predictions.npy": npy(1)}]
    (entry,) = intake.collect(tmp_path, None, "hw6.ipynb", NAMES)
    assert (entry.note, entry.reason) == ("", "")
    (entry,) = intake.collect(tmp_path, None, "hw6.ipynb")
    assert "also handed in" in entry.note, "who asks for no file is told of it"


def test_each_attempt_has_its_own_file(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"leeann_1234_{10 * number}_hw6-{number}.ipynb").write_bytes(BOOK)
        (tmp_path / f"leeann_1234_{10 * number + 1}_predictions-{number}.npy").write_bytes(npy(number))
    assert found(tmp_path) == [{"predictions.npy": npy(1)}, {"predictions.npy": npy(2)}]


def test_what_is_no_such_file_is_a_reason_in_words(tmp_path: Path) -> None:
    bomb = {"hw6.ipynb": BOOK, "predictions.npy": bytes(50 << 20)}
    zipped(tmp_path / "a.zip", bomb)
    link = {"hw6.ipynb": BOOK, "predictions.npy": b"/etc/passwd"}
    zipped(tmp_path / "b.zip", link, {"predictions.npy": stat.S_IFLNK})
    zipped(tmp_path / "c.zip", {"hw6.ipynb": BOOK, "1/predictions.npy": npy(1), "2/predictions.npy": npy(2)})
    zipped(tmp_path / "d.zip", {"hw6.ipynb": BOOK, "../predictions.npy": npy(1)})
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "hw6.ipynb").write_bytes(BOOK)
    (tmp_path / "e" / "predictions.npy").symlink_to("/etc/passwd")
    told = found(tmp_path)
    assert "has 52.4 MB, at most 5 kB are taken" in str(told[0]["predictions.npy"])
    assert "is a symbolic link" in str(told[1]["predictions.npy"])
    assert told[2] == {"predictions.npy": "2 files are called predictions.npy: hand in one."}
    assert told[3] == {}, "a zip that names a place outside of itself is not read at all"
    assert "is a symbolic link: hand in the file" in str(told[4]["predictions.npy"]), "it is not followed"


def test_a_zip_that_lies_about_a_size_is_read_no_further(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"hw6.ipynb": BOOK, "predictions.npy": bytes(1 << 20)})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    (told,) = found(tmp_path)
    assert isinstance(told["predictions.npy"], str) or len(told["predictions.npy"]) <= 100


def test_the_fingerprint_covers_the_files(tmp_path: Path) -> None:
    (tmp_path / "ann.ipynb").write_bytes(BOOK)
    (entry,) = intake.collect(tmp_path, None, "hw6.ipynb", NAMES)
    prints = [intake.fingerprint(entry, BOOK, files) for files in ({}, {"a": b"1"}, {"a": b"2"}, {"a": "1"})]
    assert len(set(prints)) == 4
    assert intake.fingerprint(entry, BOOK) == prints[0], "without files it is what it was"


def test_a_link_in_a_flat_list_is_not_followed_and_what_a_computer_added_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "target.bin").write_bytes(npy(1))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "leeann_1234_56789_hw6.ipynb").write_bytes(BOOK)
    (folder / "leeann_1234_56790_predictions.npy").symlink_to(tmp_path / "target.bin")
    zipped(folder / "zoe.zip", {"hw6.ipynb": BOOK, "__MACOSX/predictions.npy": npy(1)})
    linked, added = found(folder)
    assert "is a symbolic link" in str(linked["predictions.npy"])
    assert added == {}
