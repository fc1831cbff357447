"""What a master's head says about files: those that students hand in, and data that they never get."""

from __future__ import annotations

import ast
import base64
import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.release import testcells
from autograder.release.testcells import Wrong
from coursekit import _files

FOLDER = "data"  # of a master, and of its build
HANDED_IN = "files"  # of a master: what is handed in beside its own notebook
MOST_DATA = 16 * 2**20  # bytes of all data together, which every worker gets
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+")
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(kB|MB)")
_UNITS = {"kB": 1000, "MB": 10**6}
_KEYS = ("name", "kind", "most", "shape", "required")
_PROBE = 192  # bytes of a file by which it is recognized


def files(value: Any) -> list[dict[str, Any]]:
    """Read the files that students hand in beside the notebook.

    Raises
    ------
    ValueError
        When it is no list of files, or one has no name, no kind or no size; the message has the remedy.
    """
    example = "[{name: predictions.npy, kind: npy, most: 1 MB, shape: [1000]}]"
    if not isinstance(value, list) or not value or not all(isinstance(f, dict) for f in value):
        raise ValueError(f"a list of files is wanted, such as {example}, got {value!r}")
    found = [_file(entry, example) for entry in value]
    names = [f["name"].casefold() for f in found]
    if twice := next((n for n in names if names.count(n) > 1), None):
        raise ValueError(f"two files are called {twice}: platforms do not tell upper from lower case")
    if sum(f["most"] for f in found) > _files.MOST:
        raise ValueError(f"together the files may have at most {_files.size(_files.MOST)}: lower `most`")
    return found


def _file(entry: Mapping[str, Any], example: str) -> dict[str, Any]:
    if unknown := [k for k in entry if k not in _KEYS]:
        raise ValueError(f"a file has no setting `{unknown[0]}`: there are {', '.join(_KEYS)}")
    name, kind = entry.get("name"), entry.get("kind")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"a file's name is like predictions.npy, without folders, got {name!r}: {example}")
    if kind not in _files.KINDS or not name.endswith(f".{kind}"):
        raise ValueError(
            f"{name}: `kind` is npy or safetensors, and the name ends with it, got {kind!r}: {example}"
        )
    size = _SIZE.fullmatch(str(entry.get("most", "")).strip())
    most = round(float(size[1]) * _UNITS[size[2]]) if size else 0
    if not 0 < most <= _files.MOST:
        raise ValueError(f"{name}: `most` is like `500 kB` or `1 MB`, at most {_files.size(_files.MOST)}")
    shape = entry.get("shape")
    if shape is not None:
        if kind != "npy" or not isinstance(shape, list) or not all(type(n) is int and n > 0 for n in shape):
            raise ValueError(f"{name}: `shape` is for an npy file, like [1000, 10], got {shape!r}")
        if math.prod(shape) > most:
            raise ValueError(f"{name}: an array of shape {shape} does not fit into `most`: raise it")
    required = entry.get("required", True)
    if not isinstance(required, bool):
        raise ValueError(f"{name}: `required` is true or false, got {required!r}")
    return {"name": name, "kind": kind, "most": most, "shape": shape, "required": required}


def data(value: Any) -> list[str]:
    """Read the names of the data that only the grader has.

    Raises
    ------
    ValueError
        When it is no list of names that end in ``.npz``.
    """
    if not isinstance(value, list) or not value or not all(isinstance(n, str) for n in value):
        raise ValueError(f"a list of names is wanted, such as [held_out.npz], got {value!r}")
    for name in value:
        if not _NAME.fullmatch(name) or not name.endswith(".npz"):
            raise ValueError(f"a name is like held_out.npz, without folders, got {name!r}")
    if len(set(value)) != len(value):
        raise ValueError("a name stands there twice: take one out")
    return value


def load(course: Mapping[str, Any], master: Path) -> dict[str, bytes]:
    """Return the data that a master declares, by name, from the folder beside it.

    Raises
    ------
    ValueError
        When a file is not there, is too large, or holds something that would have to be unpickled.
    """
    found = {}
    for name in course.get("data", ()):
        path = master.parent / FOLDER / name
        if not path.is_file():
            raise ValueError(f"data: there is no {FOLDER}/{name} beside {master.name}: put it there")
        found[name] = path.read_bytes()
        try:
            with _files.bound(_files.Desk(data=found)):
                _files.data(name)
        except Exception as error:  # whatever zip and numpy make of a broken file
            raise ValueError(
                f"data: {FOLDER}/{name} cannot be read ({error}): write it with np.savez_compressed, "
                "numbers alone"
            ) from None
    if (total := sum(map(len, found.values()))) > MOST_DATA:
        raise ValueError(f"data: they have {_files.size(total)}, at most {_files.size(MOST_DATA)}")
    return found


def digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file, for the manifest: changed data are a new version of the tests."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}


def check_public(source: str, names: Mapping[str, Any]) -> None:
    """Refuse a public test that asks for data: students have none.

    Raises
    ------
    Wrong
        With the line where it does.
    """
    if testcells.is_hidden(source):
        return
    for node in ast.walk(ast.parse(source)):
        asked = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func) == "checks.data"
        )
        if asked or (isinstance(node, ast.Constant) and node.value in names):
            raise Wrong(
                getattr(node, "lineno", 1) - 1,
                "a public test asks for data that students never get, so it fails in every notebook: write "
                "`hidden: true` into its settings",
            )


def found_in(content: bytes, contents: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of data that a student's file holds, plain or in base64."""
    for name, whole in contents.items():
        middle = whole[len(whole) // 2 :][:_PROBE]
        probes = [middle, *(base64.b64encode(middle[k : k + 3 * (_PROBE // 4)]) for k in range(3))]
        if any(probe in content for probe in probes):
            yield name
