"""A submitted file made into a clean notebook, or a reason in words why that cannot be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from autograder.submissions import pictures
from autograder.text import one_line

Notebook = dict[str, Any]

MAX_BYTES = 32 * 2**20  # a notebook full of figures has a few; parsing takes some twenty times as much
MAX_CELLS = 5_000
MAX_CODE = 4 * 2**20  # characters in code cells
_DEPTH = 8  # of metadata
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class UnreadableError(ValueError):
    """There is no notebook to grade; the message says why, for the instructor and the student."""


def read(submission: str | bytes) -> Notebook:
    """Read a submission as a notebook: the one reader, whoever grades, compares or shows it.

    Whatever the file's age and damage, what comes back has the same plain form: every cell has an id of
    its own, a type, a source that is one string, and no old outputs. The grader runs the cells again, so
    nothing a student stored in an output can count. Pictures that Colab pasted are attachments.

    Parameters
    ----------
    submission : str or bytes
        The file. Bytes are UTF-8 with or without a byte order mark, UTF-16 with one; anything else is read as
        Latin-1.

    Returns
    -------
    dict
        A notebook of nbformat 4.5. Equal bytes give equal notebooks.

    Raises
    ------
    UnreadableError
        When it is no notebook; nothing else is raised, whatever was submitted.
    """
    if len(submission) > MAX_BYTES:
        raise UnreadableError(f"the notebook is larger than {MAX_BYTES // 2**20} MiB")
    raw = submission if isinstance(submission, bytes) else submission.encode("utf-8", "surrogatepass")
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError("the file is empty" if not raw else "the file holds nothing but blanks")
    _refuse_other_formats(raw)
    text = submission if isinstance(submission, str) else text_of(submission)
    try:
        # NaN is no JSON, though Python writes it; json.loads refuses integers of thousands of digits itself.
        return _clean(_version_4(json.loads(text, parse_constant=lambda _: None)))
    except UnreadableError:
        raise
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"not a notebook: broken JSON at {where} ({error.msg})") from None
    except RecursionError:
        raise UnreadableError("not a notebook: its JSON is nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"not a notebook: broken JSON ({one_line(str(error), 80)})") from None


def parse(raw: bytes) -> str:
    """Read a submission as `read` does, and return it as JSON, ASCII only.

    Raises
    ------
    UnreadableError
        When it is no notebook.
    """
    return json.dumps(read(raw))


def _refuse_other_formats(raw: bytes) -> None:
    start = raw[:512].lstrip()
    if start.startswith(b"%PDF"):
        raise UnreadableError("not a notebook: the file is a PDF")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise UnreadableError("not a notebook: the file is a zip; its name should end in .zip")
    if start.startswith(b"<"):
        raise UnreadableError("not a notebook: the file is a web page or XML (saved from the browser?)")
    if start.startswith(b"version https://git-lfs"):
        raise UnreadableError("not a notebook: the file is a Git LFS pointer, the notebook itself is missing")


def text_of(raw: bytes) -> str:
    """Decode a file as the encodings of notebooks and scripts go.

    Raises
    ------
    UnreadableError
        When it is no text.
    """
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "latin-1"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("not a notebook: the file is not text")


def _version_4(content: object) -> Mapping[str, Any]:
    """Check that ``content`` is a notebook, and upgrade nbformat 3."""
    if not isinstance(content, dict) or not {"nbformat", "cells", "worksheets"} & content.keys():
        raise UnreadableError("not a notebook: the file is JSON, but of another kind")
    version = content.get("nbformat", 4)
    if version == 3 and "worksheets" in content:
        return {"cells": _cells_of_version_3(content["worksheets"]), "metadata": content.get("metadata")}
    if version != 4 or isinstance(version, bool):
        raise UnreadableError(f"nbformat {one_line(str(version), 20)} cannot be read; save it as nbformat 4")
    if not isinstance(content.get("cells"), list):
        raise UnreadableError("not a notebook: it has no list of cells")
    return content


def _cells_of_version_3(worksheets: object) -> list[dict[str, Any]]:
    """Lift the cells out of nbformat 3's worksheets, where code is ``input`` and a heading is a cell type."""
    sheets = worksheets if isinstance(worksheets, list) else []
    cells: list[dict[str, Any]] = []
    for sheet in (s for s in sheets if isinstance(s, dict)):
        for cell in (c for c in _listed(sheet.get("cells")) if isinstance(c, dict)):
            kind, source = cell.get("cell_type"), cell.get("input", cell.get("source"))
            if kind == "heading":
                level = cell.get("level")
                marks = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)
                kind, source = "markdown", f"{marks} {_joined(source)}"
            cells.append({"cell_type": kind, "source": source, "metadata": cell.get("metadata")})
    return cells


def _clean(notebook: Mapping[str, Any]) -> dict[str, Any]:
    cells = notebook["cells"]
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"the notebook has {len(cells)} cells; at most {MAX_CELLS} are read")
    metadata = _metadata(notebook.get("metadata"))
    _refuse_other_languages(metadata)
    taken: set[str] = set()
    clean = [_clean_cell(c, i, taken) for i, c in enumerate(cells) if isinstance(c, dict)]
    code = sum(len(c["source"]) for c in clean if c["cell_type"] == "code")
    if code > MAX_CODE:
        raise UnreadableError(f"the notebook has more than {MAX_CODE // 2**20} MiB of code")
    if not any(c["source"].strip() for c in clean):
        raise UnreadableError("the notebook has nothing in it")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {**metadata, "kernelspec": kernel}
    return {"cells": clean, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _clean_cell(cell: Mapping[str, Any], index: int, taken: set[str]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown", "raw") else "raw"
    name = cell.get("id")
    if not isinstance(name, str) or not _CELL_ID.fullmatch(name) or name in taken:
        name = next(n for n in (f"cell-{index}{'x' * k}" for k in range(MAX_CELLS + 1)) if n not in taken)
    taken.add(name)
    source, attachments = _joined(cell.get("source")), pictures.attached(cell.get("attachments"))
    if kind == "markdown":
        source, attachments = pictures.unpasted(source, attachments)
    metadata = _metadata(cell.get("metadata"))
    clean: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    if kind == "code":
        clean |= {"execution_count": None, "outputs": []}
    elif attachments:
        clean["attachments"] = attachments
    return clean


def _shallow(metadata: object, depth: int = _DEPTH) -> bool:
    """Say whether metadata is nested no deeper than tools nest it: written with indents it would explode."""
    if not isinstance(metadata, dict | list):
        return True
    inner = metadata.values() if isinstance(metadata, dict) else metadata
    return depth > 0 and all(_shallow(value, depth - 1) for value in inner)


def _metadata(found: object) -> dict[str, Any]:
    """Keep what metadata a cell or a notebook has, but for what is nested too deeply."""
    kept = found if isinstance(found, dict) else {}
    return {key: value for key, value in kept.items() if _shallow(value)}


def _joined(source: object) -> str:
    """Join a source's lines; half a surrogate pair, which no file can hold, becomes a question mark box."""
    text = source if isinstance(source, str) else "".join(s for s in _listed(source) if isinstance(s, str))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _refuse_other_languages(metadata: Mapping[str, Any]) -> None:
    for key, field in (("kernelspec", "language"), ("language_info", "name")):
        entry = metadata.get(key)
        language = entry.get(field) if isinstance(entry, dict) else None
        if isinstance(language, str) and language.strip():
            if "python" not in language.lower():
                raise UnreadableError(f"the notebook is written in {one_line(language, 20)}, not in Python")
            return
