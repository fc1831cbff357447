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

from rows import layers, sampled, training
from rows.results import keep, line, rule
from rows.timing import Row, Times, measure

HEAD = ("float32", "torch, ms", "NumPy ×", "on torch ×", "torch on two, ms", "NumPy halves ×")
WIDTHS = (56, 9, 8, 10, 16, 14)


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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="time for each row on one thread")
    parser.add_argument("--only", default="", help="rows whose name holds this word")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    options = parser.parse_args()
    table = [line(HEAD, WIDTHS), rule(len(HEAD))]
    print(*table, sep="\n", flush=True)
    for build in (*layers.ROWS, *training.ROWS, *sampled.ROWS):
        row = build()
        if options.only in row.name:
            table.append(line(cells(row, measure(row, options.seconds)), WIDTHS))
            print(table[-1], flush=True)
    if options.save:
        command = f"python benchmarks/layers.py --seconds {options.seconds:g} --save"
        note = "Best against best, taking turns. At a load above 2 the columns of two threads mean little."
        print(f"\nkept in {keep('layers', [*table, '', note], command, ('numpy', 'torch'))}")


if __name__ == "__main__":
    main()
