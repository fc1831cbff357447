"""``--changed``: leave out tests that passed before and whose inputs are the same as then.

The inputs of a test are the files it may depend on, by where it lies (`INPUTS`), and its own folder. A test
that is drawn for one assignment or one chapter depends on that one alone. ``make check`` uses this; ``make
test`` runs everything, so a dependence that is missing here costs time until it is found, and no more.
"""

from __future__ import annotations

import functools
import hashlib
import re

import pytest

from tests.support import ROOT

KEY = "changed/passed"

# Where a test lies → what it depends on, besides its own folder. The first prefix that fits counts.
INPUTS: dict[str, tuple[str, ...]] = {
    "tests/assignments": (
        "autograder",
        "src",
        "_config.yml",
        "tests/answers",
        "tests/sample_class",
        "solutions",
        "assignments",
        "book",
    ),
    "tests/book": ("book", "src", "tools", "_config.yml"),
    "tests/convnet": ("src/convnet", "pyproject.toml"),
    "tests/coursekit": ("src", "solutions", "assignments"),
    "tests/autograder": ("autograder", "src", "solutions", "assignments"),
    "tests/attacks": ("autograder", "src"),
    "src/convnet": (),
    "src/coursekit": (),
    "autograder": (),
}
COMMON = ("tests/conftest.py", "tests/support.py", "requirements.txt")
_ASSIGNMENT = re.compile(r"\bhw\d+\b")


def inputs_of(nodeid: str) -> list[str] | None:
    """Return files and folders that a test depends on; None where it may depend on anything."""
    path, _, rest = nodeid.partition("::")
    prefix = next((prefix for prefix in INPUTS if path.startswith(f"{prefix}/")), None)
    if prefix is None:
        return None
    one = _ASSIGNMENT.search(rest)
    page = re.search(r"\[([\w-]+/[\w-]+)\]", rest)
    narrowed: dict[str, str] = {}
    if one and (ROOT / "solutions" / one[0]).is_dir():
        narrowed = {folder: f"{folder}/{one[0]}" for folder in ("solutions", "assignments")}
    if page and (ROOT / "book" / f"{page[1]}.md").is_file():
        narrowed = {"book": f"book/{page[1]}.md"}
    return [*COMMON, prefix, *(narrowed.get(name, name) for name in INPUTS[prefix])]


@functools.cache
def digest(name: str) -> str:
    """Return a digest of one file, or of all files below a folder."""
    path, found = ROOT / name, hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        if "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def fingerprint(nodeid: str) -> str | None:
    """Return what tells the state of a test's inputs; None where it must always run."""
    names = inputs_of(nodeid)
    return None if names is None else hashlib.sha256("".join(map(digest, names)).encode()).hexdigest()[:20]


def add_option(parser: pytest.Parser) -> None:
    """Declare ``--changed``."""
    parser.addoption(
        "--changed", action="store_true", help="leave out tests that passed before with the same inputs"
    )


def noted(config: pytest.Config) -> dict[str, str]:
    """Return what passed in earlier runs, with the state of its inputs; empty where pytest keeps nothing."""
    cache = getattr(config, "cache", None)
    return dict(cache.get(KEY, {})) if cache else {}


class Changed:
    """Notes which tests passed with which inputs."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.passed = noted(config)
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that passed, forget one that failed."""
        if report.failed:
            self.failed.add(report.nodeid)
        if report.when == "teardown":
            state = fingerprint(report.nodeid)
            if report.nodeid in self.failed or state is None:
                self.passed.pop(report.nodeid, None)
            else:
                self.passed[report.nodeid] = state

    def pytest_sessionfinish(self) -> None:
        """Keep the notes for the next run."""
        cache = getattr(self.config, "cache", None)
        if cache and not self.config.option.collectonly:
            cache.set(KEY, self.passed)


def register(config: pytest.Config) -> None:
    """Take notes in the process that sees all reports."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Changed(config), "changed")


def select(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what ``--changed`` leaves out."""
    if not config.getoption("--changed"):
        return
    passed = noted(config)
    same = [item for item in items if passed.get(item.nodeid, "") == fingerprint(item.nodeid)]
    if same:
        left_out = set(map(id, same))
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if id(item) not in left_out]
