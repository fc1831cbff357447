"""Makes the file that a student hands in, from Jupyter as from Colab."""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import FunctionType
from typing import Any
from urllib.parse import quote

from coursekit._bundle import Question
from coursekit._report import marked

_MEGABYTE = 2**20
_STALE_SECONDS = 60
_LARGE = 20 * _MEGABYTE


@dataclass(frozen=True)
class Submission:
    """The file to hand in, and what to know before doing so."""

    path: Path
    warnings: tuple[str, ...]
    downloaded: bool = False

    def __repr__(self) -> str:
        return "\n".join([f"Ready to submit: {self.path}", *(f"Careful: {text}" for text in self.warnings)])

    def _repr_html_(self) -> str:
        name = escape(self.path.name)
        link = (
            name
            if self.downloaded
            else f'<a style="color:inherit" href="{quote(self.path.name)}" download="{name}">{name}</a>'
        )
        where = " Your browser is downloading it." if self.downloaded else ""
        items = "".join(f"<li>{marked(text)}</li>" for text in self.warnings)
        careful = f"<div><strong>Careful:</strong><ul>{items}</ul></div>" if items else ""
        color = "#e8590c" if items else "#2f9e44"
        return (
            f'<div style="border-left:4px solid {color};padding:.2em .8em;line-height:1.5">'
            f"<div><strong>Ready to submit:</strong> {link}.{where}</div>{careful}</div>"
        )


def in_colab() -> bool:
    """Whether this is a Colab session; its kernel has loaded the package before any cell runs."""
    return "google.colab" in sys.modules


def from_colab() -> dict[str, Any]:
    """Ask Colab's front end for the notebook as shown on the screen.

    Raises
    ------
    RuntimeError
        If it does not answer; the message says how to submit by hand.
    """
    by_hand = "Choose File > Download > Download .ipynb and submit that file."
    try:
        from google.colab import _message

        reply = _message.blocking_request("get_ipynb", request="", timeout_sec=60)
    except Exception as error:
        raise RuntimeError(f"export: Colab did not hand over the notebook ({error}). {by_hand}") from error
    if not isinstance(reply, dict) or not isinstance(reply.get("ipynb"), dict):
        raise RuntimeError(f"export: Colab did not hand over the notebook in a minute. {by_hand}")
    notebook: dict[str, Any] = reply["ipynb"]
    return notebook


def unsaved_in_colab(notebook: Mapping[str, Any]) -> list[str]:
    """Warn where Colab has stored no copy of the notebook; it signs those that it has in a Drive."""
    colab = notebook.get("metadata", {}).get("colab", {})
    if isinstance(colab, dict) and colab.get("authorship_tag"):
        return []
    return [
        "Colab seems to have no copy of this notebook. The zip holds it as it is on the screen, but what you"
        " write is lost when this tab closes: choose File > Save a copy in Drive."
    ]


def find_notebook(given: str | Path | None, usual: str, environment: Mapping[str, Any]) -> Path:
    """Return the notebook's file: the one given, the one running, the usual one, or the only one here.

    Raises
    ------
    ValueError
        If there is none, or several and no way to choose.
    """
    if given is not None:
        if not Path(given).is_file():
            raise ValueError(f"export: there is no file {str(given)!r} in {Path.cwd()}")
        return Path(given)
    running = (environment.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME"), usual)
    for name in running:  # VS Code and Jupyter say which notebook this is; it may have been renamed
        if isinstance(name, str) and name.endswith(".ipynb") and Path(name).is_file():
            return Path(name)
    here = sorted(path.name for path in Path().glob("*.ipynb"))
    if len(here) == 1:
        return Path(here[0])
    example = f'grader.export("{here[0] if here else usual}")'
    found = f"found {', '.join(here)}" if here else f"found no notebook in {Path.cwd()}"
    raise ValueError(f"export: {usual} is not here, {found}. Say which file is your notebook: {example}")


def parse(content: str, name: str) -> dict[str, Any]:
    """Read a notebook's text.

    Raises
    ------
    ValueError
        If it is empty or no notebook.
    """
    if not content.strip():
        raise ValueError(f"export: {name} is empty. Save the notebook, then run this cell again.")
    try:
        notebook = json.loads(content)
    except json.JSONDecodeError as error:
        raise ValueError(f"export: {name} is not a notebook ({error}). Save it again from Jupyter.") from None
    check_shape(notebook, name)
    return dict(notebook)


def check_shape(notebook: object, name: str) -> None:
    """Refuse what is no notebook of format 4: graders could not open it.

    Raises
    ------
    ValueError
        The message says what is missing.
    """
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError(f"export: {name} is not a notebook of format 4 (nbformat)")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not cells:
        raise ValueError(f"export: {name} has no cells")
    for number, cell in enumerate(cells):
        if not isinstance(cell, dict) or not {"cell_type", "source"} <= set(cell):
            raise ValueError(f"export: cell {number} of {name} is broken; it has no type or no source")


def warnings_about(
    notebook: Mapping[str, Any], questions: Sequence[Question], environment: Mapping[str, Any]
) -> list[str]:
    """Say what a student should know: questions that are gone, code that is not in the file, a huge file."""
    told = []
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    marks = [json.dumps(cell.get("metadata", {}).get("otter", "")) for cell in notebook["cells"]]
    text = "\n".join(sources + marks)
    gone = [
        q.name
        for q in questions
        if not re.search(rf"(?<![A-Za-z0-9]){re.escape(q.name)}(?![A-Za-z0-9])", text)
    ]
    if gone:
        told.append(
            f"the notebook has no cells any more for {', '.join(gone)}. Copy them from a fresh notebook."
        )
    on_screen = "the notebook has no such code: run its cell again, or put it back, and export again"
    in_file = "the file has no such code: save the notebook and export again, or put the cell back"
    told += [
        f"`{name}` works in this session, but {on_screen if in_colab() else in_file}. Your grader starts from"
        " the file alone."
        for name in _only_in_memory(sources, environment)
    ]
    size = len(json.dumps(notebook))
    if size > _LARGE:
        told.append(
            f"the notebook is {size / _MEGABYTE:.0f} MB. Clear the large outputs, save, and export again."
        )
    return told


def age_warning(path: Path) -> list[str]:
    """Warn when the file was last saved more than a minute ago."""
    minutes = (time.time() - path.stat().st_mtime) / 60
    if minutes * 60 <= _STALE_SECONDS:
        return []
    ago = f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
    ago = "a minute" if minutes < 1.5 else ago
    return [f"{path.name} was last saved {ago} ago. If it changed since, save it and run this cell again."]


def write(
    notebook: str, member: str, stem: str, folder: Path, files: Mapping[str, bytes] | None = None
) -> Path:
    """Write the complete zip or nothing, and return its path.

    Parameters
    ----------
    notebook : str
        The notebook's text.
    member : str
        What the notebook is called inside.
    stem : str
        How the file's name begins.
    folder : Path
        Where it goes.
    files : mapping of str to bytes, optional
        What is handed in beside the notebook.
    """
    target = folder / f"{stem}_submission_{time.strftime('%Y%m%d_%H%M%S')}.zip"
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{stem}_", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, notebook)
            for name, content in (files or {}).items():
                archive.writestr(name, content)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def download(path: Path) -> bool:
    """Let Colab's browser download the file; False where it cannot."""
    try:
        from google.colab import files

        files.download(str(path))
    except Exception:
        return False
    return True


def _only_in_memory(sources: Sequence[str], environment: Mapping[str, Any]) -> list[str]:
    """Name the functions defined in this session whose text no cell of the file has."""
    cells = [_squeezed(source) for source in sources]
    names = []
    for name, value in list(environment.items()):
        if (
            name.startswith("_")
            or not isinstance(value, FunctionType)
            or value.__globals__ is not environment
        ):
            continue
        try:
            text = _squeezed(inspect.getsource(value))
        except (OSError, TypeError):
            continue
        if not any(text in cell for cell in cells):
            names.append(name)
    return names


def _squeezed(source: str) -> str:
    return "\n".join(line.strip() for line in source.splitlines() if line.strip())
