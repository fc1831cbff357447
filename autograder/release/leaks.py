"""Finds what must not reach a student: solution lines, hidden tests, compiled files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping

from autograder.release import attached, blocks, testcells
from autograder.release.master import MARK, Master

SHORTEST = 10  # characters of a line worth looking for: shorter ones (`else:`) are everywhere
COMPILED = (".pyc", ".pyo", ".so", ".pyd", ".pkl", ".pickle", ".otter", ".db")


def secrets(master: Master) -> set[str]:
    """Return the lines of ``master`` that only an instructor may see, stripped.

    What a student may see elsewhere in the notebook or in a public test is no secret.
    """
    hidden: set[str] = set()
    visible: list[str] = []
    for cell in master.notebook.cells:
        block = cell.metadata.get(MARK, {}).get("block")
        if block == "tests":
            if testcells.is_hidden(cell.source):
                hidden.update(_lines(cell.source))
            else:
                visible.append(cell.source)
        elif block == "solution" and cell.cell_type == "markdown":
            hidden.update(_lines(cell.source))
        else:
            lines = (
                list(blocks.regions(cell.source))
                if cell.cell_type == "code"
                else [(k, line, False) for k, line in enumerate(cell.source.splitlines())]
            )
            hidden.update(_lines("\n".join(line for _, line, secret in lines if secret)))
            visible.append("\n".join(line for _, line, secret in lines if not secret))
    seen = bare("\n".join(visible))
    return {line for line in hidden if bare(line) not in seen}


def find(master: Master, files: Mapping[str, bytes]) -> list[str]:
    """Return one line for each leak in ``files``, which maps paths to contents; zips are opened.

    Test files are compared without their layout, because Otter rewrites each test on its way out.
    """
    wanted = {bare(line): line for line in secrets(master)}
    found = []
    for path, content in _opened(files):
        if held := list(attached.found_in(content, master.data)):
            found.append(f"{path}: data that only the grader may have, {', '.join(held)}")
            continue
        if path.endswith(COMPILED) or "__pycache__" in path:
            found.append(f"{path}: a compiled or binary file")
            continue
        text = bare(text_of(path, content))
        found += [f"{path}: {line}" for bare, line in sorted(wanted.items()) if bare in text]
        if re.search(r"hidden\s*=\s*True", content.decode("utf-8", "replace")):
            found.append(f"{path}: a hidden test")
    return found


def _opened(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path, content in files.items():
        if path.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as inner:
                yield from _opened({f"{path}/{name}": inner.read(name) for name in inner.namelist()})
        else:
            yield path, content


def _lines(source: str) -> set[str]:
    return {line.strip() for line in source.splitlines() if len(line.strip()) >= SHORTEST}


def bare(text: str) -> str:
    """Drop blanks and the kind of quotes: what remains survives a formatter."""
    return re.sub(r"\s+", "", text).replace('"', "'")


def text_of(path: str, content: bytes) -> str:
    """Return the readable text; a notebook's or bundle's strings without JSON's escapes."""
    text = content.decode("utf-8", "replace")
    if not path.endswith((".ipynb", ".json")):
        return text
    return "\n".join(_strings(json.loads(text)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        if value and all(isinstance(v, str) for v in value):
            yield "".join(value)
        else:
            for inner in value:
                yield from _strings(inner)
