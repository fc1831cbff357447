"""What the public repository holds: everything that a reader is led to, and nothing else."""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Browser

from tests.publish.conftest import FIRST, HELD_BACK, SECOND, Authors
from tests.site.conftest import _Quiet
from tests.support import ROOT
from tools.publish import allowed, destination, links, tree

pytestmark = pytest.mark.site
TOP = {
    ".git", ".github", ".nojekyll", "LICENSE", "LICENSE-TEXT", "NOTICE.md", "README.md", "CITATION.cff",
    "CHANGELOG.md", "SECURITY.md",
    "pyproject.toml", "src", "assignments", "archives", "wheels", "offline", "notebooks", "robots.txt",
    "sitemap.xml", "genindex.html", "search.html", "searchindex.js", "objects.inv",
    "book", "benchmarks", "_static", "_images", "_modules", "_sources", "_downloads",
}  # fmt: skip


def files(folder: Path) -> set[str]:
    return {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts
    }


def test_its_top_is_what_the_allow_list_names(public: Path) -> None:
    pages = {page.partition("/")[0] for page in allowed.pages(ROOT)}
    assert {path.name for path in public.iterdir()} == TOP | pages
    assert {path.parent.name for path in (public / ".github").rglob("*.*")} == {"ISSUE_TEMPLATE"}
    assert not [path for path in files(public) if "autograder" in path.split("/") or "solutions" in path]


def test_every_link_and_button_leads_to_something_in_it(public: Path) -> None:
    assert links.dangling(public, tree.filled(ROOT)) == []


def test_buttons_lead_to_notebooks_of_the_tree(public: Path) -> None:
    there = tree.filled(ROOT)
    opened: dict[str, set[str]] = {"colab.research.google.com": set(), "mybinder.org": set()}
    for page in [*public.glob("*.html"), *public.glob("*/*.html")]:
        for link in links.hrefs(page.read_text(encoding="utf-8")):
            host, path = urlsplit(link).netloc, links.target(link, there)
            if host in opened and path:
                opened[host].add(path)
    ours = ("notebooks/", "assignments/")
    notebooks = {path for path in files(public) if path.endswith(".ipynb") and path.startswith(ours)}
    assert len(notebooks) > 40
    assert opened == dict.fromkeys(opened, notebooks)
    for path in notebooks:
        nbformat.validate(nbformat.read(public / path, as_version=4))


def test_the_scripts_that_readers_are_told_to_run_are_there(public: Path) -> None:
    """Teachers' pages speak of the authors' repository; every other one, of this."""
    pages = [
        p for p in public.glob("*/*.html") if p.parent.name not in ("instructors", "_modules", "offline")
    ]
    told = {
        path
        for page in pages
        for path in re.findall(r"(?:book|benchmarks)/[\w/-]+\.py", page.read_text(encoding="utf-8"))
    }
    assert len(told) > 10
    told.remove("benchmarks/layers.py")  # where a table comes from; it needs the grader's package
    assert [path for path in sorted(told) if not (public / path).is_file()] == []


def test_the_recipe_runs_from_there(public: Path) -> None:
    command = [sys.executable, "benchmarks/cifar10_speed.py", "--help"]
    environment = {**os.environ, "PYTHONPATH": str(public / "src")}
    told = subprocess.run(command, cwd=public, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "--setting" in told.stdout


def test_a_link_to_a_missing_notebook_is_found(public: Path, tmp_path: Path) -> None:
    there = tree.filled(ROOT)
    gone = "notebooks/gone.ipynb"
    addresses = [there.colab(gone), there.binder(gone), there.hub("https://hub.example.edu", gone), gone]
    addresses += [there.file(gone), there.page("gone")]
    page = "".join(f'<a href="{link}">x</a>'.replace("&", "&amp;") for link in addresses)
    (tmp_path / "index.html").write_text(f'{page}<a href="#here">x</a><a href="https://example.org/x">x</a>')
    assert len(links.dangling(tmp_path, there)) == len(addresses)


def test_a_homework_before_its_day_is_absent(public: Path) -> None:
    assert [path for path in files(public) if HELD_BACK in path] == []
    with zipfile.ZipFile(public / f"{tree.OFFLINE}.zip") as inner:
        assert [name for name in inner.namelist() if HELD_BACK in name] == []
    section = (public / "assignments.html").read_text(encoding="utf-8").partition(f'id="{HELD_BACK}"')[2]
    assert "Released on 1 March 2027." in section
    assert f"{HELD_BACK}/{HELD_BACK}.ipynb" not in section


def test_the_wheel_installs_and_imports_without_the_grader(public: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "new")], check=True)
    (wheel,) = (public / "wheels").glob("*.whl")
    assert wheel == public / tree.filled(ROOT).wheel
    place = next((tmp_path / "new").glob("lib/python*/site-packages"))
    line = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(place)]
    subprocess.run([*line, str(wheel)], check=True)
    # What it needs comes from this environment, after its own.
    others = next(path for path in sys.path if path.endswith("site-packages"))
    code = (
        f"import sys; sys.path.append({others!r}); import convnet, coursekit, importlib.util as u;"
        "from coursekit import data, notebook; print(convnet.__file__, u.find_spec('autograder'),"
        "len(data.fashion_mnist('train')[0]))"
    )
    said = subprocess.run(
        [tmp_path / "new/bin/python", "-P", "-c", code],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.startswith(str(place))
    assert said.split()[1] == "None", "no grader"


@pytest.fixture
def served(public: Path) -> Iterator[str]:
    """Give the address of the site below a path, as a project's pages are served."""
    handler = functools.partial(_Quiet, directory=public.parent)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{public.name}"
    server.shutdown()


def visited(browser: Browser, address: str) -> list[str]:
    """Open a chapter, and return what is not as it should be."""
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("requestfailed", lambda asked: wrong.append(f"not there: {asked.url}"))
    tab.on(
        "response", lambda reply: wrong.append(f"{reply.status}: {reply.url}") if reply.status > 399 else None
    )
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(f"{address}/convolution/pooling.html")
    tab.evaluate("courseFormulas()")
    if tab.locator("mjx-container").count() < 10:
        wrong.append("formulas are not set")
    if (
        tab.evaluate("getComputedStyle(document.querySelector('.skip-link, #pst-skip-link')).position")
        == "static"
    ):
        wrong.append("the style sheet is not there")
    tab.click(".prev-next-area a.right-next")
    tab.wait_for_url("**/convolution/receptive-field.html")
    tab.close()
    return wrong


def test_the_site_works_below_a_path(browser: Browser, served: str, public: Path) -> None:
    assert (public / ".nojekyll").is_file()
    assert visited(browser, served) == []


def test_the_zip_works_from_a_folder(browser: Browser, public: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(public / f"{tree.OFFLINE}.zip") as inner:
        inner.extractall(tmp_path)
    assert visited(browser, (tmp_path / "cnn-course").as_uri()) == []
    assert list((tmp_path / "cnn-course").glob("wheels/*.whl"))


def test_the_pdf_has_an_outline_and_the_chapter(public: Path) -> None:
    content = (public / f"{tree.OFFLINE}.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/Outlines" in content
    assert b"(D:19800101000000" in content, "the same pages give the same bytes"
    assert content.count(b"/Type /Page\n") > 5


def test_publishing_again_changes_nothing_and_later_adds_the_homework(authors: Authors, public: Path) -> None:
    assert authors.publish(public, FIRST) is None, "nothing has changed"
    before = destination.git(public, "rev-parse", "HEAD")
    with pytest.raises(
        RuntimeError, match=r"published with other content \(coursekit/assignments/hw6\.json.*raise"
    ):
        authors.publish(public, SECOND)
    assert destination.git(public, "rev-parse", "HEAD") == before
    assert destination.git(public, "status", "--porcelain") == ""

    project = authors.root / "pyproject.toml"
    was = project.read_text(encoding="utf-8")
    version = tree.filled(ROOT).version
    project.write_text(was.replace(f'version = "{version}"', 'version = "7.8.9"'), encoding="utf-8")
    authors.commit()
    try:
        assert authors.publish(public, SECOND) is not None
    finally:
        project.write_text(was, encoding="utf-8")
        authors.commit()
    assert {path.name for path in (public / "wheels").iterdir()} == {
        f"cnn_course-{number}-py3-none-any.whl" for number in (version, "7.8.9")
    }
    assert (public / "archives" / f"{HELD_BACK}.zip").is_file()
    assert (public / "assignments" / HELD_BACK / f"{HELD_BACK}.ipynb").is_file()
    assert destination.git(public, "rev-parse", "HEAD~1") == before
    destination.git(public, "reset", "--quiet", "--hard", before)
