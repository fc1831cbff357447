"""A small hub: an exchange folder, an instructor and two students, as Unix users of their own if that can be.

Started by root, with `setpriv` and bubblewrap there, each person is a system user of this machine, so that
permissions are tried as they are on a hub. Otherwise all are one user, and nbgrader is told their names.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.sealed.tiers import why_no_bubblewrap
from tests.support import ROOT

COURSE = "cnn"
_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "{course}"
c.Exchange.root = "{root}"
c.ExchangeCollect.check_owner = {check}
"""


def able() -> bool:
    """Say whether people can be users of their own here."""
    return os.getuid() == 0 and shutil.which("setpriv") is not None and not why_no_bubblewrap()


class Hub:
    """People with homes; ``real`` says whether they are users of their own."""

    def __init__(self, home: Path, real: bool) -> None:
        self.home, self.real = home, real
        # Accounts that systems have anyway, with no rights and no files.
        there = [p.pw_name for p in pwd.getpwall() if 0 < p.pw_uid < 1000 or p.pw_name == "nobody"]
        self.teacher, self.ann, self.ben = there[:3] if real else ("teacher", "ann", "ben")
        self.exchange = self._folder("exchange")
        self.exchange.chmod(0o777)
        config = self._folder("etc") / "nbgrader_config.py"
        config.write_text(_CONFIG.format(course=COURSE, root=self.exchange, check=real))
        for name in (self.teacher, self.ann, self.ben):
            place = self._folder(name)
            if real:
                shutil.chown(place, name)
            place.chmod(0o700)

    def of(self, name: str) -> Path:
        """Return a person's home."""
        return self.home / name

    def runs(self, name: str, *command: str, good: bool = True, sealed: bool = False) -> str:
        """Run a command as a person, in their home, and return what it said.

        One that seals is run by whoever runs the tests, since a sandbox cannot be made inside of another.
        """
        become = self._become(name) if self.real and not sealed else []
        done = subprocess.run(
            [*become, *command],
            cwd=None if become else self.of(name),
            env=self._environment(name),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert (done.returncode == 0) is good, done.stdout
        return done.stdout

    @contextmanager
    def serves(self, name: str, log: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """Let a person run a command that does not end by itself; what it says goes into a file."""
        become = self._become(name) if self.real else []
        with log.open("w") as file:
            server = subprocess.Popen(
                [*become, *command],
                cwd=None if become else self.of(name),
                env=self._environment(name),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield server
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)

    def _environment(self, name: str) -> dict[str, str]:
        return os.environ | {
            "HOME": str(self.of(name)),
            "JUPYTER_DATA_DIR": str(self.of(name) / "data"),
            "JUPYTER_CONFIG_PATH": str(self.home / "etc"),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }

    def nbgrader(self, name: str, *words: str, good: bool = True) -> str:
        """Run a command of nbgrader's as a student, who must be named where all are one user."""
        own = [] if self.real or words[0] == "list" else [f"--CourseDirectory.student_id={name}"]
        return self.runs(name, sys.executable, "-m", "nbgrader", *words, *own, good=good)

    def autograder(self, *words: str, good: bool = True, sealed: bool = False) -> str:
        """Run a command of ours as the teacher."""
        command = (sys.executable, "-m", "autograder.cli", *words)
        return self.runs(self.teacher, *command, good=good, sealed=sealed)

    def _folder(self, name: str) -> Path:
        place = self.home / name
        place.mkdir()
        place.chmod(0o755)
        return place

    def _become(self, name: str) -> list[str]:
        """Return what precedes a command of another user, who must get at Python through root's folders."""
        user = pwd.getpwnam(name)
        walls: list[str] = []
        hidden = set[Path]()
        for place in (Path(sys.base_prefix), Path(sys.prefix), ROOT):
            if not (shut := [p for p in place.parents if not p.stat().st_mode & 0o001]):
                continue
            if shut[-1] not in hidden:
                hidden.add(shut[-1])
                walls += ["--tmpfs", str(shut[-1])]
            for parent in reversed(place.parents):  # bubblewrap's own would be as shut as the real ones
                if shut[-1] in parent.parents:
                    walls += ["--dir", str(parent)]
            walls += ["--ro-bind", str(place), str(place)]
        return [
            "bwrap", "--dev-bind", "/", "/", *walls,
            *(part for cap in ("SETUID", "SETGID") for part in ("--cap-add", f"CAP_{cap}")),
            "--chdir", str(self.of(name)),
            "setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
        ]  # fmt: skip


@contextmanager
def opened(real: bool) -> Iterator[Hub]:
    """Open a hub in a folder that every user may enter, as those of pytest are not."""
    home = Path(tempfile.mkdtemp(prefix="hub-")).resolve()
    home.chmod(0o755)
    try:
        yield Hub(home, real)
    finally:
        shutil.rmtree(home)
