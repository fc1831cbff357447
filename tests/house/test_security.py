"""What `SECURITY.md` promises is held by tests that are there, and the limits it names are the limits."""

import ast
import re

import pytest

from autograder.limits import MIB, Limits
from autograder.sealed import own
from autograder.sealed.inside import seccomp, zygote
from tests.support import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"(tests/[\w/]+\.py)::(\w+)", PAGE)))
PROMISING = ("The bubblewrap tier", "Memory", "The process tier", "nbgrader's exchange")


def sections() -> dict[str, str]:
    """Return the sections of the page by their titles."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part.rpartition("/")[2])
def test_a_test_that_the_page_names_is_there(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("title", PROMISING)
def test_every_promise_names_its_test(title):
    text = sections()[title]
    promises = re.split(r"^- ", text, flags=re.MULTILINE)[1:] or [text]
    assert promises
    assert [promise[:60] for promise in promises if "::test_" not in promise] == []


def test_the_numbers_are_those_of_the_code():
    limits = Limits()
    assert (limits.memory, limits.disk, limits.case_bytes) == (2048 * MIB, 128 * MIB, 1024 * MIB)
    assert own.LEAST == 1024 * MIB
    assert own.SPARE == 256 * MIB
    assert zygote.WATCH_SECONDS == 0.05
    assert set(seccomp.PROCESSORS) == {"x86_64", "aarch64"}


def test_the_readme_leads_there():
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
