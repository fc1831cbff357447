"""Gradescope's container, made of bubblewrap: the zip unpacked at /autograder, run as root.

Its root has either what Docker gives by default, where no namespace can be made, or everything. Python and
the packages lie where setup.sh puts them: those named in the zip's own list of requirements, and no other.
Only what setup.sh fetches from the network is left out.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

HOME = "/opt/cnn-course"
# Docker's default set of capabilities (its documentation, "Runtime privilege and Linux capabilities").
DOCKER = (
    "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
    "NET_BIND_SERVICE", "NET_RAW", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP",
)  # fmt: skip
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


class Container:
    """A container in ``folder`` for the autograder in ``archive``; what it writes stays in ``folder``."""

    def __init__(self, folder: Path, archive: Path) -> None:
        if os.geteuid() != 0:
            pytest.skip(
                "a container of Gradescope runs as root and gives files to another user: sudo make gradescope"
            )
        self.autograder = folder / "autograder"
        self.source = self.autograder / "source"
        for name in ("source", "results", "submission"):
            (self.autograder / name).mkdir(parents=True)
        with zipfile.ZipFile(archive) as zipped:
            for entry in zipped.infolist():
                path = Path(zipped.extract(entry, self.source))
                path.chmod(entry.external_attr >> 16 & 0o777)
        shutil.copy(self.source / "run_autograder", self.autograder)
        (self.autograder / "submission_metadata.json").write_text('{"users": [{"name": "Ann"}]}')
        self._etc = folder / "etc"  # setup.sh adds a user
        self._etc.mkdir()
        for path in Path("/etc").iterdir():
            if path.name in ("passwd", "group", "shadow", "gshadow", "login.defs", "ld.so.cache"):
                shutil.copy2(path, self._etc)
        self._environment = folder / "environment"
        (self._environment / "bin").mkdir(parents=True)
        (self._environment / "lib" / VERSION / "site-packages").mkdir(parents=True)
        (self._environment / "bin" / "python").symlink_to(f"{HOME}/python/bin/{VERSION}")
        (self._environment / "pyvenv.cfg").write_text(f"home = {HOME}/python/bin\n")
        self.done = self.run("bash", "/autograder/source/setup.sh", "permissions")
        assert self.done.returncode == 0, self.done.stderr[-2000:]

    def grade(self, *submitted: Path, docker: bool = True) -> dict[str, Any]:
        """Hand in these files as one submission; return results.json."""
        folder = self.autograder / "submission"
        shutil.rmtree(folder)
        folder.mkdir()
        for path in submitted:
            shutil.copy(path, folder)
        for path in (self.autograder / "results").iterdir():
            path.unlink()
        self.done = self.run("/autograder/run_autograder", docker=docker)
        assert [p.name for p in (self.autograder / "results").iterdir()] == ["results.json"], self.done.stdout
        results: dict[str, Any] = json.loads((self.autograder / "results" / "results.json").read_text())
        return results

    def run(self, *command: str, docker: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in the container, as root."""
        options = ["--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--clearenv"]
        options += ["--ro-bind", "/usr", "/usr"]
        for name in ("bin", "sbin", "lib", "lib64"):
            path = Path("/", name)
            link = ["--symlink", str(path.readlink()), str(path)] if path.is_symlink() else []
            options += link or ["--ro-bind-try", str(path), str(path)]
        options += ["--bind", str(self._etc), "/etc", "--proc", "/proc", "--dev", "/dev"]
        options += ["--perms", "1777", "--tmpfs", "/tmp", "--bind", str(self.autograder), "/autograder"]
        options += ["--perms", "0755", "--dir", "/opt", "--perms", "0755", "--dir", HOME]
        options += ["--ro-bind", sys.base_prefix, f"{HOME}/python"]
        options += ["--bind", str(self._environment), f"{HOME}/environment"]
        for path in self._packages():
            options += ["--ro-bind", str(path), f"{HOME}/environment/lib/{VERSION}/site-packages/{path.name}"]
        granted = [f"CAP_{name}" for name in DOCKER] if docker else ["ALL"]
        options += ["--cap-drop", "ALL", *(word for name in granted for word in ("--cap-add", name))]
        options += ["--setenv", "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        return subprocess.run(
            ["bwrap", *options, "--chdir", "/autograder", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def _packages(self) -> list[Path]:
        """Return the files and folders of the packages that the zip names, as they are installed here."""
        found: set[Path] = set()
        for line in (self.source / "requirements.txt").read_text().splitlines():
            for file in metadata.files(line.partition("==")[0]) or ():
                if file.parts[0] not in ("..", "__pycache__"):
                    found.add(Path(str(file.locate())).parents[len(file.parts) - 1] / file.parts[0])
        return sorted(found)
