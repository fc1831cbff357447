"""A run notebook's outputs as text and pictures only: nothing a student made is ever live in a page."""

from __future__ import annotations

import base64
import binascii
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from autograder.text import plain

Kind = Literal["text", "stderr", "error", "image", "note"]
MAX_TEXT = 20_000  # characters of one output
MAX_LINES = 200
MAX_IMAGE = 4 * 2**20  # bytes of one picture
MAX_SIDE = 10_000  # pixels
MAX_OUTPUTS = 40  # of one cell
MAX_PAGE = 12 * 2**20  # characters of all cells together
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Output:
    """One thing a cell showed. ``text`` is plain; for an image it is base64 whose header was checked."""

    kind: Kind
    text: str
    mime: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a run notebook; ``attachments`` are the pictures a student pasted into a text, by name."""

    kind: str
    source: str
    outputs: tuple[Output, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Output] = field(default_factory=dict)


def cells(executed: str | None) -> list[Cell]:
    """Read the cells of a run notebook (nbformat JSON).

    Whatever has another shape is left out, and so is what would make the page too large to open.
    """
    content = json.loads(executed) if executed else {}
    found = content.get("cells") if isinstance(content, dict) else None
    read: list[Cell] = []
    left = MAX_PAGE
    listed = found if isinstance(found, list) else []
    for cell in (_cell(c) for c in listed if isinstance(c, dict)):
        left -= len(cell.source) + sum(len(o.text) for o in (*cell.outputs, *cell.attachments.values()))
        if left < 0:
            read.append(Cell("markdown", "", (Output("note", "The rest of the notebook is left out."),)))
            break
        read.append(cell)
    return read


def _cell(cell: dict[str, Any]) -> Cell:
    metadata = cell.get("metadata")
    return Cell(
        str(cell.get("cell_type")),
        plain(_text(cell.get("source"))),
        _outputs(cell.get("outputs")),
        metadata if isinstance(metadata, dict) else {},
        _attachments(cell.get("attachments")),
    )


def _attachments(listed: object) -> dict[str, Output]:
    found: dict[str, Output] = {}
    for name, data in listed.items() if isinstance(listed, dict) else ():
        image = next(_richest(data), None) if isinstance(data, dict) else None
        if image and image.kind == "image":
            found[name] = image
    return found


def _outputs(listed: object) -> tuple[Output, ...]:
    found = [o for o in listed if isinstance(o, dict)] if isinstance(listed, list) else []
    shown = [o for one in found[:MAX_OUTPUTS] for o in _output(one)]
    if len(found) > MAX_OUTPUTS:
        shown.append(Output("note", f"{len(found) - MAX_OUTPUTS} more outputs are left out."))
    return tuple(shown)


def _output(output: dict[str, Any]) -> Iterator[Output]:
    match output.get("output_type"):
        case "stream":
            yield Output(
                "stderr" if output.get("name") == "stderr" else "text", _short(_text(output.get("text")))
            )
        case "error":
            trace = _text(output.get("traceback"), "\n")
            yield Output(
                "error", _short(trace or f"{output.get('ename')}: {output.get('evalue')}", last=True)
            )
        case "display_data" | "execute_result":
            data = output.get("data")
            if isinstance(data, dict):
                yield from _richest(data)


def _richest(data: dict[str, Any]) -> Iterator[Output]:
    """Show a picture if there is one, else the text; HTML, SVG and scripts have no place in a page."""
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            image = _image(_text(data[mime]), mime)
            yield image or Output("note", "A picture that cannot be shown is left out.")
            return
    if "text/plain" in data:
        yield Output("text", _short(_text(data["text/plain"])))
    elif data:
        yield Output("note", f"An output of type {plain(str(min(map(str, data))))[:60]} is left out.")


def _image(encoded: str, mime: str) -> Output | None:
    if len(encoded) > MAX_IMAGE * 4 / 3 + 4096:
        return None
    try:
        raw = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if mime == "image/png":
        # A small file can claim a picture of gigabytes, which a browser would try to unpack.
        if not raw.startswith(_PNG) or len(raw) < 33 or max(struct.unpack(">II", raw[16:24])) > MAX_SIDE:
            return None
    elif not raw.startswith(b"\xff\xd8\xff"):
        return None
    return Output("image", base64.b64encode(raw).decode("ascii"), mime)


def _text(value: object, between: str = "") -> str:
    if isinstance(value, str):
        return value
    return between.join(v for v in value if isinstance(v, str)) if isinstance(value, list) else ""


def _short(text: str, last: bool = False) -> str:
    """Keep the beginning of a long text, or with ``last`` its end, where a traceback says what was wrong."""
    text = plain(text[-4 * MAX_TEXT :] if last else text[: 4 * MAX_TEXT]).strip("\n")
    lines = text.split("\n")
    kept = "\n".join(lines[-MAX_LINES:] if last else lines[:MAX_LINES])
    kept = kept[-MAX_TEXT:] if last else kept[:MAX_TEXT]
    if kept == text:
        return text
    return f"[the beginning is left out]\n{kept}" if last else f"{kept}\n[the rest is left out]"
