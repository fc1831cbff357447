"""What a notebook that ran has to show."""

import nbformat


def raised(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the cells that raised, and what."""
    return [
        f"{cell.source[:80]!r}: {output.ename}: {output.evalue}"
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
