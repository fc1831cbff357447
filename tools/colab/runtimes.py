"""Which versions a runtime of Colab has: from the files beside this one, or from a published freeze list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).parent
_NAME = re.compile(r"runtime-(\d{4}-\d{2})-python(3\.\d+)")
_PIN = re.compile(r"([A-Za-z0-9][\w.-]*) ?== ?([\w.+!-]+)")
_BUILT = re.compile(r"([A-Za-z0-9][\w.-]*) @ \S*/[\w.]+-(\d[^-/]*)-[^/]+\.whl")


@dataclass(frozen=True)
class Runtime:
    """A runtime of Colab.

    Attributes
    ----------
    name : str
        What the table calls it.
    python : str
        Its Python, such as ``"3.13"``.
    pins : tuple of str
        What is installed, as ``name==version``, without torch.
    torch : str
        The version of torch, without the name of its build; empty where the list has none.
    limits : tuple of str
        Versions of what these need besides: the whole list.
    """

    name: str
    python: str
    pins: tuple[str, ...]
    torch: str
    limits: tuple[str, ...] = ()


def known() -> list[Runtime]:
    """Return the runtimes whose versions lie beside this file, the newest first."""
    return [_kept(path) for path in sorted(HERE.glob("runtime-*.txt"), reverse=True)]


def published(freeze: Path, python: str = "") -> Runtime:
    """Return the runtime that a freeze list describes, with the packages that matter to our notebooks.

    Parameters
    ----------
    freeze : Path
        The list: a line ``name==version`` or ``name @ address of a wheel`` for each package.
    python : str, optional
        Its Python, which no list names; by default that of the newest runtime known here.

    Raises
    ------
    ValueError
        When it is no freeze list, or lacks a package that every notebook needs.
    """
    newest = known()[0]
    versions = _versions(freeze.read_text(encoding="utf-8"))
    matter = [_normal(pin.partition("==")[0]) for pin in newest.pins]
    missing = {"numpy", "matplotlib", "ipython", "ipykernel"} - versions.keys()
    if missing:
        raise ValueError(f"{freeze} is no freeze list of Colab: it lacks {', '.join(sorted(missing))}")
    pins = tuple(f"{name}=={versions[name]}" for name in matter if name in versions)
    torch = versions.pop("torch", "").partition("+")[0]
    limits = tuple(f"{name}=={version}" for name, version in versions.items() if "+" not in version)
    return Runtime(freeze.stem, python or newest.python, pins, torch, limits)


def _kept(path: Path) -> Runtime:
    found = _NAME.fullmatch(path.stem)
    if found is None:
        raise ValueError(f"{path.name} is not called like runtime-2026-08-python3.13.txt")
    versions = _versions(path.read_text(encoding="utf-8"))
    torch = versions.pop("torch", "")
    return Runtime(found[1], found[2], tuple(f"{n}=={v}" for n, v in versions.items()), torch)


def _versions(text: str) -> dict[str, str]:
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    found = [_PIN.fullmatch(line) or _BUILT.match(line) for line in lines]
    return {_normal(match[1]): unquote(match[2]) for match in found if match}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
