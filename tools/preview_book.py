"""A small book around one page: that page is whole, the others are their titles. It is built in seconds.

Links and chapter numbers come out as in the book; a reference to a figure, an equation or an exercise of
another page shows its label, for what it names is not there. `preview` serves the result.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import build_book

WHOLE = ("notation", "glossary", "references")
"""Pages that others take terms, symbols and citations from."""
LINKED = ("_ext", "_static", "_templates")
LABEL = re.compile(r"^\(([\w-]+)\)=|^:label: ([\w-]+)|^ *name: ([\w-]+)|\$\$ \(([\w-]+)\)", re.MULTILINE)
MISSED = re.compile(r"\[(?:ref|myst\.xref)|cross.?reference|undefined label|not found")
COLOURS = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Outcome:
    """What a build came to: what is wrong with the page, if anything, and how long it took."""

    problem: str
    seconds: float


def pages_of(book: Path) -> dict[str, Path]:
    """Pages that the table of contents names, and their files."""
    text = (book / "_toc.yml").read_text(encoding="utf-8")
    names = re.findall(r"^(?:root:|\s*-\s*file:)\s*(\S+)", text, re.MULTILINE)
    files = {name: [book / f"{name}{end}" for end in (".md", ".rst")] for name in names}
    return {name: next((f for f in found if f.is_file()), found[0]) for name, found in files.items()}


def chosen(book: Path, asked: str) -> str:
    """Name of the page that an author asks for.

    Raises
    ------
    ValueError
        If there is none, with the names that come nearest; or if the table of contents lacks it.
    """
    inside = asked.removeprefix(f"{book.name}/").removesuffix(".md").removesuffix(".rst").strip("/")
    pages = pages_of(book)
    if inside in pages and pages[inside].is_file():
        return inside
    if (book / f"{inside}.md").is_file():
        raise ValueError(f"book/{inside}.md stands in no part of book/_toc.yml: add its line there")
    last = {name.rpartition("/")[2]: name for name in pages}
    near = [last[name] for name in difflib.get_close_matches(inside.rpartition("/")[2], last, 3, 0.5)]
    near = list(dict.fromkeys(near + difflib.get_close_matches(inside, pages, 3, 0.6)))[:3]
    hint = f"; did you mean {' or '.join(near)}?" if near else ": book/_toc.yml lists the pages"
    raise ValueError(f"there is no page {asked}{hint}")


def title(path: Path) -> str:
    """First heading of a page; its name where it has none."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    found = re.search(r"^# (.+)$", text, re.MULTILINE) if path.suffix == ".md" else None
    underlined = re.search(r"^(\S.*)\n[=*#]{3,}$", text, re.MULTILINE)
    return found[1] if found else underlined[1] if underlined else path.stem


def lay_out(root: Path, page: str, folder: Path) -> None:
    """Write the small book into a folder, touching only what differs from what is there."""
    book, small = root / "book", folder / "book"
    small.mkdir(parents=True, exist_ok=True)
    for path in root.iterdir():  # what pages include or look for: packages, documents, assignments
        if path.name not in {"book", "_build", ".git"}:
            _link(folder / path.name, path)
    kept = root / "_build" / "executed"  # what runs here is not run again by the book
    kept.mkdir(parents=True, exist_ok=True)
    _link(folder / "_build" / "executed", kept)
    pages = pages_of(book)
    others = {path for name, path in pages.items() if name not in (page, *WHOLE)}
    for path in book.rglob("*"):
        inside = path.relative_to(book)
        if inside.parts[0] in (*LINKED, build_book.BIBLIOGRAPHY) or path.is_dir() or path in others:
            continue
        if path.suffix not in {".md", ".rst"} or path in pages.values():
            _link(small / inside, path)
    for name in LINKED:
        _link(small / name, book / name)
    if page != "references":
        _write(small / build_book.BIBLIOGRAPHY, cited(book, pages[page].read_text(encoding="utf-8")))
    for path in others:
        _write((small / path.relative_to(book)).with_suffix(".md"), f"# {title(path)}\n")


def cited(book: Path, text: str) -> str:
    """Bibliography of a page: to set all its entries would take longer than the page."""
    keys = {key.strip() for found in build_book.CITATION.findall(text) for key in found.split(",")}
    entries = re.split(
        r"^(?=@)", (book / build_book.BIBLIOGRAPHY).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    named = {found[1]: entry for entry in entries if (found := re.match(r"@\w+\{\s*([^,\s]+)", entry))}
    return "".join(entry for key, entry in named.items() if key in keys)


def _link(here: Path, there: Path) -> None:
    if here.is_symlink() and here.readlink() == there:
        return
    here.unlink(missing_ok=True)
    here.parent.mkdir(parents=True, exist_ok=True)
    here.symlink_to(there)


def _write(path: Path, text: str) -> None:
    if path.is_symlink():
        path.unlink()
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def elsewhere(book: Path, page: str) -> set[str]:
    """Labels that stand on other pages: no mistake of this one when it names them."""
    own = pages_of(book)[page]
    texts = [path.read_text(encoding="utf-8") for path in book.rglob("*.md") if path != own]
    return {label for text in texts for found in LABEL.findall(text) for label in found if label}


def about_the_page(said: str, page: str, book: Path, folder: Path) -> str:
    """Keep the warnings that the whole book would give for this page too."""
    plain = COLOURS.sub("", said).replace(f"{folder}{os.sep}", "")
    known = elsewhere(book, page)
    blocks = re.split(r"\n(?=\S)", plain.strip())
    kept = [
        block for block in blocks if not (MISSED.search(block) and known & set(re.findall(r"[\w-]+", block)))
    ]
    kept = [block for block in kept if "search index couldn't be loaded" not in block]  # nobody searches here
    return "\n".join(kept).strip()


def build(root: Path, page: str, folder: Path) -> Outcome:
    """Lay out the small book and build the page; in a process of its own, for it changes the folder."""
    from jupyter_book.sphinx import build_sphinx

    began = time.monotonic()
    made, shaped, shape = folder / "_build", folder / "shape", build_book.shape(root)
    if not shaped.is_file() or shaped.read_text() != f"{page} {shape}":  # Sphinx would not see it
        shutil.rmtree(folder, ignore_errors=True)
    lay_out(root, page, folder)
    shaped.write_text(f"{page} {shape}")
    os.chdir(folder)
    if (made / "html").is_dir():  # Sphinx copies a changed style only along with a changed page
        shutil.copytree(folder / "book" / "_static", made / "html" / "_static", dirs_exist_ok=True)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        built = build_sphinx(
            folder / "book",
            made / "html",
            noconfig=True,
            path_config=folder / "_config.yml",
            confoverrides={
                "external_toc_path": str(folder / "book" / "_toc.yml"),
                "latex_individualpages": False,
                "nitpicky": True,
            },
            filenames=[str(folder / pages_of(root / "book")[page].relative_to(root))],
            quiet=True,
        )
    problem = about_the_page(said.getvalue(), page, root / "book", folder)
    if isinstance(built, BaseException) and not problem:
        problem = f"{type(built).__name__}: {built}"
    return Outcome(problem, time.monotonic() - began)


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1]
    print(build(here, chosen(here / "book", sys.argv[1]), here / "_build" / "preview"))
