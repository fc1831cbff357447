"""Looks for what only instructors may see: solution lines, hidden tests, rubrics, data of the grader.

`autograder.release.leaks` searches the files of one homework for every line of its master. Here all homeworks
meet all files: lines that nobody writes twice by chance are looked for everywhere, in pages, archives and
wheels, whatever their layout; short ones in the homework's own files alone. A long line that the course
itself shows is listed in ``shown.toml``, with its files and the reason.
"""

from __future__ import annotations

import fnmatch
import functools
import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np

from autograder.release import attached, build, leaks, master, term
from autograder.release.leaks import bare

DISTINCT = 40
"""Characters of a line that nobody writes twice by chance, as ``from coursekit import data``."""
SHOWN = Path(__file__).with_name("shown.toml")
PICTURES = (".png", ".jpg", ".svg", ".woff", ".woff2", ".pdf", ".mo")
"""Nothing is looked for in these: the PDF is printed from the pages, which are searched."""
TESTS = (".py", ".ipynb", ".json")
"""Files that a grader could read: here ``hidden=True`` marks a hidden test. A guide may write about it."""

_GRAM = 8
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Shown:
    """A line of a master that the course shows on purpose."""

    line: str
    files: tuple[str, ...]  # patterns of paths
    why: str


@dataclass(frozen=True)
class Search:
    """What is looked for."""

    lines: Mapping[str, str]  # long ones, as compared -> "hw3: as written"
    short: Mapping[str, Mapping[str, str]]  # the others, by homework
    data: Mapping[str, bytes]  # files that only the grader gets
    shown: tuple[Shown, ...]

    def find(self, path: str, content: bytes) -> list[str]:
        """Return one line for each leak in a file; zips and wheels are opened."""
        found = []
        for inner, bytes_ in _opened(path, content):
            both = self._own(inner, bytes_) + self._anywhere(inner, bytes_)
            found += [f"{inner}: {label}" for label in both]
        return found

    def used(self, path: str, content: bytes) -> set[Shown]:
        """Return the entries of ``shown.toml`` that a file needs."""
        needed = set()
        for inner, bytes_ in _opened(path, content):
            held = set(self._held(inner, bytes_))
            needed |= {entry for entry in self.shown if _allows(entry, inner) and bare(entry.line) in held}
        return needed

    def _own(self, path: str, content: bytes) -> list[str]:
        """Short lines of a homework in its own files, and hidden tests in any."""
        if not path.endswith(TESTS):
            return []
        found = ["a hidden test"] if re.search(rb"hidden\s*=\s*True", content) else []
        names = [name for name in self.short if re.search(rf"\b{name}\b", path)]
        text = bare(leaks.text_of(path, content)) if names else ""
        return found + [self.short[name][line] for name in names for line in self.short[name] if line in text]

    def _anywhere(self, path: str, content: bytes) -> list[str]:
        if path.endswith(leaks.COMPILED):
            return ["a compiled or binary file"]
        if held := list(attached.found_in(content, self.data)):
            return [f"data that only the grader may have: {name}" for name in held]
        allowed = {bare(entry.line) for entry in self.shown if _allows(entry, path)}
        return [self.lines[line] for line in self._held(path, content) if line not in allowed]

    def _held(self, path: str, content: bytes) -> tuple[str, ...]:
        """Lines that stand in a file, as compared; a file that lies in several places is read once."""
        if path.endswith((*PICTURES, ".npz")):
            return ()
        key = (path.rpartition(".")[2], hashlib.sha256(content).hexdigest())
        if key not in self._known:
            self._known[key] = tuple(self._read(path, content))
        return self._known[key]

    @functools.cached_property
    def _known(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def _read(self, path: str, content: bytes) -> Iterator[str]:
        text = _text(path, content).encode()
        keys, behind = self._index
        seen = set()
        for shift in range(min(_GRAM, max(len(text) - _GRAM, 0) + 1)):
            usable = (len(text) - shift) // _GRAM * _GRAM
            grams = np.frombuffer(text, dtype="<u8", count=usable // _GRAM, offset=shift)
            places = np.searchsorted(keys, grams)
            hits = np.flatnonzero(keys[np.minimum(places, len(keys) - 1)] == grams)
            for hit in hits:
                for line, offset in behind[int(grams[hit])]:
                    start = shift + _GRAM * int(hit) - offset
                    if line not in seen and start >= 0 and text.startswith(line.encode(), start):
                        seen.add(line)
                        yield line

    @functools.cached_property
    def _index(self) -> tuple[np.ndarray, dict[int, list[tuple[str, int]]]]:
        """Eight bytes from the middle of each line, by which it is found."""
        behind: dict[int, list[tuple[str, int]]] = {}
        for line in self.lines:
            raw = line.encode()
            offset = len(raw) // 2
            gram = int.from_bytes(raw[offset : offset + _GRAM], "little")
            behind.setdefault(gram, []).append((line, offset))
        return np.sort(np.array(list(behind), dtype="<u8")), behind


def search(root: Path) -> Search:
    """Gather what must not leave the repository."""
    lines: dict[str, str] = {}
    short: dict[str, dict[str, str]] = {}
    data: dict[str, bytes] = {}
    for name in build.names(root):
        source = master.read(name, root)
        visible = "\n".join(cell.source for cell in source.notebook.cells)
        own = {bare(line): f"{name}: {line}" for line in leaks.secrets(source)}
        beside = {bare(line): f"{name}: {line}" for line in _beside(root / "solutions" / name, visible)}
        lines |= {line: label for line, label in (own | beside).items() if len(line) >= DISTINCT}
        short[name] = {line: label for line, label in own.items() if len(line) < DISTINCT}
        data |= {f"{name}/{file}": content for file, content in source.data.items()}
    for kept in term.known(root).values():
        if len(bare(kept.secret)) >= 2 * _GRAM:
            lines[bare(kept.secret)] = f"the secret of the term {kept.name}"
    entries = tomllib.loads(SHOWN.read_text(encoding="utf-8")).get("shown", [])
    shown = tuple(Shown(entry["line"], tuple(entry["files"]), entry["why"]) for entry in entries)
    return Search(lines, short, data, shown)


def over(find: Callable[[str, bytes], list[str]], tree: Path) -> list[str]:
    """Search every file of a folder."""
    found = []
    for path in sorted(tree.rglob("*")):
        if path.is_file() and ".git" not in path.relative_to(tree).parts:
            found += find(path.relative_to(tree).as_posix(), path.read_bytes())
    return found


def _beside(folder: Path, visible: str) -> set[str]:
    """Lines of rubrics, mutants and other answers beside a master, but for what the master shows."""
    seen, found = bare(visible), set()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".py", ".md", ".toml") and path.stem != folder.name:
            lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
            found.update(line for line in lines if bare(line) not in seen)
    return found


def _allows(entry: Shown, path: str) -> bool:
    """Whether a file is one of those; what comes before, as an archive's name, does not count."""
    return any(fnmatch.fnmatch(path, way) for name in entry.files for way in (name, f"*/{name}"))


def _opened(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if path.endswith((".zip", ".whl")):
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            for name in inner.namelist():
                yield from _opened(f"{path}/{name}", inner.read(name))
    else:
        yield path, content


def _text(path: str, content: bytes) -> str:
    """Return what is to be read in a file; of a page, also what stands inside its tags."""
    if path.endswith(".html"):
        page = content.decode("utf-8", "replace")
        return bare(unescape(_TAG.sub("", page))) + "\0" + bare(unescape(page))
    if path.endswith((".ipynb", ".json")):
        return bare(leaks.text_of(path, content))
    return bare(content.decode("utf-8", "replace"))
