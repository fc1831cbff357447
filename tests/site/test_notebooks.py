"""Every chapter is in the site as a notebook, and the buttons open that notebook."""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from autograder.release.addresses import filled
from coursekit import start
from tests.site.pages import CHAPTERS, parse
from tests.support import ROOT

pytestmark = pytest.mark.site

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", CHAPTERS)
def test_notebook_is_valid_and_begins_with_the_first_cell_of_all(site: Path, page: str) -> None:
    notebook = nbformat.read(site / "notebooks" / f"{page}.ipynb", as_version=4)
    nbformat.validate(notebook)
    first = notebook.cells[0]
    assert first.cell_type == "code"
    code = "\n".join(cell.source for cell in notebook.cells[1:] if cell.cell_type == "code")
    uses_torch = bool(re.search(r"^\s*(?:import|from) torch\b", code, re.MULTILINE))
    assert first.source == start.cell(filled(ROOT)["install"], torch=uses_torch).rstrip("\n")


@pytest.mark.parametrize("page", CHAPTERS)
def test_notebook_holds_every_code_cell_of_the_chapter(site: Path, page: str) -> None:
    source = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
    cells = nbformat.read(site / "notebooks" / f"{page}.ipynb", as_version=4).cells
    count = len(re.findall(r"^```\{code-cell\}", source, re.MULTILINE))
    assert count == sum(cell.cell_type == "code" for cell in cells) - 1


@pytest.mark.parametrize("page", CHAPTERS)
def test_notebook_shows_no_raw_directive(site: Path, page: str) -> None:
    cells = nbformat.read(site / "notebooks" / f"{page}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert re.findall(r"^ *(?:`{3,}|:{3,})\{.*$|\{[a-z:]+\}`|^\([\w-]+\)=$", prose, re.MULTILINE) == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_buttons_open_the_notebook(site: Path, page: str) -> None:
    links = [str(tag["href"]) for tag in parse(site, page).select("a[href]")]
    colab = [link for link in links if "colab" in link]
    repository = CONFIG["repository"]["url"].removeprefix("https://github.com/")
    branch = CONFIG["sphinx"]["config"]["course_published_branch"]
    start = f"https://colab.research.google.com/github/{repository}/blob/{branch}/"
    assert colab == [f"{start}notebooks/{page}.ipynb"]
    assert (site / colab[0].removeprefix(start)).is_file(), "the published branch is the site"
    downloads = [link for link in links if link.endswith(".ipynb") and link not in colab]
    assert [(site / page).parent.joinpath(link).resolve() for link in downloads] == [
        site / "notebooks" / f"{page}.ipynb"
    ]
