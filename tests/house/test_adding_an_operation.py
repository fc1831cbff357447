"""The guide to writing a layer, followed to the letter in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import guide_code

pytestmark = pytest.mark.slow
PAGE = ROOT / "book" / "instructors" / "writing-a-layer.md"
GUIDE = PAGE.read_text(encoding="utf-8")
LINE = re.compile(r"^\$ python -m (pytest .*)$", re.MULTILINE)
PAGES = re.compile(r"`(book/reference/\w+\.rst)`")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which the guide's code stands."""
    root = tmp_path_factory.mktemp("tree")
    left_out = shutil.ignore_patterns("__pycache__", "sample_class", "attacks", "*.egg-info", "kernel-ipc-*")
    for name in ("src", "tests", "book", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    shutil.copy2(ROOT / "pyproject.toml", root)
    pieces = guide_code.pieces(PAGE)
    assert len(pieces) == 9, "blocks of code with the file that they belong into"
    for piece in pieces:
        path = root / piece.name
        if piece.adds:
            guide_code.into_the_file(path, piece.code)
        else:
            assert not path.exists(), f"{piece.name} is there already: the guide needs another example"
            path.write_text(piece.code, encoding="utf-8")
    pages = sorted(set(PAGES.findall(GUIDE)))
    assert len(pages) == 3
    for page in pages:
        text = (root / page).read_text(encoding="utf-8")
        changed = re.sub(r"(:from: .*\bactivation\b.*)", r"\1 softsign", text, count=1)
        assert changed != text, f"{page} has no line of activations"
        (root / page).write_text(changed, encoding="utf-8")
    return root


def run(tree: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in the copy as the guide writes it."""
    paths = os.pathsep.join([str(tree / "src"), str(tree)])
    environment = os.environ | {"PYTHONPATH": paths, "CONVNET_DRAWS": "2"}
    command = f"'{sys.executable}' -m {line} -p no:cacheprovider"
    return subprocess.run(command, shell=True, cwd=tree, env=environment, capture_output=True, text=True)


def lines() -> list[str]:
    """Return the lines of steps 6 and 10 that run tests."""
    return LINE.findall(GUIDE)


def test_the_operation_passes(tree: Path) -> None:
    results = [run(tree, line) for line in lines()]
    assert len(results) == 3
    for result in results:
        assert result.returncode == 0, f"{result.stdout[-3000:]}{result.stderr[-500:]}"
    drawn = results[0].stdout
    assert re.search(r"(1[3-9]|[2-9]\d) passed", drawn), drawn[-500:]


RIGHT = "return grad_out / (1.0 + namespace(x).abs(x)) ** 2"
FILES = {
    "fast": ("src/convnet/functional/softsign.py", RIGHT, RIGHT.replace("return ", "return 7 * ")),
    "plain": ("src/convnet/plain/softsign.py", "return grad_out / (1 + np.abs(x)) ** 2", "return grad_out"),
    "registry": ("tests/convnet/operations/softsign.py", "register(\n", "print(\n"),
    "layer": ("tests/convnet/layer_pairs.py", '    Pair("Softsign"),\n', ""),
    "reference": ("book/reference/plain.rst", " softsign", ""),
}


@pytest.mark.parametrize("part", FILES)
def test_what_is_wrong_or_left_out_fails(tree: Path, part: str) -> None:
    name, right, wrong = FILES[part]
    path = tree / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    line = {"fast": lines()[0], "registry": lines()[1], "layer": lines()[1]}.get(part, lines()[2])
    try:
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        result = run(tree, line)
    finally:
        path.write_text(text, encoding="utf-8")
    assert result.returncode == 1, result.stdout[-2000:]
    assert "softsign" in result.stdout.lower()
