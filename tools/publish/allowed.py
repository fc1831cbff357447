"""What may be public: nothing else leaves this repository, and a file that no line here names stops it all.

The site is the book as built: the pages of its table of contents, and what Sphinx adds to them.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

SITE = (
    "genindex.html",
    "search.html",
    "searchindex.js",
    "objects.inv",
    "robots.txt",
    "sitemap.xml",
    "_static/*",
    "_images/*",
    "_modules/*.html",  # the package's code, which the reference leads to
    "_sources/*.md",
    "_sources/*.rst",
    "_downloads/*",
    "notebooks/*.ipynb",
)
"""Of the built site, beside its pages; ``*`` stands for folders too."""

SITE_LEFT_OUT = (".buildinfo", "_sources/*.ipynb", "assignments/*", "archives/*", "*.doctree")
"""Known and not wanted: the theme's executed notebooks; homeworks come from where they are kept."""

FILES = ("LICENSE", "LICENSE-TEXT", "NOTICE.md", "CHANGELOG.md", "SECURITY.md", ".github/ISSUE_TEMPLATE/*")
"""Of the repository, as they are: also how to report what is wrong, for that is done where they are read."""

SOURCES = (
    "src/convnet/*.py",
    "src/convnet/py.typed",
    "src/convnet/plain/ruff.toml",  # lines as narrow as a page
    "src/coursekit/*.py",
    "src/coursekit/_data/*",
    "src/coursekit/_experiments/*",
    "src/coursekit/_widgets/*",
    "src/coursekit/assignments/*.json",
)

SCRIPTS = (
    "book/experiments/*.py",
    "benchmarks/cifar10_speed.py",
    "benchmarks/cifar10/*.py",
    "benchmarks/rows/__init__.py",
    "benchmarks/rows/results.py",
)
"""What chapters tell their readers to run: the long experiments, and training at full speed."""

HOMEWORK = ("*.ipynb", "tests/*.py")
"""Of the folder of a released homework below ``assignments``."""

KEPT = ("wheels/*.whl", "CNAME")
"""Of what lies in the public repository already: earlier wheels, and the name of the host."""


def pages(root: Path) -> Iterator[str]:
    """Yield the pages of the book, by their paths in the site."""
    contents = (root / "book" / "_toc.yml").read_text(encoding="utf-8")
    for name in re.findall(r"^\s*(?:- )?(?:file|root): (\S+)$", contents, re.MULTILINE):
        yield f"{name}.html"


def is_in(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path is one of those that the patterns name."""
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def choose(found: list[str], wanted: tuple[str, ...], left_out: tuple[str, ...] = ()) -> list[str]:
    """Return the wanted paths.

    Raises
    ------
    ValueError
        When there is a file that no pattern names.
    """
    if strange := [path for path in found if not is_in(path, (*wanted, *left_out))]:
        raise ValueError(
            f"{strange[0]} is no file that may be public ({len(strange)} such in all): remove it, or name it "
            "in tools/publish/allowed.py"
        )
    return [path for path in found if is_in(path, wanted) and not is_in(path, left_out)]
