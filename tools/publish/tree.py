"""Puts the public tree together, in a folder of its own."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import yaml

from autograder.release import addresses, normalize
from coursekit._addresses import Addresses

from . import allowed, wheel
from .releases import Releases

OFFLINE = "offline/cnn-course"
"""The zip and the PDF, without their suffixes."""

Say = Callable[[str], None]


def assemble(root: Path, tree: Path, kept: Path | None, held: Releases, say: Say) -> None:
    """Write everything but what is for reading offline.

    Parameters
    ----------
    root : Path
        The repository; ``_build/html`` has the book.
    tree : Path
        An empty folder.
    kept : Path, optional
        The public repository as it is: what `allowed.KEPT` names is taken over.
    held : Releases
        Homeworks that are not released yet.
    say : callable
        Gets one line for each step.

    Raises
    ------
    ValueError
        When something is there that the allow-list does not name, or no page says where a homework that is
        held back has its buttons.
    RuntimeError
        When the wheel of this version was published with other content.
    """
    say("the site")
    _site(root, tree)
    say("homeworks: " + (", ".join(_released(root, held)) or "none"))
    for name in _released(root, held):
        _homework(root, tree, name)
    for name, day in held.closed.items():
        say(f"{name} is held back until {day}")
    hold_back(tree, held.closed)
    say("the package")
    _package(root, tree, kept, held)


def filled(root: Path) -> Addresses:
    """Return the addresses of the published course."""
    return addresses.of(root)


def title(root: Path) -> str:
    """Return the title of the book."""
    return str(yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["title"])


def homeworks(root: Path) -> list[str]:
    """Return the names of all homeworks, released or not."""
    return sorted(path.name for path in (root / "assignments").iterdir() if path.is_dir())


def _released(root: Path, held: Releases) -> list[str]:
    return [name for name in homeworks(root) if name not in held.closed]


def _site(root: Path, tree: Path) -> None:
    site = root / "_build" / "html"
    wanted = (*allowed.SITE, *allowed.pages(root))
    for path in allowed.choose(_files(site), wanted, allowed.SITE_LEFT_OUT):
        _copy(site / path, tree / path)
    (tree / ".nojekyll").touch()  # without it the host drops every folder that begins with an underscore
    for pattern in (*allowed.FILES, *allowed.SCRIPTS):
        found = sorted(root.glob(pattern))
        if not found:
            raise FileNotFoundError(f"{pattern} is to be published (tools/publish/allowed.py), and not there")
        for path in found:
            _copy(path, tree / path.relative_to(root))


def _homework(root: Path, tree: Path, name: str) -> None:
    folder = root / "assignments" / name
    files = {path: (folder / path).read_bytes() for path in allowed.choose(_files(folder), allowed.HOMEWORK)}
    for path, content in files.items():
        _write(tree / "assignments" / name / path, content)
    zipped = normalize.archive({f"{name}/{path}": content for path, content in files.items()})
    _write(tree / "archives" / f"{name}.zip", zipped)


def hold_back(tree: Path, closed: Mapping[str, date]) -> None:
    """Put the day of release where a homework's buttons stand."""
    pages = [path for path in tree.rglob("*.html") if "_modules" not in path.parts] if closed else []
    for name, day in closed.items():
        found = 0
        said = f'<p class="course-launches">Released on {day.day} {day:%B %Y}.</p>'
        between = re.compile(rf"<!-- homework {name} -->.*?<!-- end of homework {name} -->", re.DOTALL)
        for path in pages:
            text, times = between.subn(said, path.read_text(encoding="utf-8"))
            if times:
                path.write_text(text, encoding="utf-8")
                found += times
        if not found:
            raise ValueError(f"no page marks the buttons of {name}: they cannot be held back (launch.py)")


def _package(root: Path, tree: Path, kept: Path | None, held: Releases) -> None:
    sources = wheel.sources(root, held.without)
    allowed.choose(list(sources), allowed.SOURCES)
    for where, path in sources.items():
        _copy(path, tree / where)
    there = filled(root)
    _write(tree / "pyproject.toml", wheel.pyproject(root).encode())
    _write(tree / "README.md", wheel.README.read_bytes())
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    citation += f"version: {there.version}\nurl: {there.site}\nrepository-code: {there.repository}\n"
    _write(tree / "CITATION.cff", citation.encode())
    for path in [path for path in _files(kept) if allowed.is_in(path, allowed.KEPT)] if kept else []:
        _copy(kept / path, tree / path)
    made = wheel.build_wheel(root, tree / "wheels" / ".new", held.without)
    target = tree / there.wheel
    if target.is_file():
        _same(target, made)
    else:
        made.replace(target)
    shutil.rmtree(tree / "wheels" / ".new")


def _same(published: Path, made: Path) -> None:
    """Refuse a wheel that says the same version and holds something else."""
    old, new = _members(published), _members(made)
    different = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if different:
        more = f" and {len(different) - 3} more" if len(different) > 3 else ""
        raise RuntimeError(
            f"{published.name} is published with other content ({', '.join(different[:3])}{more}); "
            "notebooks that install it must not change under their students: raise the version in "
            "pyproject.toml, then `make env assignments book`, and publish again"
        )


def _members(path: Path) -> dict[str, bytes]:
    """Return what a wheel installs; who built it with which tool does not count."""
    with zipfile.ZipFile(path) as inner:
        return {
            name: inner.read(name)
            for name in inner.namelist()
            if not name.endswith((".dist-info/WHEEL", ".dist-info/RECORD"))
        }


def _files(folder: Path) -> list[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if not {".git", "__pycache__"} & set(path.parts))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
