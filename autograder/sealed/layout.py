"""The file system of the sandboxed Python: what it sees of this machine, and what it must not see."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import visible

INSIDE = Path(__file__).parent / "inside"
STANDIN = INSIDE / "standin"
HOME = Path("/opt/sealed")
HIDDEN = ("autograder", "convnet")
# Programs, what they are linked with, fonts, the names of time zones and terminals; of /usr nothing else:
# whoever installs a course into /usr/local/src or /usr/share would show it.
_PARTS = ("bin", "lib", "lib32", "lib64", "libx32")
_SHARED = ("fontconfig", "fonts", "i18n", "locale", "terminfo", "zoneinfo")
SYSTEM = (
    *(Path("/usr", part) for part in _PARTS),
    *(Path("/usr/share", part) for part in _SHARED),
    *(Path("/", part) for part in _PARTS),
)
SETTINGS = tuple(Path(f"/etc/{name}") for name in ("alternatives", "fonts", "ld.so.cache", "localtime"))
COVERED = tuple(Path(p) for p in ("/tmp", "/dev", "/proc", HOME))  # the sandbox has its own of these


@dataclass(frozen=True)
class Layout:
    """The sandbox's view of the file system.

    Attributes
    ----------
    python : Path
        The interpreter, as the sandbox names it.
    paths : tuple of Path
        Its ``sys.path`` beyond the standard library, as the sandbox names them.
    bound : tuple of (Path, Path)
        Folders bound read-only: where they lie here, and there. One may lie below a masked one.
    masked : tuple of Path
        Folders that must look empty although they lie below a bound one, as the sandbox names them.
    secret : tuple of Path
        Folders of which nothing else may be seen inside, as this machine names them.
    """

    python: Path
    paths: tuple[Path, ...]
    bound: tuple[tuple[Path, Path], ...]
    masked: tuple[Path, ...]
    secret: tuple[Path, ...] = ()


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package without importing it, or None."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def libraries() -> list[Path]:
    """Return the ``site-packages`` folders this process imports from."""
    found = [Path(p) for p in dict.fromkeys(sys.path)]
    return [p for p in found if p.name in ("site-packages", "dist-packages") and p.is_dir()]


def ours(modules: Sequence[str]) -> dict[str, Path]:
    """Return the packages of this project that a notebook sees, and where each lies."""
    roots = {name.partition(".")[0] for name in modules}
    names = ["coursekit", *(name for name in HIDDEN if name in roots and name != "autograder")]
    return {name: folder for name in names if (folder := package_folder(name))}


def hidden(modules: Sequence[str]) -> dict[str, Path]:
    """Return what a notebook must not import: top-level names, and where each lies."""
    rest = {name: folder for name in HIDDEN if (folder := package_folder(name))}
    found = rest | visible.hidden(tuple(modules), libraries(), but=[p.stem for p in STANDIN.iterdir()])
    return {name: place for name, place in found.items() if name not in ours(modules)}


def layout(secret: Sequence[Path] = (), modules: Sequence[str] = ()) -> Layout:
    """Return the sandbox's view: Python, the libraries that are allowed, and what this project adds to them.

    A folder keeps its own name unless it lies where the sandbox has its own, such as ``/tmp``.

    Parameters
    ----------
    secret : sequence of Path
        Folders that are hidden wherever they lie, beside those of the grader.
    modules : sequence of str
        What the assignment allows to import.
    """
    open_packages = list(ours(modules).values())
    python = Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    sources = list(dict.fromkeys([*interpreter(python), *libraries(), *open_packages]))
    bound = {source: _place(source, number) for number, source in enumerate(sources)}
    shown = {**{s: s for s in SYSTEM if not s.is_symlink()}, **bound}
    secrets = tuple(dict.fromkeys([*checkout(), *secret]))
    to_hide = [*secrets, *(place for place in hidden(modules).values() if place.is_dir())]
    # Each once: there are thousands of pairs, and every process that grades goes through them.
    really = [(source.resolve(), target) for source, target in shown.items()]
    needed = {source for source, _ in really}
    lineage = {place: {place, *place.parents} for place in {place.resolve() for place in to_hide} - needed}
    masked = {
        target / place.relative_to(source)
        for place in lineage
        for source, target in really
        if source in lineage[place]
    }
    paths = [HOME / "inside/standin", *(bound[library] for library in libraries())]
    paths += dict.fromkeys(bound[package].parent for package in open_packages)
    holder = next((source for source in bound if _below(python, (source,))), None)
    if holder is not None:
        python = bound[holder] / python.relative_to(holder)
    return Layout(python, tuple(paths), tuple(bound.items()), tuple(sorted(masked)), secrets)


def interpreter(python: Path) -> list[Path]:
    """Return the folders that an interpreter needs of where it is installed, beyond the system's."""
    prefix = Path(sys.base_prefix).resolve()
    folders = [
        prefix / part for part in _PARTS if (prefix / part).is_dir() and not (prefix / part).is_symlink()
    ]
    found = [folder for folder in folders if not _below(folder, SYSTEM)]
    return found if _below(python, (*found, *SYSTEM)) else [*found, python]


def checkout() -> list[Path]:
    """Return the folder of the project's sources, where the grader runs from them; else nothing."""
    folder = package_folder("autograder")
    root = folder.parent if folder else None
    return [root] if root and (root / "pyproject.toml").is_file() else []


def copy_parts(folder: Path, modules: Sequence[str] = ()) -> None:
    """Copy what the sandboxed Python needs of this project into ``folder``, for any user to read.

    The originals lie beside the reference and the grader, which no notebook should reach.
    """
    for name, source in {"inside": INSIDE, **ours(modules)}.items():
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def closed_to_others() -> Path | None:
    """Return the first folder on the way to Python and its libraries that not every user may enter."""
    folders = [Path(sys.base_prefix).resolve(), *(library.resolve() for library in libraries())]
    for folder in folders:
        for way in (*reversed(folder.parents), folder):
            if not way.stat().st_mode & 0o001 or (way == folder and not way.stat().st_mode & 0o004):
                return way
    return None


def _place(source: Path, number: int) -> Path:
    return HOME / f"{number}" / source.name if _below(source, COVERED) else source


def _below(path: Path, folders: Sequence[Path]) -> bool:
    return any(folder == path or folder in path.parents for folder in folders)
