"""Wherever checkout, submissions and results lie, a notebook does not see them, and the grader makes sure."""

import contextlib
import dataclasses
import json
import os
import secrets
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sealed import Grader, layout, probe, tiers
from autograder.sealed.warm import SandboxOpen
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.conftest import LIMITS
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

PREFIX = Path(sys.base_prefix).resolve()
# Where the sandbox shows something of this machine; each user may write into some of them at least.
PLACES = [
    *(Path("/usr", part) for part in ("local/src", "src", "lib", "share", "share/fonts", "local/lib")),
    *(PREFIX / part for part in ("", "lib", "share", "lib/python3.11")),
    Path(sysconfig.get_path("purelib")),
]
OPEN_PLACES = list(dict.fromkeys(p for p in PLACES if p.is_dir() and os.access(p, os.W_OK)))
CANARY = f"canary-{secrets.token_hex(8)}"


@pytest.fixture
def courses() -> Iterator[list[Path]]:
    """Folders at places that the sandbox shows in part, with files that no notebook may read."""
    with contextlib.ExitStack() as stack:
        found = [
            Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="a-course-", dir=place)))
            for place in OPEN_PLACES
        ]
        for course in found:
            for name in ("", "checkout", "out", "submissions"):
                (course / name).mkdir(exist_ok=True)
                (course / name).chmod(0o755)  # the notebook's user is another where the grader is root
                (course / name / "canary.txt").write_text(CANARY)
        yield found


@pytest.fixture
def course(courses: list[Path]) -> Path:
    """The course among the libraries, where every user can have one."""
    return courses[-1]


def reading(folders: list[Path]) -> str:
    """Return a cell that shows whatever it can read in folders."""
    return f"""
from pathlib import Path
for folder in map(Path, {[str(folder) for folder in folders]}):
    for path in folder.rglob("*"):
        if path.is_file():
            print(path, path.read_bytes()[:99])
"""


def test_there_are_places_to_try():
    assert OPEN_PLACES


def test_a_notebook_reads_neither_checkout_nor_results_nor_submissions(courses, tier):
    assignment = class_of_one.make(courses[-1] / "checkout")
    places = [course / name for course in courses for name in ("checkout", "out", "submissions")]
    with Grader(assignment, tier=tier, limits=LIMITS, secret=places) as grader:
        result = grader.grade(notebook(reading(places), *HONEST))
    assert outputs(result)[0] == ""
    assert scores(result) == POSSIBLE


def test_of_the_system_s_folders_only_what_is_needed_is_there(grader):
    look = f"""
import os
print(sorted(os.listdir("/usr")), sorted(os.listdir("/usr/share")))
print(sorted(os.listdir({str(PREFIX)!r})))
"""
    usr, prefix = (line for line in outputs(grader.grade(notebook(look)))[0].splitlines())
    shown, shared = json.loads("[" + usr.replace("'", '"').replace("] [", "], [") + "]")
    assert set(shown) <= {"bin", "lib", "lib32", "lib64", "libx32", "local", "share"}
    assert set(shared) <= {"fontconfig", "fonts", "i18n", "locale", "terminfo", "zoneinfo"}
    if Path("/usr") != PREFIX:
        assert set(json.loads(prefix.replace("'", '"'))) <= {"bin", "lib", "lib32", "lib64", "share"}


def seen_as(where: layout.Layout, place: Path) -> Path:
    """Return the sandbox's name of a place, which is another where the libraries lie below ``/tmp``."""
    above = [(source, target) for source, target in where.bound if place.is_relative_to(source)]
    source, target = max(above, key=lambda pair: len(pair[0].parts))
    return target / place.relative_to(source)


def test_libraries_in_a_hidden_checkout_are_still_there(course, monkeypatch):
    checkout, library = course / "checkout", course / "checkout" / "site-packages"
    library.mkdir()
    (library / "there.py").write_text("x = 1")
    monkeypatch.syspath_prepend(str(library))
    where = layout.layout([checkout])
    masked, kept = seen_as(where, checkout), seen_as(where, library)
    assert masked in where.masked
    program = f"import os\nprint(*os.listdir({str(masked)!r}))\nprint(*os.listdir({str(kept)!r}))\n"
    done = tiers.behind_walls(where, program)
    assert done.stdout.splitlines() == ["site-packages" if kept.is_relative_to(masked) else "", "there.py"], (
        done.stderr
    )
    assert probe.exposed([checkout]) == []


def test_a_sandbox_with_a_hole_does_not_start(course, tiny, monkeypatch):
    whole = layout.layout

    def holed(*arguments):
        return dataclasses.replace(whole(*arguments), masked=())

    monkeypatch.setattr(layout, "layout", holed)
    place = course / "submissions"
    there = seen_as(whole(), place)
    assert str(place / "canary.txt") in probe.exposed([place])
    with pytest.raises(SandboxOpen, match="would see what it must not") as caught:
        Grader(tiny, tier="bubblewrap", secret=[place]).__enter__()
    assert str(there) in str(caught.value)


def test_libraries_are_no_place_for_submissions(tiny):
    libraries = Path(sysconfig.get_path("purelib"))
    assert str(libraries) in probe.exposed([libraries])
    with pytest.raises(SandboxOpen, match="site-packages"):
        Grader(tiny, tier="bubblewrap", secret=[libraries]).__enter__()


@pytest.mark.parametrize("place", ["/", "/usr", "/usr/share", "/etc", "/root", "/home", "/tmp", str(PREFIX)])
def test_folders_around_what_is_needed_give_no_false_alarm(place):
    assert probe.exposed([Path(place)]) == []


def test_the_probe_looks_with_the_eyes_of_a_notebook(tmp_path):
    (tmp_path / "canary.txt").write_text(CANARY)
    assert probe.exposed([tmp_path]) == []
    there = layout.Layout(Path("/usr/bin/python3"), (), ((tmp_path, tmp_path),), (), (tmp_path,))
    assert {name for name, *_ in probe.witnesses(there)} >= {str(tmp_path), str(tmp_path / "canary.txt")}


def test_a_link_to_a_shown_place_is_hidden_there(course, tmp_path, tier, tiny):
    link = tmp_path / "submissions"
    link.symlink_to(course / "submissions")
    with Grader(tiny, tier=tier, secret=[link]) as grader:
        assert outputs(grader.grade(notebook(reading([course / "submissions"])))) == [""]
