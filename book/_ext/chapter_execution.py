"""Run the chapters, each once, and keep what came out.

    python book/_ext/chapter_execution.py [PAGE ...]     such as convolution/pooling; all pages without one

writes ``_build/executed/PAGE.ipynb``: the code cells with their outputs. The build of the book and the tests
both read from there. A page runs again when its code has changed, or a module that it imports.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from chapter_sources import digest
from myst_nb.core.read import (
    MystMetadataParsingError,
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

RECORD = "application/vnd.coursekit.record+json"
"""Outputs that `coursekit.record` makes: for tests, not for the page."""

SECONDS = 300
"""That a cell may take. A slow machine is no error."""


@dataclass(frozen=True)
class Failure:
    """A cell that raised, or took too long."""

    path: Path
    line: int
    what: str
    traceback: str

    def __str__(self) -> str:
        return f"{os.path.relpath(self.path)}:{self.line}: {self.what}\n{self.traceback}".rstrip()


class Book:
    """The notebooks of a book.

    Parameters
    ----------
    source
        Folder of the pages. What runs is kept in ``_build/executed`` beside it.
    """

    def __init__(self, source: Path) -> None:
        self.source = source
        self.kept = source.parent / "_build" / "executed"

    def notebooks(self) -> list[str]:
        """Pages that have code to run."""
        found = []
        for path in sorted(self.source.rglob("*.md")):
            inside = path.relative_to(self.source)
            if inside.parts[0] not in {"_ext", "_templates", "_static"} and is_notebook(path):
                found.append(inside.with_suffix("").as_posix())
        return found

    def read(self, page: str) -> NotebookNode:
        """Notebook of a page, as its text has it: without outputs."""
        path = self.source / f"{page}.md"
        return read_myst_markdown_notebook(
            path.read_text(encoding="utf-8"), add_source_map=True, path=str(path)
        )

    def digest(self, page: str) -> str:
        """Name for all that the outputs of a page depend on."""
        return digest(_told(cell) for cell in self.read(page).cells if cell.cell_type == "code")

    def saved(self, page: str) -> NotebookNode | None:
        """Executed code cells of a page; nothing where they are missing or older than what they depend on."""
        path = self.kept / f"{page}.ipynb"
        if not path.is_file():
            return None
        notebook = nbformat.read(path, as_version=4)
        try:
            now = self.digest(page)
        except (MystMetadataParsingError, SyntaxError):  # said when it is to run
            return None
        return notebook if notebook.metadata.get("digest") == now else None

    def run(self, pages: Iterable[str], seconds: int = SECONDS) -> list[Failure]:
        """Run the pages that are not saved as they stand now, several at once; return what went wrong.

        There is one more than there are cores, because a kernel that starts or ends waits a second.
        """
        stale = [page for page in pages if self.saved(page) is None]
        with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
            failures = list(pool.map(lambda page: self._run(page, seconds), stale))
        return [failure for failure in failures if failure]

    def _run(self, page: str, seconds: int) -> Failure | None:
        path, target = self.source / f"{page}.md", self.kept / f"{page}.ipynb"
        try:
            text = self.read(page)
            now = self.digest(page)  # before it runs: who edits meanwhile gets another run
        except (MystMetadataParsingError, SyntaxError) as error:
            line = re.search(r"at line (\d+)", str(error))
            return Failure(path, int(line[1]) if line else 1, f"cannot be read: {error}", "")
        lines = [
            line for cell, line in zip(text.cells, text.metadata.source_map, strict=True) if is_code(cell)
        ]
        cells = [cell for cell in text.cells if is_code(cell)]
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"
        notebook = nbformat.v4.new_notebook(
            cells=cells, metadata={"kernelspec": text.metadata.kernelspec, "digest": now}
        )
        target.unlink(missing_ok=True)
        client = NotebookClient(
            notebook,
            timeout=seconds,
            resources={"metadata": {"path": str(path.parent)}},
            record_timing=False,
            extra_arguments=["--IPKernelApp.log_level=40"],  # not its warning that it speaks over TCP
        )
        try:
            client.execute()
        except CellExecutionError as error:
            stopped = _stopped(notebook)
            what = f"the cell raises {error.ename}: {error.evalue}"
            return Failure(path, lines[stopped] + 1, what, _end(str(error)))
        except CellTimeoutError:
            line = lines[_stopped(notebook)] + 1
            return Failure(path, line, f"the cell takes longer than {seconds} seconds", "")
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".new")
        nbformat.write(notebook, aside)
        aside.replace(target)
        return None


def is_notebook(path: Path) -> bool:
    """Whether a page is a text notebook with a kernel."""
    text = path.read_text(encoding="utf-8")
    return is_myst_markdown_notebook(text) and "\nkernelspec:" in text.split("\n---", 1)[0]


def is_code(cell: NotebookNode) -> bool:
    """Whether a cell is one to run."""
    return bool(cell.cell_type == "code")


def _told(cell: NotebookNode) -> str:
    """Source of a cell, and whether it is meant to raise."""
    return f"{cell.source}\n# {'raises' if 'raises-exception' in cell.metadata.get('tags', []) else ''}"


def _stopped(notebook: NotebookNode) -> int:
    """Count the cells that ran to their end."""
    started = [number for number, cell in enumerate(notebook.cells) if cell.get("execution_count")]
    raised = [
        number
        for number, cell in enumerate(notebook.cells)
        if any(output.output_type == "error" for output in cell.outputs)
        and "raises-exception" not in cell.metadata.get("tags", [])
    ]
    return raised[0] if raised else (started[-1] + 1 if started else 0)


def _end(traceback: str, lines: int = 12) -> str:
    """Keep the end of a traceback: where it was raised, and the message."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", traceback)
    return "\n".join(f"    {line}".rstrip() for line in plain.strip().splitlines()[-lines:])


def main() -> int:
    """Run the pages that the command line names."""
    book = Book(Path(__file__).resolve().parents[1])
    pages = [page.removeprefix("book/").removesuffix(".md") for page in sys.argv[1:]] or book.notebooks()
    for page in pages:
        if not (book.source / f"{page}.md").is_file():
            print(f"there is no page book/{page}.md", file=sys.stderr)
            return 1
    failures = book.run(pages)
    for failure in failures:
        print(failure, file=sys.stderr)
    broken = {failure.path for failure in failures}
    for page in pages:
        if book.source / f"{page}.md" not in broken:
            print(f"{page}: as it stands in {os.path.relpath(book.kept / page)}.ipynb")
    return bool(failures)


if __name__ == "__main__":
    raise SystemExit(main())
