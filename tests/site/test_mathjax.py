"""The vendored MathJax is what the registry gave, and nothing more."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.support import ROOT


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_mathjax", ROOT / "tools" / "vendor_mathjax.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_as_fetched(vendor: ModuleType) -> None:
    assert vendor.differences(vendor.TARGET) == []
    names = set(vendor.checksums(vendor.TARGET))
    assert {"LICENSE", "tex-mml-chtml.js"} < names
    assert {Path(name).parent.as_posix() for name in names} == {".", "output/chtml/fonts/woff-v2"}


def test_licence_is_apache(vendor: ModuleType) -> None:
    assert "Apache License" in (vendor.TARGET / "LICENSE").read_text(encoding="utf-8")


def test_check_notices_a_changed_a_missing_and_a_new_file(vendor: ModuleType, tmp_path: Path) -> None:
    for name, text in {"a.js": "1", "b.js": "2"}.items():
        (tmp_path / name).write_text(text)
    digests = vendor.checksums(tmp_path)
    lines = [f"{digest}  {name}" for name, digest in digests.items()]
    (tmp_path / vendor.CHECKSUMS).write_text("# header\n" + "\n".join(lines) + "\n")
    assert vendor.differences(tmp_path) == []
    (tmp_path / "a.js").write_text("changed")
    (tmp_path / "b.js").unlink()
    (tmp_path / "c.js").write_text("new")
    assert vendor.differences(tmp_path) == ["a.js", "b.js", "c.js"]
