"""Where things lie for the sandboxed Python: what it sees of this machine, and what it must not."""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"
HOME = Path("/opt/sealed")
HIDDEN = ("autograder", "convnet")
SYSTEM = tuple(Path(p) for p in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"))
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
        Folders bound read-only: where they lie here, and there.
    masked : tuple of Path
        Folders that must look empty although they lie below a bound one, as the sandbox names them.
    """

    python: Path
    paths: tuple[Path, ...]
    bound: tuple[tuple[Path, Path], ...]
    masked: tuple[Path, ...]


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


def layout(secret: Sequence[Path] = ()) -> Layout:
    """Return the sandbox's view: Python, its libraries and ``coursekit``, nothing else of this project.

    A folder keeps its own name unless it lies where the sandbox has its own, such as ``/tmp``.

    Parameters
    ----------
    secret : sequence of Path
        Folders that are hidden wherever they lie, beside those of the reference and the grader.
    """
    coursekit = package_folder("coursekit")
    python = Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    prefix = Path(sys.base_prefix).resolve()
    sources = [*libraries(), *([coursekit] if coursekit else [])]
    if not _below(prefix, SYSTEM):
        sources.insert(0, prefix)
    bound = {source: _place(source, number) for number, source in enumerate(sources)}
    shown = {**bound, **{s: s for s in SYSTEM}, Path(sysconfig.get_path("stdlib")): prefix}
    secrets = [*secret, *(folder for name in HIDDEN if (folder := package_folder(name)))]
    masked = {
        target / hidden.resolve().relative_to(source.resolve())
        for hidden in secrets
        for source, target in shown.items()
        if _below(hidden.resolve(), (source.resolve(),))
    }
    paths = [HOME / "inside/standin", *(bound[library] for library in libraries())]
    if coursekit:
        paths.append(bound[coursekit].parent)
    if prefix in bound:
        python = bound[prefix] / python.relative_to(prefix)
    return Layout(python, tuple(paths), tuple(bound.items()), tuple(sorted(masked)))


def open_to_all(where: Layout) -> bool:
    """Return whether any user may read Python and what it imports, all the way down from the root."""
    folders = [INSIDE, Path(sys.base_prefix).resolve(), *(source.resolve() for source, _ in where.bound)]
    ways = {parent for folder in folders for parent in (folder, *folder.parents)}
    return all(way.stat().st_mode & 0o001 for way in ways) and all(f.stat().st_mode & 0o004 for f in folders)


def _place(source: Path, number: int) -> Path:
    return HOME / f"{number}" / source.name if _below(source, COVERED) else source


def _below(path: Path, folders: Sequence[Path]) -> bool:
    return any(folder == path or folder in path.parents for folder in folders)
