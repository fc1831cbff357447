"""A class of notebooks: honest ones of several kinds, and hostile ones from the collection of attacks."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from tests.attacks import harness
from tests.autograder.sealed import class_of_one

HOSTILE = 0.05  # of the class
LOOPS, EVERY = 1000, 3000  # notebooks for each endless loop, and for each attack that takes many seconds
# Attacks that are over within a moment: lies, searches, forgeries, other sockets.
QUICK = (
    "arguments_overwritten", "callback_walk", "changed_cell_ids", "equals_anything", "exits",
    "fake_tracebacks", "files_named_like_tests", "forged_otter_metadata", "frame_walk",
    "hostile_exceptions", "inet", "inet6", "limits_raised", "lying_array", "lying_class",
    "lying_dates_and_texts", "lying_instances", "lying_numbers", "not_a_number", "object_arrays",
    "parent_memory", "patched_harness", "patched_wire", "path_guesses", "raised_messages",
    "reference_import", "stored_outputs", "terminal_escapes", "traceback_walk",
)  # fmt: skip
ENDLESS = ("sleeping", "endless_calls", "endless_generator")
HONEST = {
    "right": 55, "partly right": 20, "blank": 8, "wrong syntax": 6, "slow": 3, "other order": 3, "no JSON": 3,
    "empty": 2,
}  # fmt: skip


def make_class(folder: Path, count: int, seed: int = 1) -> dict[str, str]:
    """Write the assignment below ``folder/build`` and the class into ``folder/in``.

    Every notebook has a text of its own, so that no two are the same bytes; which student gets which kind is
    drawn.

    Parameters
    ----------
    folder : Path
        An empty folder.
    count : int
        Notebooks.
    seed : int
        Of the draw.

    Returns
    -------
    dict of str to str
        Each student's kind.
    """
    class_of_one.make(folder / "build")
    (folder / "in").mkdir()
    dice = random.Random(seed)
    attacks = {a.name: a.notebook for a in harness.attacks()}
    kinds = [f"attack {name}" for name in _attacks(count)] + ["endless loop"] * max(count // LOOPS, 1)
    kinds += dice.choices(list(HONEST), list(HONEST.values()), k=count - len(kinds))
    dice.shuffle(kinds)
    students = {f"s{number:06}": kind for number, kind in enumerate(kinds)}
    for student, kind in tqdm(students.items(), desc="writing the class", unit="notebook", leave=False):
        source = attacks[kind.removeprefix("attack ")] if kind.startswith("attack ") else None
        (folder / "in" / f"{student}.ipynb").write_text(
            _signed(source, student) if source else _honest(kind, student), encoding="utf-8"
        )
    return students


def about(students: dict[str, str]) -> str:
    """Say what the class consists of."""
    counts = Counter("hostile" if kind.startswith("attack ") else kind for kind in students.values())
    return ", ".join(f"{number} {kind}" for kind, number in counts.most_common())


def _attacks(count: int) -> list[str]:
    endless = max(count // EVERY, 1)
    quick = max(round(count * HOSTILE) - endless, 1)
    return [ENDLESS[n % len(ENDLESS)] for n in range(endless)] + [QUICK[n % len(QUICK)] for n in range(quick)]


def _signed(notebook: str, student: str) -> str:
    """Add a cell that says whose notebook it is."""
    content = json.loads(notebook)
    content["cells"].append({"cell_type": "markdown", "metadata": {}, "source": f"By {student}."})
    return json.dumps(content)


def _honest(kind: str, student: str) -> str:
    numpy, double, size, layer = class_of_one.HONEST
    cells = {
        "right": [numpy, double, size, layer],
        "partly right": [numpy, "def double(x):\n    return x + 2", size, layer],
        "blank": [numpy, "def double(x):\n    ...", "def output_size(n, k):\n    ..."],
        "wrong syntax": [numpy, "def double(x)\n    return 2 * x", size, layer],
        "slow": [numpy, f"import time\ntime.sleep(0.1)\n{double}", size, layer],
        "endless loop": [numpy, "while True:\n    pass", double, size, layer],
        "other order": [layer, size, numpy, double, "print(double(3))"],
    }.get(kind)
    if cells is None:
        return f"{{broken by {student}" if kind == "no JSON" else ""
    return _signed(class_of_one.notebook(*cells), student)
