"""What a cell shows: streams, displays and errors, kept up to a limit, in the shape of nbformat."""

from __future__ import annotations

import base64
import io
from typing import Any

from .wire import Tree

MIME_TYPES = (
    "text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml",
)  # fmt: skip


class Outputs:
    """Collects the outputs of one cell.

    Each output is a tree: ``["stream", name, text]``, ``["display" | "result", mime, data, …]`` or
    ``["error", name, value, traceback]``. What goes beyond ``limit`` bytes is dropped, and a note says so.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.begin()

    def begin(self) -> None:
        """Start a new cell."""
        self._room = self.limit
        self._items: list[list[Any]] = []
        self._cut = False

    def stream(self, name: str, text: str) -> None:
        """Add text to a stream; text that follows text of the same stream joins it."""
        text = self._fit(text)
        if not text:
            return
        if not self._items or self._items[-1][:2] != ["stream", name]:
            self._items.append(["stream", name])
        self._items[-1].append(text)

    def show(self, kind: str, data: dict[str, Any]) -> None:
        """Add a display; only text and images are kept, and only whole."""
        bundle: list[Tree] = []
        for mime in MIME_TYPES:
            value = data.get(mime)
            if isinstance(value, bytes):
                value = base64.b64encode(value).decode()
            if isinstance(value, str) and len(value) <= self._room:
                self._room -= len(value)
                bundle += [mime, value]
            elif value is not None:
                self._cut = True
        if bundle:
            self._items.append([kind, *bundle])

    def error(self, name: str, value: str, traceback: str) -> None:
        """Add the error that ended the cell; some room is always reserved for it."""
        self._items.append(["error", name[:200], value[:2000], traceback[-10_000:]])

    def clear(self) -> None:
        """Forget what was shown, but not the room it took."""
        self._items = []

    def take(self) -> list[Tree]:
        """Return the outputs of the cell."""
        trees: list[Tree] = []
        for item in self._items:
            if item[0] == "stream":
                item = ["stream", item[1], "".join(item[2:])]
            trees.append([_clean(part) for part in item])
        if self._cut:
            trees.append(
                ["stream", "stderr", f"[the rest of the output is cut: {self.limit} bytes are kept]\n"]
            )
        return trees

    def _fit(self, text: str) -> str:
        if len(text) > self._room:
            self._cut = True
            text = text[: self._room]
        self._room -= len(text)
        return text


class Stream(io.TextIOBase):
    """A ``sys.stdout`` or ``sys.stderr`` that writes into :class:`Outputs`."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Add ``text`` to the outputs."""
        self._outputs.stream(self._name, str(text))
        return len(text)


def _clean(text: Any) -> str:
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")
