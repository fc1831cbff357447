"""Attacks by archive and file: each ends as a reason in words or a notebook, and writes nothing anywhere."""

import io
import os
import resource
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.submissions import intake
from autograder.submissions.notebook import UnreadableError, parse
from tests.attacks.harness import STRAY, notebook
from tests.attacks.hidden_class import HONEST

pytestmark = pytest.mark.slow

INNOCENT = notebook(*HONEST).encode()
MARK = f"{STRAY}.ipynb"


def packed(entries: Mapping[str, bytes | int], kind: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """Return a zip of ``entries``, numbers being MiB of zeros; ``mode`` makes them other things than files.

    Zeros are written piece by piece: the memory that a test measures must not have been large before.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = kind
            if mode:
                info.create_system, info.external_attr = 3, mode << 16
            with archive.open(info, "w") as file:
                for piece in [content] if isinstance(content, bytes) else [bytes(1 << 20)] * content:
                    file.write(piece)
    return stream.getvalue()


def lying_size(claimed: int) -> bytes:
    """Return a zip whose notebook says that it unpacks to ``claimed`` bytes, and unpacks to 64 MiB."""
    data = bytearray(packed({"a.ipynb": 64}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, claimed)
    struct.pack_into("<I", data, data.index(b"PK\x03\x04") + 22, claimed)
    return bytes(data)


def overlapping() -> bytes:
    """Return a zip with a thousand entries that all lead to the same compressed bytes."""
    data = packed({"a.ipynb": 30})
    start, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    directory = entry * 1000
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    return data[:start] + directory + tail


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "traversal": lambda: packed({f"../../../../../tmp/{MARK}": INNOCENT}),
    "traversal with backslashes": lambda: packed({f"..\\..\\..\\tmp\\{MARK}": INNOCENT}),
    "absolute path": lambda: packed({f"/tmp/{MARK}": INNOCENT}),
    "drive": lambda: packed({f"C:\\{MARK}": INNOCENT}),
    "traversal in a neighbour": lambda: packed({"a.ipynb": INNOCENT, f"x/../../{MARK}": b"x"}),
    "symbolic link": lambda: packed({"a.ipynb": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777),
    "folder behind a link": lambda: packed({"a": b"/etc", "a/a.ipynb": b""}, mode=stat.S_IFLNK | 0o777),
    "bomb": lambda: packed({"a.ipynb": 512}),
    "bomb by bzip2": lambda: packed({"a.ipynb": 64}, zipfile.ZIP_BZIP2),
    "bomb by lzma": lambda: packed({"a.ipynb": 64}, zipfile.ZIP_LZMA),
    "bomb in a bomb": lambda: packed({"a.zip": packed({"b.zip": packed({"a.ipynb": 64})})}),
    "bomb that lies about its size": lambda: lying_size(1000),
    "overlapping entries": overlapping,
    "a hundred thousand entries": lambda: packed(
        {f"{k}.txt": b"" for k in range(100_000)}, zipfile.ZIP_STORED
    ),
    "names that are markup": lambda: packed(
        {"<script>alert(1)</script>.txt": b"", "\x1b[2J.txt": b"", "\u202e": b""}
    ),
    "two notebooks": lambda: packed({"a.ipynb": INNOCENT, "b.ipynb": INNOCENT}),
    "torn": lambda: packed({"a.ipynb": INNOCENT})[:-30],
    "torn in the middle": lambda: packed({"a.ipynb": INNOCENT}).replace(INNOCENT[:5], b"xxxxx")[20:],
    "no zip at all": lambda: b"PK\x05\x06" + b"\xff" * 18,
}
"""Each is made by its own test: reading this file costs nothing."""


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


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_is_refused_in_words(tmp_path: Path, kind: str):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "eve.zip").write_bytes(ARCHIVES[kind]())
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
