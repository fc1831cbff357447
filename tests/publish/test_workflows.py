"""The workflows name what exists, ask for no more than they need, and print no secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
MAY_WRITE = {"issues"}
"""Of all permissions: a workflow that finds something opens an issue. Publishing has a key of its own."""
PROGRAMS = {"make", ".venv/bin/python", "git", "gh", "curl", "mv", "{"}


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
        program, *words = line.split()
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
    allowed = whole["permissions"]
    assert allowed["contents"] == "read"
    assert {name for name, level in allowed.items() if level != "read"} <= MAY_WRITE
    assert whole["concurrency"]["group"].startswith(path.stem)
    triggers = whole[True]  # YAML reads `on` as true
    assert "pull_request_target" not in triggers, "it would run a stranger's code with our secrets"
    for job in whole["jobs"].values():
        assert job["timeout-minutes"] <= 120
        assert "permissions" not in job
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), "a major version of GitHub's own"
        if step.get("uses", "").startswith("actions/checkout") and "ssh-key" not in step["with"]:
            assert step["with"]["persist-credentials"] is False


def test_secrets_are_used_in_one_place() -> None:
    said = {path.stem: re.findall(r"secrets\.\w+", path.read_text(encoding="utf-8")) for path in FILES}
    assert said == {path.stem: ["secrets.PUBLIC_KEY"] if path.stem == "publish" else [] for path in FILES}


def test_dependabot_looks_at_packages_and_actions() -> None:
    updates = load(ROOT / ".github" / "dependabot.yml")["updates"]
    assert {entry["package-ecosystem"] for entry in updates} == {"pip", "github-actions"}
    assert (ROOT / "requirements.txt").is_file()
