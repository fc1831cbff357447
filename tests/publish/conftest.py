"""The course published once into a temporary folder, from the built book."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import ROOT
from tools.publish import allowed, cli, secrecy

PRINTED = [("caption", "Convolution"), ("file", "convolution/pooling")]
"""One chapter of the PDF: printing all takes minutes."""
FIRST, SECOND = datetime.date(2027, 2, 1), datetime.date(2027, 4, 1)
HELD_BACK = "hw6"
PUBLISHED = {name.partition("/")[0] for name in allowed.FILES}
"""Files, and folders of some, that are published as they are."""
LINKED = ("_build", "benchmarks", "book", "solutions", "tools", *PUBLISHED)
COPIED = ("_config.yml", "pyproject.toml", "CITATION.cff")


@dataclass(frozen=True)
class Authors:
    """A repository of the authors: this one's files, those that tests change as copies."""

    root: Path
    table: Path  # days of release
    looked: secrecy.Search

    def publish(self, folder: Path, day: datetime.date, *, dirty: bool = False) -> str | None:
        """Publish into a folder."""
        return cli.publish(
            self.root, folder, day, table=self.table, dirty=dirty, entries=PRINTED, looked=self.looked
        )

    def commit(self) -> None:
        """Commit everything."""
        who = ["-c", "user.name=The course authors", "-c", "user.email=authors@example.invalid"]
        for line in (["add", "-A"], [*who, "commit", "-qm", "a state"]):
            subprocess.run(["git", "-C", str(self.root), *line], check=True)


@pytest.fixture(scope="session")
def authors(tmp_path_factory: pytest.TempPathFactory, search: secrecy.Search) -> Authors:
    """Give a repository in which one homework is released later than the others."""
    if not (ROOT / "_build" / "html" / "index.html").is_file():
        pytest.fail("there is no built book: run `make book`", pytrace=False)
    root = tmp_path_factory.mktemp("authors") / "course"
    root.mkdir()
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    for name in COPIED:
        shutil.copy(ROOT / name, root)
    for name in ("src", "assignments"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    table = root.parent / "releases.toml"
    table.write_text(f"[release]\n{HELD_BACK} = 2027-03-01\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    made = Authors(root, table, search)
    made.commit()
    return made


@pytest.fixture(scope="session")
def public(authors: Authors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the public repository as published for the first time, before one homework's day."""
    folder = tmp_path_factory.mktemp("published") / "public"
    assert authors.publish(folder, FIRST) is not None
    return folder


@pytest.fixture(scope="session")
def search() -> secrecy.Search:
    """Give the search for what must not leave."""
    return secrecy.search(ROOT)
