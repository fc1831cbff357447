"""Every chapter is in the site as a notebook, and the buttons open that notebook."""

import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from sphinx.util import docname_join

from autograder.release.addresses import filled
from coursekit import start
from tests.book import tiny
from tests.site.pages import CHAPTERS, parse
from tests.support import ROOT
from tools.publish.links import target
from tools.publish.tree import filled as published

pytestmark = pytest.mark.site


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
def test_notebook_names_other_pages_by_their_titles(site: Path, page: str) -> None:
    """Pages of other folders have the same last name: each reference is looked up from where it stands."""
    source = (ROOT / "book" / f"{page}.md").read_text(encoding="utf-8")
    cells = nbformat.read(site / "notebooks" / f"{page}.ipynb", as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    for name in re.findall(r"\{doc\}`([^`<]+)`", source):
        heading = parse(site, docname_join(page, name)).select_one("article h1")
        assert heading is not None
        title = re.sub(r"^\d+\.\s*|#$", "", heading.get_text()).strip()
        assert title in prose, f"{name} is {title}"


@pytest.mark.parametrize("page", CHAPTERS)
def test_buttons_open_the_notebook(site: Path, page: str) -> None:
    buttons = parse(site, page).select(".article-header-buttons a[href]")
    said = {button.get_text(strip=True): str(button["href"]) for button in buttons}
    there, notebook = published(ROOT), f"notebooks/{page}.ipynb"
    assert said["Colab"] == there.colab(notebook)
    assert said["Binder"] == there.binder(notebook)
    assert "JupyterHub" not in said, "there is no hub in _config.yml"
    assert "Suggest edit" not in said, "the public repository has no sources of the book"
    assert said["Repository"] == there.repository
    (download,) = [link for link in said.values() if link.endswith(".ipynb") and "//" not in link]
    assert (site / page).parent.joinpath(download).resolve() == site / notebook
    for link in (said["Colab"], said["Binder"]):
        assert target(link, there) == notebook, "the root of the published branch is the site"


def test_the_homeworks_are_in_the_site_as_they_are_handed_out(site: Path) -> None:
    for folder in (ROOT / "assignments").iterdir():
        name = f"{folder.name}/{folder.name}.ipynb"
        assert (site / "assignments" / name).read_bytes() == (ROOT / "assignments" / name).read_bytes()
        with zipfile.ZipFile(site / "archives" / f"{folder.name}.zip") as inner:
            assert inner.read(name) == (ROOT / "assignments" / name).read_bytes()
            assert len(inner.namelist()) == len(list(folder.rglob("*.py"))) + 1


@pytest.mark.slow
def test_a_hub_that_is_named_gets_a_button(tmp_path: Path) -> None:
    made = tiny.make(tmp_path)
    config = tmp_path / "_config.yml"
    text = config.read_text(encoding="utf-8")
    assert 'jupyterhub_url: ""' in text
    config.write_text(text.replace('jupyterhub_url: ""', "jupyterhub_url: https://hub.example.edu"))
    assert tiny.tool("build_book").build(tmp_path) == 0
    page = parse(made.parent / "_build" / "html", tiny.FIRST)
    (link,) = [str(tag["href"]) for tag in page.select("a[href^='https://hub.example.edu']")]
    there = published(ROOT)
    assert link == there.hub("https://hub.example.edu", f"notebooks/{tiny.FIRST}.ipynb")
    assert target(link, there) == f"notebooks/{tiny.FIRST}.ipynb"
