"""`make system` says what is missing where it may not install; any browser that tests can drive will do."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT
from tools import chromium

SCRIPT = ROOT / "tools" / "system_packages.sh"


def said(folder: Path, *there: str) -> str:
    """Return what the script prints on a machine with some programs, and without apt."""
    for name in there:
        (folder / name).touch(mode=0o755)
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, SCRIPT], env={"PATH": str(folder)}, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("browser", chromium.NAMES)
def test_each_browser_that_is_found_will_do(
    browser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(tmp_path, "bwrap", browser) == ""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert chromium.find() == str(tmp_path / browser)


@pytest.mark.parametrize(
    ("there", "missing"), [("", "bubblewrap chromium"), ("bwrap", "chromium"), ("chromium", "bubblewrap")]
)
def test_what_is_missing_is_named(there: str, missing: str, tmp_path: Path) -> None:
    assert f"missing: {missing} (" in said(tmp_path, *there.split())
