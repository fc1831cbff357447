"""Format the code cells of the chapters with ruff; visible ones to the width of the text column.

    python tools/format_chapters.py [--check] [FILE ...]     all chapters without one

With --check nothing is written, and the exit code is 1 when a cell is not formatted.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1] / "book"
WIDTH = 68  # characters of visible code, as tests/book/rules_code.py has it: what fits the text column
FOLDED = 110  # of a cell that is folded away or shows its output only
# A code cell: its fence, its options (a YAML block or lines of :key:), its code, the closing fence.
CELL = re.compile(
    r"(?P<head>^```\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[\w-]+:[^\n]*\n)+\n?)?)(?P<code>.*?)(?P<end>^```$)",
    re.DOTALL | re.MULTILINE,
)


def formatted(cell: re.Match[str]) -> str:
    """Return one cell with its code as ruff would write it."""
    folded = re.search(r"(hide|remove)-(input|cell)", cell["head"])
    width = str(FOLDED if folded else WIDTH)
    command = [sys.executable, "-m", "ruff", "format", "--line-length", width, "-"]
    run = subprocess.run(command, input=cell["code"], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{run.stderr}in the cell\n{cell['code']}")
    return cell["head"] + run.stdout + cell["end"]


def main() -> int:
    """Format the chapters, or say which are not."""
    check = "--check" in sys.argv[1:]
    asked = [Path(name).resolve() for name in sys.argv[1:] if name != "--check"]
    odd = []
    for path in asked or sorted(BOOK.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        new = CELL.sub(formatted, text)
        if new != text:
            odd.append(path)
            if not check:
                path.write_text(new, encoding="utf-8")
    for path in odd:
        print(f"{'not formatted (make format)' if check else 'formatted'}: {path.relative_to(BOOK.parent)}")
    return int(check and bool(odd))


if __name__ == "__main__":
    raise SystemExit(main())
