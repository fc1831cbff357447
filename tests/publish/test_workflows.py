"""The workflows name what exists, ask for no more than they need, and print no secret."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
DEPENDABOT = ROOT / ".github" / "dependabot.yml"
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
MAY_WRITE = {"issues"}
"""Of all permissions: a workflow that finds something opens an issue. Publishing has a key of its own."""
PROGRAMS = {"make", ".venv/bin/python", "git", "gh", "curl", "mv", "sysctl", "{"}


def load(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


def wrong_runs(text: str) -> list[str]:
    """Return the lines of a step that start what is not there, or show a secret."""
    found = []
    for line in text.strip().splitlines():
        program, *words = line.removeprefix("sudo ").split()
        if program not in PROGRAMS:
            found.append(f"{program}: no program that a workflow should start")
        if program == "make" and (gone := {w for w in words if "=" not in w} - TARGETS):
            found.append(f"make {gone}: no such target")
        if program == ".venv/bin/python" and not (ROOT / words[0]).is_file():
            found.append(f"{words[0]}: no such script")
        if "secrets." in line or "github.event" in line:
            found.append(f"{line}: shows a secret, or runs what somebody else wrote")
    return found


def test_there_is_one_for_each_purpose() -> None:
    assert {path.stem for path in FILES} == {"test", "preview", "publish", "links", "colab"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_runs_what_exists(path: Path) -> None:
    runs = [step["run"] for step in steps(path) if "run" in step]
    assert runs
    assert [wrong for run in runs for wrong in wrong_runs(run)] == []


def test_a_wrong_line_is_noticed() -> None:
    for line in (
        "make publsh DEST=x", ".venv/bin/python tools/gone.py", "echo ${{ secrets.PUBLIC_KEY }}",
        "curl ${{ github.event.issue.title }}",
    ):  # fmt: skip
        assert wrong_runs(line), line


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_it_asks_for_little_and_stands_in_nobodys_way(path: Path) -> None:
    whole = load(path)
    assert whole["permissions"] == {"contents": "read"}, "what else a job needs it asks for itself"
    for job in whole["jobs"].values():
        allowed = job.get("permissions", {"contents": "read"})
        assert allowed["contents"] == "read"
        assert {name for name, level in allowed.items() if level != "read"} <= MAY_WRITE
    assert whole["concurrency"]["group"].startswith(path.stem)
    triggers = whole[True]  # YAML reads `on` as true
    assert "pull_request_target" not in triggers, "it would run a stranger's code with our secrets"
    for job in whole["jobs"].values():
        assert job["timeout-minutes"] <= 120
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), "a major version of GitHub's own"
        if step.get("uses", "").startswith("actions/checkout") and "ssh-key" not in step["with"]:
            assert step["with"]["persist-credentials"] is False


def judged(program: str, *words: object) -> str:
    """Return what a program of the environment has against a file, or nothing."""
    done = subprocess.run(
        [Path(sys.executable).parent / program, *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def against_schema(path: Path) -> str:
    """Return what GitHub's published schema has against a file; the package brings it along."""
    kind = "github-workflows" if path.parent.name == "workflows" else "dependabot"
    return judged("check-jsonschema", "--builtin-schema", f"vendor.{kind}", path)


@pytest.mark.parametrize("path", [*FILES, DEPENDABOT], ids=lambda p: p.stem)
def test_github_would_accept_it(path: Path) -> None:
    assert against_schema(path) == ""


def test_an_auditor_has_nothing_against_them() -> None:
    assert judged("zizmor", "--offline", "--no-progress", ROOT / ".github") == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("runs-on: ubuntu-latest", "runs: ubuntu-latest"),
        ("timeout-minutes: 90", "timeout-minutes: soon"),
        ("    steps:", "    step:"),
    ],
)
def test_a_word_that_github_does_not_know_is_noticed(right: str, wrong: str, tmp_path: Path) -> None:
    text = (FOLDER / "publish.yml").read_text(encoding="utf-8")
    assert right in text
    copy = tmp_path / "workflows" / "publish.yml"
    copy.parent.mkdir()
    copy.write_text(text.replace(right, wrong), encoding="utf-8")
    assert against_schema(copy)


def test_the_auditor_notices_a_strangers_words_in_a_command(tmp_path: Path) -> None:
    text = (FOLDER / "test.yml").read_text(encoding="utf-8")
    assert "- run: make test" in text
    copy = tmp_path / "test.yml"
    copy.write_text(text.replace("make test", "echo ${{ github.event.issue.title }}"), encoding="utf-8")
    assert "template-injection" in judged("zizmor", "--offline", "--no-progress", copy)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_the_system_must_have_is_installed_by_root_and_first(path: Path) -> None:
    """A runner is no root: `make system` by itself would say what is missing, and install nothing."""
    runs = [step["run"] for step in steps(path) if "run" in step]
    assert not [run for run in runs if run.startswith("make") and "system" in run]
    for k, run in enumerate(runs):
        if run.startswith(("make test", "make publish")):  # sealed notebooks; a PDF that Chromium prints
            assert "sudo make system" in runs[:k]
        if run.startswith("make test"):
            assert any("userns" in earlier for earlier in runs[:k])


def test_secrets_are_used_in_one_place() -> None:
    said = {path.stem: re.findall(r"secrets\.\w+", path.read_text(encoding="utf-8")) for path in FILES}
    assert said == {path.stem: ["secrets.PUBLIC_KEY"] if path.stem == "publish" else [] for path in FILES}


def test_dependabot_looks_at_packages_and_actions() -> None:
    updates = load(DEPENDABOT)["updates"]
    assert {entry["package-ecosystem"] for entry in updates} == {"pip", "github-actions"}
    assert (ROOT / "requirements.txt").is_file()
