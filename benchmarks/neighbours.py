"""What an attack costs the submission that is graded beside it, and the one that is graded after it.

Two graders, as `autograder grade --jobs 2` has them, each with its share of the cores. One grades an honest
NumPy notebook over and over. The other grades an attack, and in turn an honest notebook: what two honest
notebooks cost each other is not the attack's doing. Run from the repository's root:

    python benchmarks/neighbours.py [--seconds 0.8] [--rounds 3] [--only WORD] [--unpinned] [--save]

Below 1.10 an attack slows nobody by more than a tenth. Wall time counts everything; CPU time leaves out
waiting for a core, so where other programs run it alone means something.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `tests`, which is not installed

from rows.results import keep, rule

from autograder.assignment import Assignment
from autograder.sealed import Grader, Limits, cores
from tests.attacks import hidden_class
from tests.attacks.harness import attacks, notebook, scores

FAMILIES = ("floods", "neighbours", "endless")  # of attacks; or how their names begin
LIMITS = Limits(
    cell_seconds=1.5,
    notebook_seconds=4.0,
    call_seconds=1.5,
    case_seconds=2.0,
    grading_seconds=3.0,
    cell_restarts=0,
    case_restarts=0,
)
HEAD = ("the other grades", "wall", "wall, best", "CPU", "CPU, best", "right after: wall", "CPU", "samples")
# Loops as in a first solution, windows and products as in a good one, arrays larger than a core's own cache.
WORK = """
import time
x = np.random.standard_normal((8, 3, 24, 24))
w = np.random.standard_normal((6, 3, 5, 5))
out = np.zeros((1, 6, 20, 20))
for f in range(6):
    for i in range(20):
        for j in range(20):
            out[0, f, i, j] = (x[0, :, i:i + 5, j:j + 5] * w[f]).sum()
for _ in range(15):
    windows = np.lib.stride_tricks.sliding_window_view(x, (5, 5), (2, 3))
    fast = np.einsum('nchwij,fcij->nfhw', windows, w, optimize=True)
assert np.allclose(fast[0], out[0])
a = np.random.standard_normal((300, 300))
for _ in range(12):
    a = a @ a / np.linalg.norm(a)
big = np.random.standard_normal(1 << 20)
for _ in range(8):
    big = np.maximum(big, 0) * 0.5 + big
print(time.process_time())
"""
# Two arrays that together just fit the cache all cores share: the worst case, which affinity cannot part.
CACHED = """
import time
a, b = np.ones(1 << 20), np.empty(1 << 20)
for _ in range(200):
    np.copyto(b, a)
print(time.process_time())
"""
CACHE_ROW = "on a full cache"
HONEST, IN_CACHE = (notebook(*hidden_class.HONEST, work) for work in (WORK, CACHED))


@dataclass
class Samples:
    """Seconds of one honest grading after another: on the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    wall_after: list[float] = field(default_factory=list)
    cpu_after: list[float] = field(default_factory=list)


class Neighbour:
    """A grading process on its share of the cores."""

    def __init__(self, assignment: Assignment, share: frozenset[int]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, assignment), daemon=True)
        with cores.within(share):
            self._process.start()
        theirs.close()

    def honest(self, submission: str = HONEST) -> tuple[float, float]:
        """Grade an honest notebook; return its seconds on the clock and of the processor."""
        self.connection.send((submission, None))
        seconds: tuple[float, float] = self.connection.recv()
        return seconds

    def end(self) -> None:
        """End the process and its sandbox."""
        self.connection.close()
        self._process.join()


def serve(connection: Connection, assignment: Assignment) -> None:
    """Grade what comes down the pipe: ``(notebook, seconds)`` for as long, ``(notebook, None)`` once."""
    with Grader(assignment, tier="bubblewrap", limits=LIMITS) as grader:
        grade(grader, HONEST)
        while True:
            try:
                submission, seconds = connection.recv()
            except EOFError:
                return
            if seconds is None:
                connection.send(grade(grader, submission))
                continue
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if submission:
                    grader.grade(submission)
                else:
                    time.sleep(0.05)
            connection.send(time.monotonic())


def grade(grader: Grader, honest: str) -> tuple[float, float]:
    """Grade an honest notebook; return its seconds on the clock and of the processor, both its halves'."""
    used, start = time.process_time(), time.monotonic()
    result = grader.grade(honest)
    wall, used = time.monotonic() - start, time.process_time() - used
    if scores(result) != hidden_class.POSSIBLE:
        raise RuntimeError(f"honest, and graded {result.status} ({result.reason}): {scores(result)}")
    outputs = json.loads(result.executed or "")["cells"][-1]["outputs"]
    return wall, used + float(outputs[0]["text"])


def measure(here: Neighbour, other: Neighbour, task: tuple[str, float], honest: str, into: Samples) -> None:
    """Grade an honest notebook while the other is about its task; then have the other grade one, too."""
    other.connection.send(task)
    found: list[tuple[float, float, float]] = []
    while not other.connection.poll():
        wall, cpu = here.honest(honest)
        found.append((time.monotonic(), wall, cpu))
    ended = other.connection.recv()
    during = [sample for sample in found if sample[0] <= ended] or found[:1]
    into.wall += [wall for _, wall, _ in during]
    into.cpu += [cpu for _, _, cpu in during]
    wall, cpu = other.honest()
    into.wall_after.append(wall)
    into.cpu_after.append(cpu)


def row(name: str, here: Samples, honest: Samples) -> str:
    """Return one row of the table: multiples of the same beside, or after, an honest notebook."""
    columns = [("wall", statistics.median), ("wall", min), ("cpu", statistics.median), ("cpu", min)]
    columns += [("wall_after", min), ("cpu_after", min)]
    ratios = [kind(getattr(here, what)) / kind(getattr(honest, what)) for what, kind in columns]
    return f"| {name:34} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} | {len(here.wall)} |"


def table(chosen: argparse.Namespace, here: Neighbour, other: Neighbour) -> list[str]:
    """Measure every attack, and return the lines of the table; they are printed as they come."""
    lines = [f"| {' | '.join(HEAD)} |", rule(len(HEAD))]
    print(*lines, sep="\n", flush=True)
    here.honest(), other.honest()
    beside, slowest = Samples(), [("nothing", 0.0)]
    floods = {a.name: a.notebook for a in attacks() if a.family in FAMILIES or a.name.startswith(FAMILIES)}
    rows = [(name, floods[name], HONEST) for name in floods]
    rows += [(f"bandwidth_flood, {CACHE_ROW}", floods["bandwidth_flood"], IN_CACHE)]
    for name, submission, honest in [("(nothing)", "", HONEST), *rows]:
        if chosen.only not in name:
            continue
        attacked, peaceful = Samples(), Samples()
        for _ in range(chosen.rounds):
            measure(here, other, (HONEST, chosen.seconds), honest, peaceful)
            measure(here, other, (submission, chosen.seconds), honest, attacked)
        lines.append(row(name, attacked, peaceful))
        print(lines[-1], flush=True)
        if honest == HONEST:
            beside.wall += peaceful.wall
            beside.cpu += peaceful.cpu
        if submission and honest == HONEST:
            slowest.append((name, statistics.median(attacked.wall) / statistics.median(peaceful.wall)))
    name, ratio = max(slowest, key=lambda pair: pair[1])
    end = f"The most on the clock (median), {CACHE_ROW} aside: {ratio:.2f}, {name}."
    if beside.wall:
        wall, cpu = (1000 * statistics.median(x) for x in (beside.wall, beside.cpu))
        end += f" Beside an honest notebook: {wall:.0f} ms on the clock, {cpu:.0f} ms of the processor."
    print("", end, sep="\n")
    return [*lines, "", end]


def main() -> None:
    """Print the table, and keep it on request."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=0.8, help="of a notebook in one round")
    parser.add_argument("--rounds", type=int, default=3, help="attack and honest notebook take turns")
    parser.add_argument("--only", default="", help="attacks whose name holds this word")
    parser.add_argument("--unpinned", action="store_true", help="no cores of their own, to compare")
    parser.add_argument("--save", action="store_true", help="keep the table in benchmarks/results")
    chosen = parser.parse_args()
    shares = cores.shares(2, cores.available())
    if not shares[0].isdisjoint(shares[1]):
        parser.error("two cores are needed, one for each grader")
    with tempfile.TemporaryDirectory() as folder:
        assignment = hidden_class.make(Path(folder))
        here, other = (Neighbour(assignment, frozenset() if chosen.unpinned else s) for s in shares)
        lines = table(chosen, here, other)
        here.end()
        other.end()
    if chosen.save:
        command = f"python benchmarks/neighbours.py --seconds {chosen.seconds:g} --rounds {chosen.rounds}"
        about = (
            "Bubblewrap tier. Multiples of what the same takes beside, or after, an honest notebook, taking "
            "turns. At a load above 2 the columns of the clock mean little."
        )
        print(f"saved in {keep('neighbours', [*lines, '', about], f'{command} --save', ('numpy',))}")


if __name__ == "__main__":
    main()
