"""What killed grading processes left behind goes, also where several processes sweep at once."""

import os
from pathlib import Path

import pytest

from autograder.grading import remote

NOBODY = 2**22 + 1  # above the largest number that a process can have


def test_what_nobody_uses_goes_and_the_rest_stays(tmp_path: Path) -> None:
    gone, mine = tmp_path / f"autograder-{NOBODY}-ab", tmp_path / f"autograder-{os.getpid()}-cd"
    other = tmp_path / "autograder-notes"
    for folder in (gone, mine, other):
        (folder / "tests").mkdir(parents=True)
    remote._sweep(tmp_path)
    assert [gone.exists(), mine.exists(), other.exists()] == [False, True, True]


def test_a_folder_that_another_process_sweeps_first_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / f"autograder-{NOBODY}-{number}" for number in range(3)]
    for folder in folders:
        folder.mkdir()

    def asked(number: int) -> bool:
        """The other process is faster: what is looked at next is gone by then."""
        for folder in folders[:2]:
            if folder.exists():
                folder.rmdir()
        return False

    monkeypatch.setattr(remote, "alive", asked)
    remote._sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []
