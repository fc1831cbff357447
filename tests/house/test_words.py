"""The repository speaks of the course alone: no machine paths, no stray hosts, one repository address."""

import re
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT, tracked

TEXT = [
    path
    for path in tracked()
    if path.suffix
    in {".py", ".md", ".yml", ".toml", ".sh", ".in", ".txt", ".js", ".css", ".html", ".bib", ".ipynb"}
    and "mathjax" not in path.parts
]
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:home|root|Users|work|farm)/\w")
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]


@pytest.mark.parametrize("path", TEXT, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_no_path_of_a_machine(path: Path) -> None:
    found = MACHINE_PATH.findall(path.read_text(encoding="utf-8"))
    assert not found


def test_the_repository_address_is_written_once() -> None:
    """Generated files carry it too; by hand it stands in _config.yml alone."""
    generated = {"assignments", "coursekit"}
    by_hand = [
        p for p in TEXT if REPOSITORY in p.read_text(encoding="utf-8") and not generated & set(p.parts)
    ]
    assert by_hand == [ROOT / "_config.yml"]
