"""Sphinx extension: pages show the outputs that `chapter_execution` saved.

Before any page is read, those whose code has changed, or a module that it imports, are run, several at once.
A page that cannot be run is named with the line of its cell, and fails the build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chapter_execution import RECORD, Book, is_code
from myst_nb import sphinx_ as myst_nb_sphinx
from myst_nb.core.execute import NotebookClientBase
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


class SavedOutputs(NotebookClientBase):
    """What myst-nb asks for a page's outputs: it takes them from the saved notebook and runs nothing."""

    def start_client(self) -> None:
        """Lay the saved outputs into the notebook, but for what is recorded for tests alone."""
        if self.path is None:
            return
        book: Book = self._kwargs["book"]
        saved = book.saved(self.path.relative_to(book.source).with_suffix("").as_posix())
        if saved is None:  # it failed, and that has been said
            return
        cells = [cell for cell in self.notebook.cells if is_code(cell)]
        for cell, done in zip(cells, saved.cells, strict=True):
            cell.outputs = [output for output in done.outputs if RECORD not in output.get("data", {})]
            cell.execution_count = done.execution_count


def book_of(app: Sphinx) -> Book:
    """Return the notebooks of the book that is built."""
    return Book(Path(app.srcdir))


def run_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Run what has to be run; name the pages that have to be read again for it."""
    book = book_of(app)
    pages = [page for page in book.notebooks() if page in env.found_docs]
    saved = {page: book.saved(page) for page in pages}
    stale = [page for page, notebook in saved.items() if notebook is None]
    for failure in book.run(stale, seconds=app.config.nb_execution_timeout):
        LOGGER.warning(str(failure), type="course", subtype="execution")
    saved |= {page: book.saved(page) for page in stale}
    digests = {page: notebook and notebook.metadata.digest for page, notebook in saved.items()}
    shown = getattr(env, "course_digests", {})
    env.course_digests = digests  # type: ignore[attr-defined]
    return [page for page in pages if not digests[page] or shown.get(page) != digests[page]]


def take_saved_outputs(app: Sphinx) -> None:
    """Put `SavedOutputs` in the place of what myst-nb would run a page with."""
    book = book_of(app)

    def client(
        notebook: NotebookNode, source: str, nb_config: Any, logger: Any, read_fmt: Any = None
    ) -> SavedOutputs:
        return SavedOutputs(notebook, Path(source), nb_config, logger, book=book)

    myst_nb_sphinx.create_client = client


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the above to Sphinx's events."""
    app.connect("builder-inited", take_saved_outputs)
    app.connect("env-get-outdated", run_outdated)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
