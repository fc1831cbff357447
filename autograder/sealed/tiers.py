"""The ways to seal a notebook off, strongest first, and how to start each."""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

from .layout import HOME, INSIDE, SETTINGS, SYSTEM, Layout, layout

TierName = Literal["bubblewrap", "process"]
TIERS: tuple[TierName, ...] = ("bubblewrap", "process")
STUDENT = "sealed-student"
UNPRIVILEGED = 2_000_000  # user ids from here on own nothing; one is taken where the grader is root
CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID")


class TierUnavailable(RuntimeError):
    """The tier that was asked for does not work on this machine; the message says what to install."""


def sandbox_uid() -> int:
    """Return the user that notebooks run as where this process is root: one that no other grader uses.

    A container that grades one notebook and is gone makes a user of the name ``STUDENT`` for it: there,
    the high numbers may not exist.
    """
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(STUDENT).pw_uid
    return UNPRIVILEGED + os.getpid()


def environment(paths: Path, temporary: str) -> dict[str, str]:
    """Return the whole environment of the sandboxed Python, which finds ``inside`` in ``paths``."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": f"{temporary}/home",
        "TMPDIR": temporary,
        "MPLCONFIGDIR": f"{temporary}/home/matplotlib",
        "IPYTHONDIR": f"{temporary}/home/ipython",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "LANG": "C.UTF-8",
        "USER": "student",
        "PYTHONPATH": str(paths),
        "PYTHONHASHSEED": "0",
        "COURSEKIT_GRADING": "1",
        # A card needs more address space than a notebook may have; and grades are the same without one.
        "CUDA_VISIBLE_DEVICES": "",
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    }


def python_command(python: Path) -> list[str]:
    """Return the command that starts the interpreter.

    Neither ``site`` (which would run the ``.pth`` files of the project's own installation) nor the
    working folder has a say in what can be imported.
    """
    return [str(python), "-s", "-S", "-P", "-B"]


def bubblewrap_command(where: Layout) -> list[str]:
    """Return the bubblewrap command line up to the program to run."""
    options = ["--die-with-parent", "--new-session", "--clearenv", "--cap-drop ALL", "--hostname sandbox"]
    options += [f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts", "cgroup-try")]
    if os.geteuid() == 0:
        # Without a user namespace of its own, so that the zygote can become an ordinary user of the host.
        options += [f"--cap-add {capability}" for capability in CAPABILITIES]
        options += ["--dir /proc"]
    else:
        options += ["--unshare-user", "--proc /proc"]
    command = ["bwrap", *(word for option in options for word in option.split())]
    for path in SYSTEM:
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            command += _bind(path, path)
    binds = [*((s, s) for s in SETTINGS), *where.bound, (INSIDE, HOME / "inside")]
    steps = [(target, _bind(source, target)) for source, target in binds]
    steps += [(target, ["--tmpfs", str(target)]) for target in where.masked]
    # What lies below another comes after it: a library in a checkout that is itself hidden is still there.
    for _, step in sorted(steps, key=lambda entry: entry[0].parts):
        command += step
    for path in where.masked:
        command += ["--remount-ro", str(path)]
    # Where the grader is no root, /dev and what lies in it belong to the notebook's own user.
    command += ["--dev", "/dev", "--remount-ro", "/dev"]
    command += ["--perms", "1777", "--tmpfs", "/tmp", "--chdir", "/tmp"]
    for name, value in environment(HOME, "/tmp").items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/"]


def _bind(source: Path, target: Path) -> list[str]:
    """Return the options that bind a folder; bwrap alone would open those above to its own user only."""
    above = [word for folder in reversed(target.parents[:-1]) for word in ("--dir", str(folder))]
    return [*above, "--ro-bind-try", str(source), str(target)]


class _Known:
    """Whether bubblewrap was seen to work: here, by this process, or there, by the one that started it."""

    here = there = False


_known = _Known()


def seen_to_work() -> bool:
    """Return whether this process has seen that bubblewrap works, or was told so."""
    return _known.here or _known.there


def told_that_it_works() -> None:
    """Trust the process that started this one, on the same machine: trying takes as long as ten imports."""
    _known.there = True


@functools.cache
def why_no_bubblewrap() -> str:
    """Return why the bubblewrap tier does not work here, in words; empty when it works.

    It is tried by building the walls that a notebook would get, with one package hidden instead of hundreds:
    bwrap needs longer for these than for all else.
    """
    if _known.there:
        return ""
    if sys.platform != "linux":
        return "bubblewrap needs Linux"
    if shutil.which("bwrap") is None:
        return "the program bwrap is missing: install the package `bubblewrap`"
    where = layout()
    where = replace(where, masked=where.masked[:1])
    program = (
        f"sys.path[:0] = {[str(path) for path in where.paths]}\n"
        "from inside import wire\n"
        "user = os.getuid(), os.getgid()\n"
        "pid = confine.fork_apart()\n"
        "if pid: raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "confine.map_user(*user); confine.furnish({'disk': 1 << 20})\n"
        "confine.drop_privileges(); confine.filter_calls()\n"
    )
    try:
        done = behind_walls(where, program)
    except subprocess.TimeoutExpired:
        return "bubblewrap did not start within 30 seconds"
    if done.returncode == 0:
        _known.here = True
        return ""
    return (
        f"bubblewrap does not work here ({last_words(done)}): it needs unprivileged user namespaces "
        "(sysctl kernel.unprivileged_userns_clone=1; "
        "on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0)"
    )


def behind_walls(where: Layout, program: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program behind the walls of the warm process, as the user that notebooks are forked from."""
    start = (
        "from inside import confine; import os, sys\n"
        f"if os.geteuid() == 0: confine.mount_proc(); confine.leave_root({sandbox_uid()})\n"
    )
    command = [*bubblewrap_command(where), *python_command(where.python), "-c", start + program]
    return subprocess.run(command, input=told, capture_output=True, text=True, timeout=30)


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program said last, or how it ended."""
    return (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]


def available_tiers() -> list[TierName]:
    """Return the tiers that work on this machine, strongest first."""
    return [tier for tier in TIERS if tier != "bubblewrap" or not why_no_bubblewrap()]


def choose(tier: str) -> TierName:
    """Return the tier to use for ``"auto"`` or a demanded one.

    Raises
    ------
    ValueError
        When there is no tier of this name.
    TierUnavailable
        When the demanded tier does not work here.
    """
    if tier == "auto":
        return available_tiers()[0]
    if tier == "process":
        return "process"
    if tier != "bubblewrap":
        raise ValueError(f"Grader: tier must be 'auto', 'bubblewrap' or 'process', it is {tier!r}")
    if why := why_no_bubblewrap():
        raise TierUnavailable(f"the bubblewrap tier is not available: {why}")
    return "bubblewrap"
