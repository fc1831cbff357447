"""Turn a chapter (MyST text) into a notebook that Colab and Jupyter can open."""

import re

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from notebook_markdown import Resolve, plain_markdown

from coursekit import start

_TORCH = re.compile(r"^\s*(?:import|from) torch\b", re.MULTILINE)


def chapter_notebook(text: str, install_source: str, resolve: Resolve) -> NotebookNode:
    """Convert a chapter.

    Parameters
    ----------
    text
        The chapter's source: a MyST text notebook.
    install_source
        What pip installs where the course's package is missing: the address of its wheel.
    resolve
        Gives the words of a reference, which only the book can look up.

    Returns
    -------
    NotebookNode
        A notebook without outputs, whose first cell is that of every notebook (`coursekit.start`). The same
        text gives the same notebook.
    """
    notebook = jupytext.reads(text, fmt="md:myst")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain_markdown(cell.source, resolve)
        elif {"hide-input", "remove-input"} & set(cell.metadata.get("tags", [])):
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"  # Colab's word for the same
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    first = start.cell(install_source, torch=bool(_TORCH.search(code))).rstrip("\n")
    notebook.cells.insert(0, new_code_cell(first))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # jupytext draws ids at random
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook
