"""Format the code cells of the chapters with ruff; visible ones to the width of the text column.

    python tools/format_chapters.py [--check] [FILE ...]     all chapters without one

With --check nothing is written, and the exit code is 1 when a cell is not formatted.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1] / "book"
RULES = BOOK.parent / "pyproject.toml"
WIDTH = 68  # characters of visible code, as tests/book/rules_code.py has it: what fits the text column
FOLDED = 110  # of a cell that is folded away or shows its output only
# A code cell: its fence, its options (a YAML block or lines of :key:), its code, the closing fence.
CELL = re.compile(
    r"(?P<head>^```\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[\w-]+:[^\n]*\n)+\n?)?)(?P<code>.*?)(?P<end>^```$)",
    re.DOTALL | re.MULTILINE,
)


def formatted(texts: Sequence[str]) -> list[str]:
    """Return chapters with the code of each cell as ruff would write it: two runs of it for all cells."""
    cells = [cell for text in texts for cell in CELL.finditer(text)]
    with tempfile.TemporaryDirectory() as folder:
        places = []
        for number, cell in enumerate(cells):
            folded = re.search(r"(hide|remove)-(input|cell)", cell["head"])
            places.append(Path(folder, str(FOLDED if folded else WIDTH), f"{number}.py"))
            places[-1].parent.mkdir(exist_ok=True)
            places[-1].write_text(cell["code"], encoding="utf-8")
        for width in {place.parent for place in places}:
            command = [
                sys.executable,
                "-m",
                "ruff",
                "format",
                "--config",
                str(RULES),
                "--line-length",
                width.name,
                ".",
            ]
            run = subprocess.run(command, cwd=width, capture_output=True, text=True)
            if broken := re.search(r"(\d+)\.py", run.stderr):
                raise SystemExit(f"{run.stderr}in the cell\n{cells[int(broken[1])]['code']}")
            if run.returncode:
                raise SystemExit(run.stderr)
        written = iter([place.read_text(encoding="utf-8") for place in places])
    return [CELL.sub(lambda cell: cell["head"] + next(written) + cell["end"], text) for text in texts]


def main() -> int:
    """Format the chapters, or say which are not."""
    check = "--check" in sys.argv[1:]
    asked = [Path(name).resolve() for name in sys.argv[1:] if name != "--check"]
    odd = []
    paths = asked or sorted(BOOK.rglob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for path, text, new in zip(paths, texts, formatted(texts), strict=True):
        if new != text:
            odd.append(path)
            if not check:
                path.write_text(new, encoding="utf-8")
    for path in odd:
        print(f"{'not formatted (make format)' if check else 'formatted'}: {path.relative_to(BOOK.parent)}")
    return int(check and bool(odd))


if __name__ == "__main__":
    raise SystemExit(main())
