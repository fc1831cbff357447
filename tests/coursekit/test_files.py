"""Files that are handed in are read as numbers or refused in words; bands share a score."""

import io
import json
import math
import os
import pickle
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coursekit import _bands, _files, checks, safetensors
from coursekit._files import Desk, Wanted

PREDICTIONS = Wanted("predictions.npy", "npy", 10_000, (20,))
WEIGHTS = Wanted("weights.safetensors", "safetensors", 10_000)


def npy(array: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


def claimed(shape: tuple[int, ...], body: bytes = b"", descr: str = "<f8") -> bytes:
    """An npy file whose header claims what it likes."""
    header = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape!r}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + body


def tensors(header: object, body: bytes = b"", length: int | None = None) -> bytes:
    """A safetensors file whose header says what it likes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def entry(shape: object, begin: object, end: object, dtype: str = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("opened",)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    arrays = {"a": rng.normal(size=(3, 4)).astype(np.float32), "b": np.arange(5), "c": np.array(True)}
    arrays["d"] = np.asfortranarray(rng.normal(size=(2, 3))).astype(">f8")
    safetensors.save(tmp_path / "w.safetensors", arrays)
    found = safetensors.load(tmp_path / "w.safetensors")
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype.newbyteorder("=")


def test_tensors_of_torch_are_saved_and_bfloat16_is_read() -> None:
    torch = pytest.importorskip("torch")
    tensor = torch.arange(6.0, requires_grad=True).reshape(2, 3)
    found = safetensors.loads(safetensors.dumps({"w": tensor, "h": tensor.to(torch.bfloat16)}))
    np.testing.assert_array_equal(found["w"], tensor.detach().numpy())
    np.testing.assert_array_equal(found["h"], tensor.detach().numpy())
    halves = np.array([1.0, -2.5], np.float32).view(np.uint32) >> 16
    read = safetensors.loads(tensors({"x": entry([2], 0, 4, "BF16")}, halves.astype("<u2").tobytes()))
    assert read["x"].tolist() == [1.0, -2.5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 7,
        tensors({}, length=1 << 62),
        tensors(b"[1, 2]"),
        tensors(b"{" * 5_000),
        tensors(b'{"a": {}, "a": {}}'),
        tensors({"a": 3}),
        tensors({"a": entry([2], 0, 8, "OBJECT")}, bytes(8)),
        tensors({"a": entry([1 << 40, 1 << 40], 0, 8)}, bytes(8)),
        tensors({"a": entry([-1, -2], 0, 8)}, bytes(8)),
        tensors({"a": entry([True, 2], 0, 8)}, bytes(8)),
        tensors({"a": entry([2.0], 0, 8)}, bytes(8)),
        tensors({"a": entry([2], 0, 80)}, bytes(8)),
        tensors({"a": entry([2], 8, 0)}, bytes(8)),
        tensors({"a": entry([2], -8, 0)}, bytes(8)),
        tensors({"a": entry([1] * 40, 0, 4)}, bytes(4)),
        tensors({"a": entry([2], 0, 8), "b": entry([2], 4, 12)}, bytes(12)),
        tensors({"a": entry([2], 0, 8), "b": entry([2], 0, 8)}, bytes(8)),
        tensors({"a": entry([1], 0, 4), "b": entry([1], 8, 12)}, bytes(12)),
        tensors({"a": entry([1], 0, 4)}, bytes(12)),
        pickle.dumps(Bomb()),
    ],
)
def test_a_broken_safetensors_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValueError, match="this is no safetensors file"):
        safetensors.loads(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (npy(np.arange(21)), r"holds shape \(21,\), the right shape is \(20,\)"),
        (npy(np.array([math.nan] * 20)), "nan or inf"),
        (npy(np.array([Bomb()] * 20, object)), "no plain numbers but objects"),
        (npy(np.array(["a"] * 20)), "no plain numbers"),
        (npy(np.zeros(20, complex)), "no plain numbers"),
        (claimed((1 << 40, 1 << 40)), "claims another size"),
        (claimed((-20,), bytes(160)), "claims another size"),
        (claimed((20,), bytes(100)), "claims another size"),
        (claimed((20,), bytes(200)), "claims another size"),
        (claimed((20,), bytes(160), "|O"), "no plain numbers but objects"),
        (b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 9_000, "no npy file"),
        (b"\x93NUMPY\x09\x00", "no npy file|is a version"),
        (pickle.dumps(Bomb()), "no npy file"),
        (b"PK\x03\x04", "no npy file"),
        (b"", "no npy file"),
        (bytes(10_001), "has 10 kB, at most 10 kB|at most 10 kB"),
    ],
)
def test_a_wrong_npy_file_is_refused_in_words(
    content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=said):
        PREDICTIONS.read(content)
    assert list(tmp_path.iterdir()) == [], "something was executed"


def test_both_orders_and_all_kinds_of_numbers_are_read() -> None:
    array = np.asfortranarray(np.arange(12.0).reshape(3, 4))
    for dtype in (bool, np.uint8, np.int64, np.float16, ">f4"):
        found = Wanted("a.npy", "npy").read(npy(array.astype(dtype)))
        np.testing.assert_array_equal(found, array.astype(dtype))


def test_the_grader_reads_the_bytes_that_were_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("predictions.npy", np.ones(20))
    np.savez("held_out.npz", x=np.ones(2))
    assert np.ndim(checks.handed_in("predictions.npy")) == 1, "in a notebook the file lies in its folder"
    assert checks.data("held_out.npz")["x"].tolist() == [1, 1], "Otter puts it there"
    with _files.bound(Desk((PREDICTIONS, WEIGHTS), {"predictions.npy": npy(np.zeros(20))})):
        np.testing.assert_array_equal(checks.handed_in("predictions.npy"), np.zeros(20))
        with pytest.raises(AssertionError, match=r"weights\.safetensors was not handed in"):
            checks.handed_in("weights.safetensors")
        with pytest.raises(ValueError, match=r"asks for no file 'other\.npy'"):
            checks.handed_in("other.npy")
        with pytest.raises(ValueError, match="lies with the grader alone"):
            checks.data("held_out.npz")
    np.testing.assert_array_equal(checks.handed_in("predictions.npy"), np.ones(20))


@pytest.mark.parametrize("name", ["../predictions.npy", "/etc/passwd", "a.pkl", "..", ""])
def test_a_name_with_a_path_opens_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "predictions.npy", np.ones(20))
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    with pytest.raises(ValueError, match="asks for no file"):
        checks.handed_in(name)
    with pytest.raises(ValueError, match="not here"):
        checks.data(name)


def test_the_export_says_what_is_missing_and_what_is_wrong(tmp_path: Path) -> None:
    course: Mapping[str, Any] = {
        "files": [
            {"name": "predictions.npy", "kind": "npy", "most": 10_000, "shape": [20], "required": True},
            {"name": "w.safetensors", "kind": "safetensors", "most": 1_000, "shape": None, "required": True},
            {"name": "extra.npy", "kind": "npy", "most": 1_000, "shape": None, "required": False},
        ]
    }
    files, told = _files.for_export(course, tmp_path)
    assert (files, len(told)) == ({}, 2), told
    assert all("is missing" in line for line in told)
    np.save(tmp_path / "predictions.npy", np.full(20, np.inf))
    (tmp_path / "w.safetensors").write_bytes(bytes(1_001))
    files, told = _files.for_export(course, tmp_path)
    assert list(files) == ["predictions.npy"]
    assert "nan or inf" in told[0]
    assert "at most 1 kB" in told[1]


STEPS = {0.5: 1.0, 0.75: 2.0}


def reached(score: Any) -> tuple[int, list[str]]:
    """Ask every band, as test cases do; return how often the score was made, and the words."""
    _bands.forget()
    count, said = [0], []

    def once() -> Any:
        count[0] += 1
        if isinstance(score, Exception):
            raise score
        return score

    for number in (1, 2):
        try:
            checks.bands("t", once, STEPS, number)
            said.append("")
        except Exception:
            said.append(_bands.said())
    return count[0], said


def test_bands_make_the_score_once_and_say_the_next() -> None:
    assert reached(0.75) == (1, ["", ""])
    assert reached((0.73, "of 2000 right")) == (
        1,
        ["", "0.73 of 2000 right: 1 of 3 points; the next band begins at 0.75."],
    )
    below = "0.2: 0 of 3 points; the next band begins at 0.5."
    assert reached(np.float32(0.2)) == (1, [below, below])
    assert reached(0.749999)[1][1].startswith("0.749999: 1 of 3"), "rounded, it would seem to be reached"


@pytest.mark.parametrize("score", [math.nan, math.inf, None, "0.9", [0.9, 0.8], KeyError("secret 7")])
def test_what_is_no_score_gets_no_points_and_a_sentence(score: Any) -> None:
    count, said = reached(score)
    assert count == 1, "a score that fails is not tried again"
    assert all(words.startswith("There is no score") and "secret" not in words for words in said)


def test_the_first_case_never_takes_what_an_earlier_run_left() -> None:
    checks.bands("t", lambda: 0.9, STEPS, 1)
    with pytest.raises(AssertionError):
        checks.bands("t", lambda: 0.1, STEPS, 1)
    with pytest.raises(AssertionError):
        checks.bands("t", lambda: 0.9, STEPS, 2)
