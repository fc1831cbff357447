"""A control group that was given to the grader is divided; any other is left as it is.

No machine of the tests has one to give away. So these look at what is read and written, in a folder that is
laid out as the kernel lays out its own.
"""

import os
from pathlib import Path

import pytest

from autograder.limits import Limits
from autograder.sealed.groups import GRADERS, ROOM, Group, delegated
from autograder.sealed.inside import processes

LIMITS = Limits(memory=800, disk=50)


@pytest.fixture
def scope(tmp_path: Path) -> Path:
    """A delegated scope with two processes, and who belongs to it."""
    folder = tmp_path / "user.slice" / "run.scope"
    folder.mkdir(parents=True)
    (folder / "cgroup.controllers").write_text("cpu memory pids\n")
    (folder / "cgroup.procs").write_text("11\n12\n")
    (folder / "cgroup.subtree_control").write_text("")
    try:
        os.setxattr(folder, "user.delegate", b"1")
    except OSError as error:
        pytest.fail(f"temporary files must bear marks (user xattrs) for this test: {error}")
    (tmp_path / "membership").write_text("4:memory:/v1\n0::/user.slice/run.scope\n")
    return folder


def found(tmp_path: Path) -> Path | None:
    return delegated(tmp_path, tmp_path / "membership")


def test_a_delegated_scope_is_found_also_from_within(scope, tmp_path):
    assert found(tmp_path) == scope
    (tmp_path / "membership").write_text(f"0::/user.slice/run.scope/{GRADERS}\n")
    assert found(tmp_path) == scope


def test_a_group_that_nobody_gave_away_is_left_alone(scope, tmp_path):
    os.removexattr(scope, "user.delegate")
    assert found(tmp_path) is None
    os.setxattr(scope, "user.delegate", b"0")
    assert found(tmp_path) is None


@pytest.mark.parametrize("text", ["", "4:memory:/user.slice/run.scope\n", "0::/elsewhere\n"])
def test_without_groups_of_version_2_there_is_none(scope, tmp_path, text):
    (tmp_path / "membership").write_text(text)
    assert found(tmp_path) is None


def test_without_the_controller_of_memory_there_is_none(scope, tmp_path):
    (scope / "cgroup.controllers").write_text("cpu pids\n")
    assert found(tmp_path) is None
    assert Group.below(None, LIMITS) is None


def test_the_graders_move_aside_and_the_sandbox_gets_its_limit(scope):
    (scope / GRADERS).mkdir()
    (scope / f"sandbox-{os.getpid()}").mkdir()
    group = Group.below(scope, LIMITS)
    assert group is not None
    assert (
        scope / GRADERS / "cgroup.procs"
    ).read_text() == "12"  # the last that was written; the kernel adds
    assert (scope / "cgroup.subtree_control").read_text() == "+memory"
    assert (group.folder / "memory.max").read_text() == str(900 + 100 + ROOM)
    assert (group.folder / "memory.swap.max").read_text() == "0"
    group.hold([21])
    assert (group.folder / "cgroup.procs").read_text() == "21"


def test_a_scope_that_cannot_be_divided_after_all_does_no_harm(scope):
    (scope / "cgroup.procs").unlink()
    assert Group.below(scope, LIMITS) is None
    assert not list(scope.glob("sandbox-*"))


def test_the_processes_of_a_sandbox_are_those_below_it():
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(write)
        if os.fork() == 0:
            os.read(read, 1)
            os._exit(0)
        os.read(read, 1)
        os._exit(0)
    os.close(read)
    try:
        for _ in range(2000):
            if below := processes.descendants(pid):
                break
        assert len(below) == 1
        assert {pid, *below} <= set(processes.descendants())
    finally:
        os.close(write)
        os.waitpid(pid, 0)
