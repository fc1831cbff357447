"""`autograder new`: a small assignment that passes every check, for an author to change."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from autograder.files import whole

# The template of each file, by its place in the assignment's folder.
FILES = {
    "{name}.py": "master.py.txt",
    "mutants.toml": "mutants.toml.txt",
    "alternatives/convolution.py": "convolution.py.txt",
    "worthless/constant.py": "constant.py.txt",
    "rubric.md": "rubric.md.txt",
}


def write(name: str, title: str, root: Path) -> list[Path]:
    """Write the master of a new assignment and what stands beside it, and return the files.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw8"``.
    title : str
        Its title.
    root : Path
        The repository.

    Raises
    ------
    ValueError
        When the name is no name, or taken; when the title is empty or more than a line.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"an assignment's name is like hw8, small letters and digits, got {name!r}")
    if not title.strip() or len(title.splitlines()) != 1:
        raise ValueError(f"a title is one line of text, got {title!r}")
    folder = root / "solutions" / name
    if folder.exists():
        raise ValueError(f"{folder} is there already: take another name, or edit it")
    written = []
    for place, template in FILES.items():
        text = (files("autograder.release") / "scaffold" / template).read_text(encoding="utf-8")
        path = folder / place.format(name=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as draft:
            draft.write_text(text.replace("@NAME@", name).replace("@TITLE@", title.strip()), encoding="utf-8")
        written.append(path)
    return written
