"""Turn a chapter (MyST text) into a notebook that Colab and Jupyter can open."""

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from notebook_markdown import Resolve, plain_markdown

SETUP = """\
# On Colab this cell installs the course's package; elsewhere it does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install -q "{source}"
"""


def chapter_notebook(text: str, install_source: str, resolve: Resolve) -> NotebookNode:
    """Convert a chapter.

    Parameters
    ----------
    text
        The chapter's source: a MyST text notebook.
    install_source
        What pip installs in Colab: a requirement with the repository's address.
    resolve
        Gives the words of a reference, which only the book can look up.

    Returns
    -------
    NotebookNode
        A notebook without outputs, whose first cell installs the course's package in Colab. The same text
        gives the same notebook.
    """
    notebook = jupytext.reads(text, fmt="md:myst")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = plain_markdown(cell.source, resolve)
        elif {"hide-input", "remove-input"} & set(cell.metadata.get("tags", [])):
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"  # Colab's word for the same
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    notebook.cells.insert(0, new_code_cell(SETUP.format(source=install_source)))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # jupytext draws ids at random
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook
