"""Honest notebooks graded beside attacks, as by `--jobs 2`: they find nothing of them, and nothing stays."""

import os
import time
from pathlib import Path

import pytest

from autograder.grading.job import Setup
from autograder.grading.pool import Pool
from autograder.records.store import Store
from autograder.sealed import cores
from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect
from tests.attacks.conftest import LIMITS
from tests.attacks.harness import LOOK, attacks, notebook, scores, shown
from tests.attacks.hidden_class import HONEST, POSSIBLE
from tests.attacks.test_attacks import strays
from tests.autograder.sealed.observed import open_files

pytestmark = pytest.mark.sealed

# One of each way to take what a neighbour needs, and those that reach for processes that are not theirs.
NAMES = (
    "bandwidth_flood",
    "crash_storm",
    "daemons",
    "descriptor_flood",
    "disk_flood",
    "fork_bomb",
    "killed_siblings",
    "many_files",
    "process_storm",
    "scheduler_asked",
    "shared_memory",
)


def family(root: int) -> dict[int, set[int]]:
    """Return the processes below one, and on which cores each may run."""
    parents, allowed = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
                allowed[int(entry.name)] = os.sched_getaffinity(int(entry.name))
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {root}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return {pid: allowed[pid] for pid in found - {root} if pid in allowed}


def submissions(folder: Path) -> list[Entry]:
    """Write honest notebooks and attacks, in turn: with two processes, neighbours of each other."""
    chosen = [attack for attack in attacks() if attack.name in NAMES]
    assert sorted(attack.name for attack in chosen) == sorted(NAMES)
    for number, attack in enumerate(chosen):
        (folder / f"{number:02}-attack-{attack.name}.ipynb").write_text(attack.notebook)
        for turn in range(2):
            (folder / f"{number:02}-honest-{turn}.ipynb").write_text(notebook(*HONEST, LOOK))
    return collect(folder)


def test_honest_notebooks_beside_attacks_find_their_own_sandbox_alone(tmp_path, hidden, untouched):
    (tmp_path / "in").mkdir()
    entries = submissions(tmp_path / "in")
    before, descriptors = family(os.getpid()), open_files()
    shares, places = cores.shares(2, cores.available()), []
    with Pool(Setup(hidden, tmp_path / "out", "bubblewrap", LIMITS), 2) as pool:
        graders = set(family(os.getpid())) - set(before)
        for _ in pool.results(entries):
            places.append({pid: on for pid, on in family(os.getpid()).items() if pid not in before})
    until = time.monotonic() + 5
    while set(family(os.getpid())) - set(before) and time.monotonic() < until:
        time.sleep(0.05)

    assert set(family(os.getpid())) <= set(before), "a process was left behind"
    assert open_files() <= descriptors, "a descriptor was left open"
    assert strays() == []
    assert len(graders) >= 2
    used = {frozenset(on) for place in places for on in place.values()}
    assert used == set(shares), "each process, whatever started it, keeps to the share of one grader"
    assert max(map(len, places)) > 10, "nothing but warm processes ran when the cores were looked at"
    store = Store(tmp_path / "out")
    for entry in entries:
        record = store.read(entry.slug)
        assert record is not None
        assert sorted(scores(record.result)) == sorted(POSSIBLE)
        if "honest" in entry.slug:
            assert (record.result.status, record.result.reason) == ("graded", ""), entry.slug
            assert scores(record.result) == POSSIBLE
            assert shown(record.result) == untouched, f"{entry.slug} finds traces of a neighbour"
