"""Whether this machine can grade, and what to do where it cannot."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sqlite3
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.assignment import load
from autograder.startup import how_to_install

State = Literal["good", "weak", "bad"]
# What grading cannot do without, with the versions the grader was written against.
PINNED = {"otter-grader": "7.0.0", "nbgrader": "0.9.6"}
NEEDED = ("numpy", "matplotlib", "msgpack", "nbformat", "jinja2", "sqlalchemy", "ipython")
PYTHONS = ((3, 11), (3, 13))
ROOM = 2 * 2**30  # bytes of disk below which a class may not fit
_INSTALL = how_to_install("grade")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``advice`` says what to do where it is not good."""

    what: str
    state: State
    said: str
    advice: str = ""


def examine(build: Path, folders: Sequence[Path] = ()) -> list[Finding]:
    """Look at everything that grading needs.

    Parameters
    ----------
    build : Path
        The folder that `autograder build` writes to.
    folders : sequence of Path
        Folders that no notebook may see, such as submissions and results.
    """
    sealed = [_isolation(), *_hidden([build, Path(), *folders])]
    return [_python(), *_packages(), _alembic(), *sealed, *_assignments(build), _disk(build), _cores()]


def _python() -> Finding:
    here, (least, most) = sys.version_info[:2], PYTHONS
    if least <= here <= most:
        return Finding("Python", "good", f"{sys.version.split()[0]} in {sys.prefix}")
    wanted = f"{least[0]}.{least[1]} to {most[0]}.{most[1]}"
    return Finding("Python", "bad", sys.version.split()[0], f"use Python {wanted}")


def _packages() -> Iterator[Finding]:
    for name, wanted in PINNED.items():
        found = _version(name)
        if found is None:
            yield Finding(name, "bad", "is missing", _INSTALL)
        elif found != wanted:
            yield Finding(name, "weak", f"{found}, tried with {wanted}", f"pip install {name}=={wanted}")
        else:
            yield Finding(name, "good", found)
    missing = [name for name in NEEDED if _version(name) is None]
    if missing:
        yield Finding("packages", "bad", f"{', '.join(missing)} missing", _INSTALL)
    else:
        yield Finding("packages", "good", f"{', '.join(NEEDED)} are there")
    torch = _version("torch")
    if torch is None:
        yield Finding("torch", "weak", "is missing: assignments that use it cannot be graded", _INSTALL)
    else:
        yield Finding("torch", "good", torch)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _alembic() -> Finding:
    """Look for the program that nbgrader starts when it makes a gradebook."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    found = shutil.which("alembic", path=path)
    if found is None:
        advice = "pip install alembic; nbgrader starts it for gradebooks that its own commands make"
        return Finding("alembic", "bad", "is not found as a program", advice)
    return Finding("alembic", "good", f"{found}, SQLite {sqlite3.sqlite_version}")


def _isolation() -> Finding:
    from autograder.sealed.tiers import why_no_bubblewrap

    why = why_no_bubblewrap()
    if not why:
        return Finding("isolation", "good", "bubblewrap works")
    advice = "without it notebooks run in the process tier, which trusts the students"
    return Finding("isolation", "weak", why, advice)


def _hidden(folders: Sequence[Path]) -> Iterator[Finding]:
    """Look from inside the sandbox whether it hides what it must."""
    from autograder.sealed import layout, probe, tiers

    if tiers.why_no_bubblewrap():
        return
    places = [*layout.checkout(), *(folder for folder in folders if folder.exists())]
    try:
        seen = probe.exposed(places)
    except (tiers.TierUnavailable, OSError) as error:
        yield Finding("hidden", "bad", f"nobody could look from inside: {error}", "try again")
        return
    if seen:
        advice = "move it out of the folders of Python and of the system's programs; grading refuses to start"
        yield Finding("hidden", "bad", f"a notebook would see {', '.join(seen[:3])}", advice)
    else:
        names = ", ".join(dict.fromkeys(str(place.resolve()) for place in places))
        yield Finding("hidden", "good", f"a notebook sees nothing of {names}")


def _assignments(build: Path) -> Iterator[Finding]:
    built = sorted(p.parent.name for p in build.glob("*/manifest.json"))
    masters = sorted(p.parent.name for p in Path("solutions").glob("*/*.py") if p.stem == p.parent.name)
    good = []
    for name in built:
        try:
            assignment = load(name, build)
            gone = [q.name for q in assignment.graded if q.tests is None or not q.tests.is_file()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            yield Finding(name, "bad", f"its manifest cannot be read: {error}", f"autograder build {name}")
            continue
        if gone:
            yield Finding(name, "bad", f"no tests of {', '.join(gone)}", f"autograder build {name}")
        else:
            good.append(name)
    unbuilt = [name for name in masters if name not in built]
    if unbuilt:
        said = f"{', '.join(unbuilt)} not built"
        yield Finding("assignments", "weak", said, f"autograder build {' '.join(unbuilt)}")
    elif not built:
        advice = f"run this where {build} is, say --build-dir, or run `autograder build`"
        yield Finding("assignments", "bad", f"none is built in {build}", advice)
    if good:
        yield Finding("assignments", "good", f"{', '.join(good)} built")


def _disk(build: Path) -> Finding:
    place = build if build.exists() else Path()
    free = shutil.disk_usage(place).free
    said = f"{free / 2**30:.1f} GiB free"
    if free < ROOM:
        return Finding("disk", "weak", said, "a class of a thousand takes about 2 GiB: make room")
    return Finding("disk", "good", said)


def _cores() -> Finding:
    from autograder.sealed import cores

    return Finding("cores", "good", f"{cores.count()}: `--jobs` is that many unless you say otherwise")
