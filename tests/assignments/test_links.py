"""Links in masters lead to pages of the book as it is published: its sources are in no public place."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.release import addresses, master, new
from tests.book.toc import pages
from tests.support import ROOT

MASTERS = [
    *sorted(ROOT.glob("solutions/*/hw*.py")),
    *sorted(ROOT.glob("tests/assignments/small/*/*.py")),
    ROOT / "autograder/release/scaffold/master.py.txt",
]
CONFIG = """\
repository: {url: https://github.com/someone/course, branch: live}
sphinx: {config: {html_baseurl: https://someone.github.io/course/}}
"""


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_pages_of_the_book(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prose = "\n".join(line for line in text.splitlines() if line.startswith("# "))
    targets = re.findall(r"\]\((?!#)([^)\s]+)\)", prose)
    led = [re.fullmatch(r"\{\{book\}\}/([\w/-]+)\.html(#[\w-]+)?", target) for target in targets]
    assert [target for target, match in zip(targets, led, strict=True) if match is None] == []
    assert {match[1] for match in led if match} <= set(pages())
    assert bool(led) == path.is_relative_to(ROOT / "solutions"), "each homework names its chapters"
    assert "{{repository}}" not in text, "the repository holds no page that a student could read"


def test_every_name_is_filled_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "3.1"\n', encoding="utf-8")
    assert addresses.filled(tmp_path) == {
        "repository": "https://github.com/someone/course",
        "branch": "live",
        "install": "cnn-course @ https://github.com/someone/course/raw/live/wheels/cnn_course-3.1-py3-none-any.whl",
        "book": "https://someone.github.io/course",
    }


def test_where_only_masters_lie_the_version_is_the_installed_one(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(CONFIG, encoding="utf-8")
    wheel = f"/cnn_course-{version('cnn-course')}-py3-none-any.whl"
    assert addresses.filled(tmp_path)["install"].endswith(wheel)


def test_a_link_into_a_book_without_an_address_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(CONFIG.partition("sphinx")[0], encoding="utf-8")
    new.write("hw8", "Homework 8: means", tmp_path)
    path = tmp_path / "solutions/hw8/hw8.py"
    assert master.read("hw8", tmp_path).name == "hw8"
    path.write_text(path.read_text(encoding="utf-8").replace("About half", "See {{book}}/x.html. About half"))
    with pytest.raises(ValueError, match=r"hw8.py, line \d+: nothing fills \{\{book\}\}: there are \{\{rep"):
        master.read("hw8", tmp_path)
