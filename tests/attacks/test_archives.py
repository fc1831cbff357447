"""Attacks by archive and file: each ends as a reason in words or a notebook, and writes nothing anywhere."""

import io
import os
import resource
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.submissions import intake
from autograder.submissions.notebook import UnreadableError, parse
from tests.attacks.harness import STRAY, notebook
from tests.attacks.hidden_class import HONEST

INNOCENT = notebook(*HONEST).encode()
MARK = f"{STRAY}.ipynb"


def packed(entries: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """Return a zip of ``entries``; ``mode`` makes them something else than files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = kind
            if mode:
                info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, content)
    return stream.getvalue()


def lying_size(claimed: int) -> bytes:
    """Return a zip whose notebook says that it unpacks to ``claimed`` bytes, and unpacks to 64 MiB."""
    data = bytearray(packed({"a.ipynb": b" " * (64 << 20)}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, claimed)
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, claimed)
    return bytes(data)


def overlapping() -> bytes:
    """Return a zip with a thousand entries that all lead to the same compressed bytes."""
    data = packed({"a.ipynb": b" " * (30 << 20)})
    start, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    directory = entry * 1000
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    return data[:start] + directory + tail


ARCHIVES = {
    "traversal": packed({f"../../../../../tmp/{MARK}": INNOCENT}),
    "traversal with backslashes": packed({f"..\\..\\..\\tmp\\{MARK}": INNOCENT}),
    "absolute path": packed({f"/tmp/{MARK}": INNOCENT}),
    "drive": packed({f"C:\\{MARK}": INNOCENT}),
    "traversal in a neighbour": packed({"a.ipynb": INNOCENT, f"x/../../{MARK}": b"x"}),
    "symbolic link": packed({"a.ipynb": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777),
    "folder behind a link": packed({"a": b"/etc", "a/a.ipynb": b""}, mode=stat.S_IFLNK | 0o777),
    "bomb": packed({"a.ipynb": bytes(512 << 20)}),
    "bomb by bzip2": packed({"a.ipynb": bytes(64 << 20)}, zipfile.ZIP_BZIP2),
    "bomb by lzma": packed({"a.ipynb": bytes(64 << 20)}, zipfile.ZIP_LZMA),
    "bomb in a bomb": packed({"a.zip": packed({"b.zip": packed({"a.ipynb": bytes(64 << 20)})})}),
    "bomb that lies about its size": lying_size(1000),
    "overlapping entries": overlapping(),
    "a hundred thousand entries": packed({f"{k}.txt": b"" for k in range(100_000)}, zipfile.ZIP_STORED),
    "names that are markup": packed(
        {"<script>alert(1)</script>.txt": b"", "\x1b[2J.txt": b"", "\u202e": b""}
    ),
    "two notebooks": packed({"a.ipynb": INNOCENT, "b.ipynb": INNOCENT}),
    "torn": packed({"a.ipynb": INNOCENT})[:-30],
    "torn in the middle": packed({"a.ipynb": INNOCENT}).replace(INNOCENT[:5], b"xxxxx")[20:],
    "no zip at all": b"PK\x05\x06" + b"\xff" * 18,
}


def attempt(folder: Path) -> str:
    """Read the one submission in ``folder``; return the reason why not, or nothing when it was read."""
    before = sorted(folder.rglob("*"))
    (entry,) = intake.collect(folder)
    try:
        parse(intake.fetch(entry, "tiny.ipynb"))
        reason = ""
    except UnreadableError as error:
        reason = str(error)
    assert sorted(folder.rglob("*")) == before, "something was unpacked"
    assert not [p for p in (*Path("/tmp").iterdir(), *folder.parent.iterdir(), Path.cwd()) if STRAY in p.name]
    return reason


@pytest.mark.parametrize("data", ARCHIVES.values(), ids=ARCHIVES.keys())
def test_an_archive_is_refused_in_words(tmp_path: Path, data: bytes):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "eve.zip").write_bytes(data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reason = attempt(tmp_path / "class")
    assert reason
    assert reason.isprintable()
    assert "/etc" not in reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 300 << 10, (
        "it was unpacked in memory"
    )


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "../secret.ipynb", "eve.ipynb"])
@pytest.mark.parametrize("inside", [False, True], ids=["as the submission", "in a folder"])
def test_a_link_is_not_followed(tmp_path: Path, target: str, inside: bool):
    (tmp_path / "secret.ipynb").write_bytes(INNOCENT)
    place = tmp_path / "class" / "eve" if inside else tmp_path / "class"
    place.mkdir(parents=True)
    (place / "eve.ipynb").symlink_to(target)
    reason = attempt(tmp_path / "class")
    assert "link" in reason or "no notebook" in reason


@pytest.mark.parametrize("name", ["eve.ipynb", "eve.zip", "eve/eve.ipynb"])
def test_a_pipe_does_not_hang_the_class(tmp_path: Path, name: str):
    place = tmp_path / "class" / name
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    assert attempt(tmp_path / "class")


@pytest.mark.parametrize("content", [b'{"cells": ' + b"[" * 10**6, b'{"cells": [' + b"[]," * 10**6 + b"0]}",
                                     b'{"nbformat": 4, "cells": [' + b"9" * 10**6 + b"]}", b"\0" * 10**6,
                                     b'{"nbformat": 1e400, "cells": []}'],
                         ids=["deep", "wide", "long number", "nulls", "infinite version"])  # fmt: skip
def test_a_hostile_file_is_refused_in_words(tmp_path: Path, content: bytes):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "eve.ipynb").write_bytes(content)
    reason = attempt(tmp_path / "class")
    assert reason
    assert reason.isprintable()
