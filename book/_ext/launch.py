"""Sphinx extension: the buttons that open a notebook, here or elsewhere, and the links to homeworks.

Every address is made by `coursekit._addresses` from ``_config.yml`` and the version in ``pyproject.toml``.
The built site lies at the root of the published branch, so a path of the site is a path of that branch too.
"""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from autograder.release.normalize import archive
from coursekit._addresses import Addresses, version

LOGGER = logging.getLogger(__name__)
NOTEBOOKS = "notebooks"
ASSIGNMENTS = "assignments"
"""Both the page that lists the homeworks and the folder that holds them."""
ARCHIVES = "archives"

_LOGOS = {"colab": "logo_colab.png", "binder": "logo_binder.svg", "hub": "logo_jupyterhub.svg"}


class Link(NamedTuple):
    """One button: what it says, where it leads and of which kind it is."""

    label: str
    url: str
    kind: str  # colab, download, archive, binder or hub


def addresses(app: Sphinx) -> Addresses:
    """Return the addresses of the published course."""
    options = app.config.html_theme_options
    return Addresses(
        repository=options["repository_url"],
        branch=options["repository_branch"],
        site=app.config.html_baseurl,
        version=version(Path(app.srcdir).parent),
    )


def is_chapter(app: Sphinx, page: str) -> bool:
    """Whether a page is a text notebook: only these have code to run."""
    return "kernelspec" in app.env.metadata.get(page, {})


def notebook_links(app: Sphinx, notebook: str) -> list[Link]:
    """Return the buttons of one notebook of the published branch; the hub's only where one is configured.

    Parameters
    ----------
    app : Sphinx
        The build.
    notebook : str
        Its path in the published branch. Where it is downloaded is that path too: below the site's root.
    """
    there = addresses(app)
    links = [
        Link("Colab", there.colab(notebook), "colab"),
        Link("Download", notebook, "download"),
        Link("Binder", there.binder(notebook), "binder"),
    ]
    if hub := app.config.html_theme_options.get("launch_buttons", {}).get("jupyterhub_url"):
        links.append(Link("JupyterHub", there.hub(hub, notebook), "hub"))
    return links


def assignment_links(app: Sphinx, name: str) -> list[Link]:
    """Return the buttons of a homework, for a page at the root of the site.

    Parameters
    ----------
    app : Sphinx
        The build.
    name : str
        The homework, such as ``"hw3"``.

    Returns
    -------
    list of Link
        Each a tuple (label, url, kind). Downloads are paths below the site's root; their ``<a>`` should have
        the attribute ``download``, as that of ``kind`` "download" and "archive" in `assignment_buttons` has.
    """
    links = notebook_links(app, f"{ASSIGNMENTS}/{name}/{name}.ipynb")
    links.insert(2, Link("Notebook and tests", f"{ARCHIVES}/{name}.zip", "archive"))
    return links


def assignment_buttons(app: Sphinx, name: str) -> str:
    """Return the buttons of a homework as HTML, between two comments.

    ``make publish`` puts the date of release in the place of what stands between the comments as long as the
    homework is not released. So the book itself is the same on any day.
    """
    inner = " ".join(
        f'<a class="course-launch course-launch-{link.kind}" href="{escape(link.url)}"'
        f"{' download' if link.kind in ('download', 'archive') else ''}>{escape(link.label)}</a>"
        for link in assignment_links(app, name)
    )
    return f'<!-- homework {name} --><p class="course-launches">{inner}</p><!-- end of homework {name} -->'


def homework_page(app: Sphinx, number: str) -> str:
    """Published address of a homework's section on the page of assignments."""
    return f"{addresses(app).page(ASSIGNMENTS)}#hw{number}"


class HomeworkRole(SphinxRole):
    """Link to a homework: ``{homework}`3``` becomes "homework 3"."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the link; a homework that is not there is a warning."""
        app = self.env.app
        folder = Path(self.env.srcdir).parent / ASSIGNMENTS / f"hw{self.text}"
        if folder.parent.is_dir() and not folder.is_dir():
            where = self.get_location()
            LOGGER.warning(f"there is no homework {self.text!r}: no folder {folder}", location=where)
        target = homework_page(app, self.text)  # a book without a page of assignments: the published one
        if ASSIGNMENTS in self.env.found_docs:
            target = f"{app.builder.get_relative_uri(self.env.docname, ASSIGNMENTS)}#hw{self.text}"
        return [nodes.reference("", f"homework {self.text}", refuri=target)], []


def point_buttons_to_notebook(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let a chapter's buttons open the notebook of the site, not the text source."""
    if not is_chapter(app, page):
        return
    links = {link.kind: link for link in notebook_links(app, f"{NOTEBOOKS}/{page}.ipynb")}
    for group in context["header_buttons"]:
        if group.get("label") == "launch-buttons":
            group["buttons"] = [
                {
                    "type": "link",
                    "text": links[kind].label,
                    "tooltip": f"Open in {links[kind].label}",
                    "icon": f"_static/images/{logo}",
                    "url": links[kind].url,
                }
                for kind, logo in _LOGOS.items()
                if kind in links
            ]
        for button in group.get("buttons", []):
            if button.get("label") == "download-notebook-button":
                button["url"] = context["pathto"](links["download"].url, resource=True)


def write_homeworks(app: Sphinx, error: Exception | None) -> None:
    """Put each homework into the site, as a folder and as an archive: downloads need no other host."""
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    for folder in (ASSIGNMENTS, ARCHIVES):
        shutil.rmtree(site / folder, ignore_errors=True)
    for folder in sorted((Path(app.srcdir).parent / ASSIGNMENTS).glob("hw*")):
        files = {
            path.relative_to(folder.parent).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in (".ipynb", ".py") and "__pycache__" not in path.parts
        }
        for name, content in files.items():
            target = site / ASSIGNMENTS / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        target = site / ARCHIVES / f"{folder.name}.zip"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(archive(files))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the above to Sphinx's events."""
    app.add_role("homework", HomeworkRole())
    # 502: after the theme has made its buttons (501).
    app.connect("html-page-context", point_buttons_to_notebook, priority=502)
    app.connect("build-finished", write_homeworks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
