"""Time convnet against torch: layers forward and backward, Adam's step, an epoch of LeNet-5.

Run it with ``python benchmarks/layers.py [--seconds 5] [--only WORD] [--save]``. It prints one row for each
shape: torch's best time on one thread, and the times of convnet on NumPy arrays and on torch tensors as
multiples of it; then torch's best time on two threads, and that of convnet on NumPy arrays with each half of
the batch on its own thread as a multiple of that. Below 1 is faster than torch. ``--save`` keeps the table in
``benchmarks/results``, with the machine and the versions.

`make bench` tells the C library to keep large buffers instead of returning them to the system. Without that
the page faults of a few megabytes can double the time of a cheap layer, on either side.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from rows import layers, sampled, training
from rows.timing import Row, Times, measure

RESULTS = Path(__file__).parent / "results"
HEAD = ("float32", "torch, ms", "NumPy ×", "on torch ×", "torch on two, ms", "NumPy halves ×")
WIDTHS = (56, 9, 8, 10, 16, 14)


def processor() -> str:
    """Return the name of the processor."""
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found.group(1) if found else platform.processor() or platform.machine()


def cells(row: Row, times: Times) -> tuple[str, ...]:
    """Return what stands in one row of the table."""
    over = [times.on_numpy / times.torch, times.on_torch and times.on_torch / times.torch]
    halves = times.halves and times.halves / times.torch_on_two
    ratios = [f"{ratio:.2f}" if ratio else "–" for ratio in (*over, halves)]
    return (
        row.name,
        f"{times.torch * 1e3:.2f}",
        *ratios[:2],
        f"{times.torch_on_two * 1e3:.2f}",
        ratios[2],
    )


def line(texts: tuple[str, ...]) -> str:
    """Return one row of the table, which is Markdown."""
    first, *others = (text.rjust(width) for text, width in zip(texts, WIDTHS, strict=True))
    return f"| {' | '.join([first.strip().ljust(WIDTHS[0]), *others])} |"


def save(table: list[str], seconds: float) -> Path:
    """Keep the table in a file that is named after the day and the machine."""
    today = datetime.date.today().isoformat()
    name = processor()
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:24].strip("-")
    path = RESULTS / f"{today}-{slug}.md"
    versions = ", ".join(f"{package} {version(package)}" for package in ("numpy", "torch"))
    about = [
        f"# {today}, {name}",
        "",
        f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}, {versions}.",
        f"`python benchmarks/layers.py --seconds {seconds:g} --save`: best against best, taking turns.",
        f"Load when it ended: {os.getloadavg()[0]:.1f}; above 2 the columns of two threads mean little.",
        "",
    ]
    RESULTS.mkdir(exist_ok=True)
    path.write_text("\n".join([*about, *table]) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="time for each row on one thread")
    parser.add_argument("--only", default="", help="rows whose name holds this word")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    table = [line(HEAD), "|".join(["", " :--- ", *[" ---: "] * (len(HEAD) - 1), ""])]
    print(*table, sep="\n", flush=True)
    for build in (*layers.ROWS, *training.ROWS, *sampled.ROWS):
        row = build()
        if options.only in row.name:
            table.append(line(cells(row, measure(row, options.seconds))))
            print(table[-1], flush=True)
    if options.save:
        print(f"\nsaved in {save(table, options.seconds)}")


if __name__ == "__main__":
    main()
