"""Where a notebook can write: its own bounded folders, whoever the grader is."""

import os
from pathlib import Path

import pytest

from autograder.sealed.layout import Layout
from autograder.sealed.tiers import bubblewrap_command
from tests.autograder.sealed.class_of_one import notebook
from tests.autograder.sealed.observed import outputs

pytestmark = pytest.mark.sealed

OUR_OWN = ("/tmp", "/dev/shm", "/proc")
SEARCH = f"""
import os
found = []
for top, folders, _ in os.walk("/"):
    deep = top.count("/") > 2
    folders[:] = [f for f in folders if not deep and os.path.join(top, f) not in {OUR_OWN}]
    try:
        os.close(os.open(top + "/stray", os.O_CREAT | os.O_WRONLY))
        found.append(top)
    except OSError:
        pass
print(found)
"""
TERMINALS = """
import os
try:
    print(os.openpty())
except OSError as error:
    print("none")
"""


def ordinary(program: str) -> list[str]:
    """Run a shell program between the walls that an ordinary user's grader builds; return its lines."""
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.dup2(write, 1)
            os.dup2(write, 2)
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            bare = Layout(Path("/usr/bin/python3"), (), (), ())
            command = [*bubblewrap_command(bare), "/bin/sh", "-c", program]
            os.execvp(command[0], command)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read) as pipe:
        lines = pipe.read().splitlines()
    os.waitpid(pid, 0)
    return lines


def test_a_notebook_writes_into_its_own_folders_alone(grader):
    assert outputs(grader.grade(notebook(SEARCH))) == ["[]\n"]


def test_an_ordinary_user_s_notebook_cannot_write_into_the_devices(grader):
    places = "/dev /dev/shm /dev/pts / /proc /opt /etc /usr"
    program = f"for f in {places}; do touch $f/x 2>/dev/null && echo $f; done; echo x >/dev/null && echo done"
    assert ordinary(program) == ["done"]


def test_the_machine_s_terminals_are_out_of_reach(grader):
    assert outputs(grader.grade(notebook(TERMINALS))) == ["none\n"]
