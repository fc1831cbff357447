"""The exchange when something is wrong: each message says what to do, and nothing foreign is copied."""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.exchange import collect as collecting
from autograder.exchange.copying import copy
from autograder.exchange.course import Course, ExchangeProblem, find
from autograder.exchange.returning import give_back
from autograder.submissions.intake import collect as submissions
from tests.autograder import tiny

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "cnn"\nc.ExchangeCollect.check_owner = {check}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an assignment, an exchange, and a configuration that names the course."""
    tiny.assignment(tmp_path / "build")
    (tmp_path / "nbgrader_config.py").write_text(CONFIG.format(check=False))
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "none"))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(autograder, ["exchange", *words], prog_name="autograder")


def put(here: Path, name: str, notebook: str = "{}") -> Path:
    """Submit as nbgrader does, under a name of the test's choice."""
    place = here / "exchange/cnn/inbound" / name
    place.mkdir(parents=True)
    (place / "tiny.ipynb").write_text(notebook)
    (place / "submission_secret.txt").write_text(f"secret of {name}")
    return place


def stamp(**earlier: int) -> str:
    return (datetime.now(UTC) - timedelta(**earlier)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def released() -> None:
    done = run("release", "tiny", "--exchange", "exchange")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("release", "tiny", "--exchange", "nowhere"), "there is no exchange folder nowhere"),
        (("release", "tiny"), "there is no exchange folder /usr/local/share/nbgrader/exchange"),
        (("release", "huge", "--exchange", "exchange"), "run `autograder build huge` first"),
        (("release", "tiny", "--exchange", "exchange", "--course", "../x"), "'../x' cannot be the name"),
        (
            ("collect", "tiny", "--to", "in", "--exchange", "exchange"),
            "tiny is not released in the course 'cnn'",
        ),
        (("return", "out", "--exchange", "exchange"), "there is no grading.json in out"),
    ],
)
def test_a_wrong_call_says_what_to_do(words: tuple[str, ...], said: str, here: Path) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert not (here / "exchange/cnn").exists()


def test_a_course_without_a_name_and_a_broken_configuration(here: Path) -> None:
    (here / "nbgrader_config.py").write_text("c = get_config()\n")
    assert "which course? Give --course NAME" in run("release", "tiny", "--exchange", "exchange").output
    (here / "nbgrader_config.py").write_text("c = get_config(\n")
    assert "nbgrader_config.py cannot be read" in run("release", "tiny", "--exchange", "exchange").output


def test_a_released_notebook_is_replaced_on_request_alone(here: Path) -> None:
    released()
    again = ("release", "tiny", "--exchange", "exchange")
    assert "tiny is released already in the course 'cnn'; --again" in run(*again).output
    out = here / "exchange/cnn/outbound/tiny/tiny.ipynb"
    out.write_text("old")
    assert run(*again, "--again").exit_code == 0
    assert out.read_text() == tiny.notebook()
    shutil.rmtree(here / "build/tiny/nbgrader/release")
    assert "has no notebook to release" in run(*again, "--again").output


def test_names_that_are_not_nbgraders_stop_nobody(here: Path) -> None:
    released()
    good = f"ann+tiny+{stamp()}+abc="
    for name in (good, "bob+tiny+soon", f"..+tiny+{stamp()}+x", f"+tiny+{stamp()}+x", f"a*+tiny+{stamp()}+x"):
        put(here, name)
    (here / "exchange/cnn/inbound/cid+tiny+file").write_text("")
    done = run("collect", "tiny", "--to", "in", "--exchange", "exchange")
    assert done.exit_code == 0, done.output
    assert done.output.count("not named as nbgrader names") == 5
    assert [place.name for place in (here / "in").iterdir()] == [good]
    assert not (here / "tiny").exists()


def test_a_time_that_the_disk_contradicts_is_said(here: Path) -> None:
    released()
    put(here, f"ann+tiny+{stamp(days=2)}+abc")
    put(here, f"bob+tiny+{stamp(minutes=5)}+abc")
    done = run("collect", "tiny", "--to", "in", "--exchange", "exchange")
    assert "ann: states" in done.output
    assert "but was last changed at" in done.output
    assert "bob" not in done.output
    found = submissions(here / "in", wanted="tiny.ipynb")
    assert [(entry.student, entry.submitted is not None) for entry in found] == [("ann", True), ("bob", True)]


def test_only_a_students_own_files_are_copied(tmp_path: Path) -> None:
    theirs, secret = tmp_path / "theirs", tmp_path / "secret.txt"
    (theirs / "sub").mkdir(parents=True)
    secret.write_text("of the teacher")
    (theirs / "sub/own.txt").write_text("mine")
    (theirs / "link.txt").symlink_to(secret)
    (theirs / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(theirs / "pipe")
    (theirs / "large.bin").write_bytes(bytes(2000))
    found = copy(theirs, tmp_path / "to", 1000)
    assert sorted(found.left_out) == [
        "folder is a symbolic link", "large.bin is too large", "link.txt is a symbolic link",
        "pipe is no ordinary file",
    ]  # fmt: skip
    files = {str(p.relative_to(tmp_path / "to")): p.read_text() for p in (tmp_path / "to").rglob("*.txt")}
    assert files == {"sub/own.txt": "mine"}
    assert abs(found.changed - time.time()) < 60
    (tmp_path / "whole").symlink_to(theirs, target_is_directory=True)
    copy(tmp_path / "whole", tmp_path / "nothing", 1000)
    assert not list((tmp_path / "nothing").iterdir())
    assert not list(tmp_path.glob(".*")), "drafts are gone"
    with pytest.raises(OSError, match="No such file"):
        copy(tmp_path / "gone", tmp_path / "none", 1000)


def test_a_hard_link_to_anothers_file_is_left_out(tmp_path: Path) -> None:
    theirs, secret = tmp_path / "theirs", tmp_path / "secret.txt"
    theirs.mkdir()
    secret.write_text("of the teacher")
    if os.getuid() != 0:  # only root can give a folder away; for others the kernel refuses such links
        with pytest.raises(OSError, match="passwd"):
            os.link("/etc/passwd", theirs / "mine.txt")
        return
    os.link(secret, theirs / "mine.txt")
    os.chown(theirs, 1, 1)
    assert copy(theirs, tmp_path / "to", 1000).left_out == ["mine.txt belongs to another user"]


def test_pages_without_a_secret_stay(here: Path) -> None:
    (here / "in").mkdir()
    (here / "in/ann.ipynb").write_text(tiny.perfect())
    course = Course("cnn", here / "exchange", find("cnn", here / "exchange").config)
    with pytest.raises(ExchangeProblem, match="nothing here came from nbgrader's exchange"):
        give_back(here / "out", submissions(here / "in"), "tiny", course)
    assert collecting.LATER > 60
