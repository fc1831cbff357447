"""`autograder similar` reads the names of files by the rules of the course, as `autograder grade` does."""

from pathlib import Path

import pytest

from tests.autograder import tiny
from tests.autograder.similar_class import found, names, program, run


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty class of `tiny`, `in` below the working folder."""
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.mark.parametrize("options", [(), ("--config", "rules.toml")], ids=["found", "given"])
def test_names_of_a_pattern_of_ones_own_are_read(options, folder, tmp_path):
    """As `grade` reads them: two files of hal are attempts. An earlier term is read alike."""
    rules = tmp_path / (options[1] if options else "autograder.toml")
    rules.write_text("[submissions]\npattern = '(?P<attempt>\\d+)-(?P<student>.+)'\n")
    old = tmp_path / "2025"
    old.mkdir()
    (old / "1-zoe.ipynb").write_text(tiny.notebook(program(4)))
    for stem in ("1-hal", "2-hal", "1-ida"):
        (folder / f"{stem}.ipynb").write_text(tiny.notebook(program(4)))
    pairs = found("--earlier", "2025", *options)["pairs"]
    with_hal = [n for n in names(pairs) if "hal" in n]
    assert sorted(map(sorted, with_hal)) == [["hal", "ida"]] * 2 + [["hal", "zoe"]] * 2
    assert {p["left"]["attempt"] for p in pairs if p["left"]["name"] == "hal"} == {1, 2}


def test_what_is_wrong_with_the_rules_is_explained(folder, tmp_path):
    (tmp_path / "times.csv").write_text("student,submitted\nhal,2026-03-01T10:00Z\nzoe,2026-03-01T10:00Z\n")
    Path("autograder.toml").write_text("[submissions]\ntimes = 'times.csv'\n")
    for place in (folder, tmp_path / "2025"):
        place.mkdir(exist_ok=True)
        for day in (1, 2):
            name = "hal" if place == folder else "zoe"
            (place / f"{name}--2026-03-0{day}T10-00-00.ipynb").write_text(tiny.notebook(program(day)))
    said = run("similar", "tiny", "in", "--json", "--earlier", "2025")
    assert said.exit_code == 2
    assert "a time is given for hal, who handed in" in said.output
    (tmp_path / "times.csv").write_text("student,submitted\nzoe,2026-03-01T10:00Z\n")
    assert found("--earlier", "2025")["compared"] == 4, "times are of this class, not of an earlier one"
    Path("autograder.toml").write_text("[submission]\n")
    said = run("similar", "tiny", "in", "--json")
    assert said.exit_code == 2
    assert "autograder.toml:1" in said.output
