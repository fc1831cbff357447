"""The ways to seal a notebook off, strongest first, and how to start each."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

TierName = Literal["bubblewrap", "process"]
TIERS: tuple[TierName, ...] = ("bubblewrap", "process")

INSIDE = Path(__file__).parent / "inside"
HOME = "/opt/sealed"
SANDBOX_UID = 65533  # an ordinary user who owns nothing; used where the grader itself is root
HIDDEN = ("autograder", "convnet")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")


class TierUnavailable(RuntimeError):
    """The tier that was asked for does not work on this machine; the message says what to install."""


@dataclass(frozen=True)
class Layout:
    """Where things lie for the sandboxed Python: the interpreter and the folders it imports from.

    ``paths`` is its ``sys.path`` beyond the standard library, ``bound`` what must be visible for that, and
    ``masked`` what must not be although it lies below something visible.
    """

    python: str
    paths: tuple[str, ...]
    bound: tuple[str, ...]
    masked: tuple[str, ...]


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package without importing it, or None."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def libraries() -> list[str]:
    """Return the ``site-packages`` folders this process imports from."""
    return [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages") and Path(p).is_dir()]


def layout(secret: Sequence[Path] = ()) -> Layout:
    """Return what the bubblewrap tier binds and hides; ``secret`` folders are hidden wherever they lie."""
    coursekit = package_folder("coursekit")
    standard = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    prefix = Path(sys.base_prefix).resolve()
    bound = [*libraries(), *([str(coursekit)] if coursekit else [])]
    if not any(prefix == Path(s) or Path(s) in prefix.parents for s in SYSTEM):
        bound.insert(0, str(prefix))
    secrets = [*secret, *(folder for name in HIDDEN if (folder := package_folder(name)))]
    shown = [Path(p).resolve() for p in (*bound, *standard, *SYSTEM)]
    masked = {s.resolve() for s in secrets if any(b in s.resolve().parents for b in shown)}
    paths = [f"{HOME}/inside/standin", *libraries()]
    if coursekit is not None:
        paths.append(str(coursekit.parent))
    return Layout(
        python=os.path.realpath(getattr(sys, "_base_executable", sys.executable)),
        paths=tuple(paths),
        bound=tuple(dict.fromkeys(bound)),
        masked=tuple(sorted(map(str, masked))),
    )


def environment(paths: str, temporary: str) -> dict[str, str]:
    """Return the whole environment of the sandboxed Python."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": f"{temporary}/home",
        "TMPDIR": temporary,
        "MPLCONFIGDIR": f"{temporary}/home/matplotlib",
        "IPYTHONDIR": f"{temporary}/home/ipython",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "LANG": "C.UTF-8",
        "USER": "student",
        "PYTHONPATH": paths,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "COURSEKIT_GRADING": "1",
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    }


def python_command(python: str) -> list[str]:
    """Return the command that starts the zygote, less its configuration.

    Neither ``site`` (which would run the ``.pth`` files of the project's own installation) nor the
    working folder has a say in what can be imported.
    """
    return [python, "-s", "-S", "-P", "-B", "-m", "inside.zygote"]


def bubblewrap_command(where: Layout) -> list[str]:
    """Return the bubblewrap command line up to the program to run."""
    command = [
        "bwrap",
        "--die-with-parent",
        "--new-session",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
    ]
    command += [
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--hostname",
        "sandbox",
        "--clearenv",
        "--cap-drop",
        "ALL",
    ]
    if os.geteuid() == 0:
        # Without a user namespace of its own, so that the zygote can become an ordinary user of the host.
        for capability in ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"):
            command += ["--cap-add", capability]
        command += ["--dir", "/proc"]
    else:
        command += ["--unshare-user", "--proc", "/proc"]
    # bwrap makes the folders above a bind for its own user alone; make them first, open to read.
    targets = [*SETTINGS, *where.bound, f"{HOME}/inside"]
    for folder in sorted({str(parent) for target in targets for parent in Path(target).parents} - {"/"}):
        if not any(Path(s) in (Path(folder), *Path(folder).parents) for s in SYSTEM):
            command += ["--dir", folder]
    for path in SYSTEM:
        if Path(path).is_symlink():
            command += ["--symlink", os.readlink(path), path]  # noqa: PTH115 - as it stands, not resolved
        elif Path(path).is_dir():
            command += ["--ro-bind", path, path]
    for path in (*SETTINGS, *where.bound):
        command += ["--ro-bind-try", path, path]
    for path in where.masked:
        command += ["--tmpfs", path, "--remount-ro", path]
    command += ["--ro-bind", str(INSIDE), f"{HOME}/inside"]
    command += ["--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp", "--chdir", "/tmp"]
    for name, value in environment(HOME, "/tmp").items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/"]


@functools.cache
def why_no_bubblewrap() -> str:
    """Return why the bubblewrap tier does not work here, in words; empty when it works."""
    if sys.platform != "linux":
        return "bubblewrap needs Linux"
    if shutil.which("bwrap") is None:
        return "the program bwrap is missing: install the package `bubblewrap`"
    where = layout()
    program = (
        "from inside import confine; import os, sys\n"
        f"if os.geteuid() == 0: confine.mount_proc(); confine.leave_root({SANDBOX_UID})\n"
        f"sys.path[:0] = {list(where.paths)}\n"
        "from inside import wire\n"
        "confine.new_namespaces()\n"
        "pid = os.fork()\n"
        "if pid: raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "confine.furnish({'disk': 1 << 20}); confine.drop_privileges(); confine.filter_calls()\n"
    )
    command = [*bubblewrap_command(where), where.python, "-s", "-S", "-P", "-B", "-c", program]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    except subprocess.TimeoutExpired:
        return "bubblewrap did not start within 30 seconds"
    if done.returncode == 0:
        return ""
    last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
    return (
        f"bubblewrap does not work here ({last}): it needs unprivileged user namespaces "
        "(sysctl kernel.unprivileged_userns_clone=1; "
        "on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0)"
    )


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
