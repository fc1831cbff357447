"""Begin an interactive figure: a script and its function that keep the contract, for an author to change.

    python tools/new_figure.py newton_step

Both files are the example of "Writing a figure" under another name.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import guide_code

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "gradient_step"


def begin(root: Path, name: str) -> list[Path]:
    """Write the figure's two files and offer it in `coursekit.widgets`; return what was written.

    Raises
    ------
    ValueError
        If the name is none, or taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(f"a figure's name is like newton_step, small letters and digits, got {name!r}")
    pieces = guide_code.pieces(root / "book/instructors/writing-a-figure.md")
    files = {root / piece.name.replace(EXAMPLE, name): piece.code for piece in pieces}
    if taken := [path for path in files if path.exists()]:
        raise ValueError(f"{taken[0].relative_to(root)} is there already: take another name, or edit it")
    for path, code in files.items():
        path.write_text(code.replace(EXAMPLE, name), encoding="utf-8")
    offer = root / "src/coursekit/widgets/__init__.py"
    guide_code.into_the_file(offer, f"from coursekit.widgets._{name} import {name}\n")
    return [*files, offer]


def main() -> int:
    """Begin the figure that the command line names."""
    parser = argparse.ArgumentParser(description="Begin an interactive figure.")
    parser.add_argument("name", help="of its function, such as newton_step")
    asked = parser.parse_args()
    try:
        written = begin(ROOT, asked.name)
    except ValueError as error:
        print(f"new_figure: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"wrote {path.relative_to(ROOT)}")
    print(f"change them, then run `python -m pytest -q tests/coursekit/figures -k {asked.name}`")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
