"""Build the book beside the built site, and put it in that site's place when it is whole.

    python tools/build_book.py

What can be found without building is reported first, one line each: a citation without an entry. A failed
build leaves ``_build/html`` as it was, and the next build retries everything that failed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pybtex.database import parse_file

ROOT = Path(__file__).resolve().parents[1]
BIBLIOGRAPHY = "references.bib"
# Changes in these may change any page, and Sphinx does not see them.
SHAPES_ALL = ("book/_ext/*.py", "book/_templates/*", "_config.yml", "requirements.txt")
# Files of the theme that no page loads: see book/_ext/light_pages.py.
UNUSED = ("*.js.map", "*.css.map", "fontawesome.js*", "webfonts", "bootstrap.js", "pydata-sphinx-theme.*")
CITATION = re.compile(r"\{(?:foot)?cite(?::\w+)?\}`([^`]+)`")


def unknown_citations(root: Path) -> list[str]:
    """List the citations without an entry in the bibliography, with their lines."""
    known = parse_file(str(root / "book" / BIBLIOGRAPHY), bib_format="bibtex").entries
    found = []
    for path in sorted((root / "book").rglob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for keys in CITATION.findall(line):
                found += [
                    f"{path.relative_to(root)}:{number}: no entry `{key.strip()}` in {BIBLIOGRAPHY}"
                    for key in keys.split(",")
                    if key.strip() not in known
                ]
    return found


def shape(root: Path) -> str:
    """Return the state of the files that shape every page."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SHAPES_ALL for path in root.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def build(root: Path) -> int:
    """Build into ``_build/aside``; put the site in place when nothing was wrong."""
    site, aside = root / "_build" / "html", root / "_build" / "aside"
    fresh, doctrees = aside / "_build" / "html", aside / "_build" / ".doctrees"
    remembered, shaped = doctrees / "environment.pickle", aside / "shape"
    if not shaped.is_file() or shaped.read_text() != shape(root):
        shutil.rmtree(aside, ignore_errors=True)
    before = remembered.read_bytes() if remembered.is_file() else None
    aside.mkdir(parents=True, exist_ok=True)
    if fresh.is_dir():
        # Sphinx copies a changed style or picture only along with a changed page; the one style sheet of all
        # pages is put together at the end of its build.
        shutil.copytree(root / "book" / "_static", fresh / "_static", dirs_exist_ok=True)
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    command = ["build", "book", "--config", "_config.yml", "--path-output", os.path.relpath(aside, root)]
    built = subprocess.run(
        [sys.executable, "-c", jupyter_book, *command, "-W", "-n", "--keep-going"], cwd=root
    )
    if built.returncode:
        # Sphinx has recorded the pages as read, and would not warn about them again.
        if before is None:
            shutil.rmtree(doctrees, ignore_errors=True)
        else:
            remembered.write_bytes(before)
        return built.returncode
    shaped.write_text(shape(root))
    swap(fresh, site)
    return 0


def swap(fresh: Path, site: Path) -> None:
    """Replace the old site by a copy of the new one."""
    new, old = site.with_name("html.new"), site.with_name("html.old")
    for left_over in (new, old):
        shutil.rmtree(left_over, ignore_errors=True)
    shutil.copytree(fresh, new, ignore=shutil.ignore_patterns(*UNUSED))
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Check, build, put in place; print the outcome."""
    if wrong := unknown_citations(ROOT):
        print("\n".join(wrong), file=sys.stderr)
        return 1
    began = time.monotonic()
    failed = build(ROOT)
    kept = ", and _build/html is as it was before" if failed else ": _build/html/index.html"
    print(f"the book {'does not build' if failed else 'is built'}{kept} ({time.monotonic() - began:.0f} s)")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
