"""Run every homework and every chapter as on Colab, with Colab's own versions, from the first cell.

    python tools/rehearse_colab.py                      each runtime known here, every notebook
    python tools/rehearse_colab.py --only hw3 --only losses
    python tools/rehearse_colab.py --freeze FILE        the versions of a published freeze list instead

The wheel is built as `make publish` builds it, and the first cell installs it. A notebook passes when no cell
raises, the first cell says what it found, and nothing is installed afterwards that was not there before, but
for our two packages. Ends with 1 where one does not pass.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.colab import environments, notebooks, runtimes  # noqa: E402
from tools.publish.wheel import build_wheel  # noqa: E402

PLACE = ROOT / "build/colab"


def table(results: Sequence[notebooks.Result]) -> str:
    """Return what became of each notebook, as a Markdown table."""
    rows = ["| runtime | notebook | seconds | result |", "|---|---|---:|---|"]
    for r in results:
        result = r.problem or (f"left out: {r.left_out}" if r.left_out else "passed")
        short = " ".join(result.split()).replace("|", "\\|")[:300]
        rows.append(f"| {r.runtime} | {r.notebook} | {r.seconds:.0f} | {short} |")
    return "\n".join(rows)


def summary(results: Sequence[notebooks.Result]) -> str:
    """Return how many notebooks passed, failed and were left out, in a sentence for each runtime."""
    lines = []
    for runtime in dict.fromkeys(r.runtime for r in results):
        of = [r for r in results if r.runtime == runtime]
        failed, left = sum(bool(r.problem) for r in of), sum(bool(r.left_out) for r in of)
        seconds = sum(r.seconds for r in of)
        lines.append(
            f"{runtime}: {len(of) - failed - left} passed, {failed} failed, {left} left out, {seconds:.0f} s."
        )
    return "\n".join(lines)


def page(results: Sequence[notebooks.Result], made: Sequence[environments.Environment]) -> str:
    """Return the table with date, machine and versions, as it is kept beside other measurements."""
    torch = [f"{e.runtime.name}: {f'torch {e.runtime.torch}' if e.has_torch else 'no torch'}" for e in made]
    return "\n\n".join(
        [
            "# Every notebook in Colab's runtimes",
            "Written by `make rehearse-colab`. Seconds include the start of the kernel and the installation.",
            f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
            f"{'; '.join(torch)}.",
            summary(results),
            table(results) + "\n",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse, print the table, and return 1 where a notebook fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runtime", action="append", help="a runtime known here, such as 2026-08; all without"
    )
    parser.add_argument(
        "--freeze", type=Path, help="a freeze list of Colab, in the place of those known here"
    )
    parser.add_argument("--python", default="", help="the Python of --freeze, such as 3.13")
    parser.add_argument("--only", action="append", default=[], help="a part of the names of notebooks to run")
    parser.add_argument(
        "--torch", choices=("cpu", "pypi", "none"), default="cpu", help="where torch comes from"
    )
    parser.add_argument("--save", type=Path, help="write the table into this file, too")
    asked = parser.parse_args(arguments)
    try:
        chosen = [runtimes.published(asked.freeze, asked.python)] if asked.freeze else runtimes.known()
        chosen = [r for r in chosen if not asked.runtime or r.name in asked.runtime]
        wanted = [
            n for n in notebooks.every(ROOT) if not asked.only or any(part in n.name for part in asked.only)
        ]
        if not chosen or not wanted:
            raise RuntimeError("nothing to run: no such runtime, or no notebook of such a name")
        made = [environments.prepare(runtime, PLACE, asked.torch) for runtime in chosen]
    except (OSError, RuntimeError, ValueError) as error:
        print(f"rehearsal: {error}", file=sys.stderr)
        return 1
    results = []
    with tempfile.TemporaryDirectory(prefix="rehearsal-wheel-") as folder:
        wheel = build_wheel(ROOT, Path(folder))
        with tqdm(total=len(made) * len(wanted), unit="notebook", dynamic_ncols=True) as bar:
            for environment in made:
                for notebook in wanted:
                    bar.set_postfix_str(notebook.name)
                    results.append(notebooks.rehearse(notebook, environment, wheel))
                    bar.update()
    print(table(results), summary(results), sep="\n\n")
    if asked.save:
        asked.save.write_text(page(results, made), encoding="utf-8")
    return 1 if any(result.problem for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
