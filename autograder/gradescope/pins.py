"""The packages that grading needs, pinned to the versions of this environment."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from autograder.sealed import visible

NEEDED = ("array-api-compat", "ipython", "matplotlib", "msgpack", "nbformat", "numpy", "python-frontmatter")
# Only Otter's test files are loaded (autograder.startup), and only fica's core: neither needs its
# dependencies.
ALONE = ("fica", "otter-grader")
INSTALLER = "uv"
_LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
_GPU = ("nvidia-", "cuda-", "triton")  # the container has none


def pins(modules: Sequence[str]) -> list[str]:
    """Return one line ``name==version`` for every package that grading needs, dependencies included.

    Parameters
    ----------
    modules : sequence of str
        What the assignment allows to import.

    Raises
    ------
    ValueError
        When a package is not installed here, so that there is no version to pin.
    """
    found = {pin(name) for name in ALONE}
    todo = [*NEEDED, *(one for name in modules for one in visible.distributions(name))]
    seen: set[tuple[str, str]] = set()
    while todo:
        name, _, extra = todo.pop().partition(":")
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        found.add(pin(name))
        for needed in map(Requirement, metadata.requires(name) or ()):
            key = canonicalize_name(needed.name)
            if key.startswith(_GPU) or not _applies(needed, extra):
                continue
            todo += [key, *(f"{key}:{more}" for more in needed.extras)]
    return sorted(found)


def pin(name: str) -> str:
    """Return the line that pins ``name`` to the version installed here; a build's own mark is left out."""
    try:
        version = Version(metadata.version(name))
    except metadata.PackageNotFoundError:
        raise ValueError(
            f"{name} is not installed here, and the container would need it: run this in the environment "
            "that `make` creates"
        ) from None
    return f"{name}=={version.public}"


def _applies(needed: Requirement, extra: str) -> bool:
    return needed.marker is None or needed.marker.evaluate({**_LINUX, "extra": extra})
