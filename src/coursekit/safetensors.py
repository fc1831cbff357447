"""Weights in a file: named arrays in the safetensors format, which holds numbers and no code.

A file is the length of a header (eight bytes, little endian), the header in JSON, and the arrays' bytes one
after another. Nothing in it can be executed, unlike a pickled checkpoint. Files of the `safetensors` package
are read, and it reads what is written here.

Examples
--------
>>> content = dumps({"weight": np.zeros((10, 784), np.float32), "bias": np.zeros(10, np.float32)})
>>> {name: array.shape for name, array in loads(content).items()}
{'weight': (10, 784), 'bias': (10,)}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_HEADER = 1 << 20  # bytes; a thousand arrays need a tenth of it
MAX_DIMENSIONS = 16
_TYPES = {
    "BOOL": "?", "U8": "u1", "I8": "i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4",
    "U64": "<u8", "I64": "<i8", "F16": "<f2", "F32": "<f4", "F64": "<f8", "BF16": "<u2",
}  # fmt: skip
_NAMES = {np.dtype(code): name for name, code in _TYPES.items() if name != "BF16"}


def save(path: str | Path, arrays: Mapping[str, Any]) -> None:
    """Write named arrays to a file.

    Parameters
    ----------
    path : str or Path
        The file, such as ``"weights.safetensors"``.
    arrays : mapping of str to array
        Arrays or tensors, such as the ``state_dict()`` of a network.

    Raises
    ------
    ValueError
        When a value is no array of numbers.
    """
    Path(path).write_bytes(dumps(arrays))


def load(path: str | Path) -> dict[str, NDArray[Any]]:
    """Read the arrays of a file.

    Raises
    ------
    ValueError
        When it is no safetensors file; the message says what is wrong.
    """
    return loads(Path(path).read_bytes())


def dumps(arrays: Mapping[str, Any]) -> bytes:
    """Return the bytes of a file that holds ``arrays``; equal arrays give equal bytes.

    Raises
    ------
    ValueError
        When a value is no array of numbers.
    """
    header: dict[str, Any] = {}
    parts: list[bytes] = []
    at = 0
    for name, value in arrays.items():
        array = _plain(name, value)
        body = array.tobytes()  # in C order whatever the array's own
        header[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [at, at + len(body)],
        }
        parts.append(body)
        at += len(body)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *parts])


def loads(content: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file's bytes. BF16, which NumPy lacks, becomes float32.

    Raises
    ------
    ValueError
        When they are no safetensors file: the header does not fit the bytes that follow it, or is broken.
    """
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(MAX_HEADER, len(content) - 8):
        raise ValueError("this is no safetensors file: it does not begin with the length of a header")
    try:
        header = json.loads(content[8 : 8 + length], object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        said = str(error) if "twice" in str(error) else "its header is no JSON"
        raise ValueError(f"this is no safetensors file: {said}") from None
    if not isinstance(header, dict):
        raise ValueError("this is no safetensors file: its header holds no names")
    header.pop("__metadata__", None)
    body = memoryview(content)[8 + length :]
    found, spans = {}, []
    for name, entry in header.items():
        dtype, shape, begin, end = _entry(name, entry, len(body))
        spans.append((begin, end))
        array: NDArray[Any] = np.frombuffer(body[begin:end], dtype).reshape(shape)
        found[name] = _widened(array) if entry["dtype"] == "BF16" else array.copy()
    at = 0
    for begin, end in sorted(spans):
        if begin != at:
            raise ValueError("this is no safetensors file: its arrays overlap, or leave a gap between them")
        at = end
    if at != len(body):
        raise ValueError("this is no safetensors file: bytes follow its last array")
    return found


def _entry(name: str, entry: Any, room: int) -> tuple[np.dtype[Any], tuple[int, ...], int, int]:
    """Check what a header says of one array; Python integers are never too large to compare."""
    try:
        code, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
        count = 1
        for side in shape:
            count *= side
        whole = all(type(n) is int and n >= 0 for n in (*shape, begin, end))
        dtype = np.dtype(_TYPES[code])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"this is no safetensors file: its header describes {name[:80]!r} wrongly") from None
    fits = whole and len(shape) <= MAX_DIMENSIONS and begin <= end <= room
    if not fits or count * dtype.itemsize != end - begin:
        raise ValueError(f"this is no safetensors file: {name[:80]!r} does not fit the bytes that it claims")
    return dtype, tuple(shape), begin, end


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("its header names an array twice")
    return found


def _plain(name: str, value: Any) -> NDArray[Any]:
    if hasattr(value, "detach"):  # a tensor; numpy has no bfloat16
        value = value.detach().cpu()
        value = value.float() if "bfloat16" in str(value.dtype) else value
    array = np.asarray(value)
    array = array.astype(array.dtype.newbyteorder("<")) if array.dtype.byteorder == ">" else array
    if not isinstance(name, str) or array.dtype not in _NAMES:
        raise ValueError(f"{name!r} is no array of numbers: it has dtype {array.dtype}")
    return array


def _widened(halves: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Return BF16, which is the upper half of float32, as that."""
    return (halves.astype(np.uint32) << 16).view(np.float32)
