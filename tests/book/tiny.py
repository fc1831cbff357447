"""A book of two chapters, both as the scaffold makes them, for tests of the tests and of the build."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

from tests.support import ROOT

FIRST, SECOND = "one/first", "one/second"
CONTENTS = """\
format: jb-book
root: index
parts:
  - caption: One
    numbered: true
    chapters:
      - file: one/first
  - caption: Reference
    chapters:
      - file: notation
      - file: glossary
      - file: references
"""
NOTATION = """\
# Notation

| symbol | meaning | shape or range | first met in |
| --- | --- | --- | --- |
| $x$ | a number | – | {doc}`one/first` |
| $k_h$ | another | – | {doc}`one/second` |
"""
GLOSSARY = """\
# Glossary

:::{glossary}
kernel
  A grid of weights. First in {doc}`one/second`.

number
  What one counts with. First in {doc}`one/first`.
:::
"""


def tool(name: str) -> ModuleType:
    """Load a script of ``tools``."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(root: Path) -> Path:
    """Write the book below a folder, its second chapter by the scaffold."""
    book = root / "book"
    for folder in ("_ext", "_templates", "_static"):
        shutil.copytree(ROOT / "book" / folder, book / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "references.md"):
        shutil.copy(ROOT / "book" / name, book / name)
    shutil.copy(ROOT / "_config.yml", root / "_config.yml")
    (book / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    (book / "index.md").write_text(
        "# Tiny\n\nA book of two chapters, to try things with.\n", encoding="utf-8"
    )
    (book / "notation.md").write_text(NOTATION, encoding="utf-8")
    (book / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    template = (ROOT / "tools" / "chapter_template.md").read_text(encoding="utf-8")
    first = template.replace("introduces: []", "introduces: [number]").replace("symbols: []", "symbols: [x]")
    for mark, word in {
        "@TITLE@": "First", "@NAME@": "first", "{doc}`/@BEFORE@`": "a pencil", "@NEXT@": "the homework"
    }.items():  # fmt: skip
        first = first.replace(mark, word)
    (book / "one").mkdir()
    (book / f"{FIRST}.md").write_text(first, encoding="utf-8")
    path = tool("new_chapter").begin(book, SECOND, "Second")
    text = path.read_text(encoding="utf-8")
    text = text.replace("introduces: []", "introduces: [kernel]").replace("symbols: []", "symbols: [k_h]")
    path.write_text(text, encoding="utf-8")
    return book
