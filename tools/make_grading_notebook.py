"""Make the notebook with which an instructor grades in Colab, from the page of the guide that is its text.

    python tools/make_grading_notebook.py

Each block of Python on the page is a cell. A test asks that page and notebook are in step.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "book/instructors/grade-in-colab.md"
NOTEBOOK = ROOT / "book/_static/instructors/grade-in-colab.ipynb"
_CODE = re.compile(r"^```python\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
_ROLE = re.compile(r"\{(?:doc|download)\}`(?:([^`<]+?) <[^`]*>|([^`]+))`")


def notebook(page: str) -> str:
    """Return the notebook as JSON: prose and code of the page in turn.

    Parameters
    ----------
    page : str
        The page's text.
    """
    sys.path.insert(0, str(ROOT / "book/_ext"))
    from notebook_markdown import plain_markdown

    def words(role: str, target: str) -> str:
        return f"*{target}*"

    parts = _CODE.split(page)
    note = f"*Generated from {PAGE.relative_to(ROOT)} by tools/{Path(__file__).name}. Do not edit.*\n"
    cells = []
    for number, part in enumerate(parts):
        if number % 2:
            cells.append(nbformat.v4.new_code_cell(part.rstrip()))
        elif part.strip():
            prose = plain_markdown(_ROLE.sub(lambda m: m[1] or f"*{m[2]}*", part.strip()), words)
            cells.append(nbformat.v4.new_markdown_cell(prose if cells else f"{prose}\n\n{note}"))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(notebook(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"wrote {NOTEBOOK.relative_to(ROOT)}")
